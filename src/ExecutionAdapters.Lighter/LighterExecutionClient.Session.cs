using System.Globalization;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter;

/// <content>
/// One session: from a fresh connection to every account stream live, the nonce known and everything missed caught up with; and what
/// keeps it alive.
/// </content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan FirstSubscribeRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSubscribeRetry = TimeSpan.FromSeconds(30);

    private static readonly string[] GateChannels =
    [
        LighterChannels.AccountOrders, LighterChannels.AccountTrades, LighterChannels.AccountPositions,
        LighterChannels.AccountAssets, LighterChannels.UserStats,
    ];

    // Only the loop touches these; the connection's number is read by others too.
    private readonly HashSet<short> _quoteMarkets = [];
    private readonly HashSet<string> _missingStreams = new(StringComparer.Ordinal);
    private readonly SubscriptionQueue _subscriptions;
    private readonly TokenRotation _tokens;
    private readonly ITimer _wakeTimer;
    private (long Since, TimeSpan Delay)? _wakeAt;
    private volatile int _connection;
    private long? _sessionNonce;
    private long _sessionStartedAt;
    private long _lastPingAt;
    private volatile bool _mayFollowEarlierRun = true;
    private TimeSpan _subscribeRetryDelay;
    private bool _isSubscribeRetryPending;
    private int _transactionStreamAttempts;
    private bool _isTransactionStreamAnswered;
    private bool _wasEverLive;
    private bool _isDisconnecting;

    /// <summary>Starts a session on a fresh connection: fresh token, subscriptions, nonce.</summary>
    private void BeginSession(int connection)
    {
        _connection = connection;
        _sessionNonce = null;
        _sessionStartedAt = _lastPingAt = _timeProvider.GetTimestamp();
        _missingStreams.Clear();
        _missingStreams.UnionWith(GateChannels);
        _isTransactionStreamAnswered = false;
        _transactionStreamAttempts = 0;
        _subscribeRetryDelay = FirstSubscribeRetry;
        _isSubscribeRetryPending = false;
        _subscriptions.Clear();
        SubscribeAccountStreams(GateChannels.Append(LighterChannels.AccountTransactions));
        foreach (var market in _quoteMarkets)
        {
            _subscriptions.Add(LighterChannels.ForMarket(LighterChannels.Ticker, market), static () => null);
        }

        FetchSessionNonce(connection);
    }

    private void EndSession(string cause)
    {
        // The mark stays where the first loss set it until a catch-up has been applied.
        _missed ??= _wasEverLive ? new ToldBefore(_streams.VenueTimeMs, _streams.LastTradeId) : null;
        _isCatchingUp = false;
        _catchUpFailure = null;
        _orders.ForgetUnderWay();

        _connection = 0;
        _session.Lose();
        _quotes.Clear();
        _subscriptions.Clear();
        _sequencer!.Close(cause);
    }

    private void OnStreamLive(string channel)
    {
        _subscriptions.OnAnswered(LighterChannels.ForAccount(channel, _credentials!.AccountIndex));
        if (_missingStreams.Remove(channel))
        {
            GoOn();
        }
    }

    /// <summary>
    /// The next step of a session: with streams and nonce there, cancels may leave; after a loss, or with orders of an earlier process,
    /// what was missed is caught up with; then it is live.
    /// </summary>
    private void GoOn()
    {
        if (_connection == 0 || _session.IsLive || _missingStreams.Count > 0 || _sessionNonce is not { } nonce)
        {
            return;
        }

        if (!_sequencer!.IsOpen)
        {
            _sequencer.Open(nonce);
        }

        if (_missed is not null || _adopted.Count > 0)
        {
            CatchUp();
            return;
        }

        _wasEverLive = true;
        Log.Connected(_logger, _options.Deployment.Name, _credentials!, _markets.All.Count, nonce);
        _session.GoLive();
    }

    /// <summary>What a session still lacks, in words.</summary>
    private string DescribeMissing()
    {
        if (_missingStreams.Count > 0)
        {
            return "no first frame from " + string.Join(", ", _missingStreams.Order(StringComparer.Ordinal));
        }

        return _connection == 0 ? "no connection"
            : _sessionNonce is null ? "no answer to nextNonce"
            : "what was missed could not be asked for: " + (_catchUpFailure ?? "no answer");
    }

    private void SubscribeAccountStreams(IEnumerable<string> channels)
    {
        _tokens.BeginRound();
        string token;
        try
        {
            token = NewAuthToken();
        }
        catch (ObjectDisposedException exception)
        {
            OnTokenFailed(exception.Message);
            return;
        }

        foreach (var channel in channels)
        {
            _subscriptions.Add(LighterChannels.ForAccount(channel, _credentials!.AccountIndex), () => token);
        }
    }

    /// <summary>
    /// An error that is no answer to a transaction. When it concerns subscriptions, the streams that are not live are asked for again
    /// with a fresh token; those that are live stay so.
    /// </summary>
    private void OnSubscriptionError(LighterFrame.BareError error)
    {
        _subscriptions.OnError();
        if (error.Code == LighterProtocol.AlreadySubscribed)
        {
            return;
        }

        if (error.Code == LighterProtocol.InvalidAuth && _missingStreams.Count == 0 && _isTransactionStreamAnswered)
        {
            OnTokenFailed(error.Message);
            return;
        }

        Log.SubscriptionRefused(_logger, error.Code, Bounded(error.Message));
        if (!_isSubscribeRetryPending)
        {
            RetrySubscriptions();
        }
    }

    /// <summary>One retry for all that is refused until then, and a later one each time: refusals of retries must not multiply.</summary>
    private void RetrySubscriptions()
    {
        var connection = _connection;
        var delay = _subscribeRetryDelay;
        _isSubscribeRetryPending = true;
        _subscribeRetryDelay = delay * 2 < LongestSubscribeRetry ? delay * 2 : LongestSubscribeRetry;
        _session.RunInBackground(async stop =>
        {
            await Task.Delay(delay, _timeProvider, stop).ConfigureAwait(false);
            _loop.Post(() =>
            {
                if (_connection != connection)
                {
                    return;
                }

                _isSubscribeRetryPending = false;
                if (FindSilentStreams() is { Count: > 0 } silent)
                {
                    SubscribeAccountStreams(silent);
                }
            });
        });
    }

    /// <summary>Streams that have not answered. The one of transactions is asked for a few times only: a venue may not have it.</summary>
    private List<string> FindSilentStreams()
    {
        const int MaxAttempts = 5;
        List<string> silent = [.. _missingStreams];
        if (!_isTransactionStreamAnswered && _transactionStreamAttempts++ < MaxAttempts)
        {
            silent.Add(LighterChannels.AccountTransactions);
        }

        return silent;
    }

    private void OnTransactionStreamAnswered()
    {
        _isTransactionStreamAnswered = true;
        _subscriptions.OnAnswered(LighterChannels.ForAccount(LighterChannels.AccountTransactions, _credentials!.AccountIndex));
    }

    private void OnTokenFailed(string reason)
    {
        if (_tokens.OnFailed() is not var (delay, isOverdue))
        {
            return;
        }

        if (isOverdue)
        {
            Log.TokenRotationOverdue(_logger, Bounded(reason), delay);
        }
        else
        {
            Log.TokenRotationFailed(_logger, Bounded(reason), delay);
        }
    }

    /// <summary>The highest nonce that this key was used with, in the client's memory.</summary>
    private string NonceName => string.Create(CultureInfo.InvariantCulture, $"nonce-{_credentials!.AccountIndex}-{_credentials.ApiKeyIndex}");

    /// <summary>
    /// The venue may not have taken in yet what a process that was killed sent last. A nonce that one of those has would be refused, or theirs: for the
    /// time of an acknowledgement they are waited for.
    /// </summary>
    private bool AwaitsEarlierRun(long next, long since) =>
        _mayFollowEarlierRun && long.TryParse(_memory?.Get(NonceName), NumberStyles.None, CultureInfo.InvariantCulture, out var used)
        && next <= used && _timeProvider.GetElapsedTime(since) < _options.AcknowledgementTimeout;

    private void FetchSessionNonce(int connection) => _session.RunInBackground(async stop =>
    {
        var since = _timeProvider.GetTimestamp();
        while (_connection == connection)
        {
            try
            {
                var nonce = await _http.GetNextNonceAsync(_credentials!.AccountIndex, _credentials.ApiKeyIndex, stop).ConfigureAwait(false);
                if (AwaitsEarlierRun(nonce, since))
                {
                    Log.EarlierRunAwaited(_logger, nonce);
                    await Task.Delay(NonceRetryDelay, _timeProvider, stop).ConfigureAwait(false);
                    continue;
                }

                _loop.Post(() =>
                {
                    if (_connection == connection)
                    {
                        _mayFollowEarlierRun = false;
                        _sessionNonce = nonce;
                        GoOn();
                    }
                });
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
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

        OnWake();
        ResolveTransactions();

        if (_timeProvider.GetElapsedTime(_lastPingAt) >= LighterProtocol.PingInterval)
        {
            _lastPingAt = _timeProvider.GetTimestamp();
            _limits.StreamMessages.Charge(1);
            _socket?.TrySend(_connection, LighterFrameWriter.Ping);
        }

        if (_tokens.IsDue)
        {
            SubscribeAccountStreams(GateChannels.Append(LighterChannels.AccountTransactions));
        }

        if (_missingStreams.Count > 0 && !_session.IsFirst && _timeProvider.GetElapsedTime(_sessionStartedAt) >= _options.AccountStreamsTimeout)
        {
            var missing = DescribeMissing();
            Log.SessionIncomplete(_logger, missing);
            _sessionStartedAt = _timeProvider.GetTimestamp();
            _socket?.Drop(missing);
        }
    }

    /// <summary>Has <see cref="OnWake"/> called on the loop after that time.</summary>
    private void WakeAfter(TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            // Not on this thread: it may be inside another client's loop, with which this one shares its limits.
            ThreadPool.UnsafeQueueUserWorkItem(_ => _loop.Post(OnWake), null);
            return;
        }

        // One timer for all: who waits longer asks again when it rings.
        if (_wakeAt is not { } due || _timeProvider.GetElapsedTime(due.Since) + delay < due.Delay)
        {
            _wakeAt = (_timeProvider.GetTimestamp(), delay);
            _wakeTimer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The timer rang, perhaps a little early: whoever still has to wait asks for it again.</summary>
    private void OnAlarm()
    {
        _wakeAt = null;
        OnWake();
    }

    private void OnWake()
    {
        _subscriptions.Pump();
        _sequencer!.Pump();
    }
}
