using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using ExecutionAdapters.Venues.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>
/// The socket of one stream session: reads messages and hands them to the loop one by one, writes queued frames.
/// A client that reads too slowly fills its queue and is dropped.
/// </summary>
internal sealed class StreamConnection : IStreamOutput, IDisposable
{
    /// <summary>Largest message a client may send; a batch of 15 transactions needs about 15 kB.</summary>
    public const int MaximumMessageBytes = 256 * 1024;

    /// <summary>Frames that may wait for a slow reader.</summary>
    public const int MaximumQueuedFrames = 4_096;

    /// <summary>Bytes that may wait for a slow reader.</summary>
    public const long MaximumQueuedBytes = 32 * 1024 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly HttpContext _context;
    private readonly StreamActivity _activity;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _aborted;
    private readonly Channel<OutgoingFrame> _outgoing = Channel.CreateBounded<OutgoingFrame>(
        new BoundedChannelOptions(MaximumQueuedFrames) { SingleReader = true });

    private long _queuedBytes;
    private volatile bool _ending;
    private string _sessionId = "(not open)";

    public StreamConnection(WebSocket socket, HttpContext context, StreamActivity activity, ILogger logger)
    {
        _logger = logger;
        _socket = socket;
        _context = context;
        _activity = activity;
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    }

    public long LastActivityUs => _activity.LastReadUs;

    public void Send(ReadOnlyMemory<byte> frame)
    {
        if (_ending)
        {
            return; // what was queued before still goes out
        }

        bool fits = Interlocked.Add(ref _queuedBytes, frame.Length) <= MaximumQueuedBytes;
        if (!fits || !_outgoing.Writer.TryWrite(new OutgoingFrame(frame, null, null)))
        {
            Abort("the client reads too slowly");
        }
    }

    public void Close(WebSocketCloseStatus status, string reason)
    {
        _ending = true;
        _outgoing.Writer.TryWrite(new OutgoingFrame(default, status, reason));
        _outgoing.Writer.TryComplete();
    }

    public void Abort(string reason)
    {
        Log.ConnectionDropped(_logger, _sessionId, reason);
        _ending = true;
        _outgoing.Writer.TryComplete();
        _aborted.Cancel();
        _context.Abort();
    }

    /// <summary>Runs until the connection ends, whichever side ends it.</summary>
    public async Task RunAsync(VenueLoop loop, StreamHub hub, bool isReadOnly)
    {
        StreamSession? session = await loop.RunAsync(() => hub.Open(this, isReadOnly)).ConfigureAwait(false);
        if (session is null)
        {
            Close(WebSocketCloseStatus.PolicyViolation, VenueErrors.TooManyConnections.Message);
        }

        _sessionId = session?.Id ?? _sessionId;

        Task writing = WriteAsync();
        try
        {
            await ReadAsync(loop, hub, session).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection is gone; nothing is left to say on it.
        }
#pragma warning disable CA1031 // A message that the venue failed on must not cut the connection without a word; it is logged as an error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MessageFailed(_logger, _sessionId, exception);
            Close(WebSocketCloseStatus.InternalServerError, "the venue failed on a message");
        }
        finally
        {
            _ending = true;
            _outgoing.Writer.TryComplete();
            _aborted.CancelAfter(CloseTimeout); // for a client that does not read what is left
            await writing.ConfigureAwait(false);
            await EndAsync(loop, hub, session).ConfigureAwait(false);
        }
    }

    public void Dispose() => _aborted.Dispose();

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    /// <summary>Waits until the loop has let go of the connection: afterwards nobody uses it, and its request may be recycled.</summary>
    private static async Task EndAsync(VenueLoop loop, StreamHub hub, StreamSession? session)
    {
        if (session is not null)
        {
            await loop.RunAsync(() => hub.Remove(session)).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(VenueLoop loop, StreamHub hub, StreamSession? session)
    {
        var message = new ArrayBufferWriter<byte>(4_096);
        while (true)
        {
            switch (await WholeMessage.ReceiveAsync(_socket, message, MaximumMessageBytes, _aborted.Token).ConfigureAwait(false))
            {
                case null:
                    Close(WebSocketCloseStatus.MessageTooBig, $"a message may have {MaximumMessageBytes} bytes");
                    return;
                case WebSocketMessageType.Close:
                    Close(WebSocketCloseStatus.NormalClosure, "");
                    return;
            }

            if (session is not null)
            {
                ReadOnlyMemory<byte> content = message.WrittenMemory;
                Task pause = await loop.RunAsync(() => hub.Receive(session, content), _aborted.Token).ConfigureAwait(false);
                await pause.WaitAsync(_aborted.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (OutgoingFrame frame in _outgoing.Reader.ReadAllAsync(_aborted.Token).ConfigureAwait(false))
            {
                if (frame.CloseStatus is { } status)
                {
                    await CloseSocketAsync(status, frame.CloseReason!).ConfigureAwait(false);
                    return;
                }

                await _socket.SendAsync(frame.Data, WebSocketMessageType.Text, endOfMessage: true, _aborted.Token).ConfigureAwait(false);
                Interlocked.Add(ref _queuedBytes, -frame.Data.Length);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            _context.Abort();
        }
    }

    /// <summary>Says goodbye, and hangs up when the client does not answer soon.</summary>
    private async Task CloseSocketAsync(WebSocketCloseStatus status, string reason)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(status, reason, _aborted.Token).ConfigureAwait(false);
        }

        _aborted.CancelAfter(CloseTimeout);
    }

    private readonly record struct OutgoingFrame(ReadOnlyMemory<byte> Data, WebSocketCloseStatus? CloseStatus, string? CloseReason);
}
