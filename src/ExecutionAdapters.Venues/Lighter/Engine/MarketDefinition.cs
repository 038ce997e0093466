namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>The fixed facts of a market. One size tick × one price tick is always one micro USDC.</summary>
internal sealed record MarketDefinition
{
    /// <summary>Decimals of a quote amount: every market has size decimals + price decimals = 6.</summary>
    public const int QuoteDecimals = 6;

    /// <summary>The venue's cap on price × size of one order, in micro USDC (2^48 − 1).</summary>
    public const long OrderQuoteLimit = (1L << 48) - 1;

    /// <summary>Taker fee of a premium account with no stake, in parts per million.</summary>
    public const int TakerFee = 280;

    /// <summary>Maker fee of a premium account with no stake, in parts per million.</summary>
    public const int MakerFee = 40;

    public required short Id { get; init; }

    public required string Symbol { get; init; }

    public required bool IsSpot { get; init; }

    public required short BaseAssetId { get; init; }

    public required int SizeDecimals { get; init; }

    public required int PriceDecimals { get; init; }

    public required uint InitialMark { get; init; }

    /// <summary>Smallest order in size ticks.</summary>
    public required long MinimumBase { get; init; }

    /// <summary>Smallest order in micro USDC.</summary>
    public long MinimumQuote { get; init; } = 10 * Amounts.MicroPerUsdc;

    public int DefaultInitialMarginFraction { get; init; } = 500;

    public int MinimumInitialMarginFraction { get; init; } = 200;

    public int MaintenanceMarginFraction { get; init; } = 120;

    public int CloseoutMarginFraction { get; init; } = 80;

    /// <summary>Base-asset units (see <see cref="Asset.Decimals"/>) in one size tick of a spot market.</summary>
    public long BaseUnitsPerTick { get; init; } = 1;
}
