using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>The stream for strategies and the acknowledgements that pace a backtest.</summary>
public class StrategyTests : StrategyScenes
{
    private static readonly IReadOnlyList<Venues.Tektii.TektiiCandle> Candles = [.. TektiiCandleGenerator.Generate(3).Take(400)];

    public static TheoryData<bool> Dialects { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_backtest_runs_to_its_end_and_every_event_is_acknowledged_once(bool engineDialect)
    {
        await using var scene = await StartAsync(Backtest(), connect: false, engineDialect: engineDialect);
        var candles = 0;
        var events = scene.Client.StrategyEvents();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                candles += heard is TektiiCandleEvent ? 1 : 0;
            }
        });
        await scene.ConnectAsync();
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Candles.Count, candles);
        Assert.Equal(0, scene.Venue.Backtest.MissedWindows);
        var acknowledged = scene.Venue.Acks.SelectMany(ack => ack.EventIds).ToList();
        Assert.Equal(acknowledged.Distinct().Count(), acknowledged.Count);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Without_a_strategy_and_with_a_filter_time_goes_on(bool engineDialect)
    {
        await using var scene = await StartAsync(Backtest(), connect: false, engineDialect: engineDialect);
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiBacktestCompleteEvent);
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                Assert.IsType<TektiiBacktestCompleteEvent>(heard);
            }
        });
        await scene.ConnectAsync();
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_event_is_acknowledged_only_after_the_orders_that_its_handler_gave()
    {
        await using var scene = await StartAsync(Backtest(), connect: false);
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        string? paced = null;
        var events = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent && paced is null)
                {
                    scene.Submit(scene.Market());
                    Volatile.Write(ref paced, heard.EventId);
                }
            }
        });
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "POST"), "the order at the venue");
        Assert.DoesNotContain(Volatile.Read(ref paced), scene.Venue.Acks.SelectMany(ack => ack.EventIds));
        scene.Venue.Faults.Release();
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(paced, scene.Venue.Acks.SelectMany(ack => ack.EventIds));
        await scene.EndAsync();
        Assert.Single(scene.Events.OfType<OrderFilled>());
    }

    [Fact]
    public async Task A_handler_that_waits_for_its_own_fill_is_told_of_and_does_not_stop_the_backtest()
    {
        await using var scene = await StartAsync(Backtest(), options => options with { HandlerLimit = TimeSpan.FromMilliseconds(300) }, connect: false);
        var waited = false;
        var events = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (!waited && heard is TektiiCandleEvent)
                {
                    waited = true;
                    var order = scene.Submit(scene.Market());
                    await scene.UntilAsync(() => order.IsClosed, "the fill");
                }
            }
        });
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        await scene.EndAsync();
        Assert.Contains(scene.Events.OfType<VenueAlert>(), alert => alert.Code == "HANDLER_STALLED");
    }

    [Theory]
    [InlineData(TektiiAckPolicy.Always, TektiiBacktestState.Completed)]
    [InlineData(TektiiAckPolicy.OnSuccess, TektiiBacktestState.Halted)]
    public async Task What_becomes_of_a_handler_that_throws_is_a_policy(TektiiAckPolicy policy, TektiiBacktestState end)
    {
        await using var scene = await StartAsync(
            Backtest(TimeSpan.FromMilliseconds(200)), options => options with { AckPolicy = policy }, connect: false);
        var events = scene.Client.StrategyEvents();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                throw new InvalidOperationException("handler");
            }
        });
        await scene.ConnectAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => reading);
        Assert.Equal(end, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Only_one_strategy_at_a_time_reads_and_the_next_may_follow()
    {
        await using var scene = await StartAsync();
        await using (((IAsyncEnumerable<TektiiEvent>)scene.Client.StrategyEvents()).GetAsyncEnumerator())
        {
            Assert.Throws<InvalidOperationException>(() => scene.Client.StrategyEvents());
        }

        // The scene's own quote may still be on its way.
        var next = scene.Client.StrategyEvents(static heard => heard is TektiiQuoteEvent { Quote.Bid: not 100.00m });
        scene.Venue.PushQuote(TektiiScene.Symbol, 101.00m, 101.02m);
        await foreach (var heard in next)
        {
            Assert.Equal(101.00m, Assert.IsType<TektiiQuoteEvent>(heard).Quote.Bid);
            break;
        }
    }

    [Fact]
    public async Task Types_that_are_not_known_are_passed_on_and_broken_frames_passed_over()
    {
        await using var scene = await StartAsync();
        var heard = new List<TektiiEvent>();
        var events = scene.Client.StrategyEvents(static one => one is TektiiUnknownEvent or TektiiDataStalenessEvent or TektiiRateLimitEvent);
        foreach (var frame in new[] { "{", "[]", "{\"type\":1}", "{\"type\":\"order\",\"event\":\"ORDER_CREATED\",\"order\":{\"status\":\"NEW\"}}", "{\"type\":\"novel\",\"x\":1}", new string('[', 5_000) })
        {
            scene.Venue.Faults.PushFrame(frame);
        }

        scene.Venue.Faults.MarkStale(TektiiScene.Symbol);
        scene.Venue.Faults.PushRateLimit(isHit: true, 0, DateTimeOffset.UnixEpoch);
        await foreach (var one in events)
        {
            heard.Add(one);
            if (heard.Count == 5)
            {
                break;
            }
        }

        Assert.Equal(["1", "order", "novel"], heard.Take(3).Select(one => Assert.IsType<TektiiUnknownEvent>(one).Type));
        Assert.True(Assert.IsType<TektiiDataStalenessEvent>(heard[3]).IsStale);
        Assert.True(Assert.IsType<TektiiRateLimitEvent>(heard[4]).IsHit);
        Assert.True(scene.Client.IsConnected);
        await scene.RestAsync();
    }

    private protected static TektiiVenueOptions Backtest(TimeSpan? window = null) => TektiiScene.Quiet with
    {
        Backtest = new TektiiBacktestOptions { Symbol = TektiiScene.Symbol, Candles = Candles, AckWindow = window ?? TimeSpan.FromSeconds(20) },
    };
}
