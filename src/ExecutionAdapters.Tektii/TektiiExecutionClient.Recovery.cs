using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;

namespace ExecutionAdapters.Tektii;

/// <content>The stream tells nothing twice: after a loss, of ours or the gateway's, the account is read by REST and what differs is told. Only then the session is live.</content>
public sealed partial class TektiiExecutionClient
{
    private static readonly TimeSpan LookbackMargin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RecoveryRetryDelay = TimeSpan.FromSeconds(1);

    private long _lostAt;
    private string _lostCause = "";
    private bool _isRecovering;
    private bool _isRecoveryWanted;

    // Since when something may have been missed, by the venue's clock; zero: since ever; null: nothing.
    private UnixNanos? _missedSince;

    /// <summary>Reads the account again, once for all who want it meanwhile. Belongs to the loop.</summary>
    private void Recover()
    {
        if (_isRecovering)
        {
            _isRecoveryWanted = true;
            return;
        }

        _isRecovering = true;
        var connection = _connection;
        _session.RunInBackground(async stop =>
        {
            try
            {
                await RecoverAsync(connection, stop).ConfigureAwait(false);
            }
            finally
            {
                _loop.Post(() =>
                {
                    _isRecovering = false;
                    if (_isRecoveryWanted)
                    {
                        _isRecoveryWanted = false;
                        Recover();
                    }
                });
            }
        });
    }

