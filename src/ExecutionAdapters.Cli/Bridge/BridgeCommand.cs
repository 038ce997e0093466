using System.CommandLine;
using ExecutionAdapters.Cli.Configuration;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary><c>bridge</c>: a client as a process of its own, for engines in any language.</summary>
internal static class BridgeCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The configuration file (JSON).", Required = true };
        var level = new Option<LogLevel>("--log-level")
        {
            Description = "Least level that is logged to standard error.",
            DefaultValueFactory = _ => LogLevel.Information,
        };
        var command = new Command("bridge", "Run an execution client that speaks JSON Lines: commands on standard input; answers, events and reports on standard output.")
        {
            config, level,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var configuration = ConfigurationFile.Read(parsed.GetValue(config)!, Environment.GetEnvironmentVariable);
            var scrubber = configuration.Scrubber;
            using var loggers = StandardErrorLog.Create(parsed.GetValue(level), scrubber);
            var input = Console.OpenStandardInput();
            await using (input.ConfigureAwait(false))
            {
                var output = BridgeOutput.OpenStandardOutput();
                await using (output.ConfigureAwait(false))
                {
                    await BridgeSession.RunAsync(configuration, input, output, scrubber, loggers, cancellationToken).ConfigureAwait(false);
                }
            }

            return ExitCode.Fine;
        });
        return command;
    }
}
