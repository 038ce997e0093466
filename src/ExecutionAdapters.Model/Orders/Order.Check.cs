namespace ExecutionAdapters.Model;

/// <content>Why an event may be refused. Nothing here changes the order.</content>
public sealed partial class Order
{
    private OrderApplyError? Misdirected(OrderEvent orderEvent)
    {
        if (orderEvent.ClientOrderId != ClientOrderId)
        {
            return Mismatch($"is not for this order but for {orderEvent.ClientOrderId}");
        }

        if (orderEvent.StrategyId != StrategyId)
        {
            return Mismatch($"is of strategy {orderEvent.StrategyId}, the order of {StrategyId}");
        }

        return orderEvent.InstrumentId != InstrumentId ? Mismatch($"is for {orderEvent.InstrumentId}, the order for {InstrumentId}") : null;

        OrderApplyError Mismatch(string what) => Error(OrderApplyErrorKind.IdentityMismatch, orderEvent, what);
    }

    private OrderApplyError? Duplicate(OrderEvent orderEvent)
        => orderEvent is OrderFilled fill && _tradeIds.Contains(fill.TradeId)
            ? Error(OrderApplyErrorKind.DuplicateFill, fill, $"has the trade id {fill.TradeId}, which was applied before")
            : null;

    private OrderApplyError? Illegal(OrderEvent orderEvent)
    {
        if (orderEvent is OrderTriggered && !OrderType.IsTriggerable())
        {
            return Error(OrderApplyErrorKind.InvalidEvent, orderEvent, $"is not for a {OrderType.ToWireString()} order");
        }

        if ((OrderTransitions.LegalFor(this) & OrderTransitions.KindOf(orderEvent)) != OrderEventKinds.None)
        {
            return null;
        }

        var stand = IsClosed && !Status.IsClosed() ? $"{Status.ToWireString()} (late) and {Lifecycle}" : Status.ToWireString();
        return Error(OrderApplyErrorKind.IllegalTransition, orderEvent, $"is illegal: the order is {stand}");
    }

    private OrderApplyError? Contradicting(OrderEvent orderEvent) => orderEvent switch
    {
        OrderUpdated updated => Contradicting(updated),
        OrderFilled fill => Contradicting(fill),
        _ => null,
    };

    /// <summary>
    /// An amendment of a term that the type does not have is refused: a venue that sends trigger_price 0.00 for a limit order means null.
    /// </summary>
    private OrderApplyError? Contradicting(OrderUpdated updated)
    {
        if (!updated.Quantity.IsPositive)
        {
            return Error(OrderApplyErrorKind.InvalidEvent, updated, "has no quantity above zero; an order without anything left is canceled");
        }

        if (!CanHold(updated.Quantity, FilledQty))
        {
            return Error(
                OrderApplyErrorKind.InvalidEvent, updated, $"has a quantity {updated.Quantity} that is too far from the filled {FilledQty} for 28 digits");
        }

        if (updated.Price is not null && !OrderType.HasLimitPrice() && OrderType != OrderType.MarketToLimit)
        {
            return Error(OrderApplyErrorKind.InvalidEvent, updated, $"has a price, which a {OrderType.ToWireString()} order has not");
        }

        return updated.TriggerPrice is not null && !OrderType.HasTriggerPrice()
            ? Error(OrderApplyErrorKind.InvalidEvent, updated, $"has a trigger price, which a {OrderType.ToWireString()} order has not")
            : null;
    }

    private OrderApplyError? Contradicting(OrderFilled fill)
    {
        if (!fill.LastQty.IsPositive)
        {
            return Error(OrderApplyErrorKind.InvalidEvent, fill, "has no quantity above zero");
        }

        if (fill.Commission is { HasCurrency: false })
        {
            return Error(OrderApplyErrorKind.InvalidEvent, fill, "has a commission without a currency; without a commission it is null");
        }

        return fill.OrderSide != Side
            ? Error(OrderApplyErrorKind.InvalidEvent, fill, $"is a {fill.OrderSide.ToWireString()}, the order a {Side.ToWireString()}")
            : null;
    }

    /// <summary>Whether what is left, or filled too much, can be held exactly.</summary>
    private static bool CanHold(Quantity quantity, Quantity filled)
        => (filled > quantity ? filled.CheckedSub(quantity) : quantity.CheckedSub(filled)) is not null;

    private OrderApplyError Error(OrderApplyErrorKind kind, OrderEvent orderEvent, string what)
        => new(kind, $"Order {ClientOrderId}: {orderEvent.GetType().Name} {what}.");
}
