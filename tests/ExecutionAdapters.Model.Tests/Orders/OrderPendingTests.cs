namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Requests that are pending while other things happen: where the reference's one slot loses them.</summary>
public class OrderPendingTests
{
    private readonly Given _given = new();

    [Fact]
    public void A_fill_during_a_pending_cancel_keeps_the_cancel_pending_and_its_refusal_legal()
    {
        var order = _given.In(OrderStatus.PendingCancel);

        order.Apply(_given.Event("Filled"));
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.True(order.IsPendingCancel);
        Assert.True(order.IsInFlight);

        order.Apply(_given.Event("CancelRejected"));
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.False(order.IsPendingCancel);
        Assert.False(order.IsInFlight);
        Assert.True(order.IsOpen);
    }

    [Fact]
    public void A_fill_during_a_pending_update_keeps_the_update_pending()
    {
        var order = _given.In(OrderStatus.PendingUpdate);

        order.Apply(_given.Event("Filled"));
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.True(order.IsPendingUpdate);

        order.Apply(_given.Event("ModifyRejected"));
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.False(order.IsPendingUpdate);
    }

    [Fact]
    public void An_acknowledgement_that_overtakes_a_cancel_request_keeps_it_pending()
    {
        var order = _given.In(OrderStatus.Submitted);
        order.Apply(_given.Event("PendingCancel"));

        order.Apply(_given.Event("Accepted"));
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.True(order.IsPendingCancel);

        order.Apply(_given.Event("CancelRejected"));
        Assert.False(order.IsPendingCancel);
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public void A_trigger_during_a_pending_cancel_is_legal()
    {
        var order = _given.In(OrderStatus.PendingCancel);

        order.Apply(_given.Event("Triggered"));

        Assert.True(order.IsTriggered);
        Assert.True(order.IsPendingCancel);
        Assert.Equal(OrderStatus.Triggered, order.Status);
    }

    [Fact]
    public void An_update_during_a_pending_cancel_amends_and_the_cancel_stays_pending()
    {
        var order = _given.In(OrderStatus.PendingUpdate);
        order.Apply(_given.Event("PendingCancel"));

        order.Apply(_given.Updated("8.000", price: "1999.00"));

        Assert.Equal("8.000", order.Quantity.ToString());
        Assert.Equal("1999.00", order.Price.ToString());
        Assert.Equal(OrderStatus.PendingCancel, order.Status);
        Assert.False(order.IsPendingUpdate);
    }

    [Fact]
    public void Each_refusal_clears_only_its_own_request()
    {
        var order = _given.In(OrderStatus.PendingUpdate);
        order.Apply(_given.Event("PendingCancel"));
        Assert.True(order.IsPendingUpdate && order.IsPendingCancel);

        order.Apply(_given.Event("CancelRejected"));
        Assert.True(order.IsPendingUpdate);
        Assert.False(order.IsPendingCancel);
        Assert.Equal(OrderStatus.PendingUpdate, order.Status);

        order.Apply(_given.Event("ModifyRejected"));
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public void The_status_before_several_requests_is_remembered()
    {
        var order = _given.In(OrderStatus.Triggered);
        order.Apply(_given.Event("PendingUpdate"));
        order.Apply(_given.Event("PendingUpdate"));
        order.Apply(_given.Event("PendingCancel"));

        Assert.Equal(OrderStatus.Triggered, order.PreviousStatus);
    }

    [Fact]
    public void A_new_cancel_can_be_requested_after_a_fill_overtook_the_first()
    {
        var order = _given.In(OrderStatus.PendingCancel);
        order.Apply(_given.Event("Filled"));

        order.Apply(_given.Event("PendingCancel"));

        Assert.Equal(OrderStatus.PendingCancel, order.Status);
    }

    [Fact]
    public void Closing_answers_every_request()
    {
        var order = _given.In(OrderStatus.PendingUpdate);
        order.Apply(_given.Event("PendingCancel"));

        order.Apply(_given.Event("Canceled"));

        Assert.False(order.IsPendingUpdate || order.IsPendingCancel || order.IsInFlight || order.IsOpen);
        Assert.True(order.IsClosed);
    }

    [Fact]
    public void A_refused_command_on_a_closed_order_changes_nothing_but_the_history()
    {
        var order = _given.In(OrderStatus.Filled);

        Assert.Null(order.TryApply(_given.Event("CancelRejected")));

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(OrderLifecycle.Filled, order.Lifecycle);
    }

    [Fact]
    public void An_acknowledged_amendment_does_not_undo_the_trigger()
    {
        var order = _given.In(OrderStatus.Triggered);
        order.Apply(_given.Event("PendingUpdate"));

        order.Apply(_given.Event("Accepted"));

        Assert.True(order.IsTriggered);
        Assert.Equal(OrderLifecycle.Triggered, order.Lifecycle);
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }
}
