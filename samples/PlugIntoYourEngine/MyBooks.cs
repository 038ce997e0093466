using System.Collections.Concurrent;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace PlugIntoYourEngine;

/// <summary>All that a client asks of an engine.</summary>
internal sealed class MyBooks : IExecutionCacheView
{
    // A client may ask on any thread.
    private readonly ConcurrentDictionary<ClientOrderId, Order> _orders = new();

    public Order Add(OrderInitialized initialized) => _orders[initialized.ClientOrderId] = new Order(initialized);

    public void Apply(ExecutionEvent executionEvent)
    {
        if (executionEvent is OrderEvent orderEvent && _orders.TryGetValue(orderEvent.ClientOrderId, out var order) && order.TryApply(orderEvent) is { } error)
        {
            Console.Error.WriteLine(error);
        }
    }

    public Order? Order(ClientOrderId clientOrderId) => _orders.TryGetValue(clientOrderId, out var order) ? order : null;

    public IReadOnlyList<Order> OrdersOpen(InstrumentId instrumentId, OrderSide side) => [.. _orders.Values.Where(order => order.IsOpen && order.InstrumentId == instrumentId && (side == OrderSide.NoOrderSide || order.Side == side))];

    public IReadOnlyList<Order> OrdersSubmitted() => [.. _orders.Values.Where(order => order.Lifecycle == OrderLifecycle.Submitted)];

    public QuoteTick? Quote(InstrumentId instrumentId) => null;
}
