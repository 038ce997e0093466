using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class OrderReconciliationTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Books_that_agree_give_an_empty_plan()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void A_submitted_order_that_rests_is_accepted()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        Assert.Equal(["OrderAccepted"], Names(_scene.Reconcile()));
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.Equal("1", order.VenueOrderId!.Value.Value);
    }

    [Fact]
    public void A_submitted_order_that_was_filled_meanwhile_is_accepted_and_gets_its_true_trades_and_no_other()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "1.0000", 1999m));
        _scene.Fills.Add(Scene.Trade("T2", "1", "0.6000", "1998.00", order: order.ClientOrderId, at: 6));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000", "2000.00", order: order.ClientOrderId, at: 5));
        _scene.Positions.Add(Scene.Held(1m, 1998.8m));
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderAccepted", "OrderFilled", "OrderFilled"], Names(plan));
        Assert.Equal(["T1", "T2"], order.TradeIds.Select(id => id.Value));
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.All(plan.Events, orderEvent => Assert.True(orderEvent.Reconciliation));
        Assert.Empty(plan.Unresolved);
    }

    [Fact]
    public void What_is_filled_beyond_the_true_trades_is_inferred_at_the_price_that_gives_the_average()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.5000", 1990m));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.2000", "2000.00", order: order.ClientOrderId));
        _scene.Positions.Add(Scene.Held(0.5m, 1990m));
        var plan = _scene.Reconcile();
        var inferred = Assert.Single(plan.Events.OfType<OrderFilled>(), fill => fill.IsInferred);
        Assert.Equal((0.3m, 1983.33m), (inferred.LastQty.Value, inferred.LastPx.Value));
        Assert.Equal(0.5m, order.FilledQty.Value);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
    }

    [Fact]
    public void A_true_trade_that_comes_after_its_inferred_fill_is_not_added()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "1.0000", 2000m));
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        _scene.Reconcile();
        _scene.Fills.Add(Scene.Trade("T1", "1", "1.0000", order: order.ClientOrderId, at: 9));
        Assert.True(_scene.Plan().IsEmpty);
        Assert.Equal(1m, _scene.Position(Scene.Eth)!.SignedQty);
    }

    [Fact]
    public void Without_all_of_the_venues_trades_nothing_is_inferred()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "1.0000", 2000m));
        var venue = _scene.Venue() with { Fills = Evidence.Failed<FillReport>("HTTP 500") };
        var plan = ReconciliationPlanner.Plan(_scene.Books(), venue, _scene.Options);
        Assert.Empty(plan.Events);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == order.ClientOrderId.Value && difference.Reason.Contains("HTTP 500", StringComparison.Ordinal));
    }

    [Fact]
    public void A_canceled_order_gets_its_fills_before_its_end()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled, "0.4000", 2000m));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId, at: 5));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        Assert.Equal(["OrderFilled", "OrderCanceled"], Names(_scene.Reconcile()));
        Assert.Equal((OrderLifecycle.Canceled, 0.4m, false), (order.Lifecycle, order.FilledQty.Value, order.HasLateFill));
    }

    [Fact]
    public void A_trade_that_happened_before_the_cancel_we_know_of_is_a_late_fill_of_a_closed_order()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled));
        _scene.Reconcile();
        _scene.Orders[0] = Scene.Report(order, "1", OrderStatus.Canceled, "0.4000", 2000m);
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId, at: 5));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        Assert.Equal(["OrderFilled"], Names(_scene.Reconcile()));
        Assert.Equal((OrderLifecycle.Canceled, true), (order.Lifecycle, order.HasLateFill));
    }

    [Fact]
    public void An_amended_order_is_updated_and_a_term_that_is_not_told_is_kept()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { Price = null, Quantity = Quantity.Parse("2.0000") });
        Assert.Equal(["OrderUpdated"], Names(_scene.Reconcile()));
        Assert.Equal((2m, 2000m), (order.Quantity.Value, order.Price!.Value.Value));
    }

    [Fact]
    public void A_rejected_order_tells_why()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected) with { CancelReason = "post-only would cross" });
        var rejected = Assert.IsType<OrderRejected>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal(("post-only would cross", true), (rejected.Reason, rejected.DuePostOnly));
        Assert.Equal(OrderStatus.Rejected, order.Status);
    }

    [Fact]
    public void An_order_that_a_complete_answer_does_not_name_is_asked_for_and_not_ended()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        var query = Assert.Single(plan.Queries);
        Assert.Equal((order.ClientOrderId, order.VenueOrderId), (query.ClientOrderId, query.VenueOrderId));
    }

    [Fact]
    public void An_answer_about_a_missing_order_settles_it()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Answers[order.ClientOrderId] = Scene.Report(order, "1", OrderStatus.Expired);
        Assert.Equal(["OrderExpired"], Names(_scene.Reconcile()));
    }

    [Fact]
    public void A_submitted_order_that_the_venue_does_not_know_is_rejected_once_it_cannot_be_on_its_way()
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        Assert.Equal(["OrderRejected"], Names(_scene.Reconcile()));
        Assert.Equal(OrderStatus.Rejected, order.Status);
    }

    [Fact]
    public void A_submitted_order_that_may_still_be_on_its_way_is_left_alone()
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        _scene.Options = _scene.Options with { MaximumProcessingTime = TimeSpan.FromHours(1) };
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Empty(plan.Unresolved);
        Assert.Equal([order.ClientOrderId], plan.OnTheirWay);
    }

    [Fact]
    public void An_accepted_order_that_the_venue_forgot_is_told_and_not_ended()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Answers[order.ClientOrderId] = null;
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal(order.ClientOrderId.Value, Assert.Single(plan.Unresolved).Subject);
    }

    [Fact]
    public void A_failed_query_of_orders_proves_no_absence()
    {
        _scene.Accept(_scene.Submit(), "1");
        var venue = _scene.Venue() with { Orders = Evidence.Failed<OrderStatusReport>("HTTP 500") };
        var plan = ReconciliationPlanner.Plan(_scene.Books(), venue, _scene.Options);
        Assert.Empty(plan.Events);
        Assert.Empty(plan.Queries);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == "orders");
    }

    [Fact]
    public void A_filtered_order_is_not_looked_at()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Options = _scene.Options with { FilteredClientOrderIds = new HashSet<ClientOrderId> { order.ClientOrderId } };
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void Snapshots_are_not_changed_by_planning()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "1.0000", 2000m));
        Assert.NotEmpty(_scene.Plan().Events);
        Assert.Equal(OrderStatus.Submitted, order.Status);
        Assert.Null(_scene.Position(Scene.Eth));
    }

    [Fact]
    public void The_same_facts_give_the_same_ids_in_another_run()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.5000", 2000m));
        _scene.Orders.Add(_scene.Foreign("2", OrderStatus.Accepted));
        _scene.Positions.Add(Scene.Held(3m, 2000m));
        Assert.Equal(Ids(_scene.Plan()), Ids(_scene.Plan()));
    }

    private static IEnumerable<string> Ids(ReconciliationPlan plan) =>
        plan.Events.Select(orderEvent => $"{orderEvent.GetType().Name} {orderEvent.EventId} {orderEvent.ClientOrderId} {(orderEvent as OrderFilled)?.TradeId}");

    private static IEnumerable<string> Names(ReconciliationPlan plan) => plan.Events.Select(orderEvent => orderEvent.GetType().Name);

    [Fact]
    public void An_order_that_is_over_here_and_open_at_the_venue_is_a_difference()
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        _scene.Reconcile();
        Assert.Equal(OrderStatus.Rejected, order.Status);
        _scene.Answers.Clear();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        Assert.Contains(_scene.Plan().Unresolved, difference => difference.Reason.Contains("open at the venue", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_orders_of_others_that_call_themselves_the_same_are_two()
    {
        var first = _scene.Foreign("1", OrderStatus.Accepted) with { ClientOrderId = new ClientOrderId("7") };
        _scene.Orders.Add(first);
        _scene.Reconcile();
        _scene.Orders.Add(_scene.Foreign("2", OrderStatus.Canceled) with { ClientOrderId = new ClientOrderId("7") });
        Assert.Empty(_scene.Reconcile().Events);
        Assert.True(Assert.Single(_scene.Local).IsOpen);
    }

    [Fact]
    public void An_older_answer_does_not_bring_back_older_terms()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted, last: 1) with { Price = Price.Parse("1900.00") });
        Assert.Empty(_scene.Plan().Events);
    }

    [Fact]
    public void A_report_that_contradicts_itself_takes_nothing_over_and_ends_nothing()
    {
        _scene.Orders.Add(_scene.Foreign("1", OrderStatus.Filled, "0.5000"));
        for (var i = 0; i < 2; i++)
        {
            var plan = _scene.Plan();
            Assert.Empty(plan.Events);
            Assert.Single(plan.Unresolved);
        }
    }
}
