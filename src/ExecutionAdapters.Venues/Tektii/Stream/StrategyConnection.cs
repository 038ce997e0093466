using System.Buffers;
using System.Net.WebSockets;
using ExecutionAdapters.Venues.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>
/// The socket of one strategy. A frame is written by whoever sends it while nothing else is being written, and queued otherwise:
/// in a backtest each candle goes out on the thread that read the acknowledgement before it. A client that reads too slowly fills
/// its queue and is dropped.
/// </summary>
internal sealed class StrategyConnection : IDisposable
{
    private const int MaximumMessageBytes = 256 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly HttpContext _context;
    private readonly int _maximumFrames;
    private readonly ILogger _logger;
    private readonly Lock _turn = new();
    private readonly Queue<Outgoing> _queue = new();
    private readonly CancellationTokenSource _hangUp = new();
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _isEnding;

    public StrategyConnection(WebSocket socket, HttpContext context, Dialect dialect, int maximumFrames, ILogger logger)
    {
        _socket = socket;
        _context = context;
        _maximumFrames = maximumFrames;
        _logger = logger;
        Dialect = dialect;
        _hangUp.Token.Register(context.Abort);
    }

    public Dialect Dialect { get; }

    /// <summary>Sends a frame behind everything before; never blocks.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(frame.Length);
        frame.CopyTo(copy);
        Enqueue(new Outgoing(copy, frame.Length, null, null), isLast: false);
    }

    /// <summary>Sends what is queued, then closes; hangs up when the client does not answer soon.</summary>
    public void Close(WebSocketCloseStatus status, string reason) => Enqueue(new Outgoing([], 0, status, reason), isLast: true);

    /// <summary>Cuts the connection.</summary>
    public void Abort(string reason)
    {
        lock (_turn)
        {
            _isEnding = true;
            _queue.Clear();
        }

        Log.ConnectionDropped(_logger, reason);
        _hangUp.CancelAfter(TimeSpan.Zero); // not on this thread: who aborts may hold the venue's state
    }

    /// <summary>Reads messages one by one until the connection ends, whichever side ends it.</summary>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> receive)
    {
        try
        {
            await ReadAsync(receive).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection is gone; nothing is left to say on it.
        }
#pragma warning disable CA1031 // A message that the venue failed on must not cut the connection without a word; it is logged as an error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.MessageFailed(_logger, exception);
            Close(WebSocketCloseStatus.InternalServerError, "the venue failed on a message");
        }
    }

    /// <summary>After the venue has let go of the connection: waits until nothing is written any more.</summary>
    public async Task DrainAsync()
    {
        Task writing;
        lock (_turn)
        {
            _isEnding = true;
            writing = _writing;
        }

        _hangUp.CancelAfter(CloseTimeout); // for a client that does not read what is left
        await writing.ConfigureAwait(false);
    }

    public void Dispose() => _hangUp.Dispose();

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> receive)
    {
        var message = new ArrayBufferWriter<byte>(4_096);
        while (true)
        {
            // Without a token: a registration for each message would cost more than reading it. Aborting the request ends the read.
            switch (await WholeMessage.ReceiveAsync(_socket, message, MaximumMessageBytes, CancellationToken.None).ConfigureAwait(false))
            {
                case null:
                    Close(WebSocketCloseStatus.MessageTooBig, $"a message may have {MaximumMessageBytes} bytes");
                    return;
                case WebSocketMessageType.Close:
                    Close(WebSocketCloseStatus.NormalClosure, "");
                    return;
                case WebSocketMessageType.Text:
                    receive(message.WrittenMemory);
                    break;
            }
        }
    }

    private void Enqueue(Outgoing outgoing, bool isLast)
    {
        lock (_turn)
        {
            if (_isEnding)
            {
                return; // what was queued before still goes out
            }

            if (_queue.Count < _maximumFrames || isLast)
            {
                _isEnding = isLast;
                _queue.Enqueue(outgoing);
                if (!_isWriting)
                {
                    _isWriting = true;
                    _writing = WriteAsync();
                }

                return;
            }
        }

        Abort("the client reads too slowly");
    }

    private async Task WriteAsync()
    {
        try
        {
            while (Next() is { } outgoing)
            {
                if (outgoing.Status is { } status)
                {
                    await CloseSocketAsync(status, outgoing.Reason!).ConfigureAwait(false);
                    continue;
                }

                await _socket.SendAsync(outgoing.Frame.AsMemory(0, outgoing.Length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None)
                    .ConfigureAwait(false);
                ArrayPool<byte>.Shared.Return(outgoing.Frame);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            _hangUp.CancelAfter(TimeSpan.Zero);
        }
    }

    private Outgoing? Next()
    {
        lock (_turn)
        {
            _isWriting = _queue.TryDequeue(out Outgoing outgoing);
            return _isWriting ? outgoing : null;
        }
    }

    private async Task CloseSocketAsync(WebSocketCloseStatus status, string reason)
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(status, reason, CancellationToken.None).ConfigureAwait(false);
        }

        _hangUp.CancelAfter(CloseTimeout);
    }

    private readonly record struct Outgoing(byte[] Frame, int Length, WebSocketCloseStatus? Status, string? Reason);
}
