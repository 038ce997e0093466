using System.Buffers;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Network;

/// <summary>Settings of a <see cref="ReconnectingWebSocket"/>.</summary>
public sealed record ReconnectingWebSocketOptions
{
    /// <summary>Where to connect.</summary>
    public required Uri Url { get; init; }

    /// <summary>How long one dial may take. Default 15 s.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a ping is sent, so that neither side takes silence for loss. Default 30 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the venue may leave a ping unanswered before the connection counts as lost. Default 20 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest message accepted, in bytes. A longer one ends the connection. Default 8 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Most frames waiting to be written; beyond that a send is refused, so that nothing grows without bound. Default 10,000.</summary>
    public int SendQueueLimit { get; init; } = 10_000;

    /// <summary>Delays between dials.</summary>
    public BackoffOptions Backoff { get; init; } = new();

    /// <summary>Headers of the upgrade, such as a key; never logged.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>HTTP statuses of a refused upgrade after which dialling again makes no sense, such as 401. Default none.</summary>
    public IReadOnlySet<int> FinalStatuses { get; init; } = new HashSet<int>();

    /// <summary>A connection that lived this long resets the backoff, so that connect-then-kick loops keep slowing down. Default 30 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>What a <see cref="ReconnectingWebSocket"/> tells its owner. Calls come one after the other, never at the same time.</summary>
public interface IWebSocketHandler
{
    /// <summary>A connection is open. Its number grows with each connection, from 1.</summary>
    void OnConnected(int connection);

    /// <summary>One whole message; the memory is only valid during the call.</summary>
    void OnMessage(ReadOnlySpan<byte> message);

    /// <summary>The connection is lost; frames queued and not written are dropped, never resent.</summary>
    void OnLost(int connection, string cause);

    /// <summary>A dial is about to start after a loss or a failed dial, from 1.</summary>
    void OnDialing(int attempt);

    /// <summary>The venue refused for good: nothing is dialled any more.</summary>
    void OnGivenUp(string cause)
    {
    }
}

/// <summary>The venue answered the upgrade with a status after which dialling again makes no sense.</summary>
public sealed class UpgradeRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UpgradeRefusedException(int status, Exception? innerException)
        : base(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the upgrade was refused with HTTP {status}"), innerException) => Status = status;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }
}

/// <summary>
/// A client WebSocket that dials again after a loss. It buffers nothing across connections: a frame is written to the
/// connection it was accepted for, or dropped with it. What to say after a reconnect is the owner's business.
/// </summary>
public sealed class ReconnectingWebSocket : IAsyncDisposable
{
    private readonly ReconnectingWebSocketOptions _options;
    private readonly IWebSocketHandler _handler;
    private readonly TimeProvider _timeProvider;
    private readonly Backoff _backoff;
    private readonly ILogger _logger;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;
    private SendLane? _lane;
    private int _connection;
    private volatile bool _isLast;

    /// <summary>Creates the socket; nothing is opened before <see cref="ConnectAsync"/>.</summary>
    public ReconnectingWebSocket(
        ReconnectingWebSocketOptions options, IWebSocketHandler handler, TimeProvider timeProvider, Random random, ILogger logger)
    {
        _options = options;
        _handler = handler;
        _timeProvider = timeProvider;
        _backoff = new Backoff(options.Backoff, random);
        _logger = logger;
    }

    /// <summary>Dials once and, when that worked, keeps the connection up until disposed.</summary>
    /// <exception cref="WebSocketException">The venue could not be reached.</exception>
    /// <exception cref="TimeoutException">The dial took too long.</exception>
    /// <exception cref="UpgradeRefusedException">The venue refused with one of <see cref="ReconnectingWebSocketOptions.FinalStatuses"/>.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = await DialAsync(cancellationToken).ConfigureAwait(false);
        _run = Task.Run(() => RunAsync(socket), CancellationToken.None);
    }

    /// <summary>
    /// Writes one text frame to the connection of that number, or queues it while another one is being written; the bytes are copied.
    /// False: it was provably not sent (that connection is gone, or the queue is full). True: it is written unless the connection is
    /// lost first, and the owner learns of that by <see cref="IWebSocketHandler.OnLost"/>.
    /// </summary>
    public bool TrySend(int connection, ReadOnlySpan<byte> frame) =>
        Volatile.Read(ref _lane) is { } lane && lane.Connection == connection && lane.TrySend(frame);

    /// <summary>Gives up the present connection and dials a new one.</summary>
    public void Drop(string cause) => Volatile.Read(ref _lane)?.Drop(cause);

