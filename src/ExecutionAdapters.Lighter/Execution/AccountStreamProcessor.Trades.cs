using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <content>Trades: each is told once, whatever brings it, as a fill of an order of ours or as a report.</content>
internal sealed partial class AccountStreamProcessor
{
    private readonly ExpiringSet<(InstrumentId, TradeId)> _emittedTrades;
    private const int MaxDoublings = 10;
    private const int MissingFillsAtOnce = 5;

    private readonly Dictionary<TrackedOrder, (long Since, int Attempts)> _missingFills = [];
    private bool _hasTradesSnapshot;

    /// <summary>The newest trade that was told, or that was history at the first connect.</summary>
    public long LastTradeId { get; private set; }

    /// <summary>
    /// Orders whose rows speak of trades that have been out for longer than the patience, which doubles with each time that an order was
    /// taken from here in vain.
    /// </summary>
    public IReadOnlyList<TrackedOrder> TakeMissingFills(TimeSpan patience)
    {
        if (_missingFills.Count == 0)
        {
            return [];
        }

        var due = _missingFills
            .Where(entry => _timeProvider.GetElapsedTime(entry.Value.Since) >= patience * (1 << Math.Min(entry.Value.Attempts, MaxDoublings)))
            .Take(MissingFillsAtOnce).Select(entry => entry.Key).ToList();
        foreach (var order in due)
        {
            _missingFills[order] = (_timeProvider.GetTimestamp(), _missingFills[order].Attempts + 1);
        }

        return due;
    }

    /// <summary>Trades of one order of ours that the venue was asked for, all of them.</summary>
    public void OnTradesOfOrder(IReadOnlyList<TradeRow> trades) => OnMissedTrades(trades, long.MaxValue);

    public void OnTrades(LighterFrame.AccountTrades frame)
    {
        NoteFailures(LighterChannels.AccountTrades, frame.Failures);
        foreach (var row in frame.Rows)
        {
            NoteVenueTime(row.TimestampMs);
        }

        if (frame.IsSnapshot)
        {
            // The first snapshot is history from before the first connect: reports tell it. What a lost connection missed is asked for,
            // all of it and with the orders' terms.
            foreach (var row in frame.Rows.Where(_ => !_hasTradesSnapshot))
            {
                LastTradeId = Math.Max(LastTradeId, row.TradeId);
            }

            _hasTradesSnapshot = true;
            return;
        }

        foreach (var row in InOrder(frame.Rows))
        {
            ForRow(LighterChannels.AccountTrades, row, _onTrade);
        }
    }

    /// <summary>A report reaches this far back: trades are to be remembered at least that long.</summary>
    public void RememberTradesFor(TimeSpan lookback) => _emittedTrades.RetainAtLeast(lookback);

    /// <summary>Trades that the engine knows from before this client: they are not told again.</summary>
    public void MarkTold(InstrumentId instrument, IEnumerable<TradeId> trades)
    {
        foreach (var trade in trades)
        {
            _emittedTrades.Add((instrument, trade));
        }
    }

    /// <summary>True when this fill has not been told yet; from now on it has, by a report.</summary>
    public bool TryMarkReported(FillReport fill)
    {
        if (!_emittedTrades.Add((fill.InstrumentId, fill.TradeId)))
        {
            return false;
        }

        if (fill.ClientOrderId is { } clientOrderId && _orders.Find(clientOrderId) is { } order)
        {
            order.Filled += fill.LastQty.Value;
            NoteMissingFills(order);
            CloseWhenFilled(order);
        }

        return true;
    }

    /// <summary>Trades that the venue was asked for after a loss: all newer than the last one told before it, and any of an own order.</summary>
    private void OnMissedTrades(IReadOnlyList<TradeRow> rows, long lastTradeIdBefore)
    {
        foreach (var row in InOrder(rows))
        {
            if (row.TradeId > lastTradeIdBefore || IsOfKnownOrder(row))
            {
                ForRow(LighterChannels.AccountTrades, row, _onTrade);
            }
        }
    }

    private static IEnumerable<TradeRow> InOrder(IReadOnlyList<TradeRow> rows) => rows.Count > 1 ? rows.OrderBy(row => row.TradeId) : rows;

    private void OnTrade(TradeRow row)
    {
        if (Markets.Find(row.MarketIndex) is not { } market)
        {
            NoteUnknownMarket(LighterChannels.AccountTrades, row.MarketIndex);
            return;
        }

        var isSelfTrade = row.Ask.AccountIndex == row.Bid.AccountIndex;
        if (row.Bid.AccountIndex == _accountIndex)
        {
            OnFill(row, isAsk: false, isSelfTrade, market);
        }

        if (row.Ask.AccountIndex == _accountIndex)
        {
            OnFill(row, isAsk: true, isSelfTrade, market);
        }

        LastTradeId = Math.Max(LastTradeId, row.TradeId);
    }

    private void OnFill(TradeRow row, bool isAsk, bool isSelfTrade, LighterMarket market)
    {
        var side = isAsk ? row.Ask : row.Bid;
        var order = _orders.Find(side.ClientOrderIndex, side.OrderIndex);
        var clientOrderId = order?.Key.ClientOrderId ?? ClientOrderIdOf(side.ClientOrderIndex, side.OrderIndex);
        var fill = ReportFactory.Fill(row, isAsk, isSelfTrade, market, clientOrderId, _accountId, _emitter.Now);
        if (_emittedTrades.Contains((fill.InstrumentId, fill.TradeId)))
        {
            return;
        }

        // Marked as told only after it was: a trade that cannot be told now must be taken when it comes again.
        if (order is null)
        {
            _emitter.Send(fill);
        }
        else
        {
            OnOwnFill(order, side, row, fill, market);
        }

        _emittedTrades.Add((fill.InstrumentId, fill.TradeId));
    }

    private void OnOwnFill(TrackedOrder order, TradeSide side, TradeRow row, FillReport fill, LighterMarket market)
    {
        _orders.LinkVenueOrder(order, side.OrderIndex);
        if (!order.IsAccepted && !order.IsClosed)
        {
            order.IsAccepted = true;
            _emitter.EmitAccepted(order.Key, order.VenueOrderId!.Value, fill.TsEvent);
        }

        EnsureTriggered(order, fill.TsEvent);
        _emitter.EmitFilled(order.Key, order.OrderType, fill, market.Instrument.QuoteCurrency);
        order.Filled += row.Size;
        NoteMissingFills(order);
        CloseWhenFilled(order);
    }

    /// <summary>The order's row and its trades come on different streams; when the trades stay out, somebody has to ask for them.</summary>
    private void NoteMissingFills(TrackedOrder order)
    {
        if (order.FilledAtVenue <= order.Filled)
        {
            _missingFills.Remove(order);
        }
        else
        {
            _missingFills.TryAdd(order, (_timeProvider.GetTimestamp(), 0));
        }
    }

    private void CloseWhenFilled(TrackedOrder order)
    {
        if (order.IsFilledAtVenue && order.Filled >= order.Quantity.Value)
        {
            _orders.Close(order);
        }
    }

    private bool IsOfKnownOrder(TradeRow row) =>
        _orders.Find(row.Bid.ClientOrderIndex, row.Bid.OrderIndex) is not null || _orders.Find(row.Ask.ClientOrderIndex, row.Ask.OrderIndex) is not null;
}
