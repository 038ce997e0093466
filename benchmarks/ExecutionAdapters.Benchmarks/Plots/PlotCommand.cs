using System.Text.Json;
using ExecutionAdapters.Benchmarks.Latency;

namespace ExecutionAdapters.Benchmarks.Plots;

/// <summary><c>plot</c>: draws what benchmarks/results holds into docs/plots. Run at the root of the repository.</summary>
internal static class PlotCommand
{
    private const string Recorded = "benchmarks/results";
    private const string Drawn = "docs/plots";

    private static readonly (string Figure, string Label)[] Paths =
    [
        ("gfp5_mul", "GF(p⁵) multiplication"),
        ("poseidon2", "Poseidon2 permutation"),
        ("k_times_g", "k · G"),
        ("sign_fresh", "sign, fresh nonce"),
        ("create_order_frame_fresh", "create order to its frame"),
        ("verify", "verify, unknown key"),
    ];

    public static int Run(TextWriter output)
    {
        if (!Directory.Exists(Recorded))
        {
            output.WriteLine($"There is no {Recorded} here: run this at the root of the repository.");
            return 2;
        }

        Directory.CreateDirectory(Drawn);
        Save("peers.svg", Peers(), output);
        Save("latency.svg", Latency(), output);
        return 0;
    }

    private static BarChart Peers()
    {
        Peer[] peers = [Results.ReadBench(Recorded), .. Results.ReadPeers(Recorded)];
        return new BarChart(
            "Cost of each path, in multiplications of the base field on the same machine",
            "multiples of the base field multiplication in brackets; logarithmic, shorter is better",
            [.. peers.Select(peer => $"{peer.Name} ({peer.YardstickNs:0.0} ns)")],
            [.. Paths.Select(path => new BarGroup(path.Label, [.. peers.Select(peer => peer.InYardsticks(path.Figure))]))]);
    }

    private static BarChart Latency()
    {
        IReadOnlyList<JsonElement>[] kinds = [Results.ReadLatency(Recorded, prepared: false), Results.ReadLatency(Recorded, prepared: true)];
        return new BarChart(
            "From the command to the venue's acknowledgement, one order after the other",
            "µs, medians, logarithmic; embedded venue in a process of its own, loopback",
            [.. kinds.Select(Describe)],
            [.. LatencyResult.Percentiles.Select(percentile => new BarGroup(percentile.Name, [.. kinds.Select(sessions => Value(sessions, percentile.Name))]))]);
    }

    private static string Describe(IReadOnlyList<JsonElement> sessions)
    {
        string nonces = sessions[0].GetProperty("prepared").GetBoolean() ? "prepared" : "fresh";
        return $"{nonces} nonces, {sessions.Count} × {sessions[0].GetProperty("orders").GetInt32():N0} orders";
    }

    private static double Value(IReadOnlyList<JsonElement> sessions, string percentile) =>
        Results.Median(sessions.Select(session => session.GetProperty("submit_to_ack_us").GetProperty(percentile).GetDouble()));

    private static void Save(string name, BarChart chart, TextWriter output)
    {
        string path = $"{Drawn}/{name}";
        File.WriteAllText(path, chart.ToSvg());
        output.WriteLine(path);
    }
}
