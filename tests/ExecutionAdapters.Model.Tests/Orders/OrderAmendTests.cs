namespace ExecutionAdapters.Model.Tests.Orders;

public class OrderAmendTests
{
    private readonly Given _given = new();

    [Fact]
    public void Quantity_always_overwrites_and_prices_only_when_present()
    {
        var order = _given.In(OrderStatus.PartiallyFilled);

        order.Apply(_given.Updated("7.000"));
        Assert.Equal("7.000", order.Quantity.ToString());
        Assert.Equal("3.000", order.LeavesQty.ToString());
        Assert.Equal("2000.00", order.Price.ToString());
        Assert.Equal("1990.00", order.TriggerPrice.ToString());

        order.Apply(_given.Updated("7.000", price: "2001.00", trigger: "1991.00"));
        Assert.Equal("2001.00", order.Price.ToString());
        Assert.Equal("1991.00", order.TriggerPrice.ToString());
    }

    [Theory]
    [InlineData("4.000")]
    [InlineData("3.000")]
    public void An_update_that_leaves_nothing_closes_the_order_as_filled(string quantity)
    {
        var order = _given.In(OrderStatus.PartiallyFilled);
        var update = _given.Updated(quantity);

        order.Apply(update);

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(OrderLifecycle.Filled, order.Lifecycle);
        Assert.True(order.IsClosed);
        Assert.Equal(update.TsEvent, order.TsClosed);
        Assert.True(order.LeavesQty.IsZero);
    }

    [Fact]
    public void It_closes_the_order_also_while_a_cancel_is_pending()
    {
        var order = _given.In(OrderStatus.PartiallyFilled);
        order.Apply(_given.Event("PendingCancel"));

        order.Apply(_given.Updated("4.000"));

        Assert.True(order.IsClosed);
        Assert.False(order.IsPendingCancel);
    }

    [Theory]
    [InlineData(OrderType.Market, "2000.00", null)]
    [InlineData(OrderType.Market, null, "0.00")]
    [InlineData(OrderType.Limit, null, "0.00")]
    [InlineData(OrderType.MarketToLimit, null, "0.00")]
    [InlineData(OrderType.StopMarket, "2000.00", null)]
    [InlineData(OrderType.MarketIfTouched, "2000.00", null)]
    [InlineData(OrderType.TrailingStopMarket, "2000.00", null)]
    public void A_stray_price_or_trigger_is_an_error_and_no_crash(OrderType type, string? price, string? trigger)
    {
        var order = new Order(_given.Terms(type));
        order.Apply(_given.Event("Submitted"));
        order.Apply(_given.Event("Accepted"));
        var before = Observed.Of(order);

        var error = order.TryApply(_given.Updated("10.000", price, trigger));

        Assert.Equal(OrderApplyErrorKind.InvalidEvent, error?.Kind);
        Assert.Contains(type.ToWireString(), error!.Message, StringComparison.Ordinal);
        Assert.Equal(before, Observed.Of(order));
    }

    [Theory]
    [InlineData(OrderType.Limit, "2001.00", null)]
    [InlineData(OrderType.MarketToLimit, "2001.00", null)]
    [InlineData(OrderType.StopMarket, null, "1991.00")]
    [InlineData(OrderType.StopLimit, "2001.00", "1991.00")]
    [InlineData(OrderType.MarketIfTouched, null, "1991.00")]
    [InlineData(OrderType.LimitIfTouched, "2001.00", "1991.00")]
    [InlineData(OrderType.TrailingStopMarket, null, "1991.00")]
    [InlineData(OrderType.TrailingStopLimit, "2001.00", "1991.00")]
    public void The_terms_a_type_has_are_amended(OrderType type, string? price, string? trigger)
    {
        var order = new Order(_given.Terms(type));
        order.Apply(_given.Event("Submitted"));
        order.Apply(_given.Event("Accepted"));

        order.Apply(_given.Updated("10.000", price, trigger));

        Assert.Equal(price, order.Price?.ToString());
        Assert.Equal(trigger, order.TriggerPrice?.ToString());
    }

    [Fact]
    public void A_quantity_of_zero_is_refused()
        => Assert.Equal(OrderApplyErrorKind.InvalidEvent, _given.In(OrderStatus.PartiallyFilled).TryApply(_given.Updated("0.000"))?.Kind);

    [Fact]
    public void A_new_venue_order_id_replaces_the_current_one_and_both_are_remembered()
    {
        var order = _given.In(OrderStatus.Accepted);

        order.Apply(_given.Updated("10.000", venueOrderId: "99"));
        order.Apply(_given.Updated("10.000", venueOrderId: "99"));

        Assert.Equal("99", order.VenueOrderId.ToString());
        Assert.Equal([Given.VenueId, new VenueOrderId("99")], order.VenueOrderIds);
    }

    [Fact]
    public void Quote_quantity_is_overwritten_by_the_update()
    {
        var order = new Order(_given.Terms() with { QuoteQuantity = true });
        Assert.True(order.IsQuoteQuantity);

        order.Apply(_given.Updated("0.500"));

        Assert.False(order.IsQuoteQuantity);
    }

    [Fact]
    public void A_protection_price_is_kept()
    {
        var order = new Order(_given.Terms(OrderType.Market));

        order.Apply(_given.Updated("10.000") with { ProtectionPrice = Price.Parse("2100.00") });

        Assert.Equal("2100.00", order.ProtectionPrice.ToString());
    }
}
