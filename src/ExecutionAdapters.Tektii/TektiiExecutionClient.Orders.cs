using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;

namespace ExecutionAdapters.Tektii;

/// <content>
/// What rows and trades mean, wherever they come from. A row never fills an order: its trades do, each once. An order that a row calls over waits until the trades that the row
/// speaks of are told. While a request is unanswered, rows and trades of unknown orders may be its, and wait too.
/// </content>
public sealed partial class TektiiExecutionClient
{
    private const int MostDoublings = 6;

    private readonly UnansweredRequests _requests = new();

    /// <param name="row">The order at the venue.</param>
    /// <param name="isNews">Whether the engine is told of it when it is not one that the client follows.</param>
    /// <param name="mayWait">Whether it may be of a request that is not answered.</param>
    private void OnOrder(TektiiOrder row, bool isNews, bool mayWait = true)
    {
        if (_orders.Find(row) is not { } order)
        {
            if (isNews && mayWait && row.ClientOrderId is null && MayBeOfUnanswered(row.Symbol, row.Side))
            {
                _requests.Keep(row);
            }
            else if (isNews && !IsVainReplacement(row))
            {
                _emitter.Send(ReportFactory.Order(row, InstrumentOf(row.Symbol), ClientIdOf(row), AccountId, _emitter.Now));
            }

            return;
        }

        if (order.IsClosed || _orders.IsEarlier(order, row))
        {
            return;
        }

        if (!order.IsAccepted && row is { Status: TektiiOrderStatus.Rejected, FilledQuantity: 0 })
        {
            Identify(order, row.Id);
            Reject(order, $"Tektii venue rejected the order: {row.RejectReason ?? "no reason given"}", row.UpdatedAt, row.RejectReason);
            return;
        }

        if (!order.IsAccepted)
        {
            Identify(order, row.Id);
            if (row.Status == TektiiOrderStatus.Pending)
            {
                return;
            }

            Accept(order, row.Id, row.CreatedAt);
        }

        order.IsRestOnly ??= IsRest(order, row);
        TakeTerms(order, row);
        if (order.IsClosed)
        {
            // What had waited for its new id has ended it.
            return;
        }

        var whole = Whole(order, row);
        NoteFilled(order, whole.FilledQuantity);
        if (whole.IsClosed)
        {
            Conclude(order, whole);
        }
    }

    /// <summary>A request that is not answered may have made an order whose id is not known yet. Of whatever cannot be its, nothing waits.</summary>
    private bool MayBeOfUnanswered(string symbol, OrderSide side) =>
        _requests.Any && _orders.Open.Any(order => (order.VenueOrderId is null || order.Modifications > 0) && order.Symbol == symbol && order.Side == side);

    private void OnTrade(TektiiTrade trade) => OnTrade(trade, mayWait: true);

    private void OnTrade(TektiiTrade trade, bool mayWait)
    {
        var instrument = InstrumentOf(trade.Symbol);
        _orders.TryFind(trade.OrderId, out var order);
        if (mayWait && order is not { IsClosed: false } && MayBeOfUnanswered(trade.Symbol, trade.Side))
        {
            // Of a closed order too: a gateway that was started anew may give its id to the one that is under way.
            _requests.Keep(trade);
            return;
        }

        // Made before it is marked as told: one that cannot be made must not be taken for told.
        var report = ReportFactory.Fill(trade, instrument, order?.Key.ClientOrderId, AccountId, _emitter.Now);
        if (!_trades.Add((instrument.Id, trade.OrderId, _orders.OwnersOf(trade.OrderId), report.TradeId)))
        {
            return;
        }

        if (order is null)
        {
            _emitter.Send(report);
        }
        else
        {
            Fill(order, report, instrument);
        }
    }

