namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Changes leverage and margin mode of a market, and moves collateral to and from isolated positions.</summary>
internal sealed class MarginDesk(ExchangeState state)
{
    /// <summary>The mode may change while the account has neither a position nor an order in the market.</summary>
    public ExecutionReport SetLeverage(Account account, Market market, int initialMarginFraction, bool isIsolated)
    {
        Position position = account.PositionIn(market);
        bool isActive = position.Size != 0 || account.ActiveOrders.Values.Any(order => order.Market == market);
        if (isIsolated != position.IsIsolated && isActive)
        {
            return ExecutionReport.Failed(market, VenueErrors.MarginModeChangeOnActivePosition);
        }

        int before = position.InitialMarginFraction;
        position.InitialMarginFraction = initialMarginFraction;
        if (initialMarginFraction > before && !HasMargin(account, position))
        {
            position.InitialMarginFraction = before;
            return ExecutionReport.Failed(market, VenueErrors.AccountBelowInitialMargin);
        }

        position.IsIsolated = isIsolated;
        return Changed(account, market);
    }

    /// <summary>Allocates collateral to an isolated position, or takes it back for a negative amount.</summary>
    public ExecutionReport MoveMargin(Account account, Market market, long amount)
    {
        Position position = account.PositionIn(market);
        if (position.Size == 0)
        {
            return ExecutionReport.Failed(market, VenueErrors.NoPositionFound);
        }

        if (!position.IsIsolated)
        {
            return ExecutionReport.Failed(market, VenueErrors.InvalidMarginMode.With("the position is cross-margined"));
        }

        bool isCovered = amount > 0 ? amount <= Margin.Available(account) : Margin.HasIsolatedMargin(position, -amount);
        if (!isCovered)
        {
            return ExecutionReport.Failed(market, VenueErrors.AccountBelowInitialMargin);
        }

        position.AllocatedMargin += amount;
        return Changed(account, market);
    }

    private static bool HasMargin(Account account, Position position)
    {
        MarginFigures cross = Margin.Cross(account);
        return cross.Value >= cross.InitialRequirement && (!position.IsIsolated || Margin.HasIsolatedMargin(position, 0));
    }

    private ExecutionReport Changed(Account account, Market market)
    {
        state.Changes.Positions.Add(account.Index);
        state.Changes.Statistics.Add(account.Index);
        return new ExecutionReport { Market = market };
    }
}
