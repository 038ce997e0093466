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
        long realized = 0;
        long closing = Math.Min(size, Closable(isAsk));
        if (closing > 0)
        {
            long releasedEntry = Amounts.Share(EntryQuote, closing, Math.Abs(Size));
            realized = (Math.Sign(Size) * closing * price) - releasedEntry;
            EntryQuote -= releasedEntry;
            RealizedPnl += realized;
        }

        long opening = size - closing;
        long direction = isAsk ? -1 : 1;
        Size += direction * size;
        EntryQuote += direction * opening * price;
        return realized;
    }
}