    private void Fill(TrackedOrder order, FillReport report, Instrument instrument)
    {
        if (!order.IsAccepted)
        {
            Accept(order, report.VenueOrderId, report.TsEvent);
        }

        order.FilledSince ??= _timeProvider.GetTimestamp();
        order.Filled += report.LastQty.Value;
        if (report.VenueOrderId != order.VenueOrderId)
        {
            NoteEarlierFill(order, report.LastQty.Value, instrument, report.TsEvent);
        }

        _emitter.EmitFilled(order.Key, order.OrderType, report, instrument.QuoteCurrency);
        if (order.Filled >= order.FilledAtVenue)
        {
            order.BehindSince = null;
            order.Asked = 0;
        }

        if (order.Waiting is { } row && row.FilledQuantity <= order.Filled)
        {
            Conclude(order, row);
        }
        else
        {
            CloseIfFilled(order);
        }
    }

    /// <summary>A modification that is not answered may have made it larger.</summary>
    private void CloseIfFilled(TrackedOrder order)
    {
        if (order is { IsClosed: false, IsAccepted: true, Modifications: 0 } && order.Filled >= order.Quantity.Value)
        {
            Close(order);
        }
    }

    /// <summary>The venue has the order, and with it the exits that are terms of it.</summary>
    private void Accept(TrackedOrder order, VenueOrderId id, UnixNanos time)
    {
        Identify(order, id);
        if (order.IsAccepted || order.IsClosed)
        {
            return;
        }

        order.IsAccepted = true;
        _emitter.EmitAccepted(order.Key, id, time);
        foreach (var exit in _orders.TermsOf(order).ToList())
        {
            Accept(exit, OrderTracker.TermId(id, exit.OrderType), time);
        }
    }

    private void Identify(TrackedOrder order, VenueOrderId id)
    {
        if (order.VenueOrderId != id)
        {
            NoteId(order, id);
            TakeWaiting(id);
        }
    }

    private void NoteId(TrackedOrder order, VenueOrderId id)
    {
        _orders.Identify(order, id);
        foreach (var exit in _orders.TermsOf(order))
        {
            _orders.Alias(exit, OrderTracker.TermId(id, exit.OrderType));
        }

        var waiting = order.OnVenueOrderId;
        order.OnVenueOrderId = null;
        waiting?.ForEach(static act => act());
    }

    private void TakeWaiting(VenueOrderId id) => Take(_requests.Take(id));

    /// <summary>What waited for nothing else any more is of orders of others.</summary>
    private void OnAnswered(long request) => Take(_requests.End(request));

    private void Take((IReadOnlyList<TektiiOrder> Rows, IReadOnlyList<TektiiTrade> Trades) waited)
    {
        foreach (var row in waited.Rows)
        {
            OnOrder(row, isNews: true, mayWait: false);
        }

        foreach (var trade in waited.Trades)
        {
            OnTrade(trade, mayWait: false);
        }
    }

    private void NoteFilled(TrackedOrder order, decimal filled)
    {
        order.FilledAtVenue = Math.Max(order.FilledAtVenue, filled);
        if (order.FilledAtVenue > order.Filled)
        {
            order.BehindSince ??= _timeProvider.GetTimestamp();
        }
    }

    /// <summary>The order is over, once its trades are told and no modification may have begun it anew.</summary>
    private void Conclude(TrackedOrder order, TektiiOrder row)
    {
        if (order.IsClosed)
        {
            return;
        }

        if (row.FilledQuantity > order.Filled || (order.Modifications > 0 && row.Status == TektiiOrderStatus.Cancelled))
        {
            order.Waiting = row;
            return;
        }

        switch (row.Status)
        {
            case TektiiOrderStatus.Expired:
                _emitter.EmitExpired(order.Key, row.Id, row.UpdatedAt);
                break;
            case TektiiOrderStatus.Cancelled or TektiiOrderStatus.Rejected:
                _emitter.EmitCanceled(order.Key, row.Id, row.RejectReason, row.UpdatedAt);
                break;
            default:
                TellShrunk(order, row);
                break;
        }

        Close(order);
    }

