using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Hosting;

/// <summary>All log events of the server that the venues share.</summary>
internal static partial class Log
{
    [LoggerMessage(8, LogLevel.Warning, "The {Venue} restarts; its port is closed for {Downtime}")]
    public static partial void Restarting(ILogger logger, string venue, TimeSpan downtime);

    [LoggerMessage(9, LogLevel.Error, "The {Venue} could not be restarted")]
    public static partial void RestartFailed(ILogger logger, string venue, Exception exception);
}
