using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter;

/// <content>
/// What the streams did not tell. After a loss the venue is asked for orders, trades, account and every transaction that was under way;
/// and at all times for transactions that nothing has been heard of, until each is decided by proof. Nothing is sent again.
/// </content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan CatchUpMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstCatchUpRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestCatchUpRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestResolveInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookUpBudget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookUpMargin = TimeSpan.FromSeconds(2);

    // Only the loop touches these.
    private readonly UnresolvedTransactions _unresolved;
    private (DateTimeOffset Since, long LastTradeId)? _missed;
    private bool _isCatchingUp;
    private string? _catchUpFailure;
    private bool _isResolving;
    private long _lastResolvedAt;

    /// <summary>Transactions that wait to leave, for an answer, or for a sign of what became of them.</summary>
    internal Task<int> UnsettledTransactionsAsync() =>
        _loop.RunAsync(() => _unresolved.CountUnsettled() + _sequencer!.InFlightCount + _sequencer.QueuedCount);

    /// <summary>Asks for everything since a loss; when it has been applied, the session goes on.</summary>
    private void CatchUp(DateTimeOffset since, long lastTradeId)
    {
        if (_isCatchingUp)
        {
            return;
        }

        _isCatchingUp = true;
        var connection = _connection;
        RunInBackground(async stop =>
        {
            for (var delay = FirstCatchUpRetry; _connection == connection; delay = delay * 2 < LongestCatchUpRetry ? delay * 2 : LongestCatchUpRetry)
            {
                try
                {
                    await RefreshAsync(since, lastTradeId, stop).ConfigureAwait(false);
                    await TellAccountAsync(stop).ConfigureAwait(false);
                    await TryLookUpAsync(atOnce: true, stop).ConfigureAwait(false);
                    _loop.Post(() => OnCaughtUp(connection));
                    return;
                }
                catch (Exception exception) when (!stop.IsCancellationRequested)
                {
                    // Whatever it was: without this the session would never be live.
                    Log.CatchUpFailed(_logger, exception.Message);
                    _loop.Post(() => _catchUpFailure = exception.Message);
                    await Task.Delay(delay, _timeProvider, stop).ConfigureAwait(false);
                }
            }
        });
    }

    private void OnCaughtUp(int connection)
    {
        if (_connection == connection)
        {
            _missed = null;
            _isCatchingUp = false;
            GoOn();
        }
    }

    /// <summary>Open orders, orders closed and trades made since then: what of it was not told is told now.</summary>
    private async Task RefreshAsync(DateTimeOffset since, long lastTradeId, CancellationToken stop)
    {
        var account = _credentials!.AccountIndex;
        var from = since - CatchUpMargin;
        var window = (from.ToUnixTimeSeconds(), _timeProvider.GetUtcNow().ToUnixTimeSeconds() + 1);

        var askedAt = _timeProvider.GetTimestamp();

        // Open orders first: one that closes between the questions is in both answers, not in none.
        var active = await _http.GetActiveOrdersAsync(account, market: null, stop, NoteUnreadable).ConfigureAwait(false);
        var inactive = await _http.GetInactiveOrdersAsync(account, market: null, window, stop, kind: null, NoteUnreadable).ConfigureAwait(false);
        var trades = await _http.GetTradesAsync(account, market: null, orderIndex: null, from.ToUnixTimeMilliseconds(), stop, NoteUnreadable).ConfigureAwait(false);
        var closed = inactive.Select(row => row.OrderIndex).ToHashSet();
        await _loop.RunAsync(() =>
        {
            _streams.OnMissed([.. active.Where(row => !closed.Contains(row.OrderIndex)), .. inactive], trades, lastTradeId, askedAt);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>The account's figures as REST has them. The streams told them too, so neither a failure nor quota is a reason to wait.</summary>
    private async Task TellAccountAsync(CancellationToken stop)
    {
        if (!_http.Limits.HasRoom("account"))
        {
            return;
        }

        try
        {
            var state = await GetAccountStateAsync(stop).ConfigureAwait(false);
            _loop.Post(() => _emitter.Send(state));
        }
        catch (ExecutionClientException exception)
        {
            Log.QueryFailed(_logger, exception.Message);
        }
    }

    /// <summary>Look-ups that cannot be made now, or take long, are made later; nothing need wait for them.</summary>
    private async Task TryLookUpAsync(bool atOnce, CancellationToken stop)
    {
        using var budget = new CancellationTokenSource(LookUpBudget, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stop);
        try
        {
            await LookUpAsync(atOnce, linked.Token).ConfigureAwait(false);
        }
        catch (ExecutionClientException exception)
        {
            Log.LookUpFailed(_logger, exception.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            Log.LookUpFailed(_logger, "the venue does not answer");
        }
    }

    private async Task AskForTradesAsync(TrackedOrder order, CancellationToken stop)
    {
        try
        {
            var trades = await _http.GetTradesAsync(_credentials!.AccountIndex, order.MarketIndex, order.VenueOrderIndex, fromMs: null, stop, NoteUnreadable).ConfigureAwait(false);
            _loop.Post(() => _streams.OnTradesOfOrder(trades));
        }
        catch (ExecutionClientException exception)
        {
            Log.LookUpFailed(_logger, exception.Message);
        }
    }

    /// <summary>A row of REST that cannot be read must not keep the session from going on: it is passed over, as one of the stream is.</summary>
    private void NoteUnreadable(string endpoint, string reason) => _loop.Post(() => _streams.NoteUnreadable(endpoint, reason));

    private void ResolveTransactions()
    {
        var interval = _options.VerdictTimeout < LongestResolveInterval ? _options.VerdictTimeout : LongestResolveInterval;
        if (!_isConnected || _isResolving || _timeProvider.GetElapsedTime(_lastResolvedAt) < interval)
        {
            return;
        }

        var missingFills = _streams.TakeMissingFills(_options.VerdictTimeout);
        if (_unresolved.Count == 0 && missingFills.Count == 0)
        {
            return;
        }

        _isResolving = true;
        RunInBackground(async stop =>
        {
            try
            {
                foreach (var order in missingFills)
                {
                    await AskForTradesAsync(order, stop).ConfigureAwait(false);
                }

                await TryLookUpAsync(atOnce: false, stop).ConfigureAwait(false);
            }
            finally
            {
                _loop.Post(() =>
                {
                    _isResolving = false;
                    _lastResolvedAt = _timeProvider.GetTimestamp();
                });
            }
        });
    }

    /// <summary>
    /// Asks for transactions by their hash. Those that were executed and show no effect, and those that can never be executed any more,
    /// make it worth asking for the orders themselves.
    /// </summary>
    private async Task LookUpAsync(bool atOnce, CancellationToken stop)
    {
        var round = await _loop.RunAsync(() => _unresolved.TakeRound(atOnce)).ConfigureAwait(false);
        var over = new List<PendingTransaction>();
        var needsOrders = false;
        foreach (var transaction in round)
        {
            // Noted before it is asked for: one that cannot be answered goes behind the others.
            await _loop.RunAsync(() => _unresolved.NoteAsked(transaction)).ConfigureAwait(false);
            var askedAt = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            var row = await _http.GetTransactionAsync(transaction.Hash, stop).ConfigureAwait(false);
            if (row is null && askedAt > transaction.ExpiredAtMs + LookUpMargin.TotalMilliseconds)
            {
                over.Add(transaction);
            }

            needsOrders |= await _loop.RunAsync(() => row is { IsFinal: true } && !OnVerdict(transaction, row)).ConfigureAwait(false);
        }

        if (needsOrders || over.Count > 0)
        {
            var oldest = TimeSpan.FromTicks(round.Max(transaction => _timeProvider.GetElapsedTime(transaction.SentAt).Ticks));
            await RefreshAsync(_timeProvider.GetUtcNow() - oldest, long.MaxValue, stop).ConfigureAwait(false);
            await _loop.RunAsync(() =>
            {
                over.ForEach(OnNeverExecuted);
                return true;
            }).ConfigureAwait(false);
        }
    }

    /// <summary>The venue's sequencer decided. True: that settles it; false: it was executed, and its effect has yet to show.</summary>
    private bool OnVerdict(PendingTransaction transaction, TransactionRow row)
    {
        _sequencer!.TakeVerdict(transaction.Hash);
        if (transaction.IsFailed)
        {
            // The transaction stream and a look-up told the same.
            return true;
        }

        if (row.IsFailed)
        {
            transaction.IsFailed = true;
            _unresolved.Remove(transaction);
            OnExecutionFailed(transaction, row);
            return true;
        }

        transaction.Completion?.TrySetResult();
        if (transaction.Purpose is TransactionPurpose.Modify)
        {
            _streams.OnModified(transaction);
        }

        if (transaction.Purpose is TransactionPurpose.Create or TransactionPurpose.Cancel && !IsSettled(transaction))
        {
            return false;
        }

        _unresolved.Remove(transaction);
        return true;
    }

    /// <summary>
    /// The venue does not know the transaction some time after its validity ended, and its orders, asked for since, do not show it either:
    /// it can never be executed.
    /// </summary>
    private void OnNeverExecuted(PendingTransaction transaction)
    {
        _unresolved.Remove(transaction);
        ForgetUnderWay(transaction);
        if (!transaction.HasVerdict && !IsSettled(transaction))
        {
            Reject(transaction, "NOT_SENT: the transaction never reached Lighter and is no longer valid", duePostOnly: false);
        }
    }

    /// <summary>What the streams have told leaves no question about the transaction.</summary>
    private bool IsSettled(PendingTransaction transaction) => transaction.Purpose switch
    {
        TransactionPurpose.Create => transaction.Order is { IsAccepted: true } or { IsClosed: true },
        TransactionPurpose.Modify => transaction.Order is { IsClosed: true } || transaction.IsTold,
        TransactionPurpose.Cancel => transaction.Order?.IsClosed
            ?? (transaction.VenueOrderId is not { } venueOrderId || !TryParseIndex(venueOrderId, out var index) || !_orders.IsExternalOpen(index)),
        _ => transaction.Completion?.Task.IsCompleted ?? true,
    };
}
