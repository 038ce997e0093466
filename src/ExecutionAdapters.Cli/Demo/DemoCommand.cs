using System.CommandLine;
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
        var command = new Command("demo", "Run an embedded Lighter venue and trade on it: every order type, lists, modify, cancels, refusals. Ends by comparing all books with the venue's.")
        {
            orders, seed, json, faults, faultSeed,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(orders);
            if (count is < 1 or > 1_000_000)
            {
                throw new CommandException($"--orders is {count}: it must be from 1 to 1000000.", ExitCode.WrongUsage);
            }

            if (parsed.GetResult(faultSeed) is { Implicit: false } && !parsed.GetValue(faults))
            {
                throw new CommandException("--fault-seed is of no use without --faults.", ExitCode.WrongUsage);
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
        var audit = await VenueAudit.RunAsync(session, venue, cancellationToken).ConfigureAwait(false);
        var result = DemoResult.Create(session, audit, latencies) with { Faults = fired };
        await blotter.FinishAsync(result).ConfigureAwait(false);
        return result.Ok ? ExitCode.Fine : ExitCode.Failed;
    }
}
