using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class ModifySeeds
{
    private const string VenueOrder = "281476929510111";

    /// <summary>test_modify_order_signs_modify_sendtx.</summary>
    [Fact]
    public async Task A_modify_leaves_as_one_signed_transaction_with_the_new_total_and_price()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync(VenueOrder, OrderSide.Buy, "0.0050", "2361.31");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, "0.0100", "2400.00", venueOrderId: VenueOrder));
        await harness.UntilAsync(() => harness.Received().Count > 1, "the modify");
        await harness.MarkAsync();
        Assert.Equal(2, harness.Received().Count);
        var (transport, type, info, code) = harness.Received()[1];
        Assert.Equal(("WebSocket", 17, 200), (transport, type, code));
        Assert.Equal((0, 281476929510111), (info.Number("MarketIndex"), info.Number("Index")));
        Assert.Equal((100, 240000, 0), (info.Number("BaseAmount"), info.Number("Price"), info.Number("TriggerPrice")));
    }

    /// <summary>test_modify_order_venue_rejection_emits_modify_rejected.</summary>
    [Fact]
    public async Task A_refused_modify_is_told_once()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync(VenueOrder, OrderSide.Buy, "0.0050", "2361.31");
        var before = harness.Events<OrderEvent>().Count;
        harness.RefuseNext(21702, "invalid price");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, "0.0100", "2400.00", venueOrderId: VenueOrder));
        await harness.NextAsync<OrderModifyRejected>();
        await harness.MarkAsync();
        var rejected = Assert.IsType<OrderModifyRejected>(Assert.Single(harness.Events<OrderEvent>().Skip(before)));
        Assert.Equal((order.ClientOrderId, Orders.Eth), (rejected.ClientOrderId, rejected.InstrumentId));
        Assert.Equal(VenueOrder, rejected.VenueOrderId!.Value.Value);
        Assert.Contains("code=21702", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("invalid price", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.Accepted, Quantity.Parse("0.0050")), (order.Status, order.Quantity));
    }
}
