using Microsoft.Extensions.Logging;

namespace ExecutionAdapters;

/// <summary>Every log message of this assembly, in one place, so that levels and secrets can be audited.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Work posted to a client's loop failed; the loop goes on.")]
    public static partial void LoopWorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "WebSocket connected to {Host}.")]
    public static partial void WebSocketConnected(ILogger logger, string host);

    [LoggerMessage(3, LogLevel.Warning, "WebSocket to {Host} lost: {Cause}.")]
    public static partial void WebSocketLost(ILogger logger, string host, string cause);

    [LoggerMessage(4, LogLevel.Warning, "WebSocket dial {Attempt} to {Host} failed: {Cause}. Next try in {Delay}.")]
    public static partial void WebSocketDialFailed(ILogger logger, int attempt, string host, string cause, TimeSpan delay);

    [LoggerMessage(5, LogLevel.Error, "WebSocket to {Host}: a frame was not taken by its handler.")]
    public static partial void WebSocketHandlerFailed(ILogger logger, string host, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Event after the client was disposed, not delivered: {Kind}.")]
    public static partial void EventAfterDispose(ILogger logger, string kind);

    [LoggerMessage(7, LogLevel.Error, "Account {Account} does not agree with its venue: {Count} differences, the first about {Subject}: {Reason}")]
    public static partial void StartIncomplete(ILogger logger, string account, int count, string subject, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Client {Client} could not be disconnected.")]
    public static partial void DisconnectFailed(ILogger logger, string client, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "Put aside, nothing of it was applied: {Event}. {Reason}")]
    public static partial void Quarantined(ILogger logger, string @event, string reason);
}
