using System.CommandLine;
using ExecutionAdapters.Venues;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Venue;

/// <summary><c>venue …</c>: runs a venue until stopped.</summary>
internal static class VenueCommand
{
    public static Command Create()
    {
        var command = new Command("venue", "Run a venue on this machine: the real protocol, every signature verified, a matching engine behind it.");
        command.Subcommands.Add(CreateLighter());
        command.Subcommands.Add(TektiiVenueCommand.Create());
        return command;
    }

    private static Command CreateLighter()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1; 0 picks a free one.", DefaultValueFactory = _ => 8900 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the synthetic market and of the test account's key.", DefaultValueFactory = _ => 7 };
        var markets = new Option<string[]>("--market") { Description = "Market symbol, may be repeated; all built-in markets when left out.", AllowMultipleArgumentsPerToken = true };
        var limits = new Option<bool>("--rate-limits") { Description = "Enforce the venue's rate limits." };
        var faults = new Option<FileInfo?>("--faults") { Description = "Fault script (JSON) that is armed from the start; /control/faults shows, adds and clears." };
        var command = new Command("lighter", "Run the Lighter venue. Prints where it listens and a registered test account with its key.") { port, seed, markets, limits, faults };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(port) is < 0 or > 65535)
            {
                throw new CommandException($"--port is {parsed.GetValue(port)}: it must be from 0 to 65535.", ExitCode.WrongUsage);
            }

            var chosen = parsed.GetValue(markets) is { Length: > 0 } symbols ? symbols : null;
            var options = new LighterVenueOptions
            {
                Port = parsed.GetValue(port),
                Seed = parsed.GetValue(seed),
                Markets = chosen,
                RateLimits = parsed.GetValue(limits),
            };
            var script = parsed.GetValue(faults) is { } file ? await ReadScriptAsync(file, cancellationToken).ConfigureAwait(false) : null;
            await using var venue = await StartAsync(options, cancellationToken).ConfigureAwait(false);
            if (script is not null)
            {
                Arm(venue, script, parsed.GetValue(faults)!);
            }

            var output = parsed.InvocationConfiguration.Output;
            var account = venue.TestAccount;
            await output.WriteLineAsync($"""
                Lighter venue (chain id {options.ChainId}, seed {options.Seed})
                  REST    {venue.RestUrl.ToString().TrimEnd('/')}
                  stream  {venue.StreamUrl}
                  state   {new Uri(venue.RestUrl, "control/state")}
                Test account (worthless outside this venue)
                  account index  {account.AccountIndex}
                  api key index  {account.ApiKeyIndex}
                  private key    {account.PrivateKey}
                  public key     {account.PublicKey}
                {(script is null ? "Faults are off" : $"FAULTS ARE ON, as {parsed.GetValue(faults)} says")}: {new Uri(venue.RestUrl, "control/faults")}
                Stop with Ctrl+C.
                """).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Starts a venue; a taken port or an unknown market is one clear line.</summary>
    public static async Task<LighterVenue> StartAsync(LighterVenueOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await LighterVenue.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (VenueStartException exception)
        {
            throw new CommandException(exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(exception.Message, ExitCode.WrongUsage);
        }
    }

    private static async Task<string> ReadScriptAsync(FileInfo file, CancellationToken cancellationToken)
    {
        const int MaximumBytes = 1024 * 1024; // the venue's own limit is lower; this only keeps a wrong file out of memory
        if (file is { Exists: true, Length: > MaximumBytes })
        {
            throw new CommandException($"{file} is too large for a fault script.", ExitCode.WrongUsage);
        }

        return await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false);
    }

    private static void Arm(LighterVenue venue, string script, FileInfo file)
    {
        try
        {
            venue.Faults.Load(script);
        }
        catch (FormatException exception)
        {
            throw new CommandException($"{file}: {exception.Message}", ExitCode.WrongUsage);
        }
    }
}
