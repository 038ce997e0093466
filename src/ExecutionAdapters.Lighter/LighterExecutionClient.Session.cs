using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <content>One session: from a fresh connection to every account stream live and the nonce known, and what keeps it alive.</content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan CatchUpMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CatchUpRetryDelay = TimeSpan.FromSeconds(5);

    private static readonly string[] GateChannels =
    [
        LighterChannels.AccountOrders, LighterChannels.AccountTrades, LighterChannels.AccountPositions,
        LighterChannels.AccountAssets, LighterChannels.UserStats,
    ];

    // Only the loop touches these; the connection's number is read by others too.
    private readonly HashSet<short> _quoteMarkets = [];
    private readonly HashSet<string> _missingStreams = new(StringComparer.Ordinal);
    private TaskCompletionSource _session = NewSession();
    private CancellationToken _sessionStop;
    private volatile int _connection;
    private long? _sessionNonce;
    private long _sessionStartedAt;
    private long _lastPingAt;
    private long _lastTokenAt;
    private bool _isFirstSession;
    private bool _wasEverLive;
    private bool _isDisconnecting;
    private (DateTimeOffset Since, long LastTradeId)? _missed;

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
        // The mark stays where the first loss set it until a catch-up has been applied.
        _missed ??= _wasEverLive ? (_timeProvider.GetUtcNow(), _streams.LastTradeId) : null;
        _orders.ForgetUnderWay();

        _connection = 0;
        _isConnected = false;
        _session = _session.Task.IsCompleted ? NewSession() : _session;
        _quotes.Clear();
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
        _wasEverLive = true;
        _sequencer!.Open(nonce);
        Log.Connected(_logger, _options.Deployment.Name, _credentials!, _markets.All.Count, nonce);
        _emitter.EmitConnection(_isFirstSession ? ConnectionState.Connected : ConnectionState.Reconnected);
        _isFirstSession = false;
        _session.TrySetResult();
        CatchUp();
    }

    /// <summary>What a session still lacks, in words.</summary>
    private string DescribeMissing() => _missingStreams.Count > 0
        ? "no first frame from " + string.Join(", ", _missingStreams.Order(StringComparer.Ordinal))
        : _connection == 0 ? "no connection" : "no answer to nextNonce";

    private static TaskCompletionSource NewSession() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The snapshots hold open orders and the latest trades only. What closed or traded while nobody listened is asked for.
    /// </summary>
    private void CatchUp()
    {
        if (_missed is not { } missed)
        {
            return;
        }

        var connection = _connection;
        var since = missed.Since - CatchUpMargin;
        RunInBackground(async stop =>
        {
            while (_connection == connection)
            {
                try
                {
                    var account = _credentials!.AccountIndex;
                    var window = (since.ToUnixTimeSeconds(), _timeProvider.GetUtcNow().ToUnixTimeSeconds() + 1);
                    var trades = await _http.GetTradesAsync(account, market: null, orderIndex: null, since.ToUnixTimeMilliseconds(), NewAuthToken(), stop).ConfigureAwait(false);
                    var orders = await _http.GetInactiveOrdersAsync(account, market: null, window, NewAuthToken(), stop).ConfigureAwait(false);
                    _loop.Post(() =>
                    {
                        _streams.OnMissed(orders, trades, missed.LastTradeId);
                        _missed = _connection == connection ? null : _missed;
                    });
                    return;
                }
                catch (ExecutionClientException exception)
                {
                    Log.CatchUpFailed(_logger, exception.Message);
                    await Task.Delay(CatchUpRetryDelay, _timeProvider, stop).ConfigureAwait(false);
                }
            }
        });
    }

    private void SubscribeAccountStreams()
    {
        var credentials = _credentials!;
        var token = NewAuthToken();
        _lastTokenAt = _timeProvider.GetTimestamp();
        foreach (var channel in GateChannels.Append(LighterChannels.AccountTransactions))
        {
            Subscribe(LighterChannels.ForAccount(channel, credentials.AccountIndex), token);
        }
    }

    private void Subscribe(string channel, string? authToken) => _socket?.TrySend(_connection, LighterFrameWriter.Subscribe(channel, authToken));

    private void FetchSessionNonce(int connection) => RunInBackground(async stop =>
    {
        while (_connection == connection)
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

    private void OnTick()
    {
        _sequencer!.OnTick();
        if (_connection == 0)
        {
            return;
        }

        ResolveUnknownCreates();

        if (_timeProvider.GetElapsedTime(_lastPingAt) >= LighterProtocol.PingInterval)
        {
            _lastPingAt = _timeProvider.GetTimestamp();
            _socket?.TrySend(_connection, LighterFrameWriter.Ping);
        }

        if (_timeProvider.GetElapsedTime(_lastTokenAt) >= LighterProtocol.AuthTokenRotation)
        {
            SubscribeAccountStreams();
        }

        if (!_isConnected && !_isFirstSession && _timeProvider.GetElapsedTime(_sessionStartedAt) >= _options.AccountStreamsTimeout)
        {
            var missing = DescribeMissing();
            Log.SessionIncomplete(_logger, missing);
            _sessionStartedAt = _timeProvider.GetTimestamp();
            _socket?.Drop(missing);
        }
    }
}
