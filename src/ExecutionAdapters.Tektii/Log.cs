using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Tektii;

/// <summary>Every log message of this assembly, in one place. None carries a key.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "Connected to Tektii {Dialect} at {Authority}: {Instruments} instruments, {Mode} positions.")]
    public static partial void Connected(ILogger logger, TektiiDialect dialect, string authority, int instruments, string mode);

    [LoggerMessage(301, LogLevel.Warning, "A frame could not be read and was passed over: {Reason}.")]
    public static partial void UnreadableFrame(ILogger logger, string reason);

    [LoggerMessage(302, LogLevel.Warning, "Row of {What} could not be read and was passed over: {Reason}.")]
    public static partial void UnreadableRow(ILogger logger, string what, string reason);

    [LoggerMessage(303, LogLevel.Information, "Frames of type {Type} are not known; they are passed on as they are.")]
    public static partial void UnknownFrame(ILogger logger, string type);

    [LoggerMessage(304, LogLevel.Warning, "The outcome of {What} of order {ClientOrderId} is unknown ({Cause}); the venue is asked for the order.")]
    public static partial void UnknownOutcome(ILogger logger, string what, string clientOrderId, string cause);

    [LoggerMessage(305, LogLevel.Warning, "Order {ClientOrderId}, whose submission was not answered, is not known to the venue so far; nothing is concluded from that.")]
    public static partial void NotFoundYet(ILogger logger, string clientOrderId);

    [LoggerMessage(306, LogLevel.Warning, "{What} has no answer: {Reason}")]
    public static partial void QueryFailed(ILogger logger, string what, string reason);

    [LoggerMessage(307, LogLevel.Error, "{Code}: {Message}")]
    public static partial void Alert(ILogger logger, string code, string message);

    [LoggerMessage(308, LogLevel.Warning, "The account was not read again after a reconnect: {Reason}. Next attempt in {Delay}.")]
    public static partial void RecoveryFailed(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(310, LogLevel.Warning, "Order {ClientOrderId} was submitted before; the second command was passed over.")]
    public static partial void DuplicateSubmit(ILogger logger, string clientOrderId);

    [LoggerMessage(311, LogLevel.Information, "The backtest is complete; {Acknowledged} events were acknowledged.")]
    public static partial void BacktestComplete(ILogger logger, long acknowledged);

    [LoggerMessage(312, LogLevel.Warning, "The venue refused to {What} order {ClientOrderId}, which is over already: {Reason}.")]
    public static partial void LateRefusal(ILogger logger, string what, string clientOrderId, string reason);

    [LoggerMessage(313, LogLevel.Warning, "The engine's cache could not be asked for its orders.")]
    public static partial void CacheFailed(ILogger logger, Exception exception);

    [LoggerMessage(314, LogLevel.Warning, "Order {ClientOrderId} is over with {Filled} filled, and the venue names trades of {Told} only; it is asked again.")]
    public static partial void TradesMissing(ILogger logger, string clientOrderId, decimal filled, decimal told);

    [LoggerMessage(315, LogLevel.Warning, "SUBSCRIPTIONS of {Symbol} do not list {Event}: the gateway does not tell what becomes of its orders, and only comparisons find it.")]
    public static partial void SilentSubscription(ILogger logger, string symbol, string @event);

    [LoggerMessage(316, LogLevel.Error, "Order {ClientOrderId}: {What} could not be dealt with.")]
    public static partial void RowFailed(ILogger logger, string clientOrderId, string what, Exception exception);
}
