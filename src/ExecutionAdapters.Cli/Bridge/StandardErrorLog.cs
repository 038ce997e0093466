using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Logs to standard error, a line each, scrubbed.</summary>
internal sealed class StandardErrorLog(SecretScrubber scrubber) : ConsoleFormatter(FormatName)
{
    private const string FormatName = "bridge";

    public static ILoggerFactory Create(LogLevel level, SecretScrubber scrubber) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(level);
        builder.Services.AddSingleton(scrubber);
        builder.AddConsoleFormatter<StandardErrorLog, ConsoleFormatterOptions>();
        builder.AddConsole(options =>
        {
            options.FormatterName = FormatName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;

            // Nobody may be reading standard error: trading must not wait for it.
            options.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    });

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {logEntry.LogLevel} {logEntry.Category}: {logEntry.Formatter(logEntry.State, logEntry.Exception)}";
        var whole = logEntry.Exception is null ? text : $"{text} {logEntry.Exception}";
        textWriter.Write(scrubber.Scrub(whole.ReplaceLineEndings(" ")) + "\n");
    }
}
