using System.CommandLine;
using System.Globalization;
using ExecutionAdapters.Cli.Backtest;
using ExecutionAdapters.Cli.Kill;
using ExecutionAdapters.Cli.Venue;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary><c>demo</c>: embedded venue, a client, real signed orders, and an audit of the books at the end.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var orders = new Option<int>("--orders") { Description = "How many orders to submit.", DefaultValueFactory = _ => 200 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the market and of the choice of orders.", DefaultValueFactory = _ => 7 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object at the end and nothing else." };
        var faults = new Option<bool>("--faults") { Description = "Let the venue misbehave at random: lost answers, cut connections, refusals, a restart." };
        var faultSeed = new Option<ulong>("--fault-seed") { Description = "Seed of the faults.", DefaultValueFactory = _ => 1 };
        var kill = new Option<bool>("--kill") { Description = "Trade in a process of its own with an engine and a journal, and kill it again and again." };
        var kills = new Option<int>("--kills") { Description = "How often --kill kills.", DefaultValueFactory = _ => 10 };
        var command = new Command("demo", "Run an embedded Lighter venue and trade on it: every order type, lists, modify, cancels, refusals. Ends by comparing all books with the venue's.")
        {
            orders, seed, json, faults, faultSeed, kill, kills,
        };
        var tektii = new TektiiDemoOptions(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (tektii.IsAsked(parsed))
            {
                return new Option[] { orders, faults, faultSeed, kill, kills }.Any(option => parsed.GetResult(option) is { Implicit: false })
                    ? throw new CommandException("--venue tektii goes with --candles, --minutes, --paper, --svg, --seed and --json only.", ExitCode.WrongUsage)
                    : tektii.RunAsync(parsed, parsed.GetValue(seed), parsed.GetValue(json), cancellationToken);
            }

            var count = parsed.GetValue(orders);
            if (count is < 1 or > 1_000_000)
            {
                throw new CommandException($"--orders is {count}: it must be from 1 to 1000000.", ExitCode.WrongUsage);
            }

            if (parsed.GetResult(faultSeed) is { Implicit: false } && !parsed.GetValue(faults))
            {
                throw new CommandException("--fault-seed is of no use without --faults.", ExitCode.WrongUsage);
            }

            if (parsed.GetValue(kill))
            {
                return parsed.GetValue(faults) || parsed.GetResult(orders) is { Implicit: false }
                    ? throw new CommandException("--kill goes with --kills, --seed and --json only.", ExitCode.WrongUsage)
                    : KillAsync(parsed.GetValue(kills), parsed.GetValue(seed), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken);
            }

            if (parsed.GetResult(kills) is { Implicit: false })
            {
                throw new CommandException("--kills is of no use without --kill.", ExitCode.WrongUsage);
            }

            return RunAsync(
                count,
                parsed.GetValue(seed),
                parsed.GetValue(faults) ? parsed.GetValue(faultSeed) : null,
                parsed.GetValue(json),
                parsed.InvocationConfiguration.Output,
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> KillAsync(int kills, ulong seed, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        if (kills is < 1 or > 10_000)
        {
            throw new CommandException($"--kills is {kills}: it must be from 1 to 10000.", ExitCode.WrongUsage);
        }

        var result = await KillDemo.RunAsync(kills, seed, json ? null : output, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            await output.WriteLineAsync(result.ToJson()).ConfigureAwait(false);
        }
        else
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Kills} kills, {result.KillsDuringStart} of them during the start. The journal has {result.Orders} orders and {result.Fills} fills; {result.Adopted} orders were taken over from the venue, since the kill had kept them out of the journal.")).ConfigureAwait(false);
            foreach (var discrepancy in result.DiscrepancyTexts)
            {
                await output.WriteLineAsync("  " + discrepancy).ConfigureAwait(false);
            }

            await output.WriteLineAsync(result.Ok
                ? "Orders, fills, positions and balances agree with the venue's books."
                : string.Create(CultureInfo.InvariantCulture, $"{result.Discrepancies} discrepancies.")).ConfigureAwait(false);
        }

        return result.Ok ? ExitCode.Fine : ExitCode.Failed;
    }

    private static async Task<int> RunAsync(int count, ulong seed, ulong? faultSeed, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        using var latencies = new LatencyRecorder();
        await using var venue = await VenueCommand.StartAsync(new LighterVenueOptions { Seed = seed }, cancellationToken).ConfigureAwait(false);
        await using var blotter = Blotter.Create(json, count, output);
        await using var session = await DemoSession.ConnectAsync(venue, blotter, faultSeed is not null, cancellationToken).ConfigureAwait(false);
        var orders = new DemoOrders(session, count, faultSeed is not null);
        var scenario = await DemoScenario.CreateAsync(session, venue, orders, seed, cancellationToken).ConfigureAwait(false);
        if (faultSeed is { } drawn)
        {
            DemoFaults.Arm(venue, drawn);
        }

        await scenario.RunAsync(cancellationToken).ConfigureAwait(false);
        var fired = faultSeed is null ? null : await DemoFaults.EndAsync(venue).ConfigureAwait(false);
        await orders.CloseAllAsync(cancellationToken).ConfigureAwait(false);
        var audit = await VenueAudit.RunAsync(() => AuditedBooks.Of(session), venue, cancellationToken).ConfigureAwait(false);
        var result = DemoResult.Create(session, audit, latencies) with { Faults = fired };
        await blotter.FinishAsync(result).ConfigureAwait(false);
        return result.Ok ? ExitCode.Fine : ExitCode.Failed;
    }
}
