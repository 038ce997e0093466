using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class CancelSeeds
{
    private const string FirstOrder = "281476929510110";
    private const string SecondOrder = "281476929510111";

    /// <summary>test_cancel_order_signs_cancel_sendtx.</summary>
    [Fact]
    public async Task A_cancel_leaves_as_one_signed_transaction_that_names_the_venues_order()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync(FirstOrder, OrderSide.Buy, "0.0050", "2361.31");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, FirstOrder));
        await harness.UntilAsync(() => harness.Received().Count > 1, "the cancel");
        await harness.MarkAsync();
        Assert.Equal(2, harness.Received().Count);
        var (transport, type, info, code) = harness.Received()[1];
        Assert.Equal(("WebSocket", 15, 200), (transport, type, code));
        Assert.Equal((0, 281476929510110), (info.Number("MarketIndex"), info.Number("Index")));
        Assert.Equal(SeedHarness.FirstNonce + 1, info.Number("Nonce"));
    }

    /// <summary>test_cancel_order_venue_rejection_emits_cancel_rejected_for_pending_cancel_order.</summary>
    [Fact]
    public async Task A_refused_cancel_of_a_pending_cancel_order_is_told_once()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync(FirstOrder, OrderSide.Buy, "0.0050", "2361.31");
        harness.MarkPendingCancel(order);
        var before = harness.Events<OrderEvent>().Count;
        harness.RefuseNext(21727, "invalid client order index");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, FirstOrder));
        await harness.NextAsync<OrderCancelRejected>();
        await harness.MarkAsync();
        var rejected = Assert.IsType<OrderCancelRejected>(Assert.Single(harness.Events<OrderEvent>().Skip(before)));
        Assert.Equal((order.ClientOrderId, Orders.Eth), (rejected.ClientOrderId, rejected.InstrumentId));
        Assert.Equal(FirstOrder, rejected.VenueOrderId!.Value.Value);
        Assert.Contains("code=21727", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("invalid client order index", rejected.Reason, StringComparison.Ordinal);
    }

    /// <summary>test_cancel_all_orders_iterates_open_orders_and_dispatches_cancel_per_order.</summary>
    [Fact]
    public async Task Cancel_all_sends_one_cancel_per_open_order()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        await harness.RestAsAsync(FirstOrder, OrderSide.Buy, "0.0050", "2361.31");
        await harness.RestAsAsync(SecondOrder, OrderSide.Sell, "0.0050", "2400.00");
        harness.Client.CancelAllOrders(Orders.CancelAll(OrderSide.NoOrderSide));
        await harness.UntilAsync(() => harness.Received().Count >= 4, "two cancels");
        await harness.MarkAsync();
        var cancels = harness.Received().Skip(2).ToList();
        Assert.Equal(2, cancels.Count);
        Assert.All(cancels, cancel => Assert.Equal(("WebSocket", 15, 200, 0), (cancel.Transport, cancel.Type, cancel.Code, cancel.Info.Number("MarketIndex"))));
        Assert.Equal([281476929510110, 281476929510111], cancels.Select(cancel => cancel.Info.Number("Index")).Order());
    }

    /// <summary>test_cancel_all_orders_venue_rejection_suppresses_cancel_rejected_for_open_order.</summary>
    [Fact]
    public async Task A_refused_cancel_of_cancel_all_is_not_told_for_an_open_order()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync(FirstOrder, OrderSide.Buy, "0.0050", "2361.31");
        var before = harness.Events<OrderEvent>().Count;
        harness.RefuseNext(21727, "invalid client order index");
        harness.Client.CancelAllOrders(Orders.CancelAll(OrderSide.NoOrderSide));
        await harness.UntilAsync(() => harness.Received().Count > 1, "the cancel");
        await harness.MarkAsync();
        Assert.Equal((15, 21727), (harness.Received()[1].Type, harness.Received()[1].Code));
        Assert.Equal(before, harness.Events<OrderEvent>().Count);
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }
}
