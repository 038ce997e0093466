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
        var command = new Command("demo", "Run an embedded Lighter venue and trade on it: every order type, lists, modify, cancels, refusals. Ends by comparing all books with the venue's.")
        {
            orders, seed, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(orders);
            return count is >= 1 and <= 1_000_000
                ? RunAsync(count, parsed.GetValue(seed), parsed.GetValue(json), parsed.InvocationConfiguration.Output, cancellationToken)
                : throw new CommandException($"--orders is {count}: it must be from 1 to 1000000.", ExitCode.WrongUsage);
        });
        return command;
    }

    private static async Task<int> RunAsync(int orders, ulong seed, bool json, TextWriter output, CancellationToken cancellationToken)
    {
        using var latencies = new LatencyRecorder();
        await using var venue = await VenueCommand.StartAsync(new LighterVenueOptions { Seed = seed }, cancellationToken).ConfigureAwait(false);
        await using var blotter = Blotter.Create(json, orders, output);
        await using var session = await DemoSession.ConnectAsync(venue, blotter, cancellationToken).ConfigureAwait(false);
        var scenario = await DemoScenario.CreateAsync(session, venue, orders, seed, cancellationToken).ConfigureAwait(false);
        await scenario.RunAsync(cancellationToken).ConfigureAwait(false);
        var audit = await VenueAudit.RunAsync(session, venue, cancellationToken).ConfigureAwait(false);
        var result = DemoResult.Create(session, audit, latencies);
        await blotter.FinishAsync(result).ConfigureAwait(false);
        return result.Ok ? ExitCode.Fine : ExitCode.Failed;
    }
}
