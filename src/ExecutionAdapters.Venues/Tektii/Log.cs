using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>All log events of the Tektii venue.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Tektii venue started on {Url}")]
    public static partial void Started(ILogger logger, Uri url);

    [LoggerMessage(2, LogLevel.Warning, "A stream connection is dropped: {Reason}")]
    public static partial void ConnectionDropped(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "The venue failed on a message of a stream connection")]
    public static partial void MessageFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "The venue failed on the request {Method} {Path}")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "A client's message of {Bytes} bytes is unexpected and skipped")]
    public static partial void UnexpectedMessage(ILogger logger, int bytes);

    [LoggerMessage(6, LogLevel.Warning, "An acknowledgement without timestamp is refused; the gateway's parser requires it")]
    public static partial void AckWithoutTimestamp(ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "An acknowledgement names an event that is not waited for: unknown, acknowledged before, or too late")]
    public static partial void UnknownEvent(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "Ack window {Missed} in a row missed with {Events} events out; the backtest goes on")]
    public static partial void WindowMissed(ILogger logger, int missed, int events);

    [LoggerMessage(9, LogLevel.Information, "The backtest is {State} after {Candles} candles")]
    public static partial void BacktestState(ILogger logger, TektiiBacktestState state, int candles);

    [LoggerMessage(10, LogLevel.Error, "A timer of the venue failed")]
    public static partial void TimerFailed(ILogger logger, Exception exception);
}
