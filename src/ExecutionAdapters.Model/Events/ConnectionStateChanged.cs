namespace ExecutionAdapters.Model;

/// <summary>What happened to the connection between a client and its venue.</summary>
public enum ConnectionState
{
    /// <summary>The first connect is complete: every account stream is live.</summary>
    Connected = 1,

    /// <summary>The connection is closed and will not come back by itself.</summary>
    Disconnected = 2,

    /// <summary>The connection was lost; the client is dialling. Requests in flight have an unknown outcome until the venue tells.</summary>
    Reconnecting = 3,

    /// <summary>The connection is back and every account stream is live again.</summary>
    Reconnected = 4,
}

/// <summary>A notice among the client's events: the state of its connection changed.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="State">What happened.</param>
/// <param name="Attempt">The number of the dial, from 1, while reconnecting; else 0.</param>
/// <param name="Cause">Why, in words; never holds a key or token.</param>
/// <param name="TsInit">When the client noticed.</param>
public sealed record ConnectionStateChanged(
    ClientId ClientId,
    ConnectionState State,
    int Attempt,
    string? Cause,
    UnixNanos TsInit) : ExecutionEvent
{
    private protected override string Details => Cause is null ? $"{ClientId} {State}" : $"{ClientId} {State}: {Cause}";
}
