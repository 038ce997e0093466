using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>Hands the orders of a demo over and waits for what is to become of them.</summary>
/// <param name="session">The client and its books.</param>
/// <param name="wanted">How many orders to hand over.</param>
/// <param name="underFaults">
/// Whether the venue misbehaves. An order may then be refused, or its news be late by the lifetime of a transaction: nothing that is expected
/// in between is insisted on, only the end is, when the faults are over.
/// </param>
internal sealed class DemoOrders(DemoSession session, int wanted, bool underFaults)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);

    private int _handedOver;

    /// <summary>How many are still to be handed over. Under faults one that was denied is made up for by another.</summary>
    public int Left => underFaults ? wanted - session.Cache.Orders().Count(order => order.Status != OrderStatus.Denied) : wanted - _handedOver;

    public OrderFactory Factory { get; } = new(new TraderId("TRADER-001"), new StrategyId("DEMO-001"));

    public Order Add(OrderInitialized initialized)
    {
        _handedOver++;
        return session.Cache.AddOrder(initialized);
    }

    public Order Submit(OrderInitialized initialized)
    {
        var order = Add(initialized);
        session.Client.SubmitOrder(Factory.Submit(initialized));
        return order;
    }

    public void Cancel(Order order) => session.Client.CancelOrder(Factory.Cancel(order));

    /// <summary>Waits while the client is between two connections: it would deny every order.</summary>
    public Task ReadyAsync(CancellationToken stop) => session.WaitUntilAsync(() => session.Client.IsConnected, "the connection", stop);

    public Task ExpectAsync(Order order, OrderStatus status, CancellationToken stop) =>
        ExpectAsync([order], () => order.Status == status, () => $"{order.ClientOrderId} to be {status} (it is {order.Status})", stop);

    public Task ExpectOpenAsync(Order order, CancellationToken stop) =>
        ExpectAsync([order], () => order.IsOpen, () => $"{order.ClientOrderId} to be open (it is {order.Status})", stop);

    public Task ExpectClosedAsync(Order order, CancellationToken stop) =>
        ExpectAsync([order], () => order.IsClosed, () => $"{order.ClientOrderId} to be closed (it is {order.Status})", stop);

    /// <summary>Waits for a condition over some orders; under faults not for long, and not once they are all closed.</summary>
    public Task ExpectAsync(IReadOnlyList<Order> orders, Func<bool> condition, Func<string> what, CancellationToken stop) => underFaults
        ? session.TryWaitUntilAsync(() => condition() || orders.All(order => order.IsClosed), Patience, stop)
        : session.WaitUntilAsync(condition, what, stop);

    /// <summary>
    /// Cancels whatever is open and waits until every order is closed. Under faults a cancel may have been lost, so it is asked for again:
    /// the client sends none for an order whose cancel is under way.
    /// </summary>
    public async Task CloseAllAsync(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            await ReadyAsync(stop).ConfigureAwait(false);
            foreach (var instrument in session.Client.Instruments)
            {
                session.Client.CancelAllOrders(Factory.CancelAll(instrument.Id));
            }

            if (await session.TryWaitUntilAsync(AllClosed, underFaults ? Patience : LongestEnd, stop).ConfigureAwait(false))
            {
                return;
            }
        }
        while (TimeProvider.System.GetElapsedTime(started) < LongestEnd);

        var left = session.Cache.Orders().Where(order => !order.IsClosed).Select(order => $"{order.ClientOrderId} {order.Status}");
        throw new CommandException($"Waited {LongestEnd.TotalSeconds:0} s in vain for every order to close: {string.Join(", ", left)}.");
    }

    private bool AllClosed() => session.Cache.Orders().All(order => order.IsClosed);
}
