namespace ExecutionAdapters.Model.Tests.Orders;

public class OrderFillTests
{
    private readonly Given _given = new();

    [Fact]
    public void Fills_add_up_to_quantity_average_and_commission()
    {
        var order = _given.In(OrderStatus.Accepted);

        order.Apply(_given.Filled("4.000", "2000.00", commission: "0.100000 USDC"));
        order.Apply(_given.Filled("2.000", "2003.00", commission: "-0.020000 USDC"));
        order.Apply(_given.Filled("1.000", "2010.00", commission: "0.00001 ETH"));

        Assert.Equal("7.000", order.FilledQty.ToString());
        Assert.Equal("3.000", order.LeavesQty.ToString());
        Assert.Equal(((4m * 2000m) + (2m * 2003m) + 2010m) / 7m, order.AvgPx);
        Assert.Equal(Money.Parse("0.080000 USDC"), order.Commissions[Currency.USDC]);
        Assert.Equal(Money.Parse("0.00001 ETH"), order.Commissions[Currency.ETH]);
        Assert.Equal(["T-1", "T-2", "T-3"], order.TradeIds.Select(id => id.Value));
        Assert.Equal("T-3", order.LastTradeId.ToString());
        Assert.Equal(LiquiditySide.Taker, order.LiquiditySide);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
    }

    [Fact]
    public void An_average_does_not_drift_over_many_fills()
    {
        var order = _given.In(OrderStatus.Accepted);
        for (var i = 0; i < 99; i++)
        {
            order.Apply(_given.Filled("0.100", "2000.01"));
        }

        Assert.Equal(2000.01m, order.AvgPx);
    }

    [Fact]
    public void The_last_fill_closes_the_order()
    {
        var order = _given.In(OrderStatus.PartiallyFilled);
        var last = _given.Filled("6.000");

        order.Apply(last);

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.True(order.IsClosed);
        Assert.False(order.HasLateFill);
        Assert.Equal(last.TsEvent, order.TsClosed);
    }

    [Fact]
    public void More_than_the_quantity_is_an_overfill()
    {
        var order = _given.In(OrderStatus.Accepted);

        order.Apply(_given.Filled("12.500"));
        Assert.Equal("2.500", order.OverfillQty.ToString());
        Assert.Equal("0.000", order.LeavesQty.ToString());

        order.Apply(_given.Filled("1.000"));
        Assert.Equal("13.500", order.FilledQty.ToString());
        Assert.Equal("3.500", order.OverfillQty.ToString());
        Assert.True(order.HasLateFill);
    }

    [Theory]
    [InlineData(OrderStatus.Canceled, OrderLifecycle.Canceled)]
    [InlineData(OrderStatus.Expired, OrderLifecycle.Expired)]
    [InlineData(OrderStatus.Rejected, OrderLifecycle.Rejected)]
    public void A_late_fill_on_a_closed_order_is_recorded_and_the_order_stays_closed(OrderStatus closed, OrderLifecycle lifecycle)
    {
        var order = _given.In(closed);
        var closedAt = order.TsClosed;

        order.Apply(_given.Filled("4.000"));

        Assert.True(order.HasLateFill);
        Assert.True(order.IsClosed);
        Assert.False(order.IsOpen || order.IsInFlight);
        Assert.Equal(lifecycle, order.Lifecycle);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal("4.000", order.FilledQty.ToString());
        Assert.Equal(closedAt, order.TsClosed);

        foreach (var kind in new[] { "Accepted", "Canceled", "Expired", "Rejected", "PendingCancel", "PendingUpdate", "Updated", "Triggered", "Submitted" })
        {
            Assert.Equal(OrderApplyErrorKind.IllegalTransition, order.TryApply(_given.Event(kind))?.Kind);
        }

        order.Apply(_given.Filled("6.000"));
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(lifecycle, order.Lifecycle);
    }

    [Fact]
    public void A_fill_of_a_denied_order_is_refused()
        => Assert.Equal(OrderApplyErrorKind.IllegalTransition, _given.In(OrderStatus.Denied).TryApply(_given.Filled("1.000"))?.Kind);

    [Fact]
    public void A_fill_before_the_acknowledgement_proves_acceptance()
    {
        var order = _given.In(OrderStatus.Submitted);
        var fill = _given.Filled("4.000");

        order.Apply(fill);

        Assert.Equal(OrderLifecycle.Accepted, order.Lifecycle);
        Assert.Equal(fill.TsEvent, order.TsAccepted);
        Assert.Equal(Given.VenueId, order.VenueOrderId);
        Assert.False(order.IsInFlight);
    }

    [Fact]
    public void A_fill_after_the_acknowledgement_does_not_move_its_time()
    {
        var order = _given.In(OrderStatus.Accepted);
        var acceptedAt = order.TsAccepted;

        order.Apply(_given.Filled("4.000"));

        Assert.Equal(acceptedAt, order.TsAccepted);
    }

