using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class CancelAndModifyTests
{
    [Fact]
    public async Task A_cancel_names_the_venues_order_and_ends_in_canceled()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel");
        var (_, type, info, _) = harness.Received()[^1];
        Assert.Equal(15, type);
        Assert.Equal(order.VenueOrderId!.Value.Value, info.GetProperty("Index").GetRawText());
        Assert.Equal("canceled", Assert.Single(harness.Events<OrderCanceled>()).Reason);
    }

    [Fact]
    public async Task A_cancel_right_behind_its_order_is_not_refused_for_want_of_a_venue_order_id()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel");
        Assert.Equal(["Submitted", "Accepted", "Canceled"], harness.Story(order));
    }

    [Fact]
    public async Task A_refused_cancel_of_a_pending_cancel_order_is_told_once_with_code_and_venue_order_id()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.MarkPendingCancel(order);
        harness.Venue.Faults.AnswerNextTransaction(21727, "invalid client order index");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        var rejected = await harness.NextAsync<OrderCancelRejected>();
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderCancelRejected>());
        Assert.Equal(order.VenueOrderId, rejected.VenueOrderId);
        Assert.Contains("code=21727", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public async Task A_refused_cancel_that_nobody_waits_for_is_not_told()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Venue.Faults.AnswerNextTransaction(21727, "invalid client order index");
        harness.Client.CancelAllOrders(Orders.CancelAll());
        await harness.SettleAsync();
        Assert.Empty(harness.Events<OrderCancelRejected>());
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public async Task A_cancel_that_the_sequencer_refuses_after_admission_is_told_with_its_reason()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Client.CancelOrder(Orders.Cancel("UNKNOWN", venueOrderId: "281474976719999"));
        var rejected = await harness.NextAsync<OrderCancelRejected>();
        Assert.Contains("sequencer", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal(200, harness.Received()[^1].Code);
    }

    [Fact]
    public async Task A_cancel_of_an_unknown_order_is_refused_and_nothing_is_sent()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Client.CancelOrder(Orders.Cancel("UNKNOWN"));
        var rejected = await harness.NextAsync<OrderCancelRejected>();
        Assert.Contains("unknown", rejected.Reason, StringComparison.Ordinal);
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task Cancel_all_sends_one_cancel_per_open_order_of_the_side()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var buy = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var firstSell = await harness.RestAsync(OrderSide.Sell, "0.0100", "2500.00");
        var secondSell = await harness.RestAsync(OrderSide.Sell, "0.0100", "2501.00");
        harness.Client.CancelAllOrders(Orders.CancelAll(OrderSide.Sell));
        await harness.UntilAsync(() => firstSell.IsClosed && secondSell.IsClosed, "both sells to be cancelled");
        await harness.SettleAsync();
        Assert.True(buy.IsOpen);
        Assert.Equal(2, harness.Received().Take(5).Count(transaction => transaction.Type == 15 && transaction.Transport == "WebSocket"));
    }

    [Fact]
    public async Task A_batch_cancel_is_one_http_batch()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var orders = new[]
        {
            await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00"),
            await harness.RestAsync(OrderSide.Buy, "0.0100", "2001.00"),
            await harness.RestAsync(OrderSide.Buy, "0.0100", "2002.00"),
        };
        harness.Client.BatchCancelOrders(Orders.BatchCancel([.. orders.Select(order => Orders.Cancel(order.ClientOrderId.Value))]));
        await harness.UntilAsync(() => orders.All(order => order.Status == OrderStatus.Canceled), "three cancels");
        var cancels = harness.Received().Where(transaction => transaction.Type == 15).ToList();
        Assert.Equal(["HttpBatch", "HttpBatch", "HttpBatch"], cancels.Select(transaction => transaction.Transport));
        Assert.Equal(orders.Select(order => order.VenueOrderId!.Value.Value), cancels.Select(transaction => transaction.Info.GetProperty("Index").GetRawText()));
    }

    [Fact]
    public async Task A_modify_repeats_what_it_does_not_change_and_ends_in_updated()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        await harness.UntilAsync(() => order.Price == Price.Parse("2010.00"), "the update");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, quantity: "0.0100"));
        await harness.UntilAsync(() => order.Quantity == Quantity.Parse("0.0100"), "the second update");
        var second = harness.Received()[^1];
        Assert.Equal(17, second.Type);
        Assert.Equal((100L, 201000L, 0L), (second.Info.GetProperty("BaseAmount").GetInt64(), second.Info.GetProperty("Price").GetInt64(), second.Info.GetProperty("TriggerPrice").GetInt64()));
        Assert.Equal(["Submitted", "Accepted", "Updated", "Updated"], harness.Story(order));
    }

    [Fact]
    public async Task A_modify_builds_on_the_one_that_is_still_under_way()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, quantity: "0.0300"));
        await harness.UntilAsync(() => order.Quantity == Quantity.Parse("0.0300"), "both updates");
        await harness.SettleAsync();
        Assert.Equal(Price.Parse("2010.00"), order.Price);
    }

    [Fact]
    public async Task A_modify_does_not_bring_back_what_somebody_else_changed_since()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.5000", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, quantity: "1.0000"));
        await harness.UntilAsync(() => order.Quantity == Quantity.Parse("1.0000"), "the first update");
        await harness.SettleAsync();
        other.ModifyOrder(Orders.Modify("OTHER", "0.3000", "2000.00", venueOrderId: order.VenueOrderId!.Value.Value));
        await harness.UntilAsync(() => order.Quantity == Quantity.Parse("0.3000"), "the change by somebody else");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2001.00"));
        await harness.UntilAsync(() => order.Price == Price.Parse("2001.00"), "the last update");
        Assert.Equal(Quantity.Parse("0.3000"), order.Quantity);
    }

    [Fact]
    public async Task A_cancel_of_a_denied_order_is_not_answered_with_a_refusal()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.001"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Denied, "the denial");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2001.00"));
        harness.Client.BatchCancelOrders(Orders.BatchCancel(Orders.Cancel(order.ClientOrderId.Value)));
        await harness.SettleAsync();
        Assert.Equal(["Denied"], harness.Story(order));
    }

    [Fact]
    public async Task Cancel_all_again_does_not_send_again_what_is_under_way()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var orders = new[] { await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00"), await harness.RestAsync(OrderSide.Buy, "0.0100", "2001.00") };
        for (var i = 0; i < 5; i++)
        {
            harness.Client.CancelAllOrders(Orders.CancelAll());
        }

        await harness.UntilAsync(() => orders.All(order => order.IsClosed), "both cancels");
        Assert.Equal(2, harness.Received().Count(transaction => transaction.Type == 15));
    }

    [Fact]
    public async Task A_cache_that_throws_does_not_swallow_a_cancel()
    {
        await using var harness = await ClientHarness.StartAsync();
        await using var client = harness.ClientWith(new ThrowingCache());
        await client.ConnectAsync();
        var order = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        while (await client.Events.ReadAsync() is not OrderCancelRejected)
        {
            // Connection and account come first.
        }
    }

    private sealed class ThrowingCache : ExecutionAdapters.Clients.IExecutionCacheView
    {
        public Order? Order(ClientOrderId clientOrderId) => throw new InvalidOperationException("no cache today");

        public IReadOnlyList<Order> OrdersOpen(InstrumentId instrumentId, OrderSide side) => throw new InvalidOperationException("no cache today");

        public IReadOnlyList<Order> OrdersSubmitted() => throw new InvalidOperationException("broken cache");

        public QuoteTick? Quote(InstrumentId instrumentId) => throw new InvalidOperationException("no cache today");
    }

    [Fact]
    public async Task A_modify_that_changes_nothing_is_still_answered_with_updated()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2000.00"));
        await harness.NextAsync<OrderUpdated>();
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted", "Updated"], harness.Story(order));
    }

    [Fact]
    public async Task A_refused_modify_is_told_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Venue.Faults.AnswerNextTransaction(21702, "invalid price");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        var rejected = await harness.NextAsync<OrderModifyRejected>();
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderModifyRejected>());
        Assert.Contains("code=21702", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_modify_with_a_price_off_the_tick_is_refused_and_nothing_is_sent()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.005"));
        Assert.Contains("tick", (await harness.NextAsync<OrderModifyRejected>()).Reason, StringComparison.Ordinal);
        Assert.Single(harness.Received());
    }

    [Fact]
    public async Task A_stop_can_be_moved_and_its_worst_price_moves_with_it()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.New(OrderType.StopMarket, OrderSide.Buy, "0.0100", trigger: "2400.00"));
        await harness.UntilAsync(() => order.IsOpen, "the stop to rest");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, trigger: "2410.00"));
        await harness.UntilAsync(() => order.TriggerPrice == Price.Parse("2410.00"), "the update");
        Assert.Equal((241000L, 242205L), (harness.Received()[^1].Info.GetProperty("TriggerPrice").GetInt64(), harness.Received()[^1].Info.GetProperty("Price").GetInt64()));
    }
}
