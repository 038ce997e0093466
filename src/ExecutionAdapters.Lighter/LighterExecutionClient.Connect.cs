using System.Net.WebSockets;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter;

/// <content>Opening, gating and closing sessions. A session is one connection with every account stream live and the nonce known.</content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NonceRetryDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _connectLock = new(1, 1);
    private ReconnectingWebSocket? _socket;
    private CancellationTokenSource? _stop;
    private Task _ticking = Task.CompletedTask;

    // Cancelled, and replaced, by each disconnect: it ends connects that are still under way.
    private CancellationTokenSource _connects = new();

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        RequireCredentials("connect");
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Volatile.Read(ref _connects).Token);
        try
        {
            await _connectLock.WaitAsync(linked.Token).ConfigureAwait(false);
            try
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                await (_socket is null ? OpenAsync(linked.Token) : WaitForSessionAsync(linked.Token)).ConfigureAwait(false);
            }
            finally
            {
                _connectLock.Release();
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExecutionClientException("Lighter connect: the client was disconnected meanwhile.", exception);
        }
    }

    /// <inheritdoc/>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        if (_isDisposed)
        {
            return;
        }

        await DisconnectCoreAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task DisconnectCoreAsync(CancellationToken cancellationToken)
    {
        await Interlocked.Exchange(ref _connects, new CancellationTokenSource()).CancelAsync().ConfigureAwait(false);
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
        await FindLimitsAsync(credentials, cancellationToken).ConfigureAwait(false);
        var venueNow = UnixNanos.Now(_timeProvider);
        var rows = await _http.GetMarketsAsync(cancellationToken).ConfigureAwait(false);
        var markets = new MarketTable(rows.Select(row => LighterMarket.From(row, Venue, venueNow)));
        await CheckPublicKeyAsync(credentials, cancellationToken).ConfigureAwait(false);
        await EnsureIntegratorAsync(credentials, cancellationToken).ConfigureAwait(false);

        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        await _loop.RunAsync(() =>
        {
            _sessionStop = stop;
            _session = NewSession();
            _isFirstSession = true;
            _markets = markets;
            _streams.Markets = markets;
            _streams.BeginConnect();
            AdoptCachedOrders(markets);
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
            _ticking = TickAsync(stop);
            await WaitForSessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await CloseAsync().ConfigureAwait(false);
            throw ToConnectException(exception);
        }
    }

    /// <summary>Waits until the session, the present one or the next after a loss, is live.</summary>
    private async Task WaitForSessionAsync(CancellationToken cancellationToken)
    {
        var session = await _loop.RunAsync(() => _session.Task).ConfigureAwait(false);
        try
        {
            await session.WaitAsync(_options.AccountStreamsTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            var missing = await _loop.RunAsync(DescribeMissing).ConfigureAwait(false);
            throw new ExecutionClientException(
                $"Lighter connect: {missing} within {_options.AccountStreamsTimeout.TotalSeconds:0.#} s.", exception);
        }
    }

    private Exception ToConnectException(Exception exception) => exception switch
    {
        OperationCanceledException or ExecutionClientException => exception,
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
            EndAwaited();
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
}
