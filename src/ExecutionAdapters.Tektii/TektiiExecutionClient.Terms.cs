using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;

namespace ExecutionAdapters.Tektii;

/// <content>The terms of an order, and how it goes on as another order of the venue's.</content>
public sealed partial class TektiiExecutionClient
{
    /// <summary>Terms that differ from ours are told, asked for or not; a row that is older than what was told changes nothing.</summary>
    private void TakeTerms(TrackedOrder order, TektiiOrder row)
    {
        var isReplaced = order.VenueOrderId != row.Id;
        if (isReplaced)
        {
            Replace(order, row);
        }
        else if (row.IsClosed || row.UpdatedAt < order.TermsAt)
        {
            return;
        }

        var instrument = InstrumentOf(row.Symbol);
        var quantity = Whole(order, row).Quantity;
        var price = row.LimitPrice is null ? order.Price : ReportFactory.ToPrice(row.LimitPrice, instrument);
        var trigger = order.TriggerPrice is null || row.StopPrice is null ? order.TriggerPrice : ReportFactory.ToPrice(row.StopPrice, instrument);
        order.TermsAt = row.UpdatedAt;
        TakeExits(order, row);
        if (isReplaced || quantity != order.Quantity.Value || price != order.Price || trigger != order.TriggerPrice)
        {
            order.Quantity = ReportFactory.ToQuantity(quantity, instrument);
            order.Price = price;
            order.TriggerPrice = trigger;
            order.Updates++;
            _emitter.EmitUpdated(order.Key, row.Id, order.Quantity, price, trigger, row.UpdatedAt);
        }

        if (isReplaced)
        {
            // After it was told that it goes on: it may have been filled already.
            TakeWaiting(row.Id);
        }
    }

    /// <summary>Exits that are still terms of their entry are where its row says.</summary>
    private void TakeExits(TrackedOrder entry, TektiiOrder row)
    {
        foreach (var exit in _orders.TermsOf(entry).Where(exit => exit is { IsAccepted: true, VenueOrderId: not null }).ToList())
        {
            var isTarget = exit.OrderType == OrderType.Limit;
            var told = ReportFactory.ToPrice(isTarget ? row.TakeProfit : row.StopLoss, InstrumentOf(row.Symbol));
            if (told is not null && told != (isTarget ? exit.Price : exit.TriggerPrice))
            {
                (exit.Price, exit.TriggerPrice) = isTarget ? (told, exit.TriggerPrice) : (exit.Price, told);
                exit.Updates++;
                _emitter.EmitUpdated(exit.Key, exit.VenueOrderId!.Value, exit.Quantity, exit.Price, exit.TriggerPrice, row.UpdatedAt);
            }
        }
    }

    /// <summary>
    /// The venue makes orders of exits when their entry fills. One that does not come is asked for; if there is none, nobody must believe that the position is protected.
    /// </summary>
    private void AskForExits()
    {
        if (!_session.IsLive)
        {
            return;
        }

        // The exits of an entry come due together: one question answers for both.
        foreach (var exits in _orders.Open.Where(IsOverdue).GroupBy(exit => exit.Key.InstrumentId).Select(exits => exits.ToList()).ToList())
        {
            exits.ForEach(exit => exit.IsAskedFor = true);
            _session.RunInBackground(async stop =>
            {
                var query = Query(SymbolQuery(exits[0].Key.InstrumentId));
                try
                {
                    var rows = await GetOrdersAsync("orders" + query, stop).ConfigureAwait(false);
                    rows.AddRange(await GetOrdersAsync("orders/history" + query, stop).ConfigureAwait(false));
                    _loop.Post(() => exits.ForEach(exit => OnExitAskedFor(exit, rows)));
                }
                catch (ExecutionClientException exception)
                {
                    Log.QueryFailed(_logger, $"The question for exit {exits[0].Key.ClientOrderId}", exception.Message);
                    await Task.Delay(RecoveryRetryDelay, _timeProvider, stop).ConfigureAwait(false);
                    _loop.Post(() => exits.ForEach(exit => exit.IsAskedFor = false));
                }
            });
        }
    }

    private bool IsOverdue(TrackedOrder exit) =>
        exit is { IsTermOfEntry: true, IsAccepted: true, IsAskedFor: false, Entry: { } id }
        && (!_orders.TryFind(id, out var entry) || (entry.Filled > 0 && (entry.FilledSince is not { } since || _timeProvider.GetElapsedTime(since) >= _options.TradeTimeout)));

    private void OnExitAskedFor(TrackedOrder exit, List<TektiiOrder> rows)
    {
        foreach (var row in rows.Where(row => _orders.Find(row) == exit))
        {
            OnOrder(row, isNews: false);
        }

        if (exit is { IsTermOfEntry: true, IsClosed: false })
        {
            exit.IsMissing = true;
            Alert("EXIT_MISSING", $"Entry {exit.Entry} is filled, and the venue has no {(exit.OrderType == OrderType.Limit ? "take profit" : "stop loss")} {exit.Key.ClientOrderId} for it: the position may be without protection.");
        }
    }

    /// <summary>
    /// The order goes on under another id. Some venues make the new one of what was left only: then what was filled before is added to what its rows say.
    /// </summary>
    /// <remarks>
    /// How much that was follows from the total that was asked for, and not from the trades that happen to have been told until now: one that is still under way would
    /// have the order called filled too early.
    /// </remarks>
    private void Replace(TrackedOrder order, TektiiOrder row)
    {
        var known = Math.Max(order.Filled, order.FilledAtVenue);
        var missing = (order.WantedQuantity ?? row.Quantity) - row.Quantity;
        order.IsRestOnly = !order.IsTermOfEntry && (missing > 0 || (order.WantedQuantity is null && IsRest(order, row)));
        order.MissingEarlier = missing > 0 ? missing : known;
        order.FilledEarlier = order.Filled;
        order.IsTermOfEntry = false;
        order.IsMissing = false;
        order.Waiting = null;
        NoteId(order, row.Id);
    }

    /// <summary>Whether the row leaves out what was filled under earlier ids, as far as the order itself tells.</summary>
    private static bool IsRest(TrackedOrder order, TektiiOrder row)
    {
        var earlier = Math.Max(Math.Max(order.FilledEarlier, order.MissingEarlier), order.VenueOrderId == row.Id ? 0 : Math.Max(order.Filled, order.FilledAtVenue));
        return earlier > 0 && (row.Quantity + earlier == order.Quantity.Value || (row.Quantity != order.Quantity.Value && row.FilledQuantity < earlier));
    }

    /// <summary>A trade of an order that was replaced meanwhile: if the present one is only about the rest, the whole is larger by it than was known.</summary>
    private void NoteEarlierFill(TrackedOrder order, decimal quantity, Instrument instrument, UnixNanos time)
    {
        var before = order.FilledBefore;
        order.FilledEarlier += quantity;
        if (order.FilledBefore > before && order is { IsClosed: false, VenueOrderId: { } id })
        {
            order.Quantity = ReportFactory.ToQuantity(order.Quantity.Value + order.FilledBefore - before, instrument);
            order.Updates++;
            _emitter.EmitUpdated(order.Key, id, order.Quantity, order.Price, order.TriggerPrice, time);
        }
    }

    private static TektiiOrder Whole(TrackedOrder order, TektiiOrder row) => order.FilledBefore == 0
        ? row
        : row with { Quantity = row.Quantity + order.FilledBefore, FilledQuantity = row.FilledQuantity + order.FilledBefore, AverageFillPrice = null };
}
