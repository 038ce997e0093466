using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <summary>What an engine does with an account whose books and venue could not be brought to agree at the start.</summary>
public enum StartupFailure
{
    /// <summary>The start fails as a whole: every client is disconnected.</summary>
    Halt,

    /// <summary>The account takes no new orders; cancels and everything else go on. Other accounts trade.</summary>
    DisableAccount,

    /// <summary>The account trades all the same: whoever chooses this looks after the differences.</summary>
    Continue,
}

/// <summary>Settings of an <see cref="ExecutionEngine"/>.</summary>
public sealed record ExecutionEngineOptions
{
    /// <summary>Who trades.</summary>
    public required TraderId TraderId { get; init; }

    /// <summary>What a reconciliation may do; null: the defaults.</summary>
    public ReconciliationOptions? Reconciliation { get; init; }

    /// <summary>What becomes of an account that does not agree at the start. Default: it takes no new orders.</summary>
    public StartupFailure OnStartupFailure { get; init; } = StartupFailure.DisableAccount;

    /// <summary>How far back closed orders and trades are asked for at the start; null, the default, is all that the venue keeps.</summary>
    public TimeSpan? Lookback { get; init; }

    /// <summary>How long the reconciliation of one account may take, pauses between rounds included. Default 60 s.</summary>
    public TimeSpan ReconciliationTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the venue is asked in one reconciliation, while the answers still leave something to do or to ask. Default 5; at least 1.</summary>
    public int ReconciliationRounds { get; init; } = 5;

    /// <summary>
    /// How long a difference must last, unchanged, before a fill or an order is made up that explains it: what explains it truly may just be on its
    /// way. Default 5 s.
    /// </summary>
    public TimeSpan ConfirmDifferencesAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often orders are looked at that await an answer of their venue; null: never. Default 2 s.</summary>
    public TimeSpan? InFlightCheckInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an order awaits an answer before its venue is asked for it. Default 5 s; above the longest round trip.</summary>
    public TimeSpan InFlightThreshold { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the venue is asked for an order whose modification or cancellation it does not answer, until that counts as refused. The order
    /// itself is never given up for lack of an answer. Default 5; at least 1.
    /// </summary>
    public int InFlightRetries { get; init; } = 5;

    /// <summary>How often the open orders are compared with the venue's; null: never. Default 30 s.</summary>
    public TimeSpan? OpenOrderCheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often orders, trades and positions are compared with the venue's; null: never. Default 60 s.</summary>
    public TimeSpan? PositionCheckInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the connection of a client's account streams may be silent until books and venue are compared; null: for ever. Default 60 s.</summary>
    public TimeSpan? StreamAgeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most events that wait for the journal; while more do, new orders are denied. Default 100,000.</summary>
    public int JournalLimit { get; init; } = 100_000;

    /// <summary>Most events that wait for a subscriber; one that lets more wait is cut off, with an error. Default 1,000,000.</summary>
    public int SubscriberLimit { get; init; } = 1_000_000;

    /// <summary>
    /// With a journal: how long orders that are over stay in memory; after that the journal alone has them. Default 2 hours; longer than the hour for which
    /// every comparison asks again.
    /// </summary>
    public TimeSpan KeepClosedOrders { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentException">Names the value.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ReconciliationRounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(InFlightRetries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SubscriberLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(JournalLimit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ConfirmDifferencesAfter.Ticks, nameof(ConfirmDifferencesAfter));
        foreach (var (name, value) in new (string, TimeSpan?)[]
        {
            (nameof(ReconciliationTimeout), ReconciliationTimeout),
            (nameof(Lookback), Lookback),
            (nameof(InFlightCheckInterval), InFlightCheckInterval),
            (nameof(InFlightThreshold), InFlightThreshold),
            (nameof(OpenOrderCheckInterval), OpenOrderCheckInterval),
            (nameof(PositionCheckInterval), PositionCheckInterval),
            (nameof(StreamAgeLimit), StreamAgeLimit),
            (nameof(KeepClosedOrders), KeepClosedOrders),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentException($"{name} is {value}: it must be above zero{(name.EndsWith("Interval", StringComparison.Ordinal) ? ", or null for never" : "")}.");
            }
        }

        if (KeepClosedOrders <= ExecutionEngine.LookbackMargin)
        {
            throw new ArgumentException($"{nameof(KeepClosedOrders)} is {KeepClosedOrders}: it must be longer than {ExecutionEngine.LookbackMargin}.");
        }
    }

    internal ReconciliationOptions ReconciliationOrDefault => Reconciliation ?? new ReconciliationOptions { TraderId = TraderId };
}
