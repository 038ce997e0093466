using System.Net.Sockets;
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
    // No key, or a backtest that has had its strategy.
    private static readonly HashSet<int> FinalStatuses = [401, 403, 409];

    // As the engine's own strategy runner does.
    private const int MostFirstDials = 60;
    private static readonly TimeSpan FirstDialPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDialPause = TimeSpan.FromSeconds(2);

    private readonly ClientSession _session;
    private ReconnectingWebSocket? _socket;

    // Only the loop touches these.
    private int _connection;
    private bool _isDisconnecting;
    private bool _isConfirmed;
    private bool _isRead;
    private volatile bool _isOver;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _session.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _session.DisconnectAsync(cancellationToken);

    private async Task OpenOrWaitAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            // Of that connection nothing more is to be had.
            await CloseOpenAsync().ConfigureAwait(false);
        }

        await (_socket is null ? OpenAsync(cancellationToken) : WaitForSessionAsync(cancellationToken)).ConfigureAwait(false);
    }

    private Task CloseOpenAsync() => _socket is null ? Task.CompletedTask : CloseAsync();

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        WarnOfSilentSubscriptions();
        if (_protocol.IsRich)
        {
            _capabilities = await _http.GetAsync("capabilities", static answer => GatewayProtocol.ReadCapabilities(new Row(answer)), cancellationToken).ConfigureAwait(false);
        }

        await _loop.RunAsync(() =>
        {
            if (_isPaced)
            {
                // Another run: its clock and its ids begin anew.
                _orders.Clear();
                _trades.Clear();
                _venueTime = default;
            }

            _session.Begin();
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
            await DialAsync(_socket, cancellationToken).ConfigureAwait(false);
            _session.Tick(TickInterval, OnTick);
            await WaitForSessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await CloseAsync().ConfigureAwait(false);
            throw ToConnectException(exception);
        }

        Log.Connected(_logger, _options.Dialect, _options.RestUrl.Authority, _instruments.Count, _capabilities.IsHedging ? "hedging" : "netting");
    }

    /// <summary>An engine is started together with its strategy, and may be the later of the two: as long as nobody listens there it is dialled again.</summary>
    private async Task DialAsync(ReconnectingWebSocket socket, CancellationToken cancellationToken)
    {
        var pause = FirstDialPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await socket.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (WebSocketException exception) when (!_protocol.IsRich && attempt < MostFirstDials && IsRefused(exception))
            {
                await Task.Delay(pause, _timeProvider, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestDialPause ? pause * 2 : LongestDialPause;
            }
        }
    }

    private static bool IsRefused(WebSocketException exception) => exception.InnerException?.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private Task WaitForSessionAsync(CancellationToken cancellationToken) => _session.WaitUntilLiveAsync(
        _options.DialTimeout + _options.HttpTimeout,
        () => _isConfirmed ? "the account could not be read" : $"no CONNECTED event came (see {nameof(TektiiOptions.RequireConnectedEvent)})",
        cancellationToken);

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

        await _session.EndAsync().ConfigureAwait(false);
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
        Alert("CONNECTION_REFUSED", $"The venue takes no connection any more: {cause}. Orders are denied; see to the cause and connect anew.");
    });

    private void BeginSession(int connection)
    {
        _connection = connection;
        _isRead = false;
        _isConfirmed = !_options.RequireConnectedEvent;
        _acks.Reset();
        _untilLive.Clear();
        _stalled = null;
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        Recover();
    }

    /// <summary>The account is read, and the venue has said what it is asked to say: orders are taken.</summary>
    private void CompleteSession(int connection)
    {
        if (connection != _connection || connection == 0 || !_isConfirmed || !_isRead || _session.IsLive)
        {
            return;
        }

        _session.GoLive();
        DeliverHeld();
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

        if (_session.Lose())
        {
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

    private void OnTick()
    {
        AskForMissingTrades();
        AskForExits();
        LookAtHandler();
    }
}
