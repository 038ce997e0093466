using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>How a <see cref="TektiiVenue"/> is to run. The defaults give a paper broker with moving quotes on a free loopback port.</summary>
public sealed record TektiiVenueOptions
{
    private static readonly TektiiInstrument[] DefaultInstruments =
    [
        new("S:AAPL", 187.00m),
        new("C:BTCUSD", 64_000m, lotSize: 0.001m),
        new("F:EURUSD", 1.0850m, 0.00001m, 1_000m),
    ];

    /// <summary>TCP port on 127.0.0.1, 1 to 65535; 0 (the default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>When set, every request to /v1 and /api/v1 and every stream must carry it; null (the default) asks for no key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// The server-side filter of stream frames: a JSON array as the gateway's SUBSCRIPTIONS, or a comma list
    /// <c>S:AAPL:candle,S:AAPL:quote</c> as the engine's; null (the default) lets everything through.
    /// </summary>
    public string? Subscriptions { get; init; }

    /// <summary>What the venue trades; three instruments by default.</summary>
    public IReadOnlyList<TektiiInstrument> Instruments { get; init; } = DefaultInstruments;

    /// <summary>Netting by default.</summary>
    public TektiiPositionMode PositionMode { get; init; }

    /// <summary>USD, above zero.</summary>
    public decimal InitialBalance { get; init; } = 100_000m;

    /// <summary>Of each fill's value, 0 or more and below 1; 0 by default.</summary>
    public decimal CommissionRate { get; init; }

    /// <summary>Position value that one USD of margin carries, 1 or more; 10 by default.</summary>
    public decimal Leverage { get; init; } = 10m;

    /// <summary>
    /// The share of an order that one match fills, rounded up to a lot, above 0 and at most 1; the rest waits for the next quote.
    /// 1 by default.
    /// </summary>
    public decimal PartialFillRatio { get; init; } = 1m;

    /// <summary>Order types that are taken (others: 501); all by default, in a backtest all but trailing stops.</summary>
    public IReadOnlyList<TektiiOrderType> OrderTypes
    {
        get => field ?? (IsBacktest ? BacktestTypes : Enum.GetValues<TektiiOrderType>());
        init;
    }

    /// <summary>Times in force that are taken (others: 501); all by default, in a backtest GTC and IOC.</summary>
    public IReadOnlyList<TektiiTimeInForce> TimesInForce
    {
        get => field ?? (IsBacktest ? BacktestTimes : Enum.GetValues<TektiiTimeInForce>());
        init;
    }

    /// <summary>Words of <see cref="TektiiFeatures"/>; orders that ask for others are refused with 501. All by default, or what backtests have.</summary>
    public IReadOnlyList<string> Features
    {
        get => field ?? (IsBacktest ? TektiiFeatures.OfBacktests : TektiiFeatures.All);
        init;
    }

    /// <summary>
    /// Whether a modification cancels the order and places another for what is left (a new id; not atomic); null (the default)
    /// does so in backtests only.
    /// </summary>
    public bool? ReplaceOnModify { get; init; }

    /// <summary>
    /// Whether a limit order that comes and that the quote leaves something of trades with the account's own resting limit orders at
    /// their price: one trade, with one id, told for both orders. Post-only and reduce-only orders do not. Off by default.
    /// </summary>
    public bool SelfTrades { get; init; }

    /// <summary>What happens with a client order id that was used before; taken like any other by default.</summary>
    public TektiiDuplicateIds DuplicateClientOrderIds { get; init; }

    /// <summary>Whether quotes move by themselves, by a seeded random walk; otherwise only what is pushed. Not in backtests.</summary>
    public bool SyntheticFlow { get; init; } = true;

    /// <summary>Time between two quotes of the synthetic flow, above zero; 100 ms by default.</summary>
    public TimeSpan SyntheticInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Seed of the synthetic flow.</summary>
    public ulong Seed { get; init; } = 7;

    /// <summary>What to replay; null (the default) is a paper broker in wall-clock time.</summary>
    public TektiiBacktestOptions? Backtest { get; init; }

    /// <summary>Frames that may wait for a slow reader before it is dropped, 1 or more; 1,024 as the gateway has it.</summary>
    public int SlowReaderFrames { get; init; } = 1_024;

    /// <summary>Between the DISCONNECTING frame of a shutdown and the close; 500 ms by default.</summary>
    public TimeSpan ShutdownDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The wall clock; the system's by default. Backtests use it for the ack window only.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives the venue's log; null (the default) logs nothing.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    internal bool IsBacktest => Backtest is not null;

    internal bool ReplacesOnModify => ReplaceOnModify ?? IsBacktest;

    internal string ProviderName => IsBacktest ? "tektii" : "mock";

    private static TektiiOrderType[] BacktestTypes { get; } =
        [TektiiOrderType.Market, TektiiOrderType.Limit, TektiiOrderType.Stop, TektiiOrderType.StopLimit];

    private static TektiiTimeInForce[] BacktestTimes { get; } = [TektiiTimeInForce.Gtc, TektiiTimeInForce.Ioc];

    /// <exception cref="ArgumentException">An option is out of range; the text names it.</exception>
    internal void Validate()
    {
        string? fault =
            Port is < 0 or > 65_535 ? $"Port {Port} is not 0 to 65535"
            : Instruments.Count == 0 || Instruments.DistinctBy(instrument => instrument.Symbol).Count() < Instruments.Count
                ? "Instruments must have at least one symbol, each once"
            : InitialBalance <= 0 ? $"InitialBalance {InitialBalance} is not above zero"
            : CommissionRate is < 0 or >= 1 ? $"CommissionRate {CommissionRate} is not 0 or more and below 1"
            : Leverage < 1 ? $"Leverage {Leverage} is not 1 or more"
            : PartialFillRatio is <= 0 or > 1 ? $"PartialFillRatio {PartialFillRatio} is not above 0 and at most 1"
            : SyntheticInterval <= TimeSpan.Zero ? $"SyntheticInterval {SyntheticInterval} is not above zero"
            : SlowReaderFrames < 1 ? $"SlowReaderFrames {SlowReaderFrames} is not 1 or more"
            : ApiKey is "" ? "ApiKey is empty"
            : Backtest?.Fault;
        if (fault is not null)
        {
            throw new ArgumentException(fault + ".");
        }
    }
}
