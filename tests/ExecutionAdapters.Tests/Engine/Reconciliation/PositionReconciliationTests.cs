using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class PositionReconciliationTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_position_that_no_trade_explains_is_opened_at_the_venues_average()
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2361.31m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        var position = _scene.Position(Scene.Eth)!;
        Assert.Equal((1.5m, 2361.31m), (position.SignedQty, position.AvgPxOpen));
        Assert.Equal(["RECONCILIATION"], Assert.IsType<OrderInitialized>(plan.Events[0]).Tags);
        Assert.Equal(OrderStatus.Filled, Assert.Single(_scene.Local).Status);
    }

    [Fact]
    public void A_position_that_grew_elsewhere_ends_with_the_venues_quantity_and_average()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(1.5m, 2100m));
        _scene.Reconcile();
        Assert.Equal((1.5m, 2100m), (_scene.Position(Scene.Eth)!.SignedQty, _scene.Position(Scene.Eth)!.AvgPxOpen));
    }

    [Fact]
    public void A_position_that_turned_elsewhere_is_closed_and_opened()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(-0.5m, 2100m));
        var plan = _scene.Reconcile();
        Assert.Equal(2, plan.Events.OfType<OrderFilled>().Count());
        var position = _scene.Position(Scene.Eth)!;
        Assert.Equal((-0.5m, 2100m), (position.SignedQty, position.AvgPxOpen));
    }

    [Fact]
    public void A_complete_answer_without_the_instrument_says_that_it_is_flat()
    {
        Hold("1.0000", "2000.00");
        _scene.Reconcile();
        Assert.True(_scene.Position(Scene.Eth)!.IsClosed);
    }

    [Fact]
    public void An_incomplete_answer_flattens_nothing()
    {
        Hold("1.0000", "2000.00");
        var venue = _scene.Venue() with { Positions = Evidence.Failed<PositionStatusReport>("HTTP 500") };
        var plan = ReconciliationPlanner.Plan(_scene.Books(), venue, _scene.Options);
        Assert.Empty(plan.Events);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == "positions");
    }

    [Fact]
    public void While_an_order_is_still_to_be_asked_for_its_position_is_not_explained()
    {
        _scene.Accept(_scene.Submit(), "1");
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Single(plan.Queries);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == Scene.Eth.ToString());
    }

    [Fact]
    public void Without_a_price_nothing_is_made_up()
    {
        _scene.Positions.Add(Scene.Held(1m, average: null));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Contains("no price", Assert.Single(plan.Unresolved).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Making_up_can_be_forbidden()
    {
        _scene.Options = _scene.Options with { GenerateMissingOrders = false };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Single(plan.Unresolved);
    }

    [Fact]
    public void Positions_can_be_left_alone()
    {
        _scene.Options = _scene.Options with { FilterPositionReports = true };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void What_was_held_before_the_first_known_trade_comes_before_it_and_what_the_trade_realized_is_right()
    {
        // Two were held at 2000; one of them was sold at 2500 within the window.
        Sell("1.0000", "2500.00");
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Reconcile();
        var opening = plan.Events.OfType<OrderFilled>().First();
        Assert.True(opening.IsInferred);
        Assert.Equal((OrderSide.Buy, 2m, 2000m), (opening.OrderSide, opening.LastQty.Value, opening.LastPx.Value));
        Assert.StartsWith("S-", opening.TradeId.Value, StringComparison.Ordinal);
        Assert.Equal(_scene.Fills[0].TsEvent.Value - 1, opening.TsEvent.Value);
        var position = _scene.Position(Scene.Eth)!;
        Assert.Equal((1m, 2000m), (position.SignedQty, position.AvgPxOpen));
        Assert.Equal(new Money(499.9m, Currency.USDC), position.RealizedPnl);
    }

    [Fact]
    public void Trades_that_turned_all_that_was_held_before_them_leave_the_difference_to_the_end()
    {
        // What turned the position has its average from the last trade alone: no price of an opening would change that.
        Sell("1.0000", "2500.00");
        _scene.Positions.Add(Scene.Held(-0.4m, 2400m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        Assert.DoesNotContain(plan.Events.OfType<OrderFilled>(), fill => fill.TradeId.Value.StartsWith("S-", StringComparison.Ordinal));
        Assert.Equal(-0.4m, _scene.Position(Scene.Eth)!.SignedQty);
    }

    [Theory]
    [InlineData("2", "S1@2500", "2000", "2000")]
    [InlineData("1", "B1@2200", "2100", "2000")]
    [InlineData("1", "B1@2200 S1@2500", "2100", "2000")]
    [InlineData("-2", "S2@1000 B3@900", "1500", "2000")]
    [InlineData("2", "B2@2200 B4@2300", "2200", "2000")]
    [InlineData("1", "B99@2000", "2010", "3000")]
    [InlineData("1", "S1@2500 B1@2600", "2600", null)]
    [InlineData("1", "S3@2500", "2500", null)]
    [InlineData("1", "B1@5000", "2100", null)]
    public void The_opening_is_at_the_price_from_which_the_trades_lead_to_the_average(string opened, string trades, string average, string? expected)
    {
        var fills = trades.Split(' ').Select((trade, index) => Filled(index, trade));
        Assert.Equal(Number(expected), OpeningTrade.PriceOf(Number(opened)!.Value, fills, Number(average)!.Value));
    }

    [Theory]
    [InlineData("1", "2000", "1.5", "2100", "2300")]
    [InlineData("0", null, "1.5", "2100", "2100")]
    [InlineData("1", "2000", "-1", "2100", "2100")]
    [InlineData("1", "2000", "0", null, "2000")]
    [InlineData("1", "2000", "1", "2100", null)]
    [InlineData("1", "2000", "2", null, null)]
    [InlineData("1", "2000", "2", "900", null)]
    [InlineData("1", "2000", "2", "1000", null)]
    public void The_price_leads_from_one_average_to_the_other(string quantity, string? average, string target, string? targetAverage, string? expected) =>
        Assert.Equal(Number(expected), PositionReconciliation.PriceOf(Number(quantity)!.Value, Number(average), Number(target)!.Value, Number(targetAverage)));

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Of_many_turns_no_opening_follows()
    {
        // Each pair halves what the opening counts; what the venue rounds would decide its price.
        var fills = Enumerable.Range(0, 100).Select(index => Filled(index, index % 2 == 0 ? "B1@2000" : "S1@2001"));
        Assert.Null(OpeningTrade.PriceOf(1m, fills, 2000.0000005m));
    }

    /// <summary>Such as <c>B1@2500</c>.</summary>
    private static OrderFilled Filled(int index, string trade) => new()
    {
        TraderId = new TraderId("TRADER-001"),
        StrategyId = new StrategyId("S-001"),
        InstrumentId = Scene.Eth,
        ClientOrderId = new ClientOrderId("O-1"),
        AccountId = Scene.Account,
        VenueOrderId = new VenueOrderId("1"),
        TradeId = new TradeId("T" + index),
        OrderSide = trade[0] == 'B' ? OrderSide.Buy : OrderSide.Sell,
        OrderType = OrderType.Limit,
        LastQty = Quantity.Parse(trade[1..trade.IndexOf('@', StringComparison.Ordinal)]),
        LastPx = Price.Parse(trade[(trade.IndexOf('@', StringComparison.Ordinal) + 1)..]),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Taker,
        EventId = Uuid4.New(),
        TsEvent = Scene.At(index),
        TsInit = Scene.At(index),
    };

    /// <summary>An order of others that was filled, of which the books know nothing.</summary>
    private void Sell(string quantity, string price)
    {
        _scene.Orders.Add(_scene.Foreign("7", OrderStatus.Filled, quantity, OrderSide.Sell) with { AvgPx = Number(price) });
        _scene.Fills.Add(Scene.Trade("T7", "7", quantity, price, OrderSide.Sell));
    }

    /// <summary>An order of ours that was filled, at the venue as well.</summary>
    private void Hold(string quantity, string price)
    {
        var order = _scene.Accept(_scene.Submit(quantity: quantity, price: price), "1");
        var trade = Scene.Trade("T1", "1", quantity, price, order: order.ClientOrderId);
        _scene.Fill(trade);
        _scene.Fills.Add(trade);
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, quantity, trade.LastPx.Value));
    }

    [Fact]
    public void Nothing_is_made_up_while_an_order_of_the_instrument_awaits_its_answer()
    {
        _scene.Submit();
        _scene.Answers[_scene.Local.Single().ClientOrderId] = null;
        _scene.Options = _scene.Options with { MaximumProcessingTime = TimeSpan.FromHours(1) };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Empty(plan.Unresolved);
        Assert.Equal([Scene.Eth], plan.Unsettled);
    }
}
