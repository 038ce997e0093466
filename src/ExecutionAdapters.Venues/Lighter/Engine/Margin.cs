namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Figures of an account or of its cross part, in micro USDC.</summary>
internal readonly record struct MarginFigures(long Collateral, long Value, long Notional, long InitialRequirement, long MaintenanceRequirement);

/// <summary>
/// Margin of an account's perp positions, in micro USDC. Spot balances do not count. Cross positions share the collateral that
/// is not allocated; an isolated position stands on its allocated margin alone, but orders in its market need cross
/// collateral, since a fill takes its margin from there. A market's initial margin is its fraction of the largest exposure
/// the resting orders could bring: the position at mark, the position plus all bids at their prices, or minus all asks.
/// </summary>
internal static class Margin
{
    /// <summary>Cross positions, and the orders in isolated markets.</summary>
    public static MarginFigures Cross(Account account) => Figures(account, crossOnly: true);

    /// <summary>All positions and orders.</summary>
    public static MarginFigures Total(Account account) => Figures(account, crossOnly: false);

    /// <summary>What may be used for new orders or be allocated; never negative.</summary>
    public static long Available(Account account)
    {
        MarginFigures cross = Cross(account);
        return Math.Max(0, cross.Value - cross.InitialRequirement);
    }

    /// <summary>
    /// Whether the account can afford an order of this quote amount besides everything it has, taker fee included.
    /// An order that does not raise the requirement (it reduces a position) is always affordable.
    /// </summary>
    public static bool CanPlace(Account account, Position position, bool isAsk, long quote, long fee)
    {
        long before = InitialRequirement(position, 0, 0);
        long after = InitialRequirement(position, isAsk ? 0 : quote, isAsk ? quote : 0);
        MarginFigures cross = Cross(account);
        return after <= before || cross.Value - cross.InitialRequirement - (after - before) - fee >= 0;
    }

    /// <summary>Whether the account's positions (its other orders left aside) still have their initial margin after this fill.</summary>
    public static bool CanFill(Account account, Position position, bool isAsk, long size, uint price, long fee)
    {
        long direction = isAsk ? -1 : 1;
        long sizeAfter = position.Size + (direction * size);
        if (Math.Abs(sizeAfter) <= Math.Abs(position.Size))
        {
            return true;
        }

        long mark = position.Market.MarkPrice;
        long value = Cross(account).Value - fee;
        long requirement = 0;
        if (position.IsIsolated)
        {
            (long realized, long allocatedAfter) = position.Preview(isAsk, size, price);
            value += realized + position.AllocatedMargin - allocatedAfter;
        }
        else
        {
            value += direction * size * (mark - price);
            requirement = Amounts.MarginRequirement(Math.Abs(sizeAfter) * mark, position.InitialMarginFraction);
        }

        foreach (Position other in account.Positions.Values)
        {
            requirement += other == position || other.IsIsolated ? 0 : PositionRequirement(other);
        }

        return value >= requirement;
    }

    /// <summary>Whether an isolated position has its initial margin when this much is taken off what is allocated to it.</summary>
    public static bool HasIsolatedMargin(Position position, long removed) =>
        removed <= position.AllocatedMargin
        && position.AllocatedMargin - removed + position.UnrealizedPnl >= PositionRequirement(position);

    /// <summary>The mark price in ticks at which the position's margin falls to maintenance by this position alone; 0 for none.</summary>
    public static decimal LiquidationPrice(Account account, Position position)
    {
        if (position.Size == 0)
        {
            return 0;
        }

        int fraction = position.Market.Definition.MaintenanceMarginFraction;
        long valueWithoutPosition = position.AllocatedMargin - position.EntryQuote;
        if (!position.IsIsolated)
        {
            MarginFigures cross = Cross(account);
            long otherMaintenance = cross.MaintenanceRequirement - Amounts.MarginRequirement(position.Value, fraction);
            valueWithoutPosition = cross.Value - (position.Size * position.Market.MarkPrice) - otherMaintenance;
        }

        decimal slope = ((decimal)Math.Abs(position.Size) * fraction / Amounts.MarginUnit) - position.Size;
        return Math.Max(0, valueWithoutPosition / slope);
    }

    private static MarginFigures Figures(Account account, bool crossOnly)
    {
        long collateral = account.Collateral;
        long unrealized = 0;
        long notional = 0;
        long initial = 0;
        long maintenance = 0;
        foreach (Position position in account.Positions.Values)
        {
            initial += InitialRequirement(position, 0, 0);
            if (crossOnly && position.IsIsolated)
            {
                initial -= PositionRequirement(position);
                collateral -= position.AllocatedMargin;
                continue;
            }

            unrealized += position.UnrealizedPnl;
            notional += position.Value;
            maintenance += Amounts.MarginRequirement(position.Value, position.Market.Definition.MaintenanceMarginFraction);
        }

        return new MarginFigures(collateral, collateral + unrealized, notional, initial, maintenance);
    }

    private static long PositionRequirement(Position position) =>
        Amounts.MarginRequirement(position.Value, position.InitialMarginFraction);

    private static long InitialRequirement(Position position, long addedBidQuote, long addedAskQuote)
    {
        long signedValue = position.Size * position.Market.MarkPrice;
        long exposure = Math.Max(
            Math.Abs(signedValue),
            Math.Max(signedValue + position.ReservedBidQuote + addedBidQuote, position.ReservedAskQuote + addedAskQuote - signedValue));
        return Amounts.MarginRequirement(exposure, position.InitialMarginFraction);
    }
}
