namespace ExecutionAdapters.Model.Tests.Positions;

/// <summary>Commission in base currency, which spot markets take out of what was bought.</summary>
public class PositionCommissionTests
{
    private readonly Traded _traded = new(Traded.Spot);

    [Fact]
    public void Buying_with_a_fee_in_base_leaves_less()
    {
        var fill = _traded.Buy("1.0000", "2000.00", "0.00100000 ETH");
        var position = _traded.Open(fill);

        Assert.Equal((0.999m, "0.9990", "1.0000"), (position.SignedQty, position.Quantity.ToString(), position.PeakQty.ToString()));
        Assert.Equal(2000m, position.AvgPxOpen);
        Assert.True(position.RealizedPnl.IsZero);
        Assert.Equal(3, position.LastEvents.Count);
        Assert.IsType<PositionOpened>(position.LastEvents[0]);
        var adjusted = Assert.IsType<PositionAdjusted>(position.LastEvents[1]);
        Assert.Equal((PositionAdjustmentType.Commission, -0.001m, (Money?)null), (adjusted.AdjustmentType, adjusted.QuantityChange, adjusted.PnlChange));
        Assert.IsType<PositionChanged>(position.LastEvents[2]);
    }

    [Fact]
    public void The_id_of_the_adjustment_follows_from_the_fills()
    {
        var fill = _traded.Buy("1.0000", "2000.00", "0.00100000 ETH");
        var adjusted = _traded.Open(fill).LastEvents.OfType<PositionAdjusted>().Single();
        var again = _traded.Open(fill).LastEvents.OfType<PositionAdjusted>().Single();

        Assert.Equal(again.EventId, adjusted.EventId);
        Assert.Equal(fill.EventId, adjusted.CausationId);
        Assert.Equal(fill.EventId.ToString()[..^1], adjusted.EventId.ToString()[..^1]);
        Assert.NotEqual(fill.EventId, adjusted.EventId);
    }

    [Fact]
    public void Selling_all_with_a_fee_in_base_leaves_a_tiny_short()
    {
        var position = _traded.Open(_traded.Buy("0.9990", "2000.00"));

        Assert.Null(position.TryApply(_traded.Sell("0.9990", "2010.00", "0.00010000 ETH")));

        Assert.Equal((-0.0001m, 2010m, OrderSide.Sell), (position.SignedQty, position.AvgPxOpen, position.Entry));
        Assert.Equal("9.990000 USDC", position.TotalRealizedPnl.ToString());
        Assert.Equal(["PositionClosed", "PositionAdjusted", "PositionOpened"], position.LastEvents.Select(e => e.GetType().Name));
    }

    [Fact]
    public void A_fee_that_takes_more_than_is_left_closes_and_opens()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));

        Assert.Null(position.TryApply(_traded.Sell("0.9999", "2010.00", "0.00030000 ETH")));

        Assert.Equal(-0.0002m, position.SignedQty);
        Assert.Equal(["PositionChanged", "PositionAdjusted", "PositionClosed", "PositionOpened"], position.LastEvents.Select(e => e.GetType().Name));
        Assert.Equal(-0.0002m, Assert.Single(position.Adjustments).QuantityChange);
        Assert.Equal("9.999000 USDC", position.TotalRealizedPnl.ToString());
    }

    [Fact]
    public void A_fee_that_takes_all_leaves_it_flat()
    {
        var position = _traded.Open(_traded.Buy("0.0010", "2000.00", "0.00100000 ETH"));

        Assert.True(position.IsClosed);
        Assert.Equal(["PositionOpened", "PositionAdjusted", "PositionClosed"], position.LastEvents.Select(e => e.GetType().Name));
    }

    [Fact]
    public void A_rebate_in_base_adds()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", "-0.00100000 ETH"));

        Assert.Equal((1.001m, "1.0010"), (position.SignedQty, position.PeakQty.ToString()));
    }

    [Fact]
    public void A_flip_takes_the_whole_fee_out_of_the_new_episode()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));

        Assert.Null(position.TryApply(_traded.Sell("3.0000", "2010.00", "0.00300000 ETH")));

        Assert.Equal(-2.003m, position.SignedQty);
    }

    [Fact]
    public void A_fee_finer_than_the_size_is_kept_exactly()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", "0.00001234 ETH"));

        Assert.Equal((0.99998766m, "0.99998766"), (position.SignedQty, position.Quantity.ToString()));

        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2000.00")));
        Assert.Equal(-0.00001234m, position.SignedQty);
        Assert.Equal(PositionSide.Short, position.Side);
    }

    [Fact]
    public void Quote_fees_and_perpetuals_are_not_adjusted()
    {
        Assert.Equal(1m, _traded.Open(_traded.Buy("1.0000", "2000.00", "2.000000 USDC")).SignedQty);
        var perpetual = new Traded(Traded.Perpetual);
        var position = perpetual.Open(perpetual.Buy("1.0000", "2000.00", "0.00100000 ETH"));
        Assert.Equal(1m, position.SignedQty);
        Assert.Equal("0.00100000 ETH", position.Commissions[Currency.ETH].ToString());
        Assert.True(position.RealizedPnl.IsZero);
    }
}
