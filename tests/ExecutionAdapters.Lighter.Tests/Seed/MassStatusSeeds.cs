using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class MassStatusSeeds
{
    /// <summary>test_generate_mass_status_fans_out_active_inactive_position_and_trades.</summary>
    [Fact]
    public async Task A_mass_status_asks_for_active_and_inactive_orders_and_trades_and_has_the_position()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var open = await harness.RestAsync(OrderSide.Buy, "0.0050", "2361.31");
        var canceled = await harness.RestAsync(OrderSide.Buy, "0.0050", "2300.00");
        harness.Client.CancelOrder(Orders.Cancel(canceled.ClientOrderId.Value));
        await harness.UntilAsync(() => canceled.IsClosed, "the cancel");
        await harness.PushPositionsAsync(SeedHarness.PositionRow("1.5000"));
        await harness.NextAsync<PositionStatusReport>();

        var status = await harness.Client.GenerateMassStatusAsync();

        Assert.NotEmpty(harness.Requests("accountActiveOrders"));
        Assert.NotEmpty(harness.Requests("accountInactiveOrders"));
        Assert.NotEmpty(harness.Requests("trades"));
        Assert.Equal(2, status.OrderReports.Count);
        Assert.Equal(OrderStatus.Accepted, status.OrderReports[open.VenueOrderId!.Value].OrderStatus);
        Assert.Equal(OrderStatus.Canceled, status.OrderReports[canceled.VenueOrderId!.Value].OrderStatus);
        var position = Assert.Single(Assert.Single(status.PositionReports).Value);
        Assert.Equal((Orders.Eth, PositionSide.Long, 1.5m), (position.InstrumentId, position.PositionSide, position.Quantity.Value));
    }

    /// <summary>test_generate_mass_status_seeds_market_fanout_from_inactive_orders.</summary>
    [Fact]
    public async Task A_mass_status_of_a_client_that_knows_nothing_finds_closed_orders_of_every_market()
    {
        await using var harness = await SeedHarness.StartAsync();
        var closed = await CloseOneAsync(harness);
        await harness.ConnectClientAsync();
        Assert.Empty(harness.Requests("accountActiveOrders"));
        Assert.Empty(harness.Requests("accountInactiveOrders"));

        var status = await harness.Client.GenerateMassStatusAsync();

        Assert.NotEmpty(harness.Requests("accountActiveOrders"));
        Assert.True(harness.Requests("accountInactiveOrders").Count >= 2);
        var report = Assert.Single(status.OrderReports.Values);
        Assert.Equal((closed, OrderStatus.Canceled), (report.VenueOrderId, report.OrderStatus));
    }

    /// <summary>An order that an earlier client submitted and that ended before this one came.</summary>
    private static async Task<VenueOrderId> CloseOneAsync(ClientHarness harness)
    {
        await using var earlier = harness.ClientWith();
        await earlier.ConnectAsync();
        earlier.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31") with { TimeInForce = TimeInForce.IOC }));
        while (true)
        {
            if (await earlier.Events.ReadAsync() is OrderCanceled canceled)
            {
                return canceled.VenueOrderId!.Value;
            }
        }
    }
}