    /// <summary>The present connection is the last: after its loss nothing is dialled.</summary>
    public void Finish() => _isLast = true;

    /// <summary>Writes what was accepted, for at most a second, closes the connection and stops dialling.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref _lane) is { } lane)
            {
                await lane.CompleteAsync().WaitAsync(DrainLimit, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _stop.CancelAsync().ConfigureAwait(false);
        }

        await _run.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task<WebSocket> DialAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.DialTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = _options.KeepAliveInterval;
        socket.Options.KeepAliveTimeout = _options.KeepAliveTimeout;
        socket.Options.CollectHttpResponseDetails = true;
        if (_options.Url.IsLoopback)
        {
            // What does not leave the machine must not take the way of a proxy that the environment names.
            socket.Options.Proxy = null;
        }

        foreach (var (name, value) in _options.Headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await socket.ConnectAsync(_options.Url, linked.Token).ConfigureAwait(false);
            return socket;
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"No connection to {_options.Url.Authority} within {_options.DialTimeout.TotalSeconds:0.#} s.", exception);
        }
        catch (WebSocketException exception) when (_options.FinalStatuses.Contains((int)socket.HttpStatusCode))
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new UpgradeRefusedException(status, exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task RunAsync(WebSocket? socket)
    {
        while (socket is not null)
        {
            var openedAt = _timeProvider.GetTimestamp();
            var cause = await ServeAsync(socket).ConfigureAwait(false);
            socket.Dispose();
            Log.WebSocketLost(_logger, _options.Url.Authority, cause);
            Call(() => _handler.OnLost(_connection, cause));
            if (_timeProvider.GetElapsedTime(openedAt) >= _options.StableAfter)
            {
                _backoff.Reset();
            }

            socket = await RedialAsync().ConfigureAwait(false);
        }
    }

    private async Task<string> ServeAsync(WebSocket socket)
    {
        _connection++;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var lane = new SendLane(socket, _connection, _options.SendQueueLimit, lost);
        Volatile.Write(ref _lane, lane);
        Log.WebSocketConnected(_logger, _options.Url.Authority);
        Call(() => _handler.OnConnected(_connection));

        var cause = await ReadAsync(socket, lost.Token).ConfigureAwait(false);

        Volatile.Write(ref _lane, null);
        if (lane.Close())
        {
            // The goodbye would wait for a write that does not end.
            socket.Abort();
        }

        await CloseAsync(socket).ConfigureAwait(false);
        return _stop.IsCancellationRequested ? "closed by this side" : lane.EndCause ?? cause;
    }

    private async Task<string> ReadAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return $"closed by the venue ({(int?)socket.CloseStatus}) {socket.CloseStatusDescription}".TrimEnd();
                }

                length += received.Count;
                if (received.EndOfMessage)
                {
                    Deliver(buffer.AsSpan(0, length));
                    length = 0;
                }
                else if (length >= _options.MaxMessageBytes)
                {
                    return $"message longer than {_options.MaxMessageBytes} bytes";
                }
                else if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return "closed by this side";
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException)
        {
            return "read failed: " + exception.Message;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task CloseAsync(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1), _timeProvider);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other side is gone already: there is nobody left to say goodbye to.
        }
    }

    private async Task<WebSocket?> RedialAsync()
    {
        for (var attempt = 1; !_stop.IsCancellationRequested && !_isLast; attempt++)
        {
            var number = attempt;
            Call(() => _handler.OnDialing(number));
            try
            {
                return await DialAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return null;
            }
            catch (UpgradeRefusedException exception)
            {
                Log.WebSocketGivenUp(_logger, _options.Url.Authority, exception.Status);
                Call(() => _handler.OnGivenUp(exception.Message));
                return null;
            }
            catch (Exception exception) when (exception is WebSocketException or TimeoutException or OperationCanceledException)
            {
                var delay = _backoff.Next();
                Log.WebSocketDialFailed(_logger, attempt, _options.Url.Authority, exception.Message, delay);
                await Task.Delay(delay, _timeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private void Deliver(ReadOnlySpan<byte> message)
    {
        try
        {
            _handler.OnMessage(message);
        }
        catch (Exception exception)
        {
            Log.WebSocketHandlerFailed(_logger, _options.Url.Authority, exception);
        }
    }

    private void Call(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            // A handler that throws must not take the connection with it: the frame is lost to it, the stream is not.
            Log.WebSocketHandlerFailed(_logger, _options.Url.Authority, exception);
        }
    }
}
