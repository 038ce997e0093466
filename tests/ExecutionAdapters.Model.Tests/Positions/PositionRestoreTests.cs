namespace ExecutionAdapters.Model.Tests.Positions;

/// <summary>A state that was kept is taken up as it was, or refused.</summary>
public class PositionRestoreTests
{
    private readonly Traded _traded = new(Traded.Perpetual);

    [Fact]
    public void A_restored_position_goes_on_where_it_was()
    {
        var position = _traded.Open(_traded.Sell("4.0000", "2000.00"));
        var restored = Position.Restore(Traded.Perpetual, position.Snapshot);
        Assert.Same(position.Snapshot, restored.Snapshot);

        Assert.Null(restored.TryApply(_traded.Buy("1.0000", "1900.00")));
        Assert.Equal((-4m, -3m), (position.SignedQty, restored.SignedQty));
    }

    [Fact]
    public void A_state_of_another_instrument_is_refused()
    {
        var snapshot = _traded.Open(_traded.Buy("1.0000", "2000.00")).Snapshot;
        Refused(snapshot with { InstrumentId = InstrumentId.Parse("BTC-PERP.LIGHTER") }, "BTC-PERP.LIGHTER");
        Refused(snapshot with { SettlementCurrency = Currency.BTC }, "BTC");
    }

    [Fact]
    public void A_state_whose_quantities_contradict_each_other_is_refused()
    {
        var snapshot = _traded.Open(_traded.Buy("1.0000", "2000.00")).Snapshot;
        Refused(snapshot with { SignedQty = 2m }, "holds 2 and a quantity of 1.0000");
        Assert.Equal(-1m, Position.Restore(Traded.Perpetual, snapshot with { SignedQty = -1m }).SignedQty);
    }

    [Fact]
    public void What_is_flat_is_neither_long_nor_short()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2000.00")));
        Assert.Equal((false, false, false, true), (position.IsLong, position.IsShort, position.IsOpen, position.IsClosed));
    }

    [Fact]
    public void Closing_a_short_in_parts_averages_by_what_each_part_closed()
    {
        var position = _traded.Open(_traded.Sell("4.0000", "2000.00"));
        Assert.Null(position.TryApply(_traded.Buy("1.0000", "1900.00")));
        Assert.Null(position.TryApply(_traded.Buy("3.0000", "1800.00")));
        Assert.Equal(1825m, position.AvgPxClose);
    }

    [Theory]
    [InlineData("-0.0001 ETH", OrderSide.Buy, "0.0001")]
    [InlineData("0.0001 ETH", OrderSide.Sell, "-0.0001")]
    public void A_commission_in_base_currency_on_the_fill_that_closes_opens_a_position_of_its_own_side(string commission, OrderSide entry, string left)
    {
        var traded = new Traded(Traded.Spot);
        var position = traded.Open(traded.Buy("1.0000", "2000.00"));
        Assert.Null(position.TryApply(traded.Sell("1.0000", "2100.00", commission)));
        Assert.Equal((entry, decimal.Parse(left, System.Globalization.CultureInfo.InvariantCulture)), (position.Entry, position.SignedQty));
        Assert.Equal(2100m, position.AvgPxOpen);
    }

    [Fact]
    public void A_refused_fill_says_what_was_wrong()
    {
        var first = _traded.Buy("1.0000", "2000.00", tradeId: "T-9");
        var position = _traded.Open(first);
        Said(first, "T-9", "applied before");
        Said(_traded.Buy("1.0000", "2000.00") with { InstrumentId = InstrumentId.Parse("BTC-PERP.LIGHTER") }, "BTC-PERP.LIGHTER", "ETH-PERP.LIGHTER");
        Said(_traded.Buy("1.0000", "2000.00") with { LastQty = Quantity.Zero(4) }, "no side or no quantity");
        Said(_traded.Buy("1.0000", "2000.00") with { Commission = default(Money) }, "commission without a currency");

        void Said(OrderFilled fill, params string[] words)
        {
            var message = position.TryApply(fill)?.Message ?? "";
            Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        }
    }

    private static void Refused(PositionSnapshot snapshot, string word) =>
        Assert.Contains(word, Assert.Throws<ArgumentException>(() => Position.Restore(Traded.Perpetual, snapshot)).Message, StringComparison.Ordinal);
}
