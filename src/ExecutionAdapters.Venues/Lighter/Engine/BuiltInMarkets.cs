namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>An asset of the venue: balances are integers of 10^-Decimals.</summary>
internal sealed record Asset(short Id, string Symbol, int Decimals)
{
    public const short EthId = 1;
    public const short UsdcId = 3;

    public static Asset Eth { get; } = new(EthId, "ETH", 8);

    public static Asset Usdc { get; } = new(UsdcId, "USDC", 6);

    public static IReadOnlyList<Asset> All { get; } = [Eth, Usdc];
}

/// <summary>The markets this venue offers; ids and decimals as on the venue's testnet, margins and minimums our own.</summary>
internal static class BuiltInMarkets
{
    public static IReadOnlyList<MarketDefinition> All { get; } =
    [
        new()
        {
            Id = 0, Symbol = "ETH", IsSpot = false, BaseAssetId = 0, SizeDecimals = 4, PriceDecimals = 2,
            InitialMark = 236_130, MinimumBase = 50,
        },
        new()
        {
            Id = 1, Symbol = "BTC", IsSpot = false, BaseAssetId = 0, SizeDecimals = 5, PriceDecimals = 1,
            InitialMark = 876_420, MinimumBase = 20,
        },
        new()
        {
            Id = 2, Symbol = "SOL", IsSpot = false, BaseAssetId = 0, SizeDecimals = 3, PriceDecimals = 3,
            InitialMark = 142_150, MinimumBase = 50, DefaultInitialMarginFraction = 1_000,
            MinimumInitialMarginFraction = 400, MaintenanceMarginFraction = 240, CloseoutMarginFraction = 160,
        },
        new()
        {
            Id = 2048, Symbol = "ETH/USDC", IsSpot = true, BaseAssetId = Asset.EthId, SizeDecimals = 4, PriceDecimals = 2,
            InitialMark = 236_140, MinimumBase = 50, BaseUnitsPerTick = 10_000,
        },
    ];

    /// <summary>The built-in markets with the given symbols, in the venue's order; all of them for null.</summary>
    public static IReadOnlyList<MarketDefinition> Select(IReadOnlyList<string>? symbols)
    {
        if (symbols is null)
        {
            return All;
        }

        foreach (string symbol in symbols)
        {
            if (!All.Any(market => market.Symbol == symbol))
            {
                string known = string.Join(", ", All.Select(market => market.Symbol));
                throw new ArgumentException($"Unknown market '{symbol}'. Known markets: {known}.");
            }
        }

        return [.. All.Where(market => symbols.Contains(market.Symbol))];
    }
}
