using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>What a backtest replays, and how it waits for acknowledgements.</summary>
public sealed record TektiiBacktestOptions
{
    /// <summary>The symbol of the candles; the venue trades nothing else then. Its tick and lot size come from the venue's instruments.</summary>
    public required string Symbol { get; init; }

    /// <summary>At least one, in ascending order; their smallest distance is their time frame. See <see cref="TektiiCandleFile"/>.</summary>
    public required IReadOnlyList<TektiiCandle> Candles { get; init; }

    /// <summary>How long the engine waits for what it has sent, by the wall clock; above zero, 5 s by default.</summary>
    public TimeSpan AckWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many windows missed one after the other halt the run, 1 or more; 3 by default.</summary>
    public int HaltAfterMisses { get; init; } = 3;

    /// <summary>
    /// How many candles may be out with events that are not acknowledged, 1 or more. 1 (the default) is strict: no next candle
    /// before everything is acknowledged.
    /// </summary>
    public int CandlesInFlight { get; init; } = 1;

    /// <summary>How long the last event, backtest_complete, is waited for before the stream closes; 1 s by default.</summary>
    public TimeSpan FlushWindow { get; init; } = TimeSpan.FromSeconds(1);

    internal string? Fault =>
        Candles.Count == 0 ? "Backtest.Candles is empty"
        : Timeframe.Of(Candles) is null ? $"Backtest.Candles have a distance that is none of {Timeframe.Names}"
        : AckWindow <= TimeSpan.Zero ? $"Backtest.AckWindow {AckWindow} is not above zero"
        : FlushWindow <= TimeSpan.Zero ? $"Backtest.FlushWindow {FlushWindow} is not above zero"
        : HaltAfterMisses < 1 ? $"Backtest.HaltAfterMisses {HaltAfterMisses} is not 1 or more"
        : CandlesInFlight < 1 ? $"Backtest.CandlesInFlight {CandlesInFlight} is not 1 or more"
        : null;
}

/// <summary>Where a backtest stands.</summary>
public enum TektiiBacktestState
{
    /// <summary>No strategy has attached yet.</summary>
    Waiting,

    /// <summary>Candles go out.</summary>
    Running,

    /// <summary>All candles are acknowledged; backtest_complete is out.</summary>
    Completing,

    /// <summary>It ended with its last candle.</summary>
    Completed,

    /// <summary>Too many ack windows were missed.</summary>
    Halted,

    /// <summary>The strategy went away before the end.</summary>
    Detached,
}

/// <summary>How far a backtest has come.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="CandlesSent">Candles replayed so far.</param>
/// <param name="Time">The simulated time.</param>
/// <param name="UnacknowledgedEvents">Events that are waited for.</param>
/// <param name="MissedWindows">Ack windows missed, all in all.</param>
public sealed record TektiiBacktestProgress(TektiiBacktestState State, int CandlesSent, DateTimeOffset Time, int UnacknowledgedEvents, int MissedWindows);
