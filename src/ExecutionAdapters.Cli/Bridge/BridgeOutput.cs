using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ExecutionAdapters.Model;
using Microsoft.Win32.SafeHandles;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// The one writer of standard output: JSON objects go out whole, a line each, in the order in which they were given.
/// Lines wait here while the reader is slow, so that commands and events never do.
/// </summary>
internal sealed class BridgeOutput : IAsyncDisposable
{
    private readonly Channel<byte[]> _lines = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closed = new();
    private readonly SecretScrubber _scrubber;
    private readonly Task _writing;

    public BridgeOutput(Stream stream, SecretScrubber scrubber)
    {
        _scrubber = scrubber;
        _writing = Task.Run(() => WriteAsync(stream));
    }

    /// <summary>Cancelled when the reader has gone.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>The console's own stream does not tell when the reader of a pipe has gone; the descriptor does.</summary>
    public static Stream OpenStandardOutput()
    {
        if (!OperatingSystem.IsWindows())
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return stream;
            }

            // A file, whose position others share: a FileStream would keep one of its own.
            stream.Dispose();
        }

        return Console.OpenStandardOutput();
    }

    /// <summary>Writes one object; <paramref name="write"/> gives its members.</summary>
    public void Write(Action<Utf8JsonWriter> write) => _lines.Writer.TryWrite(Encoding.UTF8.GetBytes(_scrubber.Scrub(JsonOut.Line(write)) + "\n"));

    /// <summary>Writes an event or report, each in its shape.</summary>
    public void Write(ExecutionEvent executionEvent)
    {
        switch (executionEvent)
        {
            case OrderEvent orderEvent:
                Write(writer => EventJson.Write(writer, orderEvent));
                break;
            case AccountState state:
                Write(writer => EventJson.Write(writer, state));
                break;
            case ConnectionStateChanged notice:
                Write(writer => EventJson.Write(writer, notice));
                break;
            case VenueAlert alert:
                Write(writer => EventJson.Write(writer, alert));
                break;
            case OrderStatusReport report:
                Write(writer => ReportJson.Write(writer, report));
                break;
            case FillReport report:
                Write(writer => ReportJson.Write(writer, report));
                break;
            case PositionStatusReport report:
                Write(writer => ReportJson.Write(writer, report));
                break;
            case OrderWithFills report:
                Write(report.Order);
                foreach (var fill in report.Fills)
                {
                    Write(fill);
                }

                break;
            case ExecutionMassStatus status:
                Write(writer => ReportJson.Write(writer, status, failedParts: []));
                break;
        }
    }

    /// <summary>Returns when everything is written, or the reader has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        _closed.Dispose();
    }

    private async Task WriteAsync(Stream stream)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await stream.WriteAsync(line).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            await _closed.CancelAsync().ConfigureAwait(false);
        }
    }
}
