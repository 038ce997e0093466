namespace ExecutionAdapters.Model;

/// <summary>Orders that are submitted together. They may be in different instruments of one venue: take the instrument from each order.</summary>
public sealed class OrderList
{
    /// <summary>Makes a list of these orders.</summary>
    /// <exception cref="ArgumentException">No order, one twice, or orders for several venues.</exception>
    public OrderList(OrderListId id, IReadOnlyList<OrderInitialized> orders, UnixNanos tsInit)
    {
        ArgumentNullException.ThrowIfNull(orders);
        if (orders.Count == 0)
        {
            throw new ArgumentException($"Order list {id} is empty.", nameof(orders));
        }

        var ids = new List<ClientOrderId>(orders.Count);
        foreach (var order in orders)
        {
            if (ids.Contains(order.ClientOrderId))
            {
                throw new ArgumentException($"Order list {id} has the order {order.ClientOrderId} twice.", nameof(orders));
            }

            if (order.InstrumentId.Venue != orders[0].InstrumentId.Venue)
            {
                throw new ArgumentException(
                    $"Order list {id} is for {orders[0].InstrumentId.Venue}, but {order.ClientOrderId} is for {order.InstrumentId}.", nameof(orders));
            }

            ids.Add(order.ClientOrderId);
        }

        Id = id;
        InstrumentId = orders[0].InstrumentId;
        StrategyId = orders[0].StrategyId;
        ClientOrderIds = ids;
        TsInit = tsInit;
    }

    /// <summary>The id of the list.</summary>
    public OrderListId Id { get; }

    /// <summary>The instrument of the first order; the others may have another one.</summary>
    public InstrumentId InstrumentId { get; }

    /// <summary>The strategy of the first order.</summary>
    public StrategyId StrategyId { get; }

    /// <summary>The orders, in order of sending.</summary>
    public IReadOnlyList<ClientOrderId> ClientOrderIds { get; }

    /// <summary>When the list was made.</summary>
    public UnixNanos TsInit { get; }

    /// <summary>The list on one line.</summary>
    public override string ToString() => $"OrderList({Id} {InstrumentId} orders={ClientOrderIds.Count})";
}
