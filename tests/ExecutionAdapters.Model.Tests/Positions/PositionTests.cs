using ExecutionAdapters.Model.Tests.Orders;

namespace ExecutionAdapters.Model.Tests.Positions;

public class PositionTests
{
    private readonly Traded _traded = new(Traded.Perpetual);

    [Fact]
    public void The_first_fill_opens_it()
    {
        var fill = _traded.Buy("1.5000", "2000.00", "0.840000 USDC");
        var position = _traded.Open(fill);

        Assert.Equal((PositionSide.Long, OrderSide.Buy, 1.5m), (position.Side, position.Entry, position.SignedQty));
        Assert.Equal(("1.5000", "1.5000", "1.5000", "0.0000"), (position.Quantity.ToString(), position.PeakQty.ToString(), position.BuyQty.ToString(), position.SellQty.ToString()));
        Assert.Equal(2000m, position.AvgPxOpen);
        Assert.Null(position.AvgPxClose);
        Assert.Equal("-0.840000 USDC", position.RealizedPnl.ToString());
        Assert.Equal(fill.ClientOrderId, position.OpeningOrderId);
        Assert.Equal((fill.TsEvent, fill.TsInit, fill.TsEvent), (position.TsOpened, position.TsInit, position.TsLast));
        Assert.True(position.IsOpen && position.IsLong && !position.IsShort && !position.IsClosed);
        var opened = Assert.IsType<PositionOpened>(Assert.Single(position.LastEvents));
        Assert.Equal((fill.EventId, fill.LastQty, fill.LastPx), (opened.CausationId, opened.LastQty, opened.LastPx));
        Assert.Same(position.Snapshot, opened.Position);
        Assert.Equal("Position(ETH-PERP.LIGHTER-S-001 LONG 1.5000 @ 2000.00 realized_pnl=-0.840000 USDC)", position.ToString());
    }

    [Fact]
    public void A_long_grows_shrinks_and_closes()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        Assert.Null(position.TryApply(_traded.Buy("3.0000", "2100.00")));
        Assert.Equal(2075m, position.AvgPxOpen);

        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2175.00", "0.500000 USDC")));
        Assert.Equal("99.500000 USDC", position.RealizedPnl.ToString());
        Assert.Equal((3m, 2075m, 2175m), (position.SignedQty, position.AvgPxOpen, position.AvgPxClose));
        var changed = Assert.IsType<PositionChanged>(Assert.Single(position.LastEvents));
        Assert.Equal("300.000000 USDC", changed.UnrealizedPnl.ToString());

