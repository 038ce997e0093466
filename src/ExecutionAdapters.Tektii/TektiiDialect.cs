namespace ExecutionAdapters.Tektii;

/// <summary>Which of the two protocols is spoken.</summary>
public enum TektiiDialect
{
    /// <summary>The gateway's: <c>/v1</c>, upper-case names, decimals as text, RFC 3339 times. Backtests also run behind a gateway.</summary>
    Gateway,

    /// <summary>The backtest engine's own: <c>/api/v1</c>, lower-case names, unix milliseconds. No modification, fewer order types.</summary>
    Engine,
}

/// <summary>When an event that paces a backtest is acknowledged.</summary>
public enum TektiiAckPolicy
{
    /// <summary>Also when its handler failed: simulated time goes on. What Tektii's SDK does.</summary>
    Always,

    /// <summary>Only when its handler came to its end: after a failure the engine waits for its window, and halts.</summary>
    OnSuccess,
}
