namespace ExecutionAdapters.Model;

/// <content>Applying events.</content>
public sealed partial class Order
{
    /// <summary>An order of its own in the same state: what happens to one does not touch the other.</summary>
    public Order Copy()
    {
        var copy = new Order(_initialized);
        for (var i = 1; i < _events.Count; i++)
        {
            copy.Apply(_events[i]);
        }

        return copy;
    }

    /// <summary>As <see cref="TryApply"/>, for events that must be legal.</summary>
    /// <exception cref="InvalidOrderEventException">The event was refused; the order is as it was.</exception>
    public void Apply(OrderEvent orderEvent)
    {
        if (TryApply(orderEvent) is { } error)
        {
            throw new InvalidOrderEventException(error);
        }
    }

    /// <summary>
    /// Applies an event and returns null, or changes nothing and says why. It never throws for what a venue may send.
    /// </summary>
    /// <remarks>
    /// <para>In the reference's table, and here too: which events are legal in which status and what status they lead to; Canceled then Filled is
    /// legal, for a fill may arrive after the acknowledgement of a cancel.</para>
    /// <para>Different here, on purpose:</para>
    /// <list type="bullet">
    /// <item>A fill is legal unless the order was denied. On a closed order it is recorded, <see cref="HasLateFill"/> is set, the status shows it,
    /// and the order stays closed.</item>
    /// <item>Accepted, Triggered and Filled show in the status but leave pending requests pending. ModifyRejected and CancelRejected clear only their
    /// own request and are legal on every order that was sent, closed ones too. Updated clears the pending update.</item>
    /// <item>Triggered and Updated are legal while a cancel is pending.</item>
    /// <item>An Updated whose quantity is not above what is filled closes the order as Filled.</item>
    /// <item>Rejected is illegal once something was filled: the missing rest is Canceled.</item>
    /// <item>A closed order takes nothing but late fills and refusals of commands.</item>
    /// <item>A second fill with the same trade id is <see cref="OrderApplyErrorKind.DuplicateFill"/>, also when it differs in price or quantity.</item>
    /// </list>
    /// </remarks>
    public OrderApplyError? TryApply(OrderEvent orderEvent)
    {
        ArgumentNullException.ThrowIfNull(orderEvent);
        var error = Misdirected(orderEvent) ?? Duplicate(orderEvent) ?? Illegal(orderEvent) ?? Contradicting(orderEvent);
        if (error is not null)
        {
            return error;
        }

        var before = Status;
        if (orderEvent is OrderFilled fill)
        {
            if (TryFill(fill) is { } fillError)
            {
                return fillError;
            }
        }
        else
        {
            Change(orderEvent);
        }

        if (orderEvent is not (OrderModifyRejected or OrderCancelRejected) && before is not (OrderStatus.PendingUpdate or OrderStatus.PendingCancel))
        {
            PreviousStatus = before;
        }

        TsLast = orderEvent.TsEvent;
        _events.Add(orderEvent);
        return null;
    }

    private void Change(OrderEvent orderEvent)
    {
        switch (orderEvent)
        {
            case OrderDenied:
                Close(OrderLifecycle.Denied, OrderStatus.Denied, orderEvent.TsEvent);
                break;
            case OrderEmulated:
                Move(OrderLifecycle.Emulated, OrderStatus.Emulated);
                break;
            case OrderReleased:
                EmulationTrigger = Model.TriggerType.NoTrigger;
                Move(OrderLifecycle.Released, OrderStatus.Released);
                break;
            case OrderSubmitted submitted:
                AccountId = submitted.AccountId;
                TsSubmitted = submitted.TsEvent;
                Move(OrderLifecycle.Submitted, OrderStatus.Submitted);
                break;
            case OrderAccepted accepted:
                AccountId = accepted.AccountId;
                TsAccepted = accepted.TsEvent;
                Replace(accepted.VenueOrderId);
                // An acknowledgement of an amendment does not undo the trigger.
                Move(IsTriggered ? OrderLifecycle.Triggered : OrderLifecycle.Accepted, OrderStatus.Accepted);
                break;
            case OrderTriggered triggered:
                TsTriggered = triggered.TsEvent;
                Learn(triggered.VenueOrderId, triggered.AccountId);
                Move(OrderLifecycle.Triggered, OrderStatus.Triggered);
                break;
            case OrderPendingUpdate pending:
                _update = Request.Shown;
                Learn(pending.VenueOrderId, pending.AccountId);
                break;
            case OrderPendingCancel pending:
                _cancel = Request.Shown;
                Learn(pending.VenueOrderId, pending.AccountId);
                break;
            case OrderModifyRejected:
                _update = Request.None;
                break;
            case OrderCancelRejected:
                _cancel = Request.None;
                break;
            case OrderUpdated updated:
                Amend(updated);
                break;
            case OrderRejected rejected:
                Learn(null, rejected.AccountId);
                Close(OrderLifecycle.Rejected, OrderStatus.Rejected, rejected.TsEvent);
                break;
            case OrderCanceled canceled:
                Learn(canceled.VenueOrderId, canceled.AccountId);
                Close(OrderLifecycle.Canceled, OrderStatus.Canceled, canceled.TsEvent);
                break;
            case OrderExpired expired:
                Learn(expired.VenueOrderId, expired.AccountId);
                Close(OrderLifecycle.Expired, OrderStatus.Expired, expired.TsEvent);
                break;
        }
    }

    private void Amend(OrderUpdated updated)
    {
        Quantity = updated.Quantity;
        IsQuoteQuantity = updated.IsQuoteQuantity;
        Price = updated.Price ?? Price;
        TriggerPrice = updated.TriggerPrice ?? TriggerPrice;
        ProtectionPrice = updated.ProtectionPrice ?? ProtectionPrice;
        Learn(null, updated.AccountId);
        if (updated.VenueOrderId is { } venueOrderId)
        {
            Replace(venueOrderId);
        }

        _update = Request.None;
        if (LeavesQty.IsZero)
        {
            Close(OrderLifecycle.Filled, OrderStatus.Filled, updated.TsEvent);
        }
    }

    private void Move(OrderLifecycle lifecycle, OrderStatus status)
    {
        Lifecycle = lifecycle;
        _status = status;
        _update = Overtake(_update);
        _cancel = Overtake(_cancel);
    }

    private void Close(OrderLifecycle lifecycle, OrderStatus status, UnixNanos at)
    {
        Lifecycle = lifecycle;
        _status = status;
        _update = Request.None;
        _cancel = Request.None;
        TsClosed = at;
    }

    private static Request Overtake(Request request) => request == Request.None ? Request.None : Request.Overtaken;

    /// <summary>Takes over ids that are not known yet. A known venue order id changes only by <see cref="Replace"/>.</summary>
    private void Learn(VenueOrderId? venueOrderId, AccountId? accountId)
    {
        AccountId ??= accountId;
        if (venueOrderId is { } id)
        {
            VenueOrderId ??= id;
            Remember(id);
        }
    }

    private void Replace(VenueOrderId venueOrderId)
    {
        VenueOrderId = venueOrderId;
        Remember(venueOrderId);
    }

    private void Remember(VenueOrderId venueOrderId)
    {
        if (!_venueOrderIds.Contains(venueOrderId))
        {
            _venueOrderIds.Add(venueOrderId);
        }
    }
}
