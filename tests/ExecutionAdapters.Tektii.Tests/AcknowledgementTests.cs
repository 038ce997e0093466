using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Acknowledgements that wait for the answer to an order: what leaves together, what leaves at the end, and a strategy that ends the client.</summary>
public class AcknowledgementTests : StrategyScenes
{
    private static readonly IReadOnlyList<Venues.Tektii.TektiiCandle> Candles = [.. TektiiCandleGenerator.Generate(3).Take(40)];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<bool> Dialects { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Acknowledgements_that_become_due_together_leave_in_one_frame(bool engineDialect)
    {
        await using var scene = await StartAsync(Backtest(inFlight: 3), connect: false, engineDialect: engineDialect);
        scene.Venue.Faults.Arm(HeldOrder);
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiCandleEvent or TektiiBacktestCompleteEvent);
        await scene.ConnectAsync();
        await using var reader = events.GetAsyncEnumerator();
        var ids = new List<string>();
        for (var candle = 0; candle < 3; candle++)
        {
            Assert.True(await reader.MoveNextAsync());
            ids.Add(reader.Current.EventId!);
            if (candle == 0)
            {
                scene.Submit(scene.Market());
                await UntilHeldAsync(scene);
            }
        }

        // Asking for the fourth is what says that the third is done with.
        var next = reader.MoveNextAsync();

        // Answered by the client's loop, after what was said to it before.
        await scene.Client.GenerateMassStatusAsync();
        Assert.Empty(Acknowledged(scene).Intersect(ids));
        scene.Venue.Faults.Release();
        while (await next)
        {
            next = reader.MoveNextAsync();
        }

        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(Limit));
        Assert.Contains(scene.Venue.Acks, ack => ids.TrueForAll(ack.EventIds.Contains));
        var acknowledged = Acknowledged(scene);
        Assert.Equal(acknowledged.Distinct().Count(), acknowledged.Count);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task An_acknowledgement_that_waits_for_an_answer_leaves_before_the_connection_is_closed(bool engineDialect)
    {
        await using var scene = await StartAsync(Backtest(), connect: false, engineDialect: engineDialect);
        scene.Venue.Faults.Arm(HeldOrder);
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiCandleEvent);
        await scene.ConnectAsync();
        await using var reader = events.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        var paced = reader.Current.EventId!;
        scene.Submit(scene.Market());
        await UntilHeldAsync(scene);
        var next = reader.MoveNextAsync().AsTask();
        Assert.DoesNotContain(paced, Acknowledged(scene));

        await scene.Client.DisposeAsync().AsTask().WaitAsync(Limit);
        await scene.UntilAsync(() => Acknowledged(scene).Contains(paced), "the acknowledgement at the venue");

        // What the venue sent upon it may still be read; then it is over.
        while (await next.WaitAsync(Limit))
        {
            next = reader.MoveNextAsync().AsTask();
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_handler_that_disposes_of_the_client_in_a_backtest_comes_back(bool engineDialect, bool withOrder)
    {
        await using var scene = await StartAsync(Backtest(), connect: false, engineDialect: engineDialect);
        scene.Venue.Faults.Arm(HeldOrder);
        var events = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        var candles = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent && candles++ == 0)
                {
                    if (withOrder)
                    {
                        scene.Submit(scene.Market());
                        await UntilHeldAsync(scene);
                    }

                    await scene.Client.DisposeAsync();
                }
            }
        });
        await reading.WaitAsync(Limit);
        Assert.Equal(1, candles);
        Assert.Equal(TektiiBacktestState.Detached, await scene.Venue.BacktestEnded.WaitAsync(Limit));
    }

    private static TektiiRequestFault HeldOrder => new() { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" };

    private static List<string> Acknowledged(TektiiScene scene) => [.. scene.Venue.Acks.SelectMany(ack => ack.EventIds)];

    private static Task UntilHeldAsync(TektiiScene scene) =>
        scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "POST"), "the order at the venue");

    private static TektiiVenueOptions Backtest(int inFlight = 1) => TektiiScene.Quiet with
    {
        Backtest = new TektiiBacktestOptions { Symbol = TektiiScene.Symbol, Candles = Candles, AckWindow = Limit, CandlesInFlight = inFlight },
    };
}