        var last = _traded.Sell("3.0000", "2055.00");
        Assert.Null(position.TryApply(last));
        Assert.Equal("39.500000 USDC", position.RealizedPnl.ToString());
        Assert.Equal((0m, PositionSide.Flat, 2085m), (position.SignedQty, position.Side, position.AvgPxClose));
        Assert.Equal(10m / 2075m, position.RealizedReturn);
        Assert.Equal(("4.0000", "4.0000", "4.0000"), (position.PeakQty.ToString(), position.BuyQty.ToString(), position.SellQty.ToString()));
        Assert.Equal(last.ClientOrderId, position.ClosingOrderId);
        Assert.Equal((last.TsEvent, 3UL), (position.TsClosed, position.DurationNanos));
        Assert.IsType<PositionClosed>(Assert.Single(position.LastEvents));
        Assert.True(position.IsClosed);
    }

    [Fact]
    public void A_short_is_the_mirror_image()
    {
        var position = _traded.Open(_traded.Sell("2.0000", "2000.00"));
        Assert.Null(position.TryApply(_traded.Buy("0.5000", "1900.00")));

        Assert.True(position.IsShort);
        Assert.Equal((-1.5m, OrderSide.Sell, 2000m, 1900m), (position.SignedQty, position.Entry, position.AvgPxOpen, position.AvgPxClose));
        Assert.Equal("50.000000 USDC", position.RealizedPnl.ToString());
        Assert.Equal(0.05m, position.RealizedReturn);
        Assert.Equal("-150.000000 USDC", position.UnrealizedPnl(Price.Parse("2100.00")).ToString());
        Assert.Equal("-100.000000 USDC", position.TotalPnl(Price.Parse("2100.00")).ToString());
        Assert.Equal("3150.000000 USDC", position.Notional(Price.Parse("2100.00")).ToString());
    }

    [Fact]
    public void An_opposite_fill_that_is_larger_flips_it()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        var flip = _traded.Sell("3.0000", "2010.00", "0.300000 USDC", "T-flip");

        Assert.Null(position.TryApply(flip));

        Assert.Equal((-2m, OrderSide.Sell, 2010m), (position.SignedQty, position.Entry, position.AvgPxOpen));
        Assert.Null(position.AvgPxClose);
        Assert.Equal(("0.0000", "2.0000", "2.0000"), (position.BuyQty.ToString(), position.SellQty.ToString(), position.PeakQty.ToString()));
        Assert.Equal(("-0.200000 USDC", "9.700000 USDC"), (position.RealizedPnl.ToString(), position.TotalRealizedPnl.ToString()));
        Assert.Equal(flip.ClientOrderId, position.OpeningOrderId);
        Assert.Null(position.ClosingOrderId);
        Assert.Equal(2, position.LastEvents.Count);
        var closed = Assert.IsType<PositionClosed>(position.LastEvents[0]);
        Assert.Equal(("9.900000 USDC", "1.0000"), (closed.Position.RealizedPnl.ToString(), closed.LastQty.ToString()));
        Assert.Equal(flip.ClientOrderId, closed.Position.ClosingOrderId);
        Assert.Equal("2.0000", Assert.IsType<PositionOpened>(position.LastEvents[1]).LastQty.ToString());
        Assert.Equal("T-flip", Assert.Single(position.Fills).TradeId.Value);
    }

    [Fact]
    public void The_shares_of_a_flips_commission_add_up_to_it()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        Assert.Null(position.TryApply(_traded.Sell("3.0000", "2000.00", "0.100000 USDC")));

        var closed = (PositionClosed)position.LastEvents[0];
        Assert.Equal("0.033333 USDC", closed.Position.Commissions[Currency.USDC].ToString());
        Assert.Equal("0.066667 USDC", position.Commissions[Currency.USDC].ToString());
    }

    [Fact]
    public void The_next_fill_after_flat_begins_a_new_episode()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", "0.100000 USDC"));
        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2010.00", "0.100000 USDC")));
        var again = _traded.Sell("2.0000", "2020.00");

        Assert.Null(position.TryApply(again));

        Assert.Equal((-2m, 2020m), (position.SignedQty, position.AvgPxOpen));
        Assert.Equal(("0.000000 USDC", "9.800000 USDC"), (position.RealizedPnl.ToString(), position.TotalRealizedPnl.ToString()));
        Assert.Empty(position.Commissions);
        Assert.Equal((again.TsEvent, again.ClientOrderId), (position.TsOpened, position.OpeningOrderId));
        Assert.Null(position.TsClosed);
        Assert.IsType<PositionOpened>(Assert.Single(position.LastEvents));
    }

    [Fact]
    public void A_trade_counts_once_also_after_its_episode_ended()
    {
        var open = _traded.Buy("1.0000", "2000.00");
        var close = _traded.Sell("1.0000", "2010.00");
        var position = _traded.Open(open);

        Refused(position, open, PositionApplyErrorKind.DuplicateFill);
        Assert.Null(position.TryApply(close));
        Refused(position, open, PositionApplyErrorKind.DuplicateFill);
        Refused(position, close, PositionApplyErrorKind.DuplicateFill);
        Assert.Null(position.TryApply(_traded.Buy("5.0000", "2000.00")));
        Refused(position, open, PositionApplyErrorKind.DuplicateFill);
        Refused(position, close, PositionApplyErrorKind.DuplicateFill);
    }

    [Fact]
    public void A_trade_of_several_episodes_ago_counts_once()
    {
        var fills = new List<OrderFilled> { _traded.Buy("1.0000", "2000.00") };
        var position = _traded.Open(fills[0]);
        for (var episode = 0; episode < 5; episode++)
        {
            // Closed and reopened, and then flipped.
            foreach (var next in new[] { _traded.Sell("1.0000", "2010.00"), _traded.Sell("1.0000", "2010.00"), _traded.Buy("2.0000", "2000.00") })
            {
                Assert.Null(position.TryApply(next));
                fills.Add(next);
            }
        }

        foreach (var fill in fills)
        {
            Refused(position, fill, PositionApplyErrorKind.DuplicateFill);
        }
    }

    [Fact]
    public void Ten_thousand_trades_of_earlier_episodes_are_remembered()
    {
        const int Remembered = 10_000;
        var fills = new List<OrderFilled> { _traded.Buy("1.0000", "2000.00") };
        var position = _traded.Open(fills[0]);
        for (var i = 1; i < Remembered + 2; i++)
        {
            fills.Add(i % 2 == 1 ? _traded.Sell("1.0000", "2000.00") : _traded.Buy("1.0000", "2000.00"));
            Assert.Null(position.TryApply(fills[^1]));
        }

        // Flat; opening again lets go of the two oldest.
        Assert.Null(position.TryApply(_traded.Buy("1.0000", "2000.00")));
        foreach (var fill in fills.Skip(2))
        {
            Assert.Equal(PositionApplyErrorKind.DuplicateFill, position.TryApply(fill)?.Kind);
        }

        Assert.Null(position.TryApply(fills[0]));
        Assert.Null(position.TryApply(fills[1] with { LastQty = Quantity.Parse("0.5000") }));
    }

    [Fact]
    public void A_long_episode_is_remembered_whole()
    {
        const int Longer = 10_500;
        var first = _traded.Buy("1.0000", "2000.00");
        var position = _traded.Open(first);
        for (var i = 1; i < Longer; i++)
        {
            Assert.Null(position.TryApply(_traded.Buy("0.0001", "2000.00")));
        }

        Assert.Null(position.TryApply(_traded.Sell(position.Quantity.ToString(), "2000.00")));
        Assert.Null(position.TryApply(_traded.Buy("1.0000", "2000.00")));

        Refused(position, first, PositionApplyErrorKind.DuplicateFill);
    }

    [Fact]
    public void A_flip_counts_once()
    {
        var flip = _traded.Sell("3.0000", "2010.00");
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        Assert.Null(position.TryApply(flip));

        Refused(position, flip, PositionApplyErrorKind.DuplicateFill);
    }

    [Fact]
    public void Both_sides_of_a_self_trade_count()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", tradeId: "T-self"));

        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2000.00", tradeId: "T-self")));

        Assert.True(position.IsClosed);
        Assert.True(position.RealizedPnl.IsZero);
    }

    [Fact]
    public void Wrong_fills_are_refused_whole()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", "17014118346046 USDC"));

        Refused(position, _traded.Buy("1.0000", "2000.00") with { InstrumentId = Traded.Spot.Id }, PositionApplyErrorKind.IdentityMismatch);
        Refused(position, _traded.Buy("1.0000", "2000.00") with { AccountId = new AccountId("LIGHTER-002") }, PositionApplyErrorKind.IdentityMismatch);
        Refused(position, _traded.Buy("0.0000", "2000.00"), PositionApplyErrorKind.InvalidFill);
        Refused(position, _traded.Buy("1.0000", "2000.00") with { OrderSide = OrderSide.NoOrderSide }, PositionApplyErrorKind.InvalidFill);
        Refused(position, _traded.Buy("1.0000", "2000.00", "1 USDC"), PositionApplyErrorKind.InvalidFill);
        Refused(position, _traded.Buy("34028236692093", "2000.00"), PositionApplyErrorKind.InvalidFill);
        Refused(position, _traded.Buy("1.0000", "2000.00") with { Commission = default(Money) }, PositionApplyErrorKind.InvalidFill);
        Assert.Throws<ArgumentException>(() => _traded.Open(_traded.Buy("0.0000", "2000.00")));
    }

    [Fact]
    public void Funding_changes_only_realized_profit_and_loss()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00"));
        var id = Uuid4.New();

        Assert.Null(position.TryApplyFunding(Money.Parse("-1.250000 USDC"), id, new UnixNanos(5_000), new UnixNanos(5_001), "8 h"));

        Assert.Equal("-1.250000 USDC", position.RealizedPnl.ToString());
        Assert.Equal((1m, new UnixNanos(5_000)), (position.SignedQty, position.TsLast));
        var adjusted = Assert.IsType<PositionAdjusted>(Assert.Single(position.LastEvents));
        Assert.Equal((PositionAdjustmentType.Funding, Money.Parse("-1.25 USDC"), (decimal?)null, id), (adjusted.AdjustmentType, adjusted.PnlChange, adjusted.QuantityChange, adjusted.EventId));
        Assert.Same(adjusted, Assert.Single(position.Adjustments));

        var before = Observed.Of(position);
        Assert.Equal(PositionApplyErrorKind.InvalidAdjustment, position.TryApplyFunding(Money.Parse("1 USD"), id, default, default)?.Kind);
        Assert.Equal(PositionApplyErrorKind.InvalidAdjustment, position.TryApplyFunding(new Money(-17_014_118_346_046m, Currency.USDC), id, default, default)?.Kind);
        Assert.Equal(PositionApplyErrorKind.InvalidAdjustment, position.TryApplyFunding(default, id, default, default)?.Kind);
        Assert.Equal(before, Observed.Of(position));
    }

    [Fact]
    public void A_fill_finer_than_the_size_precision_counts_to_its_last_digit()
    {
        var position = _traded.Open(_traded.Buy("0.00001", "2000.00"));
        Assert.Equal((true, 0.00001m, "0.00001", "0.00001"), (position.IsOpen, position.SignedQty, position.Quantity.ToString(), position.PeakQty.ToString()));

        Assert.Null(position.TryApply(_traded.Buy("0.99999", "2000.00")));
        Assert.Equal("1.0000", position.Quantity.ToString());

        Assert.Null(position.TryApply(_traded.Sell("1.000003", "2000.00")));
        Assert.Equal((-0.000003m, "0.000003"), (position.SignedQty, position.Quantity.ToString()));

        Assert.Null(position.TryApply(_traded.Buy("0.000003", "2000.00")));
        Assert.Equal((true, "0.0000"), (position.IsClosed, position.Quantity.ToString()));
    }

    [Fact]
    public void The_tiniest_fee_that_turns_the_tiniest_position_is_a_close_and_an_open()
    {
        var finest = new Currency("FINEST", 16, 0, "Sixteen decimals", CurrencyType.Crypto);
        var traded = new Traded(Traded.Spot with { BaseCurrency = finest });
        var position = traded.Open(traded.Buy("0.0000000000000002", "2000.00"));

        Assert.Null(position.TryApply(traded.Sell("0.0000000000000001", "2000.00") with { Commission = new Money(0.0000000000000002m, finest) }));

        Assert.Equal((-0.0000000000000001m, PositionSide.Short), (position.SignedQty, position.Side));
        Assert.Equal(["PositionChanged", "PositionAdjusted", "PositionClosed", "PositionOpened"], position.LastEvents.Select(e => e.GetType().Name));
    }

    [Fact]
    public void A_reduction_that_cannot_be_held_exactly_is_refused_and_not_rounded_away()
    {
        var position = _traded.Open(_traded.Buy("8000000000000.0000", "1.00"));

        Refused(position, _traded.Sell("0.0000000000000001", "1.00"), PositionApplyErrorKind.InvalidFill);
    }

    [Fact]
    public void Realized_profit_of_an_episode_beyond_the_range_is_refused_also_when_the_total_is_within()
    {
        var position = _traded.Open(_traded.Buy("1.0000", "2000.00", "17014118346046 USDC"));
        Assert.Null(position.TryApply(_traded.Sell("1.0000", "2000.00")));
        Assert.Null(position.TryApply(_traded.Buy("1.0000", "2000.00", "-17014118346046 USDC")));

        Refused(position, _traded.Sell("1.0000", "2001.00"), PositionApplyErrorKind.InvalidFill);
    }

    [Fact]
    public void An_inverse_contract_settles_in_base()
    {
        var traded = new Traded(Traded.Inverse);
        var position = traded.Open(traded.Buy("10000", "40000.00", "0.00010000 BTC"));
        Assert.Equal("0.05000000 BTC", position.UnrealizedPnl(Price.Parse("50000.00")).ToString());

        Assert.Null(position.TryApply(traded.Sell("10000", "50000.00")));

        Assert.Equal("0.04990000 BTC", position.RealizedPnl.ToString());
        Refused(position, traded.Sell("1", "50000.00") with { LastQty = Quantity.Zero(0) }, PositionApplyErrorKind.InvalidFill);

        var shorted = traded.Open(traded.Sell("10000", "50000.00"));
        Assert.Null(shorted.TryApply(traded.Buy("10000", "40000.00")));
        Assert.Equal("0.05000000 BTC", shorted.RealizedPnl.ToString());

        var open = traded.Open(traded.Sell("1", "0.00"));
        Refused(open, traded.Buy("1", "50000.00"), PositionApplyErrorKind.InvalidFill);
    }

    [Fact]
    public void The_multiplier_multiplies()
    {
        var instrument = Traded.Perpetual with { Multiplier = Quantity.Parse("10") };
        var traded = new Traded(instrument);
        var position = traded.Open(traded.Sell("2.0000", "100.00"));

        Assert.Equal("200.000000 USDC", position.UnrealizedPnl(Price.Parse("90.00")).ToString());
        Assert.Equal("1800.000000 USDC", position.Notional(Price.Parse("90.00")).ToString());
    }

    private static void Refused(Position position, OrderFilled fill, PositionApplyErrorKind kind)
    {
        var before = Observed.Of(position);

        var error = position.TryApply(fill);

        Assert.Equal(kind, error?.Kind);
        Assert.Contains(Traded.Id.Value, error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Observed.Of(position));
    }
}
