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

    /// <summary>How long the reconciliation of one account may take. Default 30 s.</summary>
    public TimeSpan ReconciliationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the venue is asked in one reconciliation, while the answers still leave something to do or to ask. Default 3.</summary>
    public int ReconciliationRounds { get; init; } = 3;

    /// <summary>Most events that wait for a subscriber; one that lets more wait is cut off, with an error. Default 1,000,000.</summary>
    public int SubscriberLimit { get; init; } = 1_000_000;

    internal ReconciliationOptions ReconciliationOrDefault => Reconciliation ?? new ReconciliationOptions { TraderId = TraderId };
}
