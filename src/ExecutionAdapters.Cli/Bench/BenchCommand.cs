using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli.Bench;

/// <summary><c>bench</c>: the figures of the signing and order path on this machine, in under half a minute.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("bench", "Measure signing, verifying, reading and the way to the embedded venue's acknowledgement on this machine.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var signing = new SigningBench();
            List<Figure> figures = [.. signing.Run(), .. new InboundBench().Run()];
            using var latency = new LatencyBench();
            var acknowledgements = await latency.RunAsync(cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(ToJson(figures, acknowledgements)).ConfigureAwait(false);
            }
            else
            {
                Print(output, figures, acknowledgements);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static string ToJson(List<Figure> figures, double[] acknowledgements)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var figure in figures)
            {
                writer.WriteNumber(figure.Name + "_ns", Math.Round(figure.Nanoseconds, 2));
                writer.WriteNumber(figure.Name + "_bytes", figure.Bytes);
            }

            writer.WriteStartObject("submit_to_ack_us");
            writer.WriteNumber("p50", Math.Round(Measure.Percentile(acknowledgements, 50), 1));
            writer.WriteNumber("p99", Math.Round(Measure.Percentile(acknowledgements, 99), 1));
            writer.WriteNumber("p999", Math.Round(Measure.Percentile(acknowledgements, 99.9), 1));
            writer.WriteEndObject();
            writer.WriteString("path", LighterSigningInfo.InstructionSet);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Print(TextWriter output, List<Figure> figures, double[] acknowledgements)
    {
        TextTable.Write(
            output,
            $"Medians on this machine, path {LighterSigningInfo.InstructionSet}",
            ["what", "ns", "bytes allocated"],
            [.. figures.Select(figure => new[] { figure.Name, figure.Nanoseconds.ToString("N1", CultureInfo.InvariantCulture), figure.Bytes.ToString(CultureInfo.InvariantCulture) })]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"submit to acknowledgement: p50 {Measure.Percentile(acknowledgements, 50):N1} µs, p99 {Measure.Percentile(acknowledgements, 99):N1} µs, p99.9 {Measure.Percentile(acknowledgements, 99.9):N1} µs"));
    }
}
