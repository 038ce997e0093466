using System.Net.WebSockets;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>Opening and closing. A session is one connection of which the account has been read.</content>
public sealed partial class TektiiExecutionClient
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);
    private static readonly HashSet<int> FinalStatuses = [401, 403];

    private readonly SemaphoreSlim _connectLock = new(1, 1);
    private ReconnectingWebSocket? _socket;
    private CancellationTokenSource? _stop;
    private Task _ticking = Task.CompletedTask;

    // Cancelled, and replaced, by each disconnect: it ends connects that are still under way.
    private CancellationTokenSource _connects = new();

    // Only the loop touches these.
    private TaskCompletionSource _session = NewSession();
    private CancellationToken _sessionStop = new(canceled: true);
    private int _connection;
    private bool _isFirstSession;
    private bool _isDisconnecting;
    private bool _isConfirmed;
    private bool _isRead;
    private volatile bool _isOver;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Volatile.Read(ref _connects).Token);
        try
        {
            await _connectLock.WaitAsync(linked.Token).ConfigureAwait(false);
            try
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (_socket is not null && _isOver)
                {
                    // Of that connection nothing more is to be had.
                    await CloseAsync().ConfigureAwait(false);
                }

                await (_socket is null ? OpenAsync(linked.Token) : WaitForSessionAsync(linked.Token)).ConfigureAwait(false);
            }
            finally
            {
                _connectLock.Release();
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExecutionClientException("Tektii connect: the client was disconnected meanwhile.", exception);
        }
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _isDisposed ? Task.CompletedTask : DisconnectCoreAsync(cancellationToken);

    private async Task DisconnectCoreAsync(CancellationToken cancellationToken)
    {
        await Interlocked.Exchange(ref _connects, new CancellationTokenSource()).CancelAsync().ConfigureAwait(false);
        await _connectLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_socket is not null)
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _connectLock.Release();
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        WarnOfSilentSubscriptions();
        if (_protocol.IsRich)
        {
            _capabilities = await _http.GetAsync("capabilities", static answer => GatewayProtocol.ReadCapabilities(new Row(answer)), cancellationToken).ConfigureAwait(false);
        }

        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        await _loop.RunAsync(() =>
        {
            _session = NewSession();
            _sessionStop = stop;
            _isFirstSession = true;
            _isDisconnecting = false;
            _isOver = false;
            _isPaced = false;
            _isComplete = false;
            _missedSince = null;
            AdoptCachedOrders();
            return true;
        }).ConfigureAwait(false);
        _socket = new ReconnectingWebSocket(
            new ReconnectingWebSocketOptions
            {
                Url = _options.ResolveStreamUrl(),
                DialTimeout = _options.DialTimeout,
                KeepAliveInterval = TimeSpan.FromSeconds(20),
                KeepAliveTimeout = TimeSpan.FromSeconds(20),
                MaxMessageBytes = 256 * 1024,
                Headers = _options.KeyHeaders,
                FinalStatuses = FinalStatuses,
                Backoff = _options.Backoff,
            },
            this, _timeProvider, _random, _logger);
        try
        {
            await _socket.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _ticking = TickAsync(stop);
            await WaitForSessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await CloseAsync().ConfigureAwait(false);
            throw ToConnectException(exception);
        }

        Log.Connected(_logger, _options.Dialect, _options.RestUrl.Authority, _instruments.Count, _capabilities.IsHedging ? "hedging" : "netting");
    }

    /// <summary>Waits until the session, the present one or the next after a loss, is live.</summary>
    private async Task WaitForSessionAsync(CancellationToken cancellationToken)
    {
        var session = await _loop.RunAsync(() => _session.Task).ConfigureAwait(false);
        var limit = _options.DialTimeout + _options.HttpTimeout;
        try
        {
            await session.WaitAsync(limit, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            var isConfirmed = await _loop.RunAsync(() => _isConfirmed).ConfigureAwait(false);
            throw new ExecutionClientException(
                $"Tektii connect: {(isConfirmed ? "the account could not be read" : $"no CONNECTED event came (see {nameof(TektiiOptions.RequireConnectedEvent)})")} within {limit.TotalSeconds:0.#} s.", exception);
        }
    }

    private Exception ToConnectException(Exception exception) => exception switch
    {
        OperationCanceledException or ExecutionClientException => exception,
        UpgradeRefusedException { Status: 401 or 403 } => new ExecutionClientException(
            $"Tektii connect to {_options.ResolveStreamUrl().Authority}: {exception.Message}; {(_options.ApiKey is null ? "the gateway asks for an API key" : "the gateway does not take this API key")}.", exception),
        WebSocketException { InnerException: { } inner } => new ExecutionClientException($"Tektii connect to {_options.ResolveStreamUrl().Authority}: {inner.Message}", exception),
        _ => new ExecutionClientException($"Tektii connect to {_options.ResolveStreamUrl().Authority}: {exception.Message}", exception),
    };

    private async Task CloseAsync()
    {
        await _loop.RunAsync(() =>
        {
            // Acknowledgements that wait for an answer would be dropped with the connection.
            _acks.Flush();
            return _isDisconnecting = true;
        }).ConfigureAwait(false);
        if (_socket is not null)
        {
            await _socket.DisposeAsync().ConfigureAwait(false);
            _socket = null;
        }

        if (_stop is not null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        await _ticking.ConfigureAwait(false);
        _stop?.Dispose();
        _stop = null;
        await _loop.RunAsync(() =>
        {
            EndSession("closed by this side");
            return true;
        }).ConfigureAwait(false);
    }

    void IWebSocketHandler.OnConnected(int connection) => _loop.Post(() => BeginSession(connection));

    void IWebSocketHandler.OnLost(int connection, string cause) => _loop.Post(() => EndSession("connection lost: " + cause));

    void IWebSocketHandler.OnDialing(int attempt) => _loop.Post(() =>
    {
        if (!_isDisconnecting)
        {
            _emitter.EmitConnection(ConnectionState.Reconnecting, attempt);
        }
    });

    void IWebSocketHandler.OnGivenUp(string cause) => _loop.Post(() =>
    {
        _isOver = true;
        Alert("CONNECTION_REFUSED", $"The venue takes no connection any more: {cause}. Orders are denied; correct the key and connect anew.");
    });

    private void BeginSession(int connection)
    {
        _connection = connection;
        _isRead = false;
        _isConfirmed = !_options.RequireConnectedEvent;
        _acks.Reset();
        _stalled = null;
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        Recover();
    }

    /// <summary>The account is read, and the venue has said what it is asked to say: orders are taken.</summary>
    private void CompleteSession(int connection)
    {
        if (connection != _connection || connection == 0 || !_isConfirmed || !_isRead || _isConnected)
        {
            return;
        }

        _isConnected = true;
        _emitter.EmitConnection(_isFirstSession ? ConnectionState.Connected : ConnectionState.Reconnected);
        _isFirstSession = false;
        _session.TrySetResult();
    }

    private void EndSession(string cause)
    {
        if (_connection == 0)
        {
            return;
        }

        _connection = 0;
        _lostAt = _timeProvider.GetTimestamp();
        _lostCause = cause;
        _missedSince ??= _venueTime;
        if (_isPaced && !_isDisconnecting)
        {
            EndBacktest(cause);
        }

        if (_isConnected)
        {
            _isConnected = false;
            _session = NewSession();
            _emitter.EmitConnection(ConnectionState.Disconnected, cause: cause);
        }
    }

    /// <summary>An engine takes a strategy once: who was cut off cannot go on.</summary>
    private void EndBacktest(string cause)
    {
        _isOver = true;
        _socket?.Finish();
        if (!_isComplete)
        {
            Alert("BACKTEST_LOST", $"The backtest ended before its last candle, since {cause}. It cannot be taken up again: run it anew.");
            Volatile.Read(ref _strategy)?.Complete(new ExecutionClientException($"Tektii: the backtest ended before its last candle, since {cause}."));
        }
    }

    /// <summary>A gateway tells only what it was started to tell; without these nothing of the account comes by the stream.</summary>
    private void WarnOfSilentSubscriptions()
    {
        foreach (var subscription in _options.Subscriptions.Where(subscription => subscription.Platform is not null))
        {
            foreach (var needed in new[] { "order_update", "trade_update" }.Where(needed => !subscription.Events.Any(name => name == "*" || name.StartsWith(needed[..^"_update".Length], StringComparison.Ordinal))))
            {
                Log.SilentSubscription(_logger, subscription.Symbol, needed);
            }
        }
    }

    private static TaskCompletionSource NewSession() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Work that ends with the client's connection. Its own failures must be handled inside; cancellation is not one.</summary>
    private void RunInBackground(Func<CancellationToken, Task> work)
    {
        var stop = _sessionStop;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await work(stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Disconnected: nobody needs the result any more.
                }
                catch (Exception exception)
                {
                    Log.BackgroundWorkFailed(_logger, exception);
                }
            },
            CancellationToken.None);
    }

    private async Task TickAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickInterval, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                _loop.Post(OnTick);
            }
        }
        catch (OperationCanceledException)
        {
            // Disconnected.
        }
    }

    private void OnTick()
    {
        AskForMissingTrades();
        LookAtHandler();
    }
}
