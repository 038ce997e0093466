using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <content>Orders that the engine knows from before this client or from reports: from now on they are ours, and tell their story as events.</content>
public sealed partial class LighterExecutionClient
{
    /// <inheritdoc/>
    public void RegisterExternalOrder(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.VenueOrderId is not null && !order.IsClosed && _markets.Find(order.InstrumentId) is { } market)
        {
            var tracked = ToTracked(order, market);
            IReadOnlyList<TradeId> trades = [.. order.TradeIds];
            Post(() => Adopt(tracked, trades));
        }
    }

    /// <summary>
    /// After a restart the engine's books hold orders that this process never submitted. The same client order id gives the same index in
    /// every process, so the venue's rows find them; where the venue's own id is known, that decides.
    /// </summary>
    private void AdoptCachedOrders(MarketTable markets)
    {
        foreach (var market in markets.All)
        {
            foreach (var order in CachedOpenOrders(market.InstrumentId, OrderSide.NoOrderSide))
            {
                AdoptCached(order, market);
            }
        }

        foreach (var order in CachedSubmittedOrders().Where(order => order.AccountId is null || order.AccountId == AccountId))
        {
            if (markets.Find(order.InstrumentId) is { } market)
            {
                AdoptCached(order, market);
            }
        }
    }

    /// <summary>It may have ended while nobody listened: it is asked for before the session is live.</summary>
    private void AdoptCached(Order order, LighterMarket market)
    {
        var tracked = ToTracked(order, market);
        if (Adopt(tracked, order.TradeIds))
        {
            _adopted.Add(tracked);
        }
    }

    private bool Adopt(TrackedOrder order, IEnumerable<TradeId> trades)
    {
        if (_orders.Find(order.Key.ClientOrderId) is null)
        {
            order.ClientOrderIndex = _orders.AllocateClientOrderIndex(order.Key.ClientOrderId);
            _orders.Add(order);
            _streams.MarkTold(order.Key.InstrumentId, trades);
            return true;
        }

        return false;
    }

    private static TrackedOrder ToTracked(Order order, LighterMarket market) => new()
    {
        Key = new Clients.OrderKey(order.ClientOrderId, order.InstrumentId, order.StrategyId),
        Side = order.Side,
        OrderType = order.OrderType,
        MarketIndex = market.Index,
        ClientOrderIndex = 0,
        Quantity = order.Quantity,
        Price = order.Price,
        TriggerPrice = order.TriggerPrice,
        VenueOrderIndex = order.VenueOrderId is { } id && TryParseIndex(id, out var index) ? index : 0,
        Filled = order.FilledQty.Value,
        IsAccepted = order.Lifecycle >= OrderLifecycle.Accepted,
        IsTriggered = order.Lifecycle == OrderLifecycle.Triggered,
        ToldAtMs = order.TsLast.ToMilliseconds(),
    };

    private IReadOnlyList<Order> CachedSubmittedOrders()
    {
        try
        {
            return _cache?.OrdersSubmitted() ?? [];
        }
        catch (Exception exception)
        {
            Log.CacheFailed(_logger, exception);
            return [];
        }
    }
}
