using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class ExternalOrderTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void An_open_order_of_somebody_else_is_taken_over()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var plan = _scene.Reconcile();
        var order = Assert.Single(_scene.Local);
        Assert.Equal((ReconciliationOptions.External, OrderStatus.Accepted, "77"), (order.StrategyId, order.Status, order.VenueOrderId!.Value.Value));
        Assert.Equal(["VENUE"], Assert.IsType<OrderInitialized>(plan.Events[0]).Tags);
        Assert.StartsWith("X-", order.ClientOrderId.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strategy_that_claims_an_instrument_gets_its_orders()
    {
        var strategy = new StrategyId("MAKER-001");
        _scene.Options = _scene.Options with
        {
            ExternalOrderClaims = new Dictionary<InstrumentId, StrategyId> { [Scene.Eth] = strategy },
            FilterUnclaimedExternalOrders = true,
        };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        _scene.Reconcile();
        Assert.Equal(strategy, Assert.Single(_scene.Local).StrategyId);
    }

    [Fact]
    public void Unclaimed_orders_can_be_left_alone()
    {
        _scene.Options = _scene.Options with { FilterUnclaimedExternalOrders = true };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal(1, plan.Skipped);
    }

    [Fact]
    public void A_closed_order_of_somebody_else_without_a_fill_is_no_business_of_ours()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Canceled));
        Assert.Empty(_scene.Plan().Events);
    }

    [Fact]
    public void Orders_of_two_accounts_with_one_venue_order_id_get_different_ids_of_ours()
    {
        var id = new VenueOrderId("77");
        Assert.NotEqual(
            ReconciliationIds.ExternalOrder(new AccountId("LIGHTER-001"), Scene.Eth, id),
            ReconciliationIds.ExternalOrder(new AccountId("LIGHTER-002"), Scene.Eth, id));
        Assert.NotEqual(
            ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, id),
            ReconciliationIds.ExternalOrder(Scene.Account, Scene.Btc, id));
    }

    [Fact]
    public void Trades_without_an_order_become_one_that_is_filled_by_them()
    {
        _scene.Fills.Add(Scene.Trade("T1", "77", "0.4000", "2000.00"));
        _scene.Fills.Add(Scene.Trade("T2", "77", "0.6000", "2010.00", at: 6));
        _scene.Positions.Add(Scene.Held(1m, 2006m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        var order = Assert.Single(_scene.Local);
        Assert.Equal((OrderStatus.Filled, 1m), (order.Status, order.FilledQty.Value));
        Assert.Equal(1m, _scene.Position(Scene.Eth)!.SignedQty);
    }

    [Fact]
    public void An_order_at_the_venue_whose_terms_contradict_each_other_is_told()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted) with { Price = null });
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Contains("needs a price", Assert.Single(plan.Unresolved).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_others_that_contradicts_itself_is_told_with_what_contradicts()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Filled, "0.5000"));
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal(("77", "the venue's report contradicts itself: order 77 is FILLED with 0.5000 of 1.0000"), (difference.Subject, difference.Reason));
    }

    [Fact]
    public void Both_events_of_an_order_that_is_taken_over_are_marked_and_have_ids_that_follow_from_the_facts()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderInitialized", "OrderAccepted"], Scene.Names(plan));
        Assert.All(plan.Events, orderEvent => Assert.True(orderEvent.Reconciliation));
        Assert.Equal(ReconciliationIds.Event(Scene.Account.Value, Scene.Eth.ToString(), "77", "initialized"), plan.Events[0].EventId);
    }

    [Theory]
    [InlineData(TimeInForce.GTD, 500L, TimeInForce.GTD)]
    [InlineData(TimeInForce.GTD, null, TimeInForce.GTC)] // a date that the venue does not tell cannot be kept
    [InlineData(TimeInForce.FOK, null, TimeInForce.FOK)]
    public void An_order_is_taken_over_for_as_long_as_it_works(TimeInForce told, long? expiresAt, TimeInForce expected)
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted) with { TimeInForce = told, ExpireTime = expiresAt is { } at ? Scene.At(at) : null });
        _scene.Reconcile();
        Assert.Equal(expected, Assert.Single(_scene.Local).TimeInForce);
    }

    [Theory]
    [InlineData(OrderType.StopLimit, TriggerType.MarkPrice, TriggerType.MarkPrice)]
    [InlineData(OrderType.StopLimit, null, TriggerType.Default)]
    [InlineData(OrderType.Limit, null, null)]
    public void An_order_with_a_trigger_is_taken_over_with_its_kind(OrderType type, TriggerType? told, TriggerType? expected)
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted) with
        {
            OrderType = type,
            TriggerPrice = type == OrderType.StopLimit ? Price.Parse("1990.00") : null,
            TriggerType = told,
        });
        Assert.Equal(expected, Assert.IsType<OrderInitialized>(_scene.Reconcile().Events[0]).TriggerType);
    }

    [Fact]
    public void Trades_of_an_order_that_nobody_claims_can_be_left_alone()
    {
        _scene.Options = _scene.Options with { FilterUnclaimedExternalOrders = true, FilterPositionReports = true };
        _scene.Fills.Add(Scene.Trade("T1", "77", "0.4000"));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void An_order_that_is_made_of_its_trades_is_acknowledged_before_them_and_all_of_it_is_marked()
    {
        _scene.Fills.Add(Scene.Trade("T1", "77", "0.4000"));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderInitialized", "OrderAccepted", "OrderFilled"], Scene.Names(plan));
        Assert.All(plan.Events, orderEvent => Assert.True(orderEvent.Reconciliation));
        Assert.Equal(
            ReconciliationIds.Event(Scene.Account.Value, Scene.Eth.ToString(), plan.Events[0].ClientOrderId.Value, "accepted", "77"), plan.Events[1].EventId);
    }

    [Fact]
    public void An_order_of_others_of_which_a_kill_kept_only_the_beginning_goes_on_from_there()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        _scene.Apply(_scene.Plan().Events[0]);
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderAccepted"], Scene.Names(plan));
        Assert.Empty(plan.Unresolved);
        Assert.Equal(OrderStatus.Accepted, Assert.Single(_scene.Local).Status);
    }

    [Fact]
    public void An_order_of_others_that_was_begun_and_that_the_venue_does_not_list_is_not_asked_for()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        _scene.Apply(_scene.Plan().Events[0]);
        _scene.Orders.Clear();
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void An_id_of_ours_that_is_taken_by_another_order_is_told()
    {
        var id = ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, new VenueOrderId("77"));
        var order = _scene.Submit(_scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")) with { ClientOrderId = id });
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Reconcile();
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal((id.Value, "an order at the venue cannot be taken over: there is an order of its id already"), (difference.Subject, difference.Reason));
    }
}