    private async Task RecoverAsync(int connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await _loop.RunAsync(() => connection == _connection && connection != 0).ConfigureAwait(false))
        {
            try
            {
                await ReadAccountAgainAsync(stop).ConfigureAwait(false);
                await _loop.RunAsync(() =>
                {
                    OnRecovered(connection);
                    return true;
                }).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                Log.RecoveryFailed(_logger, exception.Message, RecoveryRetryDelay);
                await Task.Delay(RecoveryRetryDelay, _timeProvider, stop).ConfigureAwait(false);
            }
        }
    }

    private void OnRecovered(int connection)
    {
        if (connection != _connection)
        {
            return;
        }

        if (!_session.IsFirst && !_session.IsLive)
        {
            Deliver(new TektiiGapEvent(_timeProvider.GetElapsedTime(_lostAt), _lostCause) { Timestamp = _venueTime });
        }
        else if (_session.IsLive)
        {
            // The broker was away: the engine looks at its side, too.
            _emitter.EmitConnection(ConnectionState.Reconnected);
        }

        _isRead = true;
        CompleteSession(connection);
    }

    private async Task ReadAccountAgainAsync(CancellationToken stop)
    {
        var (followed, missedSince, isNews) = await _loop.RunAsync(() => (_orders.Open.Where(order => !order.IsTermOfEntry).ToList(), _missedSince, !_session.IsFirst)).ConfigureAwait(false);

        // A row that cannot be read is told in the log, and holds up nobody.
        var unreadable = new List<string>();
        var rows = await GetOrdersAsync("orders", stop, unreadable).ConfigureAwait(false);
        var trades = new List<TektiiTrade>();
        if (followed.Count > 0 || isNews)
        {
            var window = TimeQuery("since", missedSince is { Value: > 0 } since ? since - LookbackMargin : isNews || _isPaced ? null : OldestOf(followed));
            if (_protocol.HasHistory)
            {
                rows.AddRange(await GetOrdersAsync("orders/history" + Query(window), stop, unreadable).ConfigureAwait(false));
            }

            trades = await GetTradesAsync(_protocol.IsRich ? Query(window) : "", stop, unreadable).ConfigureAwait(false);
        }

        // Orders that neither list has: each is asked for by itself.
        var named = rows.Select(row => row.Id).ToHashSet();
        foreach (var order in followed.Where(order => order.VenueOrderId is { } id && !named.Contains(id)))
        {
            if (await FindOrderAsync(order.VenueOrderId, order.Key.ClientOrderId, stop).ConfigureAwait(false) is { } row)
            {
                rows.Add(row);
            }
        }

        var positions = await GetPositionRowsAsync("", stop, unreadable).ConfigureAwait(false);
        var account = await GetAccountAsync(stop).ConfigureAwait(false);
        await _loop.RunAsync(() =>
        {
            positions.ForEach(position => InstrumentOf(position.Symbol));

            rows.ForEach(NoteReplaced);

            // An exit is found by its entry, and an order that was replaced goes on as the one that works: its end under the earlier id is none.
            foreach (var row in rows.OrderBy(row => row.ParentOrderId is null ? 0 : 1).ThenBy(row => row.IsClosed).ThenByDescending(row => row.CreatedAt))
            {
                Take(row.Id.Value, () =>
                {
                    InstrumentOf(row.Symbol);
                    OnOrder(row, isNews);
                });
            }

            foreach (var trade in trades.OrderBy(trade => trade.Timestamp).Where(trade => isNews || _orders.TryFind(trade.OrderId, out _)))
            {
                Take(trade.OrderId.Value, () => OnTrade(trade));
            }

            OnAccount(account, _emitter.Now);
            _missedSince = null;
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Nothing of these orders is older; null: that is not known. An hour for clocks that differ.</summary>
    private static UnixNanos? OldestOf(List<TrackedOrder> orders) =>
        orders.Count > 0 && orders.TrueForAll(order => order.Since.Value > 0) ? orders.Min(order => order.Since) - TimeSpan.FromHours(1) : null;

    /// <summary>What was filled until the order was replaced, if it was: that it is over is not told yet.</summary>
    private void NoteReplaced(TektiiOrder row)
    {
        if (row.IsClosed && _orders.Find(row) is { } order && order.VenueOrderId == row.Id)
        {
            NoteFilled(order, Whole(order, row).FilledQuantity);
        }
    }

    /// <summary>One that cannot be dealt with must not keep the others, nor the session.</summary>
    private void Take(string id, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            TektiiTelemetry.UnreadableFrames.Add(1);
            Log.RowFailed(_logger, id, "a row", exception);
        }
    }

    /// <summary>After a restart the engine's books hold orders that this process never sent.</summary>
    private void AdoptCachedOrders()
    {
        try
        {
            foreach (var instrument in _instruments.Values)
            {
                foreach (var order in _cache?.OrdersOpen(instrument.Id, OrderSide.NoOrderSide) ?? [])
                {
                    Adopt(ToTracked(order), TradesOf(order));
                }
            }

            foreach (var order in _cache?.OrdersSubmitted() ?? [])
            {
                if (order.InstrumentId.Venue == Venue && (order.AccountId is null || order.AccountId == AccountId))
                {
                    Adopt(ToTracked(order), TradesOf(order));
                }
            }
        }
        catch (Exception exception)
        {
            Log.CacheFailed(_logger, exception);
        }
    }

    /// <inheritdoc/>
    public void RegisterExternalOrder(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.VenueOrderId is not null && !order.IsClosed && order.InstrumentId.Venue == Venue)
        {
            // Read here, where nothing else changes it.
            var tracked = ToTracked(order);
            var trades = TradesOf(order);
            Post(() => Adopt(tracked, trades));
        }
    }

    private void Adopt(TrackedOrder order, IReadOnlyList<(VenueOrderId, TradeId)> trades)
    {
        if (_orders.TryFind(order.Key.ClientOrderId, out _) || (order.VenueOrderId is { } known && _orders.TryFind(known, out _)))
        {
            return;
        }

        foreach (var (id, trade) in trades)
        {
            _trades.Add((order.Key.InstrumentId, id, _orders.OwnersOf(id), trade));
        }

        _orders.Add(order);
    }

    private static IReadOnlyList<(VenueOrderId, TradeId)> TradesOf(Order order) => [.. order.Events.OfType<OrderFilled>().Select(fill => (fill.VenueOrderId, fill.TradeId))];

    private TrackedOrder ToTracked(Order order) => new()
    {
        Key = new OrderKey(order.ClientOrderId, order.InstrumentId, order.StrategyId),
        Side = order.Side,
        OrderType = order.OrderType,
        Symbol = SymbolOf(order.InstrumentId),
        Since = order.TsInit,
        Quantity = order.Quantity,
        Price = order.Price,
        TriggerPrice = order.TriggerPrice,
        VenueOrderId = order.VenueOrderId,
        EarlierIds = [.. order.VenueOrderIds.Where(id => id != order.VenueOrderId)],
        FilledEarlier = order.Events.OfType<OrderFilled>().Where(fill => fill.VenueOrderId != order.VenueOrderId).Sum(fill => fill.LastQty.Value),
        IsRestOnly = order.VenueOrderIds.Count > 1 ? null : false,
        Filled = order.FilledQty.Value,
        FilledAtVenue = order.FilledQty.Value,
        IsAccepted = order.Lifecycle >= OrderLifecycle.Accepted,
        Entry = order.ParentOrderId,
        IsTermOfEntry = order.ParentOrderId is not null && order.VenueOrderId is { } id && id.Value.Contains('/', StringComparison.Ordinal),
    };
}
