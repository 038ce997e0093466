using System.Buffers;
using System.Net.WebSockets;

namespace ExecutionAdapters.Network;

/// <summary>
/// The sending side of one connection. Who sends while nothing is being written writes by itself, so that a frame is on its way when
/// <see cref="TrySend"/> returns; only what comes during a write that must wait for the network is queued.
/// </summary>
internal sealed class SendLane(WebSocket socket, int connection, int queueLimit, CancellationTokenSource lost)
{
    private readonly Lock _lock = new();
    private readonly Queue<ArraySegment<byte>> _waiting = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isWriting;
    private bool _isClosed;

    public int Connection => connection;

    /// <summary>Why this side ended the connection; null: it did not.</summary>
    public string? EndCause { get; private set; }

    /// <summary>False: the frame will not be sent.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        ArraySegment<byte> copy;
        lock (_lock)
        {
            if (_isClosed || _waiting.Count >= queueLimit)
            {
                return false;
            }

            copy = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(frame.Length), 0, frame.Length);
            frame.CopyTo(copy);
            if (_isWriting)
            {
                _waiting.Enqueue(copy);
                return true;
            }

            _isWriting = true;
        }

        _ = WriteAsync(copy);
        return true;
    }

    /// <summary>Takes no more frames; ends when those that were taken are written, or the connection is lost.</summary>
    public Task CompleteAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (!_isWriting)
            {
                _written.TrySetResult();
            }
        }

        return _written.Task;
    }

    /// <summary>The connection is gone: what waits is dropped. Gives whether a write is still under way.</summary>
    public bool Close()
    {
        bool isWriting;
        lock (_lock)
        {
            _isClosed = true;
            isWriting = _isWriting;
            while (_waiting.TryDequeue(out var frame))
            {
                GiveBack(frame);
            }
        }

        _written.TrySetResult();
        return isWriting;
    }

    /// <summary>Gives up the connection.</summary>
    public void Drop(string cause)
    {
        EndCause ??= cause;
        try
        {
            lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself in the same moment.
        }
    }

    private async Task WriteAsync(ArraySegment<byte> frame)
    {
        try
        {
            do
            {
                // Without a token: a write that could be cancelled takes a slower way through the socket. The end of the connection ends it too.
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
            }
            while (TryTakeNext(ref frame));
        }
        catch (Exception exception)
        {
            // Still marked as writing: nothing more goes to this connection. Its end is told on another thread than the sender's.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            Drop("write failed: " + exception.Message);
        }
    }

    /// <summary>Gives back what is written and takes what waits, if anything.</summary>
    private bool TryTakeNext(ref ArraySegment<byte> frame)
    {
        GiveBack(frame);
        lock (_lock)
        {
            if (_waiting.TryDequeue(out frame))
            {
                return true;
            }

            _isWriting = false;
            if (_isClosed)
            {
                _written.TrySetResult();
            }

            return false;
        }
    }

    /// <summary>Cleared: a frame may hold an auth token.</summary>
    private static void GiveBack(ArraySegment<byte> frame) => ArrayPool<byte>.Shared.Return(frame.Array!, clearArray: true);
}
