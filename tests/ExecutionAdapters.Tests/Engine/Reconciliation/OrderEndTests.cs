using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Ends, refusals and absences, and what contradicts itself.</summary>
public sealed class OrderEndTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_report_of_our_order_that_contradicts_itself_changes_nothing_and_is_told()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "0.5000", 2000m));
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal(
            (order.ClientOrderId.Value, "the venue's report contradicts itself: order 1 is FILLED with 0.5000 of 1.0000"), (difference.Subject, difference.Reason));
    }

    [Fact]
    public void An_order_of_the_other_side_at_the_venue_is_told_and_not_touched()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { OrderSide = OrderSide.Sell });
        Assert.Equal("it is a BUY here and a SELL at the venue", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Theory]
    [InlineData(null, "UNKNOWN", false)]
    [InlineData("insufficient margin", "insufficient margin", false)]
    [InlineData("POST_WOULD_EXECUTE", "POST_WOULD_EXECUTE", true)]
    [InlineData("Post-Only", "Post-Only", true)]
    public void A_rejection_tells_its_reason_and_whether_it_is_for_post_only(string? told, string reason, bool isPostOnly)
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected) with { CancelReason = told });
        var rejected = Assert.IsType<OrderRejected>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal((reason, isPostOnly), (rejected.Reason, rejected.DuePostOnly));
        Assert.Equal((Id(order, "rejected"), true), (rejected.EventId, rejected.Reconciliation));
    }

    [Fact]
    public void A_rejection_that_is_known_needs_nothing()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected));
        _scene.Reconcile();
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void A_rejection_of_an_order_that_was_filled_is_told_once_and_changes_nothing()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Fill(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected));
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal(order.ClientOrderId.Value, difference.Subject);
        Assert.Contains("0.4000 of it are filled here, and the venue says that it was rejected", difference.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Trades_of_an_order_that_the_venue_calls_rejected_are_true_all_the_same()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000"));
        var plan = _scene.Plan();
        Assert.Equal("T1", Assert.IsType<OrderFilled>(Assert.Single(plan.Events)).TradeId.Value);
        Assert.Contains("rejected", Assert.Single(plan.Unresolved).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrderStatus.Canceled, "OrderCanceled", "canceled")]
    [InlineData(OrderStatus.Expired, "OrderExpired", "expired")]
    public void An_order_that_is_over_at_the_venue_ends_here_and_only_once(OrderStatus status, string name, string kind)
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", status));
        var end = Assert.Single(_scene.Reconcile().Events);
        Assert.Equal((name, Id(order, kind), true, Scene.At(10)), (end.GetType().Name, end.EventId, end.Reconciliation, end.TsEvent));
        Assert.True(order.IsClosed);
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void An_acknowledgement_has_the_venues_time_and_an_id_of_its_facts()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        var accepted = Assert.Single(_scene.Reconcile().Events);
        Assert.Equal((Id(order, "accepted"), true, Scene.At(2)), (accepted.EventId, accepted.Reconciliation, accepted.TsEvent));
    }

    [Theory]
    [InlineData("0.4000", false)]
    [InlineData("0.3999", false)] // one unit: the venue rounded
    [InlineData("0.3998", true)]
    public void What_is_filled_here_and_not_at_the_venue_is_told_and_not_taken_back(string atVenue, bool isTold)
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Fill(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.PartiallyFilled, atVenue, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal(isTold ? [$"0.4000 are filled here and {atVenue} at the venue"] : [], plan.Unresolved.Select(difference => difference.Reason));
    }

    [Theory]
    [InlineData(999_000, false)] // it was sent 999 s before the venue was asked, and created a second earlier
    [InlineData(999_500, true)]
    public void The_time_that_an_order_may_be_on_its_way_begins_when_it_was_sent(int milliseconds, bool isOnItsWay)
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        _scene.Options = _scene.Options with { MaximumProcessingTime = TimeSpan.FromMilliseconds(milliseconds) };
        var plan = _scene.Plan();
        Assert.Equal(isOnItsWay ? [order.ClientOrderId] : [], plan.OnTheirWay);
        Assert.Equal(isOnItsWay ? [] : ["OrderRejected"], Scene.Names(plan));
    }

    [Fact]
    public void The_time_that_an_order_of_an_earlier_run_may_be_on_its_way_begins_with_this_run()
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        var plan = _scene.Plan(_scene.Books() with { RunStartedAt = Scene.At(990) });
        Assert.Empty(plan.Events);
        Assert.Equal([order.ClientOrderId], plan.OnTheirWay);
    }

    [Fact]
    public void An_order_that_the_venue_does_not_know_is_rejected_for_that_at_the_time_of_the_answer()
    {
        var order = _scene.Submit();
        _scene.Answers[order.ClientOrderId] = null;
        var rejected = Assert.IsType<OrderRejected>(Assert.Single(_scene.Reconcile().Events));
        Assert.StartsWith("NOT_FOUND_AT_VENUE: ", rejected.Reason, StringComparison.Ordinal);
        Assert.Equal((ReconciliationIds.Event(Scene.Account.Value, order.ClientOrderId.Value, "absent"), true), (rejected.EventId, rejected.Reconciliation));
        Assert.Equal(Scene.Now, rejected.TsEvent);
    }

    [Fact]
    public void An_order_that_the_venue_once_had_does_not_end_by_its_forgetting()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Answers[order.ClientOrderId] = null;
        Assert.Equal("the venue once had the order and does not know it any more", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    private static Uuid4 Id(Order order, string kind) => ReconciliationIds.Event(
        Scene.Account.Value, order.InstrumentId.ToString(), order.ClientOrderId.Value, kind, "1", Scene.At(10).ToString());
}
