using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>
/// Rules about a new or changed order that depend on the account's orders and money at that moment. A single create is
/// checked at admission; inside a batch, where earlier members change the state, at its turn.
/// </summary>
internal static class AccountRules
{
    public const int MaximumActive = 1_500;
    public const int MaximumActivePerMarket = 1_000;
    public const int MaximumPending = 500;
    public const int MaximumPendingPerMarket = 16;

    public static VenueError? CheckCreate(Account account, Market market, in OrderRequest request)
    {
        if (request.ClientIndex != 0 && account.ActiveByClientIndex.ContainsKey(request.ClientIndex))
        {
            return VenueErrors.ClientOrderIndexExists;
        }

        bool isConditional = request.TriggerPrice != 0;
        return CheckCount(account, market, isConditional)
            ?? (isConditional || request.ReduceOnly ? null : CheckMeans(account, market, request));
    }

    /// <summary>Whether the account can carry the change; reductions always pass.</summary>
    public static VenueError? CheckModify(Order order, long totalBase, uint price)
    {
        long remaining = totalBase - order.FilledBase;
        Market market = order.Market;
        if (market.Definition.IsSpot)
        {
            IntegratorFees integrator = order.Request.Integrator;
            (short asset, long held) = Reservations.SpotHold(
                market, order.Owner, order.IsAsk, order.RemainingBase, order.Price, integrator);
            (_, long needed) = Reservations.SpotHold(market, order.Owner, order.IsAsk, remaining, price, integrator);
            return needed - held > order.Owner.Balance(asset).Available ? VenueErrors.NotEnoughAssetBalance : null;
        }

        long added = (remaining * price) - (order.RemainingBase * order.Price);
        return added <= 0 || order.ReduceOnly || order.Status == OrderStatus.Pending
            ? null
            : CheckMargin(order.Owner, market, order.IsAsk, added, order.Request.Integrator);
    }

    private static VenueError? CheckMeans(Account account, Market market, in OrderRequest request)
    {
        if (market.Definition.IsSpot)
        {
            (short asset, long needed) = Reservations.SpotHold(
                market, account, request.IsAsk, request.BaseAmount, request.Price, request.Integrator);
            return needed > account.Balance(asset).Available ? VenueErrors.NotEnoughAssetBalance : null;
        }

        uint price = request.IsAsk ? Math.Max(request.Price, market.MarkPrice) : request.Price;
        return CheckMargin(account, market, request.IsAsk, request.BaseAmount * price, request.Integrator);
    }

    private static VenueError? CheckMargin(Account account, Market market, bool isAsk, long quote, in IntegratorFees integrator)
    {
        long fee = Amounts.Fee(quote, account.TakerFee + integrator.TakerFee);
        return Margin.CanPlace(account, account.PositionIn(market), isAsk, quote, fee) ? null : VenueErrors.NotEnoughOrderMargin;
    }

    private static VenueError? CheckCount(Account account, Market market, bool isConditional)
    {
        int count = 0;
        int inMarket = 0;
        foreach (Order order in account.ActiveOrders.Values)
        {
            if ((order.Status == OrderStatus.Pending) == isConditional)
            {
                count++;
                inMarket += order.Market == market ? 1 : 0;
            }
        }

        if (isConditional)
        {
            return count >= MaximumPending ? VenueErrors.MaxPendingOrdersPerAccount
                : inMarket >= MaximumPendingPerMarket ? VenueErrors.MaxPendingOrdersPerAccountPerMarket
                : null;
        }

        return count >= MaximumActive ? VenueErrors.MaxOrdersPerAccount
            : inMarket >= MaximumActivePerMarket ? VenueErrors.MaxOrdersPerAccountPerMarket
            : null;
    }
}
