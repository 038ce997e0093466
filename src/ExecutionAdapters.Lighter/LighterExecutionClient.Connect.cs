using System.Net.WebSockets;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter;

/// <content>Opening, gating and closing sessions. A session is one connection with every account stream live and the nonce known.</content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CatchUpMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NonceRetryDelay = TimeSpan.FromSeconds(1);

    private static readonly string[] GateChannels =
    [
        LighterChannels.AccountOrders, LighterChannels.AccountTrades, LighterChannels.AccountPositions,
        LighterChannels.AccountAssets, LighterChannels.UserStats,
    ];

    private readonly SemaphoreSlim _connectLock = new(1, 1);
    private ReconnectingWebSocket? _socket;
    private CancellationTokenSource? _stop;
    private Task _ticking = Task.CompletedTask;

    // Only the loop touches these.
    private readonly HashSet<short> _quoteMarkets = [];
    private readonly HashSet<string> _missingStreams = new(StringComparer.Ordinal);
    private TaskCompletionSource? _firstSession;
    private int _connection;
    private long? _sessionNonce;
    private long _sessionStartedAt;
    private long _lastPingAt;
    private long _lastTokenAt;
    private bool _isDisconnecting;
    private DateTimeOffset _lostAt;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        RequireCredentials("connect");
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _connectLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_socket is null)
            {
                await OpenAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _connectLock.Release();
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        await _connectLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_socket is not null)
            {
                await CloseAsync().ConfigureAwait(false);
                await _loop.RunAsync(() =>
                {
                    _emitter.EmitConnection(ConnectionState.Disconnected, cause: "closed by this side");
                    return true;
                }).ConfigureAwait(false);
            }
        }
        finally
        {
            _connectLock.Release();
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var credentials = _credentials!;
        var venueNow = UnixNanos.Now(_timeProvider);
        var rows = await _http.GetMarketsAsync(cancellationToken).ConfigureAwait(false);
        var markets = new MarketTable(rows.Select(row => LighterMarket.From(row, Venue, venueNow)));
        await CheckPublicKeyAsync(credentials, cancellationToken).ConfigureAwait(false);

        _stop = new CancellationTokenSource();
        var session = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _loop.RunAsync(() =>
        {
            _markets = markets;
            _streams.Markets = markets;
            _streams.BeginConnect();
            _firstSession = session;
            _isDisconnecting = false;
            return true;
        }).ConfigureAwait(false);
        _socket = new ReconnectingWebSocket(
            new ReconnectingWebSocketOptions
            {
                Url = _options.Deployment.StreamUrl,
                DialTimeout = _options.DialTimeout,
                Backoff = _options.Backoff,
            },
            this, _timeProvider, _random, _logger);
        try
        {
            await _socket.ConnectAsync(cancellationToken).ConfigureAwait(false);
            _ticking = TickAsync(_stop.Token);
            await session.Task.WaitAsync(_options.AccountStreamsTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var missing = await _loop.RunAsync(() => string.Join(", ", _missingStreams.Order(StringComparer.Ordinal))).ConfigureAwait(false);
            await CloseAsync().ConfigureAwait(false);
            throw ToConnectException(exception, missing);
        }
    }

    private Exception ToConnectException(Exception exception, string missingStreams) => exception switch
    {
        OperationCanceledException or ExecutionClientException => exception,
        TimeoutException when missingStreams.Length > 0 => new ExecutionClientException(
            $"Lighter connect: no first frame from {missingStreams} within {_options.AccountStreamsTimeout.TotalSeconds:0.#} s.", exception),
        _ => new ExecutionClientException($"Lighter connect to {_options.Deployment.StreamUrl.Authority}: {Describe(exception)}", exception),
    };

    private static string Describe(Exception exception) =>
        exception is WebSocketException { InnerException: { } inner } ? inner.Message : exception.Message;

    private async Task CloseAsync()
    {
        await _loop.RunAsync(() => _isDisconnecting = true).ConfigureAwait(false);
        if (_stop is not null)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        if (_socket is not null)
        {
            await _socket.DisposeAsync().ConfigureAwait(false);
            _socket = null;
        }

        await _ticking.ConfigureAwait(false);
        _stop?.Dispose();
        _stop = null;
        await _loop.RunAsync(() =>
        {
            EndSession("disconnected");
            _firstSession = null;
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>A key that is not the registered one would have every transaction refused: say so before the first order.</summary>
    private async Task CheckPublicKeyAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        string? registered;
        try
        {
            registered = await _http.GetPublicKeyAsync(credentials.AccountIndex, credentials.ApiKeyIndex, cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionClientException)
        {
            // The check is a courtesy; the venue checks each signature anyway.
            return;
        }

        if (registered is { Length: > 0 } && registered != credentials.PrivateKey.PublicKey.ToString())
        {
            throw new ExecutionClientException(
                $"Lighter: the private key does not belong to {credentials}: the venue has another public key there ({registered[..8]}…). Use the key registered for this slot, or register this one.");
        }
    }

    /// <summary>Starts a session on a fresh connection: fresh token, subscriptions, nonce.</summary>
    private void BeginSession(int connection)
    {
        _connection = connection;
        _sessionNonce = null;
        _sessionStartedAt = _lastPingAt = _timeProvider.GetTimestamp();
        _missingStreams.Clear();
        _missingStreams.UnionWith(GateChannels);
        SubscribeAccountStreams();
        foreach (var market in _quoteMarkets)
        {
            Subscribe(LighterChannels.ForMarket(LighterChannels.Ticker, market), authToken: null);
        }

        FetchSessionNonce(connection);
    }

    private void EndSession(string cause)
    {
        _connection = 0;
        _isConnected = false;
        _sequencer!.Close(cause);
    }

    private void OnStreamLive(string channel)
    {
        if (_missingStreams.Remove(channel))
        {
            CompleteSessionWhenLive();
        }
    }

    private void CompleteSessionWhenLive()
    {
        if (_connection == 0 || _isConnected || _missingStreams.Count > 0 || _sessionNonce is not { } nonce)
        {
            return;
        }

        _isConnected = true;
        _sequencer!.Open(nonce);
        Log.Connected(_logger, _options.Deployment.Name, _credentials!, _markets.All.Count, nonce);
        _emitter.EmitConnection(_firstSession is { Task.IsCompleted: false } ? ConnectionState.Connected : ConnectionState.Reconnected);
        _firstSession?.TrySetResult();
        CatchUpOnClosedOrders();
    }

    /// <summary>The orders snapshot holds open orders only: those that closed while nobody listened are asked for.</summary>
    private void CatchUpOnClosedOrders()
    {
        if (!_orders.Open.Any())
        {
            return;
        }

        var since = (_lostAt - CatchUpMargin).ToUnixTimeSeconds();
        RunInBackground(async stop =>
        {
            try
            {
                var until = _timeProvider.GetUtcNow().ToUnixTimeSeconds() + 1;
                var rows = await _http.GetInactiveOrdersAsync(_credentials!.AccountIndex, market: null, (since, until), NewAuthToken(), stop).ConfigureAwait(false);
                _loop.Post(() => _streams.OnMissedOrders(rows));
            }
            catch (ExecutionClientException exception)
            {
                Log.CatchUpFailed(_logger, exception.Message);
            }
        });
    }

    private void SubscribeAccountStreams()
    {
        var credentials = _credentials!;
        var deadline = (_timeProvider.GetUtcNow() + LighterProtocol.AuthTokenLifetime).ToUnixTimeSeconds();
        var token = LighterAuthToken.Create(credentials.PrivateKey, deadline, credentials.AccountIndex, credentials.ApiKeyIndex);
        _lastTokenAt = _timeProvider.GetTimestamp();
        foreach (var channel in GateChannels.Append(LighterChannels.AccountTransactions))
        {
            Subscribe(LighterChannels.ForAccount(channel, credentials.AccountIndex), token);
        }
    }

    private void Subscribe(string channel, string? authToken) => _socket?.TrySend(_connection, LighterFrameWriter.Subscribe(channel, authToken));

    private void FetchSessionNonce(int connection) => RunInBackground(async stop =>
    {
        while (true)
        {
            try
            {
                var nonce = await _http.GetNextNonceAsync(_credentials!.AccountIndex, _credentials.ApiKeyIndex, stop).ConfigureAwait(false);
                _loop.Post(() =>
                {
                    if (_connection == connection)
                    {
                        _sessionNonce = nonce;
                        CompleteSessionWhenLive();
                    }
                });
                return;
            }
            catch (ExecutionClientException exception)
            {
                Log.NonceFetchFailed(_logger, exception.Message);
                await Task.Delay(NonceRetryDelay, _timeProvider, stop).ConfigureAwait(false);
            }
        }
    });

    /// <summary>Work that ends with the client's connection. Its own failures must be handled inside; cancellation is not one.</summary>
    private void RunInBackground(Func<CancellationToken, Task> work)
    {
        if (_stop is { } stop)
        {
            var token = stop.Token;
            _ = Task.Run(
                async () =>
                {
                    try
                    {
                        await work(token).ConfigureAwait(false);
                    }
                    catch (OperationCanceledException) when (token.IsCancellationRequested)
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
        _sequencer!.OnTick();
        if (_connection == 0)
        {
            return;
        }

        if (_timeProvider.GetElapsedTime(_lastPingAt) >= LighterProtocol.PingInterval)
        {
            _lastPingAt = _timeProvider.GetTimestamp();
            _socket?.TrySend(_connection, LighterFrameWriter.Ping);
        }

        if (_timeProvider.GetElapsedTime(_lastTokenAt) >= LighterProtocol.AuthTokenRotation)
        {
            SubscribeAccountStreams();
        }

        if (!_isConnected && _firstSession is { Task.IsCompleted: true } && _timeProvider.GetElapsedTime(_sessionStartedAt) >= _options.AccountStreamsTimeout)
        {
            var missing = string.Join(", ", _missingStreams.Order(StringComparer.Ordinal));
            Log.SessionIncomplete(_logger, missing);
            _sessionStartedAt = _timeProvider.GetTimestamp();
            _socket?.Drop("account streams not live: " + missing);
        }
    }
}
