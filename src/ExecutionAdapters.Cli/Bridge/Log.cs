using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Every log message of the bridge. None carries a line that came in.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Warning, "The bridge's cache did not take an event: {Problem}")]
    public static partial void NotApplied(ILogger logger, string problem);

    [LoggerMessage(301, LogLevel.Error, "{Command} failed.")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);

    [LoggerMessage(302, LogLevel.Error, "Standard input cannot be read; stopping: {Cause}")]
    public static partial void InputFailed(ILogger logger, string cause);

    [LoggerMessage(303, LogLevel.Critical, "Events can no longer be told; the bridge ends.")]
    public static partial void EventsFailed(ILogger logger, Exception exception);
}
