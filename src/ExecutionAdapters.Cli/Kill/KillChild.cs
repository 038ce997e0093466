using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Kill;

/// <summary>The process that the kill demo kills: an engine that trades. Not for people, so it is not listed.</summary>
internal static class KillChild
{
    /// <summary>What it writes when books and venue agree and it begins to trade.</summary>
    public const string Ready = "ready";

    private const string Name = "demo-engine";
    private const string KeyVariable = "EXECUTION_ADAPTERS_DEMO_KEY";

    public static Command CreateCommand()
    {
        var rest = new Option<Uri>("--rest") { Required = true, CustomParser = result => new Uri(result.Tokens[0].Value) };
        var stream = new Option<Uri>("--stream") { Required = true, CustomParser = result => new Uri(result.Tokens[0].Value) };
        var account = new Option<long>("--account") { Required = true };
        var slot = new Option<byte>("--slot") { Required = true };
        var journal = new Option<string>("--journal") { Required = true };
        var run = new Option<int>("--run") { Required = true };
        var seed = new Option<int>("--seed") { Required = true };
        var command = new Command(Name, "What `demo --kill` starts and kills.") { rest, stream, account, slot, journal, run, seed };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var key = LighterPrivateKey.Parse(Environment.GetEnvironmentVariable(KeyVariable) ?? throw new CommandException($"{KeyVariable} is not set.", ExitCode.WrongUsage));
            var options = new LighterOptions
            {
                Deployment = LighterDeployment.Local(parsed.GetValue(rest)!, parsed.GetValue(stream)!),
                Credentials = new LighterCredentials(parsed.GetValue(account), parsed.GetValue(slot), key),
            };
            var (engine, report) = await KillEngine.StartAsync(options, parsed.GetValue(journal)!, cancellationToken).ConfigureAwait(false);
            await using (engine)
            {
                var output = parsed.InvocationConfiguration.Output;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{Ready} {report.Events.Count} {report.Unresolved.Count} {engine.Engine.Quarantined.Count}")).ConfigureAwait(false);
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var orphaned = EndOfInputAsync(ending.Token);
                var trading = new KillTrader(engine, parsed.GetValue(run), parsed.GetValue(seed)).RunAsync(ending.Token);
                await Task.WhenAny(orphaned, trading).ConfigureAwait(false);
                await ending.CancelAsync().ConfigureAwait(false);
                await trading.ConfigureAwait(false);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Its input ends with the demo, however that ends: nobody is left to kill this process then.</summary>
    private static async Task EndOfInputAsync(CancellationToken cancellationToken)
    {
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            var buffer = new byte[1];
            while (await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
    }

    /// <summary>Starts it as a process of its own.</summary>
    public static Process Start(LighterVenue venue, string journal, int run, int seed)
    {
        var assembly = typeof(KillChild).Assembly.Location;
        var isOwnHost = string.Equals(Path.GetFileNameWithoutExtension(Environment.ProcessPath), Path.GetFileNameWithoutExtension(assembly), StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isOwnHost ? Environment.ProcessPath! : "dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!isOwnHost)
        {
            start.ArgumentList.Add(assembly);
        }

        string[] arguments =
        [
            Name, "--rest", venue.RestUrl.AbsoluteUri, "--stream", venue.StreamUrl.AbsoluteUri,
            "--account", Text(venue.TestAccount.AccountIndex), "--slot", Text(venue.TestAccount.ApiKeyIndex),
            "--journal", journal, "--run", Text(run), "--seed", Text(seed),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[KeyVariable] = venue.TestAccount.PrivateKey;
        return Process.Start(start) ?? throw new CommandException("The engine's process could not be started.");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
