namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Order types (venue documentation).</summary>
public enum LighterOrderType : byte
{
    /// <summary>Limit order.</summary>
    Limit = 0,

    /// <summary>Market order; its price is the worst acceptable one.</summary>
    Market = 1,

    /// <summary>Stop loss that becomes a market order.</summary>
    StopLoss = 2,

    /// <summary>Stop loss that becomes a limit order.</summary>
    StopLossLimit = 3,

    /// <summary>Take profit that becomes a market order.</summary>
    TakeProfit = 4,

    /// <summary>Take profit that becomes a limit order.</summary>
    TakeProfitLimit = 5,

    /// <summary>Time-weighted average price order.</summary>
    Twap = 6,
}

/// <summary>Times in force (venue documentation). There is no fill-or-kill.</summary>
public enum LighterTimeInForce : byte
{
    /// <summary>Fills what it can at once, the rest is cancelled.</summary>
    ImmediateOrCancel = 0,

    /// <summary>Rests until its expiry.</summary>
    GoodTillTime = 1,

    /// <summary>Rests until its expiry and never takes.</summary>
    PostOnly = 2,
}

/// <summary>When a cancel-all takes effect (venue documentation).</summary>
public enum LighterCancelAllTimeInForce : byte
{
    /// <summary>At once.</summary>
    Immediate = 0,

    /// <summary>At the given time, unless rescheduled or aborted: a dead man's switch.</summary>
    Scheduled = 1,

    /// <summary>Removes the schedule.</summary>
    AbortScheduled = 2,
}

/// <summary>How grouped orders depend on each other (venue documentation).</summary>
public enum LighterGroupingType : byte
{
    /// <summary>No grouping: not valid in a transaction.</summary>
    None = 0,

    /// <summary>A parent whose fill activates one child.</summary>
    OneTriggersTheOther = 1,

    /// <summary>Two orders of which a fill cancels the other.</summary>
    OneCancelsTheOther = 2,

    /// <summary>A parent whose fill activates two children that cancel each other.</summary>
    OneTriggersAOneCancelsTheOther = 3,
}
