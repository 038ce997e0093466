namespace ExecutionAdapters.Model;

/// <summary>What stands behind a currency.</summary>
public enum CurrencyType
{
    /// <summary>A crypto asset.</summary>
    Crypto = 1,

    /// <summary>A state's money.</summary>
    Fiat = 2,

    /// <summary>A commodity such as gold.</summary>
    CommodityBacked = 3,
}

/// <summary>What the underlying is.</summary>
public enum AssetClass
{
    /// <summary>Currencies.</summary>
    FX = 1,

    /// <summary>Shares.</summary>
    Equity = 2,

    /// <summary>Commodities.</summary>
    Commodity = 3,

    /// <summary>Debt.</summary>
    Debt = 4,

    /// <summary>Indices.</summary>
    Index = 5,

    /// <summary>Crypto assets.</summary>
    Cryptocurrency = 6,

    /// <summary>Anything else.</summary>
    Alternative = 7,
}

/// <summary>What the contract is.</summary>
public enum InstrumentClass
{
    /// <summary>The asset itself.</summary>
    Spot = 1,

    /// <summary>A swap, perpetual futures among them.</summary>
    Swap = 2,

    /// <summary>A dated future.</summary>
    Future = 3,

    /// <summary>A spread of futures.</summary>
    FutureSpread = 4,

    /// <summary>A forward.</summary>
    Forward = 5,

    /// <summary>A contract for difference.</summary>
    Cfd = 6,

    /// <summary>A bond.</summary>
    Bond = 7,

    /// <summary>An option.</summary>
    Option = 8,

    /// <summary>A spread of options.</summary>
    OptionSpread = 9,

    /// <summary>A warrant.</summary>
    Warrant = 10,

    /// <summary>A bet.</summary>
    SportsBetting = 11,

    /// <summary>A binary option.</summary>
    BinaryOption = 12,
}
