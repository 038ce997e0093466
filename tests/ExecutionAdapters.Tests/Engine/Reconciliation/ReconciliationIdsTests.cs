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
}
