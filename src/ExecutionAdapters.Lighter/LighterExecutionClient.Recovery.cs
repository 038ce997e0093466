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

    /// <summary>Windows end well after now: this machine's clock may be slow.</summary>
    private static readonly TimeSpan WindowEnd = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstCatchUpRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestCatchUpRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestResolveInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookUpBudget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookUpMargin = TimeSpan.FromSeconds(2);

    // Only the loop touches these.
    private readonly UnresolvedTransactions _unresolved;
    private ToldBefore? _missed;
    private bool _isCatchingUp;
    private string? _catchUpFailure;
    private bool _isResolving;
    private long _lastResolvedAt;

    /// <summary>Transactions that wait to leave, for an answer, or for a sign of what became of them.</summary>
    internal Task<int> UnsettledTransactionsAsync() =>
        _loop.RunAsync(() => _unresolved.CountUnsettled() + _sequencer!.InFlightCount + _sequencer.QueuedCount);

    /// <summary>Asks for everything since a loss, and for orders of an earlier process; when it has been applied, the session goes on.</summary>
    private void CatchUp()
    {
        if (_isCatchingUp)
        {
            return;
        }

        _isCatchingUp = true;
        var connection = _connection;
        var missed = _missed;
        IReadOnlyList<TrackedOrder> adopted = [.. _adopted];
        _session.RunInBackground(async stop =>
        {
            for (var delay = FirstCatchUpRetry; _connection == connection; delay = delay * 2 < LongestCatchUpRetry ? delay * 2 : LongestCatchUpRetry)
            {
                try
                {
                    if (missed is { } told)
                    {
                        var lost = await RefreshAsync(told, told.VenueTimeMs, stop).ConfigureAwait(false);
                        await LookUpOrdersAsync(lost, stop).ConfigureAwait(false);
                        await TellAccountAsync(stop).ConfigureAwait(false);
                    }

                    await LookUpOrdersAsync(adopted, stop).ConfigureAwait(false);
                    await TryLookUpAsync(all: true, stop).ConfigureAwait(false);
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
            _adopted.Clear();
            _isCatchingUp = false;
            GoOn();
        }
    }

    /// <summary>
    /// Open orders, orders closed and trades made since then, by the venue's clock (ms): what of it was not told is told now.
    /// Returns orders of ours that the venue had accepted and that are in neither list.
    /// </summary>
    private async Task<IReadOnlyList<TrackedOrder>> RefreshAsync(ToldBefore told, long sinceMs, CancellationToken stop)
    {
        var account = _credentials!.AccountIndex;
        var fromMs = Math.Max(sinceMs - (long)CatchUpMargin.TotalMilliseconds, 0);
        var askedAt = _timeProvider.GetTimestamp();
        var isComplete = true;

        // Open orders first: one that closes between the questions is in both answers, not in none.
        var active = await _http.GetActiveOrdersAsync(account, market: null, stop, OnUnreadable).ConfigureAwait(false);
        var inactive = await _http.GetInactiveOrdersAsync(account, market: null, WindowFrom(fromMs), stop, kind: null, OnUnreadable).ConfigureAwait(false);
        var trades = await _http.GetTradesAsync(account, market: null, orderIndex: null, fromMs, stop, NoteUnreadable).ConfigureAwait(false);
        var closed = inactive.Select(row => row.OrderIndex).ToHashSet();
        var open = active.Select(row => row.OrderIndex).Where(index => !closed.Contains(index)).ToHashSet();
        return await _loop.RunAsync<IReadOnlyList<TrackedOrder>>(() =>
        {
            _streams.OnMissed([.. active.Where(row => open.Contains(row.OrderIndex)), .. inactive], trades, told, askedAt);
            if (isComplete)
            {
                _orders.KeepExternal(open, askedAt);
            }

            return [.. _orders.Open.Where(order => order.VenueOrderIndex != 0 && order.LinkedAt < askedAt && !open.Contains(order.VenueOrderIndex))];
        }).ConfigureAwait(false);

        void OnUnreadable(string endpoint, string reason)
        {
            isComplete = false;
            NoteUnreadable(endpoint, reason);
        }
    }

    /// <summary>Seconds, for the venue's closed orders.</summary>
    private (long Start, long End) WindowFrom(long fromMs) => (fromMs / 1000, (_timeProvider.GetUtcNow() + WindowEnd).ToUnixTimeSeconds());

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

    /// <summary>
    /// Asks for every transaction under way, round after round, or for one round of those whose time has come. Look-ups that cannot be made
    /// now, or take long, are made later; nothing need wait for them.
    /// </summary>
    private async Task TryLookUpAsync(bool all, CancellationToken stop)
    {
        using var budget = new CancellationTokenSource(LookUpBudget, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, stop);
        try
        {
            var asked = all ? new HashSet<PendingTransaction>() : null;
            while (await LookUpAsync(asked, linked.Token).ConfigureAwait(false) && all)
            {
            }
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
        if (!_session.IsLive || _isResolving || _timeProvider.GetElapsedTime(_lastResolvedAt) < interval)
        {
            return;
        }

        var missingFills = _streams.TakeMissingFills(_options.VerdictTimeout);
        var doubtful = TakeDoubtfulOrders();
        if (_unresolved.Count == 0 && missingFills.Count == 0 && doubtful.Count == 0)
        {
            return;
        }

        _isResolving = true;
        _session.RunInBackground(async stop =>
        {
            try
            {
                foreach (var order in missingFills)
                {
                    await AskForTradesAsync(order, stop).ConfigureAwait(false);
                }

                await TryLookUpOrdersAsync(doubtful, stop).ConfigureAwait(false);
                await TryLookUpAsync(all: false, stop).ConfigureAwait(false);
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
    /// <returns>Whether there may be another round.</returns>
    private async Task<bool> LookUpAsync(HashSet<PendingTransaction>? asked, CancellationToken stop)
    {
        var round = await _loop.RunAsync(() => _unresolved.TakeRound(asked)).ConfigureAwait(false);
        asked?.UnionWith(round);
        var hasAnswers = true;
        var over = new List<PendingTransaction>();
        var needsOrders = false;
        foreach (var transaction in round)
        {
            // Noted before it is asked for: one that cannot be answered goes behind the others.
            var askedAtMs = await _loop.RunAsync(() =>
            {
                _unresolved.NoteAsked(transaction);
                return Math.Min(_streams.LeastVenueNowMs, _timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
            }).ConfigureAwait(false);
            TransactionRow? row;
            try
            {
                row = await _http.GetTransactionAsync(transaction.Hash, stop).ConfigureAwait(false);
            }
            catch (ExecutionClientException exception)
            {
                // What the answers before it asked for is not lost with this one.
                Log.LookUpFailed(_logger, exception.Message);
                hasAnswers = false;
                break;
            }

            if (row is null && askedAtMs > transaction.ExpiredAtMs + LookUpMargin.TotalMilliseconds)
            {
                over.Add(transaction);
            }

            needsOrders |= await _loop.RunAsync(() => row is { IsFinal: true } && !OnVerdict(transaction, row)).ConfigureAwait(false);
        }

        if (needsOrders || over.Count > 0)
        {
            var oldest = round.Max(transaction => _timeProvider.GetElapsedTime(transaction.SentAt));
            var venueNowMs = await _loop.RunAsync(() => _streams.LeastVenueNowMs).ConfigureAwait(false);
            await RefreshAsync(ToldBefore.Everything, venueNowMs - (long)oldest.TotalMilliseconds, stop).ConfigureAwait(false);
            await _loop.RunAsync(() =>
            {
                over.ForEach(OnNeverExecuted);
                return true;
            }).ConfigureAwait(false);
        }

        return hasAnswers && round.Count > 0;
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
