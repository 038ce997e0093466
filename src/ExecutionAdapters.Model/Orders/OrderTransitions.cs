using static ExecutionAdapters.Model.OrderEventKinds;

namespace ExecutionAdapters.Model;

/// <summary>Which events are legal where an order stands.</summary>
internal static class OrderTransitions
{
    public static OrderEventKinds KindOf(OrderEvent orderEvent) => orderEvent switch
    {
        OrderDenied => Denied,
        OrderEmulated => Emulated,
        OrderReleased => Released,
        OrderSubmitted => Submitted,
        OrderAccepted => Accepted,
        OrderRejected => Rejected,
        OrderCanceled => Canceled,
        OrderExpired => Expired,
        OrderTriggered => Triggered,
        OrderPendingUpdate => PendingUpdate,
        OrderPendingCancel => PendingCancel,
        OrderModifyRejected => ModifyRejected,
        OrderCancelRejected => CancelRejected,
        OrderUpdated => Updated,
        OrderFilled => Filled,
        _ => None, // OrderInitialized: never a second time
    };

    /// <summary>
    /// What <paramref name="order"/> takes: the reference's table for its status, changed where the model of this project is the better one.
    /// <list type="bullet">
    /// <item>Closed, except denied: only fills (late, but real) and refusals of commands (nothing left to clear).</item>
    /// <item>Once sent: refusals of commands are always legal; they clear their own request and nothing else.</item>
    /// <item>Fills are always legal, except for a denied order: it was never sent.</item>
    /// <item>A pending cancel does not hold up what the venue says: Triggered and Updated are legal, as while an update is pending.</item>
    /// <item>Rejected is illegal once something was filled, whatever the status shows: the fill proves that the order was accepted.</item>
    /// </list>
    /// </summary>
    public static OrderEventKinds LegalFor(Order order)
    {
        if (order.Lifecycle == OrderLifecycle.Denied)
        {
            return None;
        }

        if (order.IsClosed)
        {
            return Filled | ModifyRejected | CancelRejected;
        }

        var legal = InReferenceTable(order.Status) | Filled;
        if (order.Lifecycle >= OrderLifecycle.Submitted)
        {
            legal |= ModifyRejected | CancelRejected;
        }

        if (order.Status == OrderStatus.PendingCancel)
        {
            legal |= Triggered | Updated;
        }

        return order.FilledQty.IsPositive ? legal & ~Rejected : legal;
    }

    /// <summary>
    /// The legal cells of the reference's transition table for orders that are not closed. Which status each leads to follows from the event.
    /// (Of the closed ones, the reference takes only Filled, and only in Canceled.)
    /// </summary>
    private static OrderEventKinds InReferenceTable(OrderStatus status) => status switch
    {
        // From Initialized, Accepted to Triggered are for orders that were found at the venue.
        OrderStatus.Initialized => Denied | Emulated | Released | Submitted | Accepted | Rejected | Canceled | Expired | Triggered | Updated,
        OrderStatus.Emulated => Released | Canceled | Expired | Updated,
        OrderStatus.Released => Denied | Submitted | Canceled | Updated,
        OrderStatus.Submitted => Accepted | Rejected | Canceled | PendingUpdate | PendingCancel | Updated | Filled,
        OrderStatus.Accepted => Rejected | Canceled | Expired | Triggered | PendingUpdate | PendingCancel | Updated | Filled,
        OrderStatus.Triggered => Rejected | Canceled | Expired | PendingUpdate | PendingCancel | Updated | Filled,
        OrderStatus.PendingUpdate => Accepted | Rejected | Canceled | Expired | Triggered | PendingUpdate | PendingCancel | ModifyRejected | Updated | Filled,
        OrderStatus.PendingCancel => Accepted | Rejected | Canceled | Expired | PendingCancel | CancelRejected | Filled,
        OrderStatus.PartiallyFilled => Accepted | Canceled | Expired | PendingUpdate | PendingCancel | Updated | Filled,
        _ => None, // closed: see LegalFor
    };
}