    /// <summary>A change to just what is filled ends an order; whoever asked for it hears that it was made.</summary>
    private void TellShrunk(TrackedOrder order, TektiiOrder row)
    {
        if (row.Quantity == order.Filled && row.Quantity != order.Quantity.Value)
        {
            order.Quantity = ReportFactory.ToQuantity(row.Quantity, InstrumentOf(row.Symbol));
            order.Updates++;
            _emitter.EmitUpdated(order.Key, row.Id, order.Quantity, order.Price, order.TriggerPrice, row.UpdatedAt);
        }
    }

    private void Reject(TrackedOrder order, string reason, UnixNanos time, string? code)
    {
        if (order.IsAccepted || order.IsClosed)
        {
            return;
        }

        Close(order);
        _emitter.EmitRejected(order.Key, reason, time, code is not null && code.Contains("POST_ONLY", StringComparison.OrdinalIgnoreCase));
    }

    private void Close(TrackedOrder order)
    {
        _orders.Close(order);
        order.OnVenueOrderId = null;
        if (order.Filled > 0 || order.FilledAtVenue > 0)
        {
            return;
        }

        // Exits come to be when the entry fills; of one that never did they never will.
        foreach (var exit in _orders.TermsOf(order).ToList())
        {
            var reason = $"PARENT_CLOSED: the entry {order.Key.ClientOrderId} is over and nothing of it was filled";
            if (exit is { IsAccepted: true, VenueOrderId: { } id })
            {
                _orders.Close(exit);
                _emitter.EmitCanceled(exit.Key, id, reason, _emitter.Now);
            }
            else
            {
                Reject(exit, reason, _emitter.Now, null);
            }
        }
    }

    /// <summary>Not that of an order which the row is not about: some brokers give exits the id of their entry.</summary>
    private ClientOrderId? ClientIdOf(TektiiOrder row) => ClientOrderId.TryCreate(row.ClientOrderId, out var id) && !_orders.TryFind(id, out _) ? id : null;

    /// <summary>An order that a modification would have made and the broker did not take: of the order that goes on it says nothing.</summary>
    private bool IsVainReplacement(TektiiOrder row) =>
        row is { Status: TektiiOrderStatus.Rejected, FilledQuantity: 0 } && ClientOrderId.TryCreate(row.ClientOrderId, out var id) && _orders.TryFind(id, out _);

    /// <summary>Trades that rows spoke of and that did not come: they are asked for, less and less often.</summary>
    private void AskForMissingTrades()
    {
        foreach (var order in _orders.Open.Where(IsAskedForNow).ToList())
        {
            order.BehindSince = _timeProvider.GetTimestamp();
            order.Asked++;
            VenueOrderId[] ids = [.. order.EarlierIds, order.VenueOrderId!.Value];
            _session.RunInBackground(async stop =>
            {
                var trades = new List<TektiiTrade>();
                foreach (var id in ids)
                {
                    trades.AddRange(await GetTradesAsync(Query("order_id=" + Uri.EscapeDataString(id.Value)), stop).ConfigureAwait(false));
                }

                _loop.Post(() =>
                {
                    trades.Where(trade => ids.Contains(trade.OrderId)).ToList().ForEach(OnTrade);
                    if (order.FilledAtVenue > order.Filled)
                    {
                        Log.TradesMissing(_logger, order.Key.ClientOrderId.Value, order.FilledAtVenue, order.Filled);
                    }
                });
            });
        }
    }

    private bool IsAskedForNow(TrackedOrder order) =>
        _session.IsLive && order is { BehindSince: not null, Modifications: 0, VenueOrderId: not null }
        && _timeProvider.GetElapsedTime(order.BehindSince.Value) >= _options.TradeTimeout * (1 << Math.Min(order.Asked, MostDoublings));
}
