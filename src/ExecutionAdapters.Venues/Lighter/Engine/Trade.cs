namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>One owner's side of a trade, with what the account looked like before it.</summary>
internal sealed record TradeSide
{
    public required long AccountIndex { get; init; }

    public required long OrderIndex { get; init; }

    public required long ClientIndex { get; init; }

    /// <summary>Parts per million of the quote amount.</summary>
    public required int FeeRate { get; init; }

    public required int IntegratorFeeRate { get; init; }

    public required long IntegratorIndex { get; init; }

    /// <summary>What the account paid, in micro USDC, integrator part included.</summary>
    public long FeePaid { get; init; }

    public long SizeBefore { get; init; }

    public long EntryQuoteBefore { get; init; }

    public int InitialMarginFractionBefore { get; init; }

    public long AllocatedMarginBefore { get; init; }

    public long AllocatedMarginAfter { get; init; }

    public bool SignChanged { get; init; }

    public long RealizedPnl { get; init; }
}

/// <summary>A match between two orders.</summary>
internal sealed record Trade
{
    public required long Id { get; init; }

    public required Market Market { get; init; }

    public required long Size { get; init; }

    public required uint Price { get; init; }

    public required bool IsMakerAsk { get; init; }

    public required TradeSide Ask { get; init; }

    public required TradeSide Bid { get; init; }

    public required string TransactionHash { get; init; }

    public required long TimeUs { get; init; }

    public required long BlockHeight { get; init; }

    /// <summary>Micro USDC.</summary>
    public long Quote => Size * Price;

    public TradeSide Maker => IsMakerAsk ? Ask : Bid;

    public TradeSide Taker => IsMakerAsk ? Bid : Ask;
}
