using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>
/// What a client may ask its engine for. An engine of one's own implements it over its own books;
/// <see cref="Engine.ExecutionCache"/> is the one for those who have none. Called while the client works, on any thread, also on one that is inside a
/// command method: answer quickly, from memory, and without a lock that somebody holds who calls a
/// command, unless that lock may be taken twice.
/// </summary>
public interface IExecutionCacheView
{
    /// <summary>The order, or null when the engine does not know it.</summary>
    Order? Order(ClientOrderId clientOrderId);

    /// <summary>Open orders of the instrument; <see cref="OrderSide.NoOrderSide"/> means both sides.</summary>
    IReadOnlyList<Order> OrdersOpen(InstrumentId instrumentId, OrderSide side);

    /// <summary>Orders that were submitted and have not been accepted, of all instruments.</summary>
    IReadOnlyList<Order> OrdersSubmitted();

    /// <summary>The latest quote, or null. Venues without true market orders price them from it.</summary>
    QuoteTick? Quote(InstrumentId instrumentId);
}
