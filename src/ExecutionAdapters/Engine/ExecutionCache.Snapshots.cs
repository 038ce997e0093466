using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Our side of a reconciliation.</content>
public sealed partial class ExecutionCache
{
    /// <summary>
    /// One side of a reconciliation: what the books have of the account, and orders of its venue that name no account yet. Live, not
    /// copied: to be read where nothing else applies events.
    /// </summary>
    internal LocalSnapshot Snapshot(AccountId accountId, Venue venue)
    {
        lock (_lock)
        {
            return new LocalSnapshot
            {
                AccountId = accountId,
                Orders = [.. _orders.Values.Where(order => order.AccountId is { } account ? account == accountId : !order.IsClosed && order.InstrumentId.Venue == venue)],
                Positions = [.. _positions.Values.Where(position => position.AccountId == accountId)],
                Instruments = _instruments.ToDictionary(),
            };
        }
    }

    /// <summary>The same of the orders alone that reports may be about.</summary>
    internal LocalSnapshot Snapshot(AccountId accountId, IReadOnlyCollection<(ClientOrderId? ClientOrderId, InstrumentId Instrument, VenueOrderId VenueOrderId)> reported)
    {
        lock (_lock)
        {
            return new LocalSnapshot
            {
                AccountId = accountId,
                Orders =
                [
                    .. reported.SelectMany(key => new[]
                    {
                        _byVenueOrderId.GetValueOrDefault((accountId, key.Instrument, key.VenueOrderId)),
                        key.ClientOrderId is { } id ? _orders.GetValueOrDefault(id) : null,
                        _orders.GetValueOrDefault(ReconciliationIds.ExternalOrder(accountId, key.Instrument, key.VenueOrderId)),
                    }).OfType<Order>().Where(order => order.AccountId is { } account ? account == accountId : !order.IsClosed).Distinct(),
                ],
                Positions = [],
                Instruments = reported.Select(key => key.Instrument).Distinct().Where(_instruments.ContainsKey).ToDictionary(id => id, id => _instruments[id]),
            };
        }
    }
}
