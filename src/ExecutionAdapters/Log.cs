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

    [LoggerMessage(10, LogLevel.Critical, "The journal cannot be written. New orders are denied until it can; events wait in memory, and writing is tried again.")]
    public static partial void JournalFailed(ILogger logger, Exception exception);

    [LoggerMessage(11, LogLevel.Warning, "The journal can be written again.")]
    public static partial void JournalWritesAgain(ILogger logger);

    [LoggerMessage(12, LogLevel.Critical, "The engine ends and its journal cannot be written: {Waiting} entries are not kept. The next start reads from the venue what they told.")]
    public static partial void JournalGivenUp(ILogger logger, long waiting);

    [LoggerMessage(13, LogLevel.Warning, "Account {Account}: {Subject} differs from the venue: {Reason}")]
    public static partial void Differs(ILogger logger, string account, string subject, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Client {Client}: nothing was heard on the account streams for {Age}. Books and venue are compared.")]
    public static partial void StreamSilent(ILogger logger, string client, TimeSpan age);

    [LoggerMessage(15, LogLevel.Warning, "A check of client {Client} failed; it is made again.")]
    public static partial void CheckFailed(ILogger logger, string client, Exception exception);

    [LoggerMessage(16, LogLevel.Warning, "Order {Order}: the venue has not answered a request for {Age} and was asked {Times} times; it still has the order as it was.")]
    public static partial void RequestUnanswered(ILogger logger, string order, TimeSpan age, int times);

    [LoggerMessage(18, LogLevel.Error, "A subscriber failed.")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception);

    [LoggerMessage(19, LogLevel.Error, "Work of the engine failed. What it was to find out is found by the next check.")]
    public static partial void BackgroundFailed(ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Warning, "The journal has {Count} open orders of accounts without a client here, such as {Account}: they stay there, and nothing is done about them.")]
    public static partial void OthersInJournal(ILogger logger, int count, string account);

    [LoggerMessage(17, LogLevel.Warning, "No client, or more than one, handles the command, and none is named in it; nothing was sent: {Command}")]
    public static partial void NoClient(ILogger logger, string command);

    [LoggerMessage(21, LogLevel.Error, "WebSocket to {Host}: the venue refused with HTTP {Status}; nothing is dialled any more.")]
    public static partial void WebSocketGivenUp(ILogger logger, string host, int status);

    [LoggerMessage(22, LogLevel.Error, "{Venue}: work of the client in the background failed.")]
    public static partial void ClientWorkFailed(ILogger logger, string venue, Exception exception);

    [LoggerMessage(23, LogLevel.Warning, "{Venue}: {What} has no answer: {Reason}.")]
    public static partial void QueryUnanswered(ILogger logger, string venue, string what, string reason);
}
