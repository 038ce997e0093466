namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The venue's numeric limits (venue's Go SDK and documentation). All ranges are inclusive.</summary>
public static class LighterLimits
{
    /// <summary>Least account index: -1.</summary>
    public const long MinimumAccountIndex = -1;

    /// <summary>Largest account index: 2^48 - 2.</summary>
    public const long MaximumAccountIndex = (1L << 48) - 2;

    /// <summary>Largest index of a master account: 2^47 - 1. Sub-accounts and pools come after it.</summary>
    public const long MaximumMasterAccountIndex = (1L << 47) - 1;

    /// <summary>Largest index of an API key: 254.</summary>
    public const byte MaximumApiKeyIndex = 254;

    /// <summary>All API keys, in a cancel-all only: 255.</summary>
    public const byte NilApiKeyIndex = 255;

    /// <summary>Largest transaction expiry and approval expiry, Unix milliseconds: 2^48 - 1.</summary>
    public const long MaximumTimestamp = (1L << 48) - 1;

    /// <summary>Largest index of a perpetual market: 254.</summary>
    public const short MaximumPerpMarketIndex = 254;

    /// <summary>No market, or all: 255.</summary>
    public const short NilMarketIndex = 255;

    /// <summary>Least index of a spot market: 2048.</summary>
    public const short MinimumSpotMarketIndex = 2048;

    /// <summary>Largest index of a spot market: 4094.</summary>
    public const short MaximumSpotMarketIndex = 4094;

    /// <summary>
    /// Largest client order index: 2^48 - 1. The venue has been seen to refuse 2^31 and above with code 21727; who wants to be
    /// safe stays below.
    /// </summary>
    public const long MaximumClientOrderIndex = (1L << 48) - 1;

    /// <summary>Least index the venue gives to an order: 2^48. Below it an order index is a client order index.</summary>
    public const long MinimumVenueOrderIndex = 1L << 48;

    /// <summary>Largest index the venue gives to an order: 2^60 - 1.</summary>
    public const long MaximumVenueOrderIndex = (1L << 60) - 1;

    /// <summary>Largest base amount: 2^48 - 1 ticks.</summary>
    public const long MaximumBaseAmount = (1L << 48) - 1;

    /// <summary>Largest price and trigger price: 2^32 - 1 ticks.</summary>
    public const uint MaximumPrice = uint.MaxValue;

    /// <summary>Largest amount of an asset, of shares, and transfer fee: 2^60 - 1 base units.</summary>
    public const long MaximumAmount = (1L << 60) - 1;

    /// <summary>Largest index of an asset: 62. The least is 1.</summary>
    public const short MaximumAssetIndex = 62;

    /// <summary>The whole: 1,000,000 of 1e-6, for fees.</summary>
    public const int MaximumFee = 1_000_000;

    /// <summary>The whole: 10,000 of 1e-4, for margin fractions and share rates.</summary>
    public const ushort MaximumFraction = 10_000;

    /// <summary>Largest initial shares of a pool: 10^12, of 0.001 USDC each.</summary>
    public const long MaximumInitialShares = 1_000_000_000_000;

    /// <summary>Most orders of a group: 3.</summary>
    public const int MaximumGroupSize = 3;
}
