using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Losses of the stream, the broker and the process: nothing is told twice, nothing is lost.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task What_happened_while_the_stream_was_cut_is_told_once()
    {
        await using var scene = await TektiiScene.StartAsync();
        var filled = await scene.RestAsync();
        var cancelled = await scene.RestAsync(scene.Limit1(price: "50.00"));
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Times = null });
        scene.Venue.PushQuote(TektiiScene.Symbol, 89.00m, 89.02m);
        scene.Venue.Faults.CutStreams();
        scene.Venue.Faults.Clear();
        scene.Venue.CancelByOthers(cancelled.VenueOrderId!.Value.Value);
        await scene.UntilAsync(() => filled.IsClosed && cancelled.IsClosed && scene.Client.IsConnected, "the recovery");
        Assert.Equal("Submitted Accepted Filled", scene.Story(filled.ClientOrderId));
        Assert.Equal("Submitted Accepted Canceled", scene.Story(cancelled.ClientOrderId));
        Assert.Equal(
            [ConnectionState.Connected, ConnectionState.Disconnected, ConnectionState.Reconnected],
            scene.Events.OfType<ConnectionStateChanged>().Select(change => change.State).Where(state => state != ConnectionState.Reconnecting));
        Assert.Equal(10m, scene.Cache.Position(TektiiScene.Aapl)!.SignedQty);
    }

    [Fact]
    public async Task While_the_stream_is_down_orders_are_denied()
    {
        await using var scene = await TektiiScene.StartAsync(options: options => options with { Backoff = new() { Initial = TimeSpan.FromSeconds(30), Jitter = TimeSpan.Zero } });
        await scene.Venue.DisposeAsync();
        await scene.UntilAsync(() => !scene.Client.IsConnected, "the loss");
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Equal("Denied", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task When_the_broker_comes_back_the_account_is_read_again_and_the_gap_is_told()
    {
        await using var scene = await TektiiScene.StartAsync();
        var gaps = new List<TektiiGapEvent>();
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiGapEvent);
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                gaps.Add((TektiiGapEvent)heard);
                break;
            }
        });
        await scene.UntilAsync(() => scene.Client.IsConnected, "the session");
        scene.Venue.Faults.DisconnectBroker("maintenance");
        await scene.UntilAsync(() => scene.Events.OfType<VenueAlert>().Any(alert => alert.Code == "BROKER_DISCONNECTED"), "the alert");
        scene.Venue.Faults.ReconnectBroker();
        await scene.UntilAsync(() => scene.Events.OfType<ConnectionStateChanged>().Any(change => change.State == ConnectionState.Reconnected), "the engine to be told");
        await reading;
        Assert.Single(gaps);
    }

    [Theory]
    [InlineData("POSITION_UNPROTECTED")]
    [InlineData("OCO_DOUBLE_EXIT")]
    [InlineData("LIQUIDATION")]
    public async Task What_somebody_has_to_look_at_now_is_an_alert(string code)
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.PushError(code, "look", new Dictionary<string, string> { ["symbol"] = TektiiScene.Symbol });
        await scene.UntilAsync(() => scene.Events.OfType<VenueAlert>().Any(), "the alert");
        var alert = scene.Events.OfType<VenueAlert>().Single();
        Assert.Equal((code, true), (alert.Code, alert.Message.Contains(TektiiScene.Symbol, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_restart_the_client_takes_up_the_orders_of_its_books()
    {
        await using var scene = await TektiiScene.StartAsync();
        var filled = await scene.RestAsync();
        var resting = await scene.RestAsync(scene.Limit1(price: "50.00"));
        await scene.RestartAsync(() =>
        {
            scene.Venue.PushQuote(TektiiScene.Symbol, 89.00m, 89.02m);
            return Task.CompletedTask;
        });
        await scene.UntilAsync(() => filled.IsClosed, "the fill of meanwhile");
        Assert.Equal("Submitted Accepted Filled", scene.Story(filled.ClientOrderId));
        scene.Cancel(resting);
        await scene.UntilAsync(() => resting.IsClosed, "the cancel");
        Assert.Equal("Submitted Accepted Canceled", scene.Story(resting.ClientOrderId));
    }

    [Fact]
    public async Task The_engine_agrees_with_the_account_and_a_second_look_changes_nothing()
    {
        await using var venue = await TektiiVenue.StartAsync(TektiiScene.Quiet);
        venue.PushQuote(TektiiScene.Symbol, 100.00m, 100.02m);
        venue.PlaceByOthers(new TektiiOrderRequest { Symbol = TektiiScene.Symbol, Side = TektiiSide.Buy, Type = TektiiOrderType.Market, Quantity = 5 });
        venue.PlaceByOthers(new TektiiOrderRequest { Symbol = TektiiScene.Symbol, Side = TektiiSide.Buy, Type = TektiiOrderType.Limit, Quantity = 5, LimitPrice = 90 });
        await using var engine = new ExecutionEngine(new ExecutionEngineOptions { TraderId = new TraderId("TRADER-001"), ConfirmDifferencesAfter = TimeSpan.FromMilliseconds(100) });
        await using var client = new TektiiExecutionClient(new TektiiOptions { RestUrl = venue.BaseUrl }, engine.Cache);
        engine.AddClient(client);
        var report = Assert.Single(await engine.StartAsync());
        Assert.True(report.IsComplete, string.Join('\n', report.Unresolved));
        Assert.Equal(5m, engine.Cache.Position(TektiiScene.Aapl)!.SignedQty);
        var again = await engine.ReconcileAsync(client.AccountId);
        Assert.True(again.IsComplete);
        Assert.Empty(again.Events);
        var open = Assert.Single(engine.Cache.OrdersOpen(TektiiScene.Aapl, OrderSide.NoOrderSide));
        engine.CancelOrder(new OrderFactory(new TraderId("TRADER-001"), new StrategyId("S-001")).Cancel(open));
        var started = TimeProvider.System.GetTimestamp();
        while (!open.IsClosed)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
            await Task.Delay(5);
        }
    }

    [Theory]
    [InlineData("/v1/orders")]
    [InlineData("/v1/trades")]
    [InlineData("/v1/positions")]
    public async Task A_part_that_cannot_be_asked_for_fails_the_mass_status_with_the_others_attached(string path)
    {
        await using var scene = await TektiiScene.StartAsync();
        await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 500, Method = "GET", Path = path, Times = null });
        var failure = await Assert.ThrowsAsync<MassStatusException>(() => scene.Client.GenerateMassStatusAsync());
        Assert.Single(failure.FailedParts);
        Assert.Equal(path == "/v1/orders" ? 0 : 1, failure.Partial.OrderReports.Count);
    }
}
