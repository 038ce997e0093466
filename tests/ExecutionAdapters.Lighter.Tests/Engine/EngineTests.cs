using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Engine;

public sealed class EngineTests
{
    [Fact]
    public async Task An_order_goes_through_the_engine_and_its_story_is_published_in_order()
    {
        await using var harness = await EngineHarness.StartAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled && harness.Published.OfType<OrderFilled>().Any(), "the fill");
        Assert.Equal(
            ["OrderInitialized", "OrderSubmitted", "OrderAccepted", "OrderFilled"],
            harness.Published.OfType<OrderEvent>().Select(orderEvent => orderEvent.GetType().Name));
        await harness.AssertAgreesAsync();
    }

    [Fact]
    public async Task Changes_and_cancels_are_pending_first_and_then_done()
    {
        await using var harness = await EngineHarness.StartAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Engine.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "1990.00"));
        await harness.UntilAsync(() => order.Price?.Value == 1990m && !order.IsPendingUpdate, "the change");
        harness.Engine.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.Status == OrderStatus.Canceled && harness.Published.OfType<OrderCanceled>().Any(), "the cancel");
        Assert.Equal(
            ["OrderPendingUpdate", "OrderUpdated", "OrderPendingCancel", "OrderCanceled"],
            harness.Published.OfType<OrderEvent>().Select(orderEvent => orderEvent.GetType().Name).Skip(3));
        await harness.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_order_that_no_client_handles_is_denied()
    {
        await using var harness = await EngineHarness.StartAsync();
        var foreign = Orders.Limit(OrderSide.Buy, "1.0000", "2000.00") with { InstrumentId = InstrumentId.Parse("ETH-PERP.ELSEWHERE") };
        var order = harness.Submit(foreign);
        await harness.UntilAsync(() => harness.Published.OfType<OrderDenied>().Any(), "the denial");
        Assert.Equal(OrderStatus.Denied, order.Status);
        Assert.StartsWith(DenialReason.NoExecutionClient, harness.Published.OfType<OrderDenied>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancel_of_an_order_that_is_not_in_the_books_is_refused_and_not_forgotten()
    {
        await using var harness = await EngineHarness.StartAsync();
        harness.Engine.CancelOrder(Orders.Cancel("NOBODY"));
        await harness.UntilAsync(() => harness.Published.OfType<OrderCancelRejected>().Any(), "the refusal");
    }

    [Fact]
    public async Task A_second_order_of_the_same_id_is_refused_at_once()
    {
        await using var harness = await EngineHarness.StartAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        Assert.Throws<ArgumentException>(() => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00", order.ClientOrderId.Value)));
    }

    [Fact]
    public async Task Empty_books_take_over_orders_trades_and_positions_of_the_account()
    {
        await using var harness = await EngineHarness.StartAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        var filled = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00"));
        await harness.UntilAsync(() => filled.Status == OrderStatus.Filled, "the fill");
        await harness.RestAsync(OrderSide.Buy, "0.0300", "1900.00");

        await using var second = harness.WithEmptyBooks();
        var report = Assert.Single(await second.Engine.StartAsync());
        Assert.True(report.IsComplete, string.Join("; ", report.Unresolved));
        await second.AssertAgreesAsync();
        Assert.True(second.Engine.CanTrade(second.Client.AccountId));
        Assert.Empty((await second.Engine.ReconcileAsync(second.Client.AccountId)).Events);

        var taken = second.Engine.Cache.Orders().Single(order => order.IsOpen);
        Assert.Equal(ReconciliationOptions.External, taken.StrategyId);
        second.Engine.CancelOrder(Orders.Cancel(taken.ClientOrderId.Value));
        await second.UntilAsync(() => taken.Status == OrderStatus.Canceled, "the cancel of an order that was taken over");
    }

    [Fact]
    public async Task What_happened_while_the_connection_was_lost_is_in_the_books_afterwards()
    {
        await using var harness = await EngineHarness.StartAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.DropConnections();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
        await harness.UntilAsync(() => order.FilledQty.Value == 0.02m, "the fill of the outage");
        await harness.UntilAsync(() => harness.Client.IsConnected, "the connection");
        await harness.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_account_that_could_not_be_asked_takes_no_orders_and_still_takes_cancels()
    {
        await using var harness = await EngineHarness.StartAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await using var second = harness.WithEmptyBooks();
        harness.Venue.Faults.RefuseRest("trades", 400, 29500, "internal server error", times: 100);
        var report = Assert.Single(await second.Engine.StartAsync());
        Assert.False(report.IsComplete);
        Assert.False(second.Engine.CanTrade(second.Client.AccountId));
        second.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        await second.UntilAsync(() => second.Published.OfType<OrderDenied>().Any(), "the denial");
        Assert.StartsWith(DenialReason.TradingHalted, second.Published.OfType<OrderDenied>().Single().Reason, StringComparison.Ordinal);

        var taken = second.Engine.Cache.Orders().Single(candidate => candidate.VenueOrderId == order.VenueOrderId);
        second.Engine.CancelOrder(Orders.Cancel(taken.ClientOrderId.Value));
        await second.UntilAsync(() => taken.Status == OrderStatus.Canceled, "the cancel");
    }

    [Fact]
    public async Task A_start_that_must_not_go_wrong_fails_and_disconnects()
    {
        await using var harness = await EngineHarness.CreateAsync(EngineHarness.Options with { OnStartupFailure = StartupFailure.Halt });
        harness.Venue.Faults.RefuseRest("trades", 400, 29500, "internal server error", times: 100);
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Engine.StartAsync());
        Assert.Contains("does not agree", exception.Message, StringComparison.Ordinal);
        Assert.False(harness.Client.IsConnected);
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_is_cut_off_and_keeps_nobody()
    {
        await using var harness = await EngineHarness.CreateAsync(EngineHarness.Options with { SubscriberLimit = 3 });
        var slow = harness.Engine.Events();
        await harness.Engine.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await harness.RestAsync(OrderSide.Buy, "0.0100", "1900.00");
        }

        await Assert.ThrowsAsync<SlowSubscriberException>(async () =>
        {
            await foreach (var _ in slow)
            {
            }
        });
    }
}
