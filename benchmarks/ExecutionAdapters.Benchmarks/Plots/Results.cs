using System.Text.Json;

namespace ExecutionAdapters.Benchmarks.Plots;

/// <summary>What was recorded, as far as it is drawn.</summary>
internal static class Results
{
    private const string PeersFile = "peers.json";
    private const string Yardstick = "goldilocks_mul";

    /// <summary>The medians of the latest file that holds lines of the command's <c>bench</c>, nanoseconds by figure.</summary>
    public static Peer ReadBench(string directory)
    {
        const string Unit = "_ns";
        List<JsonElement> lines = Files(directory)
            .Select(file => Lines(file).Where(line => line.TryGetProperty(Yardstick + Unit, out _)).ToList())
            .Last(lines => lines.Count > 0);
        Dictionary<string, double> medians = lines[0].EnumerateObject()
            .Where(figure => figure.Name.EndsWith(Unit, StringComparison.Ordinal))
            .ToDictionary(
                figure => figure.Name[..^Unit.Length],
                figure => Median(lines.Select(line => line.GetProperty(figure.Name).GetDouble())));
        return new Peer("ours", medians[Yardstick], medians);
    }

    /// <summary>Others, by figures that they gave on a machine of their own.</summary>
    public static IReadOnlyList<Peer> ReadPeers(string directory)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, PeersFile)));
        return
        [
            .. document.RootElement.GetProperty("peers").EnumerateArray().Select(peer => new Peer(
                peer.GetProperty("name").GetString()!,
                peer.GetProperty("yardstick_ns").GetDouble(),
                peer.GetProperty("figures_ns").EnumerateObject().ToDictionary(figure => figure.Name, figure => figure.Value.GetDouble()))),
        ];
    }

    /// <summary>The latency sessions with fresh, or with prepared nonces, of the latest file that holds any.</summary>
    public static IReadOnlyList<JsonElement> ReadLatency(string directory, bool prepared) => Files(directory)
        .Select(file => Lines(file).Where(line => line.TryGetProperty("prepared", out JsonElement kind) && kind.GetBoolean() == prepared).ToList())
        .Last(sessions => sessions.Count > 0);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    // Their names begin with the date.
    private static IEnumerable<string> Files(string directory) => Directory.GetFiles(directory, "*.jsonl").Order(StringComparer.Ordinal);

    private static IEnumerable<JsonElement> Lines(string file) => File.ReadLines(file).Where(line => line.Length > 0).Select(line =>
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    });
}

/// <summary>One implementation on one machine.</summary>
/// <param name="Name">Whose.</param>
/// <param name="YardstickNs">A base field multiplication in a chain of dependent ones, on that machine, nanoseconds.</param>
/// <param name="FiguresNs">Nanoseconds by figure.</param>
internal sealed record Peer(string Name, double YardstickNs, IReadOnlyDictionary<string, double> FiguresNs)
{
    public double InYardsticks(string figure) => FiguresNs[figure] / YardstickNs;
}
