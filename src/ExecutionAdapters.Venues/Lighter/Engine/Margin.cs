namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// Cross margin over all perp positions of an account, in micro USDC. Spot balances do not count.
/// A market's initial margin is its fraction of the largest exposure the resting orders could bring:
/// the position at mark, the position plus all bids at their prices, or minus all asks.
/// </summary>
internal static class Margin
{
    public static long AccountValue(Account account)
    {
        long value = account.Collateral;
        foreach (Position position in account.Positions.Values)
        {
            value += position.UnrealizedPnl;
        }

        return value;
    }

    public static long InitialRequirement(Account account)
    {
        long requirement = 0;
        foreach (Position position in account.Positions.Values)
        {
            requirement += InitialRequirement(position, 0, 0);
        }

        return requirement;
    }

    public static long MaintenanceRequirement(Account account)
    {
        long requirement = 0;
        foreach (Position position in account.Positions.Values)
        {
            requirement += Amounts.MarginRequirement(position.Value, position.Market.Definition.MaintenanceMarginFraction);
        }

        return requirement;
    }

    public static long PositionNotional(Account account)
    {
        long notional = 0;
        foreach (Position position in account.Positions.Values)
        {
            notional += position.Value;
        }

        return notional;
    }

    /// <summary>What may be used for new orders; never negative.</summary>
    public static long Available(Account account) => Math.Max(0, AccountValue(account) - InitialRequirement(account));

    /// <summary>
    /// Whether the account can afford an order of this quote amount besides everything it has, taker fee included.
    /// An order that does not raise the requirement (it reduces a position) is always affordable.
    /// </summary>
    public static bool CanPlace(Account account, Position position, bool isAsk, long quote, long fee)
    {
        long before = InitialRequirement(position, 0, 0);
        long after = InitialRequirement(position, isAsk ? 0 : quote, isAsk ? quote : 0);
        return after <= before || AccountValue(account) - InitialRequirement(account) - (after - before) - fee >= 0;
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
        long value = AccountValue(account) + (direction * size * (mark - price)) - fee;
        long requirement = Amounts.MarginRequirement(Math.Abs(sizeAfter) * mark, position.InitialMarginFraction);
        foreach (Position other in account.Positions.Values)
        {
            requirement += other == position ? 0 : Amounts.MarginRequirement(other.Value, other.InitialMarginFraction);
        }

        return value >= requirement;
    }

    /// <summary>The mark price in ticks at which the account falls to its maintenance margin by this position alone; 0 for none.</summary>
    public static decimal LiquidationPrice(Account account, Position position)
    {
        if (position.Size == 0)
        {
            return 0;
        }

        int fraction = position.Market.Definition.MaintenanceMarginFraction;
        long otherMaintenance = MaintenanceRequirement(account) - Amounts.MarginRequirement(position.Value, fraction);
        long valueWithoutPosition = AccountValue(account) - (position.Size * position.Market.MarkPrice);
        decimal slope = ((decimal)Math.Abs(position.Size) * fraction / Amounts.MarginUnit) - position.Size;
        return Math.Max(0, (valueWithoutPosition - otherMaintenance) / slope);
    }

    private static long InitialRequirement(Position position, long addedBidQuote, long addedAskQuote)
    {
        long signedValue = position.Size * position.Market.MarkPrice;
        long exposure = Math.Max(
            Math.Abs(signedValue),
            Math.Max(signedValue + position.ReservedBidQuote + addedBidQuote, position.ReservedAskQuote + addedAskQuote - signedValue));
        return Amounts.MarginRequirement(exposure, position.InitialMarginFraction);
    }
}
