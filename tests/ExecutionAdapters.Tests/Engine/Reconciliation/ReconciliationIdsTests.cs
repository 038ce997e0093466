using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Against values that an independent implementation computed.</summary>
public sealed class ReconciliationIdsTests
{
    [Theory]
    [InlineData(
        "position-reconciliation-order", "LIGHTER-001|ETH-PERP.LIGHTER|BUY|MARKET|1.5000|2361.31||CLOSE|1700000000000000000",
        "e8d9d529-0373-5f82-ad85-f1e0d9986936")]
    [InlineData(
        "reconciliation-fill", "LIGHTER-001|ETH-PERP.LIGHTER|O-1|123|BUY|LIMIT|0.0050|0.0050|2361.31|ETH-PERP.LIGHTER-EXTERNAL|1700000000000000000",
        "a886e2b1-773f-59a6-a81d-11482d3369e2")]
    public void A_name_follows_from_its_parts(string space, string parts, string expected) =>
        Assert.Equal(expected, ReconciliationIds.Uuid(space, parts.Split('|')));

    [Fact]
    public void An_opening_trade_has_the_ids_of_its_facts()
    {
        var (order, trade) = ReconciliationIds.Opening(
            InstrumentId.Parse("ETH-PERP.LIGHTER"), new UnixNanos(1_700_000_000_000_000_000), new VenueOrderId("123"), OrderSide.Buy, "1.5", "2361.31");
        Assert.Equal("S-17979cfe362a0000-02486a52", order.Value);
        Assert.Equal("S-17979cfe362a0000-b5bae16d", trade.Value);
    }

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("0.0050", "0.005")]
    [InlineData("0", "0")]
    public void The_precision_of_a_number_is_no_part_of_an_id(string written, string expected) =>
        Assert.Equal(expected, ReconciliationIds.Text(decimal.Parse(written, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void An_event_and_an_order_of_others_have_the_ids_of_their_facts()
    {
        Assert.Equal(
            "24d178fa-b2d7-43fe-89fc-71c3489c6c4a", ReconciliationIds.Event("LIGHTER-001", "ETH-PERP.LIGHTER", "O-1", "accepted", "77").ToString());
        Assert.Equal("X-b910bd145b3601d5", ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, new VenueOrderId("77")).Value);
        Assert.Equal("X-03d3356cfff4987a", ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, new VenueOrderId("290")).Value);
    }

    [Theory]
    [InlineData(null, "078f6bdc-069e-5450-96ed-c646b2e6901c")]
    [InlineData("P-1", "a8c33eb9-88e2-55e0-9513-a28d0c5dc46c")]
    public void An_inferred_trade_has_the_id_of_its_facts_the_position_among_them(string? position, string expected)
    {
        var scene = new Scene();
        var order = scene.Submit(scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")) with { ClientOrderId = new ClientOrderId("O-1") });
        var report = Scene.Report(order, "123", OrderStatus.PartiallyFilled, "0.5000") with { VenuePositionId = position is null ? null : new PositionId(position) };
        Assert.Equal(expected, ReconciliationIds.InferredTrade(order, Scene.Account, report, 0.3000m, 1983.330m).Value);
    }

    [Theory]
    [InlineData(null, "", "8ec4039c-0d25-5f90-8d76-18daa5c5505c")]
    [InlineData("P-1", "OPEN", "5d281c1c-bc4c-5548-a910-9bcc0935047c")]
    public void A_made_up_order_has_the_id_of_its_facts_the_position_among_them(string? position, string tag, string expected)
    {
        var report = Scene.Held(1.5m, 2361.31m) with { VenuePositionId = position is null ? null : new PositionId(position) };
        Assert.Equal(expected, ReconciliationIds.PositionOrder(report, OrderSide.Buy, 1.50m, 2361.31m, tag).Value);
    }

    [Fact]
    public void A_part_may_be_of_any_length()
    {
        Assert.Equal("64de144e-ee5f-5a1a-bac5-4e9ef0be2fb6", ReconciliationIds.Uuid("reconciliation-event", "LIGHTER-001", new string('x', 600)));
        Assert.Equal("e1af29dc-c78b-516a-9b38-b2e3d8b48306", ReconciliationIds.Uuid("reconciliation-event", "LIGHTER-001", new string('\u00e9', 300)));
    }
}
