using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// The one writer of standard output: JSON objects go out whole, a line each, in the order in which they were given.
/// Lines wait here while the reader is slow, so that commands and events never do.
/// </summary>
internal sealed class BridgeOutput : IAsyncDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>Writes one object; <paramref name="write"/> gives its members.</summary>
    public void Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        _lines.Writer.TryWrite(Encoding.UTF8.GetBytes(_scrubber.Scrub(Encoding.UTF8.GetString(buffer.WrittenSpan)) + "\n"));
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
