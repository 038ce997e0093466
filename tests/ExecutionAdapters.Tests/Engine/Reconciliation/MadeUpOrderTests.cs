using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Orders that nobody sent, which stand for what no trade explains: their prices and ids, and when there are none.</summary>
public sealed class MadeUpOrderTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void All_events_of_a_made_up_order_are_marked_and_have_ids_that_follow_from_the_facts()
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2361.31m) with { VenuePositionId = new PositionId("P-1") });
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderInitialized", "OrderAccepted", "OrderFilled"], Scene.Names(plan));
        Assert.All(plan.Events, orderEvent => Assert.True(orderEvent.Reconciliation));
        var (account, instrument) = (Scene.Account.Value, Scene.Eth.ToString());
        var fill = (OrderFilled)plan.Events[2];
        var venueOrderId = fill.VenueOrderId.Value;
        Assert.Equal(Name("BUY", "1.5", "2361.31", "P-1", "", default), venueOrderId);
        Assert.Equal((venueOrderId, true, Scene.At(20)), (fill.TradeId.Value, fill.IsInferred, fill.TsEvent));
        Assert.Equal(ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, fill.VenueOrderId), fill.ClientOrderId);
        Assert.Equal(
            [
                ReconciliationIds.Event(account, instrument, venueOrderId, "initialized"),
                ReconciliationIds.Event(account, instrument, fill.ClientOrderId.Value, "accepted", venueOrderId),
                ReconciliationIds.Event(account, fill.ClientOrderId.Value, "filled", venueOrderId),
            ],
            plan.Events.Select(orderEvent => orderEvent.EventId));
    }

    [Fact]
    public void What_a_position_grew_by_is_one_order_at_the_price_that_leads_to_the_venues_average()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(1.5m, 2100m));
        var fill = Assert.Single(_scene.Reconcile().Events.OfType<OrderFilled>());
        Assert.Equal((OrderSide.Buy, 0.5m, 2300m), (fill.OrderSide, fill.LastQty.Value, fill.LastPx.Value));
        // The venue may stamp a position with the time of the question; the last known trade is what the id is made of.
        Assert.Equal(Name("BUY", "0.5", "2300", "", "", Scene.At(5)), fill.VenueOrderId.Value);
    }

    [Fact]
    public void What_was_closed_elsewhere_is_closed_at_our_average()
    {
        Hold("1.0000", "2000.00");
        var fill = Assert.Single(_scene.Reconcile().Events.OfType<OrderFilled>());
        Assert.Equal((OrderSide.Sell, 1m, 2000m), (fill.OrderSide, fill.LastQty.Value, fill.LastPx.Value));
        Assert.Equal(Name("SELL", "1", "2000", "", "", Scene.At(5)), fill.VenueOrderId.Value);
    }

    [Fact]
    public void The_two_orders_of_a_turn_are_told_apart_by_what_they_do()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(-1m, 2100m));
        var fills = _scene.Reconcile().Events.OfType<OrderFilled>().ToList();
        Assert.Equal([(1m, 2000m), (1m, 2100m)], fills.Select(fill => (fill.LastQty.Value, fill.LastPx.Value)));
        Assert.Equal(
            [Name("SELL", "1", "2000", "", "CLOSE", Scene.At(5)), Name("SELL", "1", "2100", "", "OPEN", Scene.At(5))], fills.Select(fill => fill.VenueOrderId.Value));
    }

    [Theory]
    [InlineData("900", "900")] // from 1 at 2000 no price leads to 2 at 900
    [InlineData(null, "2000")]
    public void Where_no_price_leads_to_the_venues_average_it_is_that_itself_and_without_one_ours(string? venueAverage, string expected)
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(2m, Number(venueAverage)));
        Assert.Equal(Number(expected), Assert.Single(_scene.Reconcile().Events.OfType<OrderFilled>()).LastPx.Value);
    }

    [Fact]
    public void Several_positions_are_explained_in_the_order_of_their_names_and_all_are_counted()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(1m, 2000m, Scene.Spot));
        _scene.Positions.Add(Scene.Held(1m, 40_000m, Scene.Btc));
        var plan = _scene.Reconcile();
        Assert.Equal([Scene.Btc, Scene.Spot, Scene.Eth], plan.Events.OfType<OrderFilled>().Select(fill => fill.InstrumentId));
        Assert.Equal(3, plan.PositionsCompared);
    }

    [Fact]
    public void What_was_bought_meanwhile_and_is_not_held_any_more_was_sold()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Filled, "1.0000"));
        _scene.Fills.Add(Scene.Trade("T1", "77", "1.0000"));
        var plan = _scene.Reconcile();
        Assert.Equal([OrderSide.Buy, OrderSide.Sell], plan.Events.OfType<OrderFilled>().Select(fill => fill.OrderSide));
        Assert.True(_scene.Position(Scene.Eth)!.IsClosed);
        Assert.Equal(1, plan.PositionsCompared);
    }

    [Fact]
    public void Trades_of_a_position_that_is_in_the_books_have_no_opening_before_them()
    {
        Hold("1.0000", "2000.00");
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Filled, "1.0000") with { AvgPx = 2100m });
        _scene.Fills.Add(Scene.Trade("T2", "77", "1.0000", "2100.00", at: 8));
        _scene.Positions.Add(Scene.Held(3m, 2100m));
        var fills = _scene.Reconcile().Events.OfType<OrderFilled>().ToList();
        Assert.Equal([2100m, 2200m], fills.Select(fill => fill.LastPx.Value));
        Assert.Equal([Scene.At(8), Scene.At(20)], fills.Select(fill => fill.TsEvent));
    }

    [Fact]
    public void A_position_in_an_instrument_that_is_not_looked_at_is_left_alone()
    {
        Hold("1.0000", "2000.00");
        _scene.Options = _scene.Options with { InstrumentIds = new HashSet<InstrumentId> { Scene.Btc } };
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void What_was_bought_of_a_pair_is_a_balance_and_no_position_that_is_missing()
    {
        Hold("1.0000", "2000.00", Scene.Spot);
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void Of_a_pair_a_commission_comes_out_of_what_is_held()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Filled, "1.0000") with { InstrumentId = Scene.Spot });
        _scene.Fills.Add(Scene.Trade("T1", "77", "1.0000", instrument: Scene.Spot) with { Commission = new Money(0.001m, Currency.ETH) });
        _scene.Positions.Add(Scene.Held(0.999m, 2000m, Scene.Spot));
        var plan = _scene.Reconcile();
        Assert.Single(plan.Events.OfType<OrderFilled>());
        Assert.Empty(plan.Unresolved);
        Assert.Equal(0.999m, _scene.Position(Scene.Spot)!.SignedQty);
    }

    [Fact]
    public void A_difference_in_the_eighth_decimal_is_none()
    {
        Hold("1.0000", "2000.00");
        _scene.Options = _scene.Options with { GenerateMissingOrders = false };
        _scene.Positions.Add(Scene.Held(1m, 2000m) with { Quantity = Quantity.Parse("1.00000001") });
        Assert.True(_scene.Plan().IsEmpty);
        _scene.Positions[0] = _scene.Positions[0] with { Quantity = Quantity.Parse("1.00000002") };
        Assert.Equal("1.00000002 are held at the venue and 1 here, and no orders are to be made up", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Fact]
    public void Nothing_is_made_up_before_the_difference_has_lasted()
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2000m));
        _scene.Options = _scene.Options with { IsConfirmed = false };
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal((Scene.Eth.ToString(), "1.5 are held at the venue and 0 here, and the trades may be on their way"), (difference.Subject, difference.Reason));
    }

    [Fact]
    public void Nothing_is_made_up_where_orders_or_trades_may_be_missing()
    {
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan(_scene.Venue() with { Orders = Evidence.Failed<OrderStatusReport>("HTTP 500") });
        Assert.Empty(plan.Events);
        Assert.EndsWith(" and 0 here, and the venue's orders are not complete: HTTP 500", plan.Unresolved[0].Reason, StringComparison.Ordinal);
        plan = _scene.Plan(_scene.Venue() with { Fills = Evidence.Failed<FillReport>("HTTP 502") });
        Assert.Empty(plan.Events);
        Assert.EndsWith(" and 0 here, and the venue's trades are not complete: HTTP 502", plan.Unresolved[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_made_up_while_an_order_of_the_instrument_is_to_be_asked_for()
    {
        _scene.Accept(_scene.Submit(), "1");
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        Assert.Equal("1 are held at the venue and 0 here, and some of its orders are still to be asked for", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Fact]
    public void Nothing_is_made_up_in_an_instrument_that_is_not_known()
    {
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan(_scene.Books() with { Instruments = new Dictionary<InstrumentId, Instrument>() });
        Assert.Equal("1 are held at the venue and 0 here, and the instrument is not known", Scene.OnlyDifference(plan).Reason);
    }

    [Fact]
    public void Nothing_is_made_up_while_a_cancel_of_an_order_of_the_instrument_is_unanswered()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Apply(new OrderPendingCancel
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = Scene.Account,
            EventId = Uuid4.New(),
            TsEvent = Scene.At(3),
            TsInit = Scene.At(3),
        });
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal([Scene.Eth], plan.Unsettled);
    }

    [Fact]
    public void Nothing_is_made_up_while_an_order_of_ours_has_begun_and_may_have_been_sent()
    {
        _scene.Begin(_scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")));
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal([Scene.Eth], plan.Unsettled);
    }

    [Fact]
    public void An_order_that_rests_keeps_no_position_from_being_explained()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        Assert.Equal(["OrderInitialized", "OrderAccepted", "OrderFilled"], Scene.Names(_scene.Reconcile()));
    }

    [Theory]
    [InlineData(1)] // created
    [InlineData(2)] // and acknowledged
    public void A_made_up_order_of_which_a_kill_kept_only_the_beginning_goes_on_from_there(int kept)
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2361.31m));
        var whole = _scene.Plan();
        foreach (var orderEvent in whole.Events.Take(kept))
        {
            _scene.Apply(orderEvent);
        }

        var rest = _scene.Reconcile();
        Assert.Empty(rest.Queries);
        Assert.Empty(rest.Unresolved);
        Assert.Empty(rest.Unsettled);
        Assert.Equal(whole.Events.Skip(kept), rest.Events);
        Assert.Equal(1.5m, _scene.Position(Scene.Eth)!.SignedQty);
        Assert.Equal(OrderStatus.Filled, Assert.Single(_scene.Local).Status);
    }

    [Fact]
    public void What_was_made_up_for_a_difference_that_is_still_there_is_not_made_up_again()
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2361.31m));
        _scene.Reconcile();
        var difference = Scene.OnlyDifference(_scene.Plan(_scene.Books() with { Positions = [] }));
        Assert.Equal(Scene.Eth.ToString(), difference.Subject);
        Assert.Equal($"order {Assert.Single(_scene.Local).ClientOrderId} was made up for this difference before, and it is still there", difference.Reason);
    }

    [Fact]
    public void A_trade_that_the_position_does_not_take_is_told()
    {
        Hold("1.0000", "2000.00");
        var order = _scene.Accept(_scene.Submit(), "2");
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.Filled, "1.0000", 2000m));
        _scene.Fills.Add(Scene.Trade("T2", "2", "1.0000", order: order.ClientOrderId) with { AccountId = new AccountId("LIGHTER-002") });
        _scene.Positions.Add(Scene.Held(3m, 2000m));
        Assert.Contains(
            _scene.Plan().Unresolved, difference => difference.Subject == Scene.Eth.ToString() && difference.Reason.Contains("fill T2 is for", StringComparison.Ordinal));
    }

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Name(string side, string quantity, string price, string position, string tag, UnixNanos last) => ReconciliationIds.Uuid(
        "position-reconciliation-order", Scene.Account.Value, Scene.Eth.ToString(), side, "MARKET", quantity, price, position, tag, last.ToString());

    /// <summary>An order of ours that was filled, at the venue as well.</summary>
    private void Hold(string quantity, string price, InstrumentId? instrument = null)
    {
        var order = _scene.Accept(_scene.Submit(quantity: quantity, price: price, instrument: instrument), "1");
        var trade = Scene.Trade("T1", "1", quantity, price, order: order.ClientOrderId, instrument: instrument);
        _scene.Fill(trade);
        _scene.Fills.Add(trade);
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, quantity, trade.LastPx.Value));
    }
}
