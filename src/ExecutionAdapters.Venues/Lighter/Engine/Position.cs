namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// A netting perp position. Entry is kept as the exact signed quote paid (micro USDC), not as an average price, so that
/// cash plus position value adds up to the last micro USDC over any number of trades.
/// </summary>
internal sealed class Position(Market market)
{
    public Market Market { get; } = market;

    /// <summary>Signed size ticks: positive long, negative short.</summary>
    public long Size { get; private set; }

    /// <summary>Signed micro USDC: positive long, negative short.</summary>
    public long EntryQuote { get; private set; }

    public long RealizedPnl { get; private set; }

    public int InitialMarginFraction { get; set; } = market.Definition.DefaultInitialMarginFraction;

    /// <summary>Whether the position has margin of its own instead of sharing the account's.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>An isolated position's own margin, a part of the account's collateral in micro USDC; 0 when flat or cross.</summary>
    public long AllocatedMargin { get; set; }

    /// <summary>Quote of the resting bids that are not reduce-only, in micro USDC.</summary>
    public long ReservedBidQuote { get; set; }

    /// <summary>Quote of the resting asks that are not reduce-only, in micro USDC.</summary>
    public long ReservedAskQuote { get; set; }

    public int RestingReduceOnlyCount { get; set; }

    public long Value => Math.Abs(Size) * Market.MarkPrice;

    public long UnrealizedPnl => (Size * Market.MarkPrice) - EntryQuote;

    /// <summary>How much an order on this side may take off the position, in size ticks.</summary>
    public long Closable(bool isAsk) => Math.Max(0, isAsk ? Size : -Size);

    /// <summary>Applies a fill and returns the profit or loss it realised, in micro USDC.</summary>
    public long Apply(bool isAsk, long size, uint price)
    {
        (long realized, long allocatedAfter) = Preview(isAsk, size, price);
        long closing = Math.Min(size, Closable(isAsk));
        long opening = size - closing;
        long direction = isAsk ? -1 : 1;
        EntryQuote += (direction * opening * price) - ReleasedEntry(closing);
        RealizedPnl += realized;
        Size += direction * size;
        AllocatedMargin = allocatedAfter;
        return realized;
    }

    /// <summary>
    /// What a fill would realise, and the margin allocated after it: what is closed gives its share back, what is opened
    /// takes its initial margin at the fill's price. A position that is closed has none left.
    /// </summary>
    public (long Realized, long AllocatedAfter) Preview(bool isAsk, long size, uint price)
    {
        long closing = Math.Min(size, Closable(isAsk));
        long realized = (Math.Sign(Size) * closing * price) - ReleasedEntry(closing);
        if (!IsIsolated)
        {
            return (realized, 0);
        }

        long released = closing == 0 ? 0 : Amounts.Share(AllocatedMargin, closing, Math.Abs(Size));
        long added = Amounts.MarginRequirement((size - closing) * price, InitialMarginFraction);
        return (realized, AllocatedMargin - released + added);
    }

    private long ReleasedEntry(long closing) => closing == 0 ? 0 : Amounts.Share(EntryQuote, closing, Math.Abs(Size));
}
