using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>What might hold up simulated time, or make it depend on this machine.</summary>
public class PacingTests : StrategyScenes
{
    private static readonly IReadOnlyList<Venues.Tektii.TektiiCandle> Candles = [.. TektiiCandleGenerator.Generate(3).Take(60)];

    private static TektiiVenueOptions Backtest => TektiiScene.Quiet with { Backtest = new TektiiBacktestOptions { Symbol = TektiiScene.Symbol, Candles = Candles } };

    public static TheoryData<bool> Dialects { get; } = [false, true];

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Whoever_reads_before_connecting_may_trade_on_the_first_candle(bool engineDialect)
    {
        await using var scene = await StartAsync(Backtest, connect: false, engineDialect: engineDialect);
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiCandleEvent or TektiiBacktestCompleteEvent);
        var orders = new List<Order>();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent)
                {
                    orders.Add(scene.Submit(scene.Market(orders.Count % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, "1")));
                }
            }
        });
        await scene.ConnectAsync();
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        await scene.EndAsync();
        Assert.Equal(Candles.Count, orders.Count);
        Assert.Empty(scene.Events.OfType<OrderDenied>());
    }

    [Fact]
    public async Task An_answer_that_never_comes_does_not_stop_the_backtest()
    {
        await using var scene = await StartAsync(Backtest, options => options with { HandlerLimit = TimeSpan.FromMilliseconds(300) }, connect: false);
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        var events = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        var isSubmitted = false;
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent && !isSubmitted)
                {
                    isSubmitted = true;
                    scene.Submit(scene.Market());
                }
            }
        });
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        await scene.EndAsync();
        Assert.Single(scene.Events.OfType<VenueAlert>(), alert => alert.Code == "COMMAND_STALLED");
        Assert.Equal(0, scene.Venue.Backtest.MissedWindows);
    }

    [Fact]
    public async Task A_strategy_that_asked_for_events_and_does_not_read_them_is_told_of_and_does_not_stop_the_backtest()
    {
        await using var scene = await StartAsync(Backtest, options => options with { HandlerLimit = TimeSpan.FromMilliseconds(300) }, connect: false);
        _ = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await scene.EndAsync();
        Assert.Contains("not read", Assert.Single(scene.Events.OfType<VenueAlert>(), alert => alert.Code == "HANDLER_STALLED").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_a_backtest_do_not_grow_old_while_they_wait_for_those_before_them()
    {
        await using var scene = await StartAsync(Backtest, options => options with { QueueTimeout = TimeSpan.FromMilliseconds(1) }, connect: false);
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST", Delay = TimeSpan.FromMilliseconds(200) });
        var events = scene.Client.StrategyEvents();
        await scene.ConnectAsync();
        Order[] orders = [];
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent && orders.Length == 0)
                {
                    orders = [scene.Submit(scene.Market()), scene.Submit(scene.Market()), scene.Submit(scene.Market())];
                }
            }
        });
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(60)));
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        await scene.EndAsync();
        Assert.Equal([OrderStatus.Filled, OrderStatus.Filled, OrderStatus.Filled], orders.Select(order => order.Status));
    }

    [Fact]
    public async Task A_frame_that_is_nested_too_deep_is_acknowledged_all_the_same()
    {
        await using var scene = await StartAsync();
        scene.Venue.Faults.PushFrame($$"""{"type":"novel","event_id":"evt-deep","x":{{new string('[', 40)}}{{new string(']', 40)}}}""");
        await scene.UntilAsync(() => scene.Client.AcknowledgedEvents == 1, "the acknowledgement");
    }

    [Fact]
    public async Task A_frame_whose_type_is_no_unicode_is_acknowledged_all_the_same()
    {
        await using var scene = await StartAsync();
        scene.Venue.Faults.PushFrame("""{"type":"\ud800","event_id":"evt-half","x":1}""");
        await scene.UntilAsync(() => scene.Client.AcknowledgedEvents == 1, "the acknowledgement");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_of_an_event_that_paces_nothing_is_found_out_too_when_it_holds_up_one_that_does(bool isThereAlready)
    {
        await using var scene = await StartAsync(options: options => options with { HandlerLimit = TimeSpan.FromMilliseconds(300) });
        await using var reader = scene.Client.StrategyEvents(static heard => heard is TektiiUnknownEvent).GetAsyncEnumerator();
        scene.Venue.Faults.PushFrame("""{"type":"novel"}""");
        if (isThereAlready)
        {
            scene.Venue.Faults.PushFrame("""{"type":"novel","event_id":"evt-1"}""");
        }

        Assert.True(await reader.MoveNextAsync());
        if (!isThereAlready)
        {
            scene.Venue.Faults.PushFrame("""{"type":"novel","event_id":"evt-1"}""");
        }

        // Here the handler waits for what only comes when evt-1 is acknowledged.
        await scene.UntilAsync(() => scene.Client.AcknowledgedEvents == 1, "the acknowledgement");
        await scene.EndAsync();
        Assert.Single(scene.Events.OfType<VenueAlert>(), alert => alert.Code == "HANDLER_STALLED");
    }

    [Fact]
    public async Task A_second_backtest_with_the_same_client_has_its_fills_although_its_ids_begin_anew()
    {
        await using var scene = await StartAsync(Backtest, connect: false);
        var first = await BuyOnceAsync(scene);
        Assert.Equal(TektiiBacktestState.Completed, await scene.Venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(20)));
        await scene.Venue.DisposeAsync();
        await using var venue = await TektiiVenue.StartAsync(Backtest with { Port = scene.Venue.BaseUrl.Port });
        var second = await BuyOnceAsync(scene);
        Assert.Equal(TektiiBacktestState.Completed, await venue.BacktestEnded.WaitAsync(TimeSpan.FromSeconds(20)));
        await scene.EndAsync();
        Assert.Equal((first.VenueOrderId, OrderStatus.Filled, OrderStatus.Filled), (second.VenueOrderId, first.Status, second.Status));
    }

    private static async Task<Order> BuyOnceAsync(TektiiScene scene)
    {
        Order? order = null;
        var events = scene.Client.StrategyEvents();
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                if (heard is TektiiCandleEvent)
                {
                    order ??= scene.Submit(scene.Market());
                }
            }
        });
        await scene.ConnectAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        return order!;
    }
}
