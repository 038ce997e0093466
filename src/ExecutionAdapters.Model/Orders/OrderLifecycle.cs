namespace ExecutionAdapters.Model;

/// <summary>
/// How far an order got in its life, whatever requests and fills there were meanwhile. The last five are closed, and a closed order never
/// leaves its lifecycle: terminal is terminal.
/// </summary>
public enum OrderLifecycle
{
    /// <summary>Created.</summary>
    Initialized,

    /// <summary>Held by an order emulator.</summary>
    Emulated,

    /// <summary>Released by an order emulator, not yet sent.</summary>
    Released,

    /// <summary>Sent, not yet acknowledged.</summary>
    Submitted,

    /// <summary>Known to the venue: acknowledged, or filled before the acknowledgement.</summary>
    Accepted,

    /// <summary>Its trigger price was reached and it works as a limit order.</summary>
    Triggered,

    /// <summary>Closed: refused locally, never sent.</summary>
    Denied,

    /// <summary>Closed: refused by the venue.</summary>
    Rejected,

    /// <summary>Closed: canceled.</summary>
    Canceled,

    /// <summary>Closed: expired.</summary>
    Expired,

    /// <summary>Closed: filled, or modified down to what was filled.</summary>
    Filled,
}