    [Fact]
    public void A_fill_of_an_order_found_at_the_venue_makes_its_account_known()
    {
        var order = _given.In(OrderStatus.Initialized);

        order.Apply(_given.Filled("4.000"));

        Assert.Equal((Given.Account, OrderLifecycle.Accepted), (order.AccountId, order.Lifecycle));
    }

    [Fact]
    public void A_trade_id_counts_once_even_with_another_price_or_quantity()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Filled("4.000", tradeId: "T-7"));
        var before = Observed.Of(order);

        foreach (var again in new[] { _given.Filled("4.000", tradeId: "T-7"), _given.Filled("1.000", "1.00", tradeId: "T-7") })
        {
            Assert.Equal(OrderApplyErrorKind.DuplicateFill, order.TryApply(again)?.Kind);
            Assert.Equal(before, Observed.Of(order));
        }
    }

    [Fact]
    public void A_duplicate_on_a_closed_order_is_a_duplicate_and_not_late()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Filled("10.000", tradeId: "T-7"));

        Assert.Equal(OrderApplyErrorKind.DuplicateFill, order.TryApply(_given.Filled("10.000", tradeId: "T-7"))?.Kind);
        Assert.False(order.HasLateFill);
    }

    [Fact]
    public void A_fill_of_nothing_of_the_wrong_side_or_out_of_range_is_refused_whole()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Filled("1.000", commission: "17014118346046 USDC"));
        var before = Observed.Of(order);

        foreach (var bad in new[]
        {
            _given.Filled("0.000"),
            _given.Filled("1.000", side: OrderSide.Sell),
            _given.Filled("34028236692093"),
            _given.Filled("1.000", commission: "17014118346046 USDC"),
            _given.Filled("1.000") with { Commission = default(Money) },
        })
        {
            Assert.Equal(OrderApplyErrorKind.InvalidEvent, order.TryApply(bad)?.Kind);
            Assert.Equal(before, Observed.Of(order));
        }
    }

    [Fact]
    public void A_quantity_that_cannot_be_held_exactly_is_refused_and_does_not_throw()
    {
        var order = new Order(_given.Terms(quantity: "8000000000000.0"));
        order.Apply(_given.Event("Submitted"));

        Assert.Equal(OrderApplyErrorKind.InvalidEvent, order.TryApply(_given.Filled("0.0000000000000001"))?.Kind);
        order.Apply(_given.Updated("1.0"));
        order.Apply(_given.Filled("0.0000000000000001"));
        Assert.Equal(OrderApplyErrorKind.InvalidEvent, order.TryApply(_given.Updated("8000000000000.0"))?.Kind);
        Assert.Equal("0.9999999999999999", order.LeavesQty.ToString());
    }

    [Fact]
    public void Rejected_is_illegal_once_something_was_filled()
    {
        var order = _given.In(OrderStatus.PartiallyFilled);
        order.Apply(_given.Event("PendingCancel"));

        Assert.Equal(OrderApplyErrorKind.IllegalTransition, order.TryApply(_given.Event("Rejected"))?.Kind);
        Assert.Null(order.TryApply(_given.Event("Canceled")));
    }

    [Theory]
    [InlineData(OrderSide.Buy, "2001.00", "1")]
    [InlineData(OrderSide.Buy, "2000.00", null)]
    [InlineData(OrderSide.Buy, "1999.00", null)]
    [InlineData(OrderSide.Sell, "1999.00", "1")]
    [InlineData(OrderSide.Sell, "2001.00", null)]
    public void Slippage_is_how_much_worse_than_the_limit_price(OrderSide side, string price, string? slippage)
    {
        var order = new Order(_given.Terms(OrderType.Limit, side: side));
        order.Apply(_given.Filled("1.000", price, side: side));

        Assert.Equal(slippage is null ? null : decimal.Parse(slippage), order.Slippage);
    }

    [Fact]
    public void Slippage_of_a_market_stop_is_measured_from_its_trigger_and_a_market_order_has_none()
    {
        var stop = new Order(_given.Terms(OrderType.StopMarket));
        stop.Apply(_given.Filled("1.000", "1990.50"));
        var market = new Order(_given.Terms(OrderType.Market));
        market.Apply(_given.Filled("1.000", "1990.50"));

        Assert.Equal(0.5m, stop.Slippage);
        Assert.Null(market.Slippage);
    }

    [Fact]
    public void A_fill_of_a_replaced_leg_does_not_bring_back_the_old_venue_id()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Updated("10.000", venueOrderId: "281474976710999"));

        order.Apply(_given.Filled("1.000"));

        Assert.Equal("281474976710999", order.VenueOrderId.ToString());
        Assert.Equal([Given.VenueId, new VenueOrderId("281474976710999")], order.VenueOrderIds);
    }
}
