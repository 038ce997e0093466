using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>All log events of the Lighter venue.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Lighter venue started on {Url}, seed {Seed}")]
    public static partial void Started(ILogger logger, Uri url, ulong seed);

    [LoggerMessage(2, LogLevel.Error, "A step of the Lighter venue failed; its state may be incomplete")]
    public static partial void StepFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "{Transport} of {Count} refused with {Code}: {Message}")]
    public static partial void Refused(ILogger logger, LighterTransport transport, int count, int code, string message);

    [LoggerMessage(4, LogLevel.Warning, "Stream connection {SessionId} dropped: {Reason}")]
    public static partial void ConnectionDropped(ILogger logger, string sessionId, string reason);

    [LoggerMessage(5, LogLevel.Error, "The venue failed on a message of stream connection {SessionId}")]
    public static partial void MessageFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "The venue failed on the request {Path}")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "A frame of channel {Channel} could not be written")]
    public static partial void FrameFailed(ILogger logger, string channel, Exception exception);
}
