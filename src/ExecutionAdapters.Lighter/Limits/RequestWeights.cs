namespace ExecutionAdapters.Lighter.Limits;

/// <summary>What a request counts against the weighted limit (venue documentation, rate limits).</summary>
internal static class RequestWeights
{
    /// <summary>What most requests count.</summary>
    public const int Usual = 300;

    /// <param name="endpoint">The last part of its path.</param>
    public static int Of(string endpoint) => endpoint switch
    {
        "sendTx" or "sendTxBatch" or "nextNonce" => 6,
        "accountInactiveOrders" => 100,
        "apikeys" => 150,
        "trades" => 600,
        _ => Usual,
    };

    /// <summary>Requests that orders wait for: they may use what others must leave free, and do not queue behind them.</summary>
    public static bool IsUrgent(string endpoint) => endpoint is "sendTx" or "sendTxBatch" or "nextNonce";
}
