using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>How a <see cref="LighterVenue"/> is to run. The defaults give a live-looking testnet on a free loopback port.</summary>
public sealed record LighterVenueOptions
{
    /// <summary>TCP port on 127.0.0.1, 1 to 65535; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Seed of the synthetic flow and of the test account's key. Same seed, same clock, same inputs: same frames.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>Symbols of the markets to offer: ETH, BTC, SOL (perps) and ETH/USDC (spot); null for all.</summary>
    public IReadOnlyList<string>? Markets { get; init; }

    /// <summary>The venue's clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether a maker and a taker inside the venue give liquidity around a random walk; otherwise books start empty.</summary>
    public bool SyntheticFlow { get; init; } = true;

    /// <summary>Time between two steps of the synthetic flow, and between two looks at what is due. Above zero.</summary>
    public TimeSpan SyntheticInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Whether the venue's documented limits of the <see cref="Tier"/> apply, over a rolling minute: requests, transactions
    /// (UpdateLeverage 40), stream messages 200 per connection, and premium's volume quota. Off by default.
    /// </summary>
    public bool RateLimits { get; init; }

    /// <summary>Receives the venue's log; null (the default) logs nothing.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Chain id that is part of every transaction hash: 300 (testnet, the default) or 304 (mainnet).</summary>
    public int ChainId { get; init; } = 300;

    /// <summary>USDC that the test account has deposited for perps; 0 or more, six decimals.</summary>
    public decimal InitialCollateral { get; init; } = 1_000_000m;

    /// <summary>USDC in the spot wallet of the test account; 0 or more, six decimals.</summary>
    public decimal InitialSpotUsdc { get; init; } = 100_000m;

    /// <summary>ETH in the spot wallet of the test account; 0 or more, eight decimals.</summary>
    public decimal InitialSpotEth { get; init; } = 100m;

    /// <summary>The test account; null (the default) for account 12345 with API key 5 and a key pair that derives from the seed.</summary>
    public LighterTestAccount? TestAccount { get; init; }

    /// <summary>The tier of all accounts: their fees, and their limits when these are switched on. Premium by default.</summary>
    public LighterAccountTier Tier { get; init; } = LighterAccountTier.Premium;

    /// <summary>The nonce that each API key is to use first; 0 to 2^47 − 2. 1 by default.</summary>
    public long InitialNonce { get; init; } = 1;

    /// <summary>
    /// Account indices of integrators that every account has approved from the start, with the highest fee caps
    /// (1,000 parts per million) and for one year. None by default.
    /// </summary>
    public IReadOnlyList<long> ApprovedIntegrators { get; init; } = [];

    /// <summary>
    /// Indices of API keys that are maker-only: they sign post-only orders, modifications of such orders, and cancels, nothing else (venue code
    /// 62007). None by default.
    /// </summary>
    public IReadOnlyList<byte> MakerOnlyApiKeys { get; init; } = [];

    /// <summary>
    /// Price protection, our own number: an order that would buy above or sell below the mark price by more than this
    /// fraction is refused as accidental (21733); so is a stop-loss or take-profit whose price is further than this from its
    /// trigger (21735). 0.2 by default.
    /// </summary>
    public decimal FatFingerFraction { get; init; } = 0.2m;

    /// <summary>
    /// Price protection, our own number: a passive price further than this fraction from the mark is refused (21734).
    /// 0.95 by default.
    /// </summary>
    public decimal MaximumMarkDistance { get; init; } = 0.95m;
}
