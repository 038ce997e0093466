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

    private readonly ClientSession _session;
    private ReconnectingWebSocket? _socket;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        RequireCredentials("connect");
        return _session.ConnectAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _session.DisconnectAsync(cancellationToken);

    private Task OpenOrWaitAsync(CancellationToken cancellationToken) => _socket is null ? OpenAsync(cancellationToken) : WaitForSessionAsync(cancellationToken);

    private async Task CloseOpenAsync()
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

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var credentials = _credentials!;
        await FindLimitsAsync(credentials, cancellationToken).ConfigureAwait(false);
        var venueNow = UnixNanos.Now(_timeProvider);
        var rows = await _http.GetMarketsAsync(cancellationToken).ConfigureAwait(false);
        var markets = new MarketTable(rows.Select(row => LighterMarket.From(row, Venue, venueNow)));
        await CheckPublicKeyAsync(credentials, cancellationToken).ConfigureAwait(false);
        await EnsureIntegratorAsync(credentials, cancellationToken).ConfigureAwait(false);

        await _loop.RunAsync(() =>
        {
            _session.Begin();
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
            _session.Tick(TickInterval, OnTick);
            await WaitForSessionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await CloseAsync().ConfigureAwait(false);
            throw ToConnectException(exception);
        }
    }

    private Task WaitForSessionAsync(CancellationToken cancellationToken) =>
        _session.WaitUntilLiveAsync(_options.AccountStreamsTimeout, DescribeMissing, cancellationToken);

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
        await _session.EndAsync().ConfigureAwait(false);
        if (_socket is not null)
        {
            await _socket.DisposeAsync().ConfigureAwait(false);
            _socket = null;
        }

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
}
