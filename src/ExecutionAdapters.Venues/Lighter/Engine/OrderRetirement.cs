namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Ends orders: out of the book, reservations given back, moved from the active to the finished ones.</summary>
internal sealed class OrderRetirement(ExchangeState state)
{
    public void Finish(Order order, OrderStatus status)
    {
        if (order.IsResting)
        {
            Reservations.Apply(order, take: false);
            uint price = order.Level!.Price;
            order.Market.Book.Side(order.IsAsk).Remove(order);
            state.Changes.Levels.Add((order.Market, order.IsAsk, price));
            NoteHoldChanged(order);
        }
        else if (order.Status == OrderStatus.Pending)
        {
            order.Market.PendingOrders.Remove(order);
        }

        Account owner = order.Owner;
        order.Status = status;
        owner.ActiveOrders.Remove(order.Index);
        if (order.Request.ClientIndex != 0)
        {
            owner.ActiveByClientIndex.Remove(order.Request.ClientIndex);
        }

        if (owner.IsSynthetic)
        {
            state.Orders.Remove(order.Index);
        }
        else if (owner.InactiveOrders.Add(order, out Order? forgotten))
        {
            state.Orders.Remove(forgotten!.Index);
        }

        state.Touch(order);
    }

    /// <summary>Ends an account's resting reduce-only orders that no longer have a position to reduce.</summary>
    public void SweepReduceOnly(Account account, Market market)
    {
        if (market.Definition.IsSpot || account.PositionIn(market) is not { RestingReduceOnlyCount: > 0 } position)
        {
            return;
        }

        List<Order> orphans = [];
        foreach (Order order in account.ActiveOrders.Values)
        {
            if (order.Market == market && order.ReduceOnly && order.IsResting && position.Closable(order.IsAsk) == 0)
            {
                orphans.Add(order);
            }
        }

        foreach (Order order in orphans)
        {
            Finish(order, OrderStatus.CanceledReduceOnly);
        }
    }

    /// <summary>Notes that what an order holds of its owner's means changed.</summary>
    public void NoteHoldChanged(Order order)
    {
        if (order.Market.Definition.IsSpot)
        {
            state.Changes.Assets.Add(order.Owner.Index);
        }
        else
        {
            state.Changes.Statistics.Add(order.Owner.Index);
        }
    }
}
