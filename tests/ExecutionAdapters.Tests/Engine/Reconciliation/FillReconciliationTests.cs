using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class FillReconciliationTests
{
    private static readonly Dictionary<InstrumentId, Instrument> NoInstruments = [];

    private readonly Scene _scene = new();

    [Fact]
    public void A_trade_in_an_instrument_that_is_not_known_is_told()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.2000", 2000m));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.2000", order: order.ClientOrderId));
        _scene.Options = _scene.Options with { FilterPositionReports = true };
        var plan = _scene.Plan(_scene.Books() with { Instruments = NoInstruments });
        Assert.Empty(plan.Events);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == order.ClientOrderId.Value && difference.Reason == $"trade T1 is in {Scene.Eth}, which is not known");
    }

    [Fact]
    public void A_true_trade_has_an_id_of_its_order_and_itself()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.2000", order: order.ClientOrderId));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.2000", 2000m));
        _scene.Positions.Add(Scene.Held(0.2m, 2000m));
        var fill = Assert.IsType<OrderFilled>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal(ReconciliationIds.Event(Scene.Account.Value, Scene.Eth.ToString(), order.ClientOrderId.Value, "filled", "T1"), fill.EventId);
        Assert.True(fill.Reconciliation);
        Assert.False(fill.IsInferred);
    }

    [Theory]
    [InlineData(9, "0.1000", true)] // before the venue told what is filled: it is in that
    [InlineData(10, "0.1000", true)]
    [InlineData(11, "0.6000", false)] // after it, and the order has room for it
    [InlineData(11, "0.6001", true)] // the order has no room for both
    public void A_true_trade_is_part_of_an_inferred_fill_that_is_not_older_or_leaves_no_room_for_it(int at, string quantity, bool isCovered)
    {
        var order = Inferred("0.4000");
        Assert.Equal(isCovered, FillReconciliation.IsCovered(order, Scene.At(at), Quantity.Parse(quantity)));
    }

    [Fact]
    public void A_quantity_in_the_quote_currency_leaves_room_for_any_trade()
    {
        // An order for 0.5 USDC, of which 0.4 ETH were filled: the two cannot be compared.
        var order = Inferred("0.4000", initialized => initialized with { QuoteQuantity = true, Quantity = Quantity.Parse("0.5000") });
        Assert.False(FillReconciliation.IsCovered(order, Scene.At(11), Quantity.Parse("2.0000")));
    }

    [Fact]
    public void A_true_trade_covers_no_other()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Fill(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId, at: 10));
        Assert.False(FillReconciliation.IsCovered(order, Scene.At(9), Quantity.Parse("0.9000")));
    }

    [Fact]
    public void A_true_trade_that_is_newer_than_an_inferred_fill_is_added()
    {
        var order = Inferred("0.4000");
        _scene.Orders[0] = Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.7000", 2000m, last: 12);
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.3000", order: order.ClientOrderId, at: 12));
        _scene.Positions[0] = Scene.Held(0.7m, 2000m);
        var plan = _scene.Reconcile();
        Assert.Equal("T1", Assert.IsType<OrderFilled>(Assert.Single(plan.Events)).TradeId.Value);
        Assert.Equal(0.7m, order.FilledQty.Value);
    }

    [Fact]
    public void No_fill_is_made_up_where_that_is_forbidden()
    {
        var order = FilledElsewhere();
        _scene.Options = _scene.Options with { GenerateMissingOrders = false };
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal((order.ClientOrderId.Value, "0.5000 are filled at the venue and 0.0000 here, and no fills are to be made up"), (difference.Subject, difference.Reason));
    }

    [Fact]
    public void No_fill_is_made_up_before_the_difference_has_lasted()
    {
        FilledElsewhere();
        _scene.Options = _scene.Options with { IsConfirmed = false };
        Assert.Equal("0.5000 are filled at the venue and 0.0000 here; the trades may be on their way", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Fact]
    public void No_fill_is_made_up_where_nobody_asked_for_trades()
    {
        FilledElsewhere();
        var plan = _scene.Plan(_scene.Venue() with { Fills = Evidence.NotAsked<FillReport>() });
        Assert.Equal(
            "0.5000 are filled at the venue and 0.0000 here, and the venue's trades are not complete: they were not asked for", Scene.OnlyDifference(plan).Reason);
    }

    [Fact]
    public void No_fill_is_made_up_in_an_instrument_that_is_not_known()
    {
        FilledElsewhere();
        var plan = _scene.Plan(_scene.Books() with { Instruments = NoInstruments });
        Assert.Equal($"0.5000 are filled at the venue and 0.0000 here, and {Scene.Eth} is not known", Scene.OnlyDifference(plan).Reason);
    }

    [Fact]
    public void No_fill_is_made_up_without_a_price()
    {
        FilledElsewhere(order => _scene.Factory.Market(Scene.Eth, order.Side, order.Quantity), average: null);
        Assert.Equal(
            "0.5000 are filled at the venue and 0.0000 here, and neither the venue nor the order tells a price", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Theory]
    [InlineData("1990", null, "1990")]
    [InlineData(null, "1980.00", "1980")]
    [InlineData(null, null, "2000")]
    public void An_inferred_fill_is_at_the_venues_average_else_at_its_price_else_at_the_orders(string? average, string? price, string expected)
    {
        var order = FilledElsewhere(average: Number(average));
        _scene.Orders[0] = _scene.Orders[0] with { Price = price is null ? null : Price.Parse(price), TsLast = Scene.At(1) };
        Assert.Equal(Number(expected), InferredFill().LastPx.Value);
        Assert.Equal(2000m, order.Price!.Value.Value);
    }

    [Theory]
    [InlineData("1990", "1950")]
    [InlineData("1950", "1950")]
    [InlineData("1900", "1900")]
    public void An_inferred_fill_is_at_no_price_that_the_instrument_does_not_allow(string average, string expected)
    {
        FilledElsewhere(average: Number(average));
        var capped = new Dictionary<InstrumentId, Instrument> { [Scene.Eth] = Scene.Instruments[Scene.Eth] with { MaxPrice = Price.Parse("1950.00") } };
        var fill = Assert.Single(_scene.Plan(_scene.Books() with { Instruments = capped }).Events.OfType<OrderFilled>());
        Assert.Equal(Number(expected), fill.LastPx.Value);
    }

    [Theory]
    [InlineData(OrderType.Market, LiquiditySide.Taker)]
    [InlineData(OrderType.MarketToLimit, LiquiditySide.Taker)]
    [InlineData(OrderType.StopMarket, LiquiditySide.Taker)]
    [InlineData(OrderType.TrailingStopMarket, LiquiditySide.Taker)]
    [InlineData(OrderType.Limit, LiquiditySide.None)]
    public void An_inferred_fill_took_liquidity_if_its_order_is_of_the_market_kind(OrderType type, LiquiditySide expected)
    {
        FilledElsewhere(order => order with
        {
            OrderType = type,
            TriggerPrice = Price.Parse("2000.00"),
            TriggerType = TriggerType.Default,
            TrailingOffset = 1m,
            TrailingOffsetType = TrailingOffsetType.Price,
        });
        Assert.Equal(expected, InferredFill().LiquiditySide);
    }

    [Fact]
    public void An_inferred_fill_of_a_post_only_order_made_liquidity()
    {
        FilledElsewhere(order => order with { PostOnly = true });
        Assert.Equal(LiquiditySide.Maker, InferredFill().LiquiditySide);
    }

    [Fact]
    public void An_inferred_fill_has_the_venues_time_and_position_and_ids_that_follow_from_the_facts()
    {
        var order = FilledElsewhere();
        _scene.Orders[0] = _scene.Orders[0] with { VenuePositionId = new PositionId("P-1") };
        var fill = InferredFill();
        Assert.Equal(ReconciliationIds.InferredTrade(order, Scene.Account, _scene.Orders[0], 0.5m, 1990m), fill.TradeId);
        Assert.Equal(
            ReconciliationIds.Event(Scene.Account.Value, Scene.Eth.ToString(), order.ClientOrderId.Value, "filled", fill.TradeId.Value), fill.EventId);
        Assert.Equal((new PositionId("P-1"), Scene.At(10), true, true), (fill.PositionId, fill.TsEvent, fill.IsInferred, fill.Reconciliation));
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private OrderFilled InferredFill() => Assert.Single(_scene.Plan().Events.OfType<OrderFilled>());

    /// <summary>An order of ours of which half is filled at the venue, which gives no trade for it.</summary>
    private Order FilledElsewhere(Func<OrderInitialized, OrderInitialized>? terms = null, decimal? average = 1990m)
    {
        var limit = _scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"));
        var order = _scene.Accept(_scene.Submit(terms?.Invoke(limit) ?? limit), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.5000", average));
        _scene.Options = _scene.Options with { FilterPositionReports = true };
        return order;
    }

    /// <summary>An order with an inferred fill of the tenth second.</summary>
    private Order Inferred(string quantity, Func<OrderInitialized, OrderInitialized>? terms = null)
    {
        var order = FilledElsewhere(terms);
        _scene.Options = _scene.Options with { FilterPositionReports = false };
        _scene.Orders[0] = Scene.Report(order, "1", OrderStatus.PartiallyFilled, quantity, 2000m);
        _scene.Positions.Add(Scene.Held(Quantity.Parse(quantity).Value, 2000m));
        _scene.Reconcile();
        return order;
    }
}
