using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Benchmarks.Latency;

/// <summary>
/// <c>latency [--orders N] [--prepared] [--output FILE]</c>: a session, its table, and one line of JSON appended to the file.
/// </summary>
internal static class LatencyCommand
{
    private const string Command = "dotnet run -c Release --project benchmarks/ExecutionAdapters.Benchmarks -- latency";
    private const string Usage = "usage: latency [--orders N] [--prepared] [--output FILE]";

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (!TryRead(arguments, out int orders, out bool prepared, out string? file))
        {
            await output.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        using var session = new LatencySession(orders, prepared);
        LatencyResult result = await session.RunAsync().ConfigureAwait(false);
        Print(output, result);
        if (file is not null)
        {
            await File.AppendAllTextAsync(file, ToJson(result) + "\n").ConfigureAwait(false);
        }

        return 0;
    }

    private static bool TryRead(string[] arguments, out int orders, out bool prepared, out string? file)
    {
        (orders, prepared, file) = (100_000, false, null);
        for (int i = 0; i < arguments.Length; i++)
        {
            bool isKnown = arguments[i] switch
            {
                "--orders" when i + 1 < arguments.Length => int.TryParse(arguments[++i], NumberStyles.None, null, out orders) && orders > 0,
                "--output" when i + 1 < arguments.Length => (file = arguments[++i]).Length > 0,
                "--prepared" => prepared = true,
                _ => false,
            };
            if (!isKnown)
            {
                return false;
            }
        }

        return true;
    }

    private static void Print(TextWriter output, LatencyResult result)
    {
        string nonces = result.Prepared ? "prepared" : "fresh";
        output.WriteLine($"{result.Orders} orders, {nonces} nonces, path {LighterSigningInfo.InstructionSet}, {Machine.Describe()}");
        output.WriteLine($"{"µs",-8}{"submit to ack",16}{"sign",12}");
        foreach ((string name, double percent) in LatencyResult.Percentiles)
        {
            double acknowledgement = LatencyResult.Percentile(result.Acknowledgement, percent), sign = LatencyResult.Percentile(result.Sign, percent);
            output.WriteLine($"{name,-8}{acknowledgement,16:N1}{sign,12:N1}");
        }

        output.WriteLine($"{result.OrdersPerSecond:N0} orders/s, {result.BytesPerOrder:N0} bytes allocated an order");
        output.WriteLine(
            $"collections: {result.Collections(0)} of generation 0, {result.Collections(1)} of 1, {result.Collections(2)} of 2; "
            + $"{result.GcPause.TotalMilliseconds:N1} ms of pauses");
    }

    private static string ToJson(LatencyResult result)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("machine", Machine.Describe());
            json.WriteString("date", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("command", $"{Command} --orders {result.Orders}{(result.Prepared ? " --prepared" : "")}");
            json.WriteString("path", LighterSigningInfo.InstructionSet);
            json.WriteNumber("orders", result.Orders);
            json.WriteBoolean("prepared", result.Prepared);
            WritePercentiles(json, "submit_to_ack_us", result.Acknowledgement);
            WritePercentiles(json, "sign_us", result.Sign);
            json.WriteNumber("orders_per_second", Math.Round(result.OrdersPerSecond));
            json.WriteNumber("bytes_per_order", result.BytesPerOrder);
            json.WriteStartArray("collections");
            for (int generation = 0; generation <= GC.MaxGeneration; generation++)
            {
                json.WriteNumberValue(result.Collections(generation));
            }

            json.WriteEndArray();
            json.WriteNumber("gc_pause_ms", Math.Round(result.GcPause.TotalMilliseconds, 1));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WritePercentiles(Utf8JsonWriter json, string name, double[] sorted)
    {
        json.WriteStartObject(name);
        foreach ((string percentile, double percent) in LatencyResult.Percentiles)
        {
            json.WriteNumber(percentile, Math.Round(LatencyResult.Percentile(sorted, percent), 1));
        }

        json.WriteEndObject();
    }
}
