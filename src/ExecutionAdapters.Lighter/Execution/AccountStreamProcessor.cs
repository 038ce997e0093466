using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// Frames of the account's streams to events for orders of ours and to reports for everything else; each trade once, snapshots as
/// differences. Belongs to the client's loop.
/// </summary>
internal sealed class AccountStreamProcessor
{
    private const int TradesRemembered = 200_000;

    private readonly ExecutionEventEmitter _emitter;
    private readonly OrderRegistry _orders;
    private readonly long _accountIndex;
    private readonly AccountId _accountId;
    private readonly ILogger _logger;
    private readonly BoundedSet<TradeId> _emittedTrades = new(TradesRemembered);
    private readonly Dictionary<short, PositionRow> _positions = [];
    private readonly Dictionary<long, AssetRow> _assets = [];
    private UserStatsRow? _userStats;
    private bool _hasAssets;
    private long _lastTradeId;
    private bool _hasTradesSnapshot;

    public AccountStreamProcessor(ExecutionEventEmitter emitter, OrderRegistry orders, long accountIndex, AccountId accountId, ILogger logger)
    {
        _emitter = emitter;
        _orders = orders;
        _accountIndex = accountIndex;
        _accountId = accountId;
        _logger = logger;
    }

    /// <summary>The markets, as last loaded.</summary>
    public MarketTable Markets { get; set; } = MarketTable.Empty;

    /// <summary>Forgets positions and account figures of an earlier connect. What was emitted stays remembered.</summary>
    public void BeginConnect()
    {
        _positions.Clear();
        _assets.Clear();
        _userStats = null;
        _hasAssets = false;
    }

    public void OnOrders(LighterFrame.AccountOrders frame)
    {
        NoteFailures(LighterChannels.AccountOrders, frame.Failures);
        foreach (var row in frame.Rows)
        {
            if (Markets.Find(row.MarketIndex) is not { } market)
            {
                Log.UnknownMarket(_logger, LighterChannels.AccountOrders, row.MarketIndex);
            }
            else if (_orders.Find(row.ClientOrderIndex, row.OrderIndex) is { } order)
            {
                OnOrder(order, row, market);
            }
            else
            {
                OnExternalOrder(row, market);
            }
        }
    }

    /// <summary>Closed orders that the venue was asked for after a loss. Only those matter that this client still takes for open.</summary>
    public void OnMissedOrders(IReadOnlyList<OrderRow> rows)
    {
        foreach (var row in rows.OrderBy(row => row.UpdatedAtMs))
        {
            if (Markets.Find(row.MarketIndex) is { } market && _orders.Find(row.ClientOrderIndex, row.OrderIndex) is { IsClosed: false } order)
            {
                OnOrder(order, row, market);
            }
        }
    }

    /// <summary>The venue executed a modification: told once, whether its row comes before this, after it, or changes nothing.</summary>
    public void OnModified(PendingTransaction transaction)
    {
        if (transaction is { Order: { IsClosed: false, VenueOrderId: { } venueOrderId } order, Modification: { } wanted }
            && order.Updates == transaction.UpdatesBefore)
        {
            order.Quantity = wanted.Quantity;
            order.Price = wanted.Price;
            order.TriggerPrice = wanted.TriggerPrice;
            EmitUpdated(order, venueOrderId, _emitter.Now);
        }
    }

    public void OnTrades(LighterFrame.AccountTrades frame)
    {
        NoteFailures(LighterChannels.AccountTrades, frame.Failures);
        if (frame.IsSnapshot && !_hasTradesSnapshot)
        {
            // The first snapshot is history from before the first connect: reports tell it. Later ones may hold what a lost connection missed.
            _hasTradesSnapshot = true;
            foreach (var row in frame.Rows)
            {
                _lastTradeId = Math.Max(_lastTradeId, row.TradeId);
            }

            return;
        }

        var floor = frame.IsSnapshot ? _lastTradeId : long.MinValue;
        foreach (var row in frame.Rows.OrderBy(row => row.TradeId))
        {
            if (row.TradeId > floor || IsOfKnownOrder(row))
            {
                OnTrade(row);
            }
        }
    }

    public void OnPositions(LighterFrame.AccountPositions frame)
    {
        NoteFailures(LighterChannels.AccountPositions, frame.Failures);
        var now = _emitter.Now;
        var present = new HashSet<short>();
        foreach (var row in frame.Rows)
        {
            if (Markets.Find(row.MarketIndex) is not { } market)
            {
                Log.UnknownMarket(_logger, LighterChannels.AccountPositions, row.MarketIndex);
                continue;
            }

            present.Add(row.MarketIndex);
            var previous = _positions.GetValueOrDefault(row.MarketIndex);
            if (row.SignedSize == 0)
            {
                _positions.Remove(row.MarketIndex);
            }
            else
            {
                _positions[row.MarketIndex] = row;
            }

            if (row != previous && (previous is not null || row.SignedSize != 0))
            {
                _emitter.Send(ReportFactory.Position(row.SignedSize, row.AverageEntryPrice, market, _accountId, now));
            }
        }

        // The frame is the whole truth, but for rows that could not be read. Without a market for such a row nothing counts as absent.
        if (frame.Failures.Count > frame.UnreadableMarkets.Count)
        {
            return;
        }

        foreach (var absent in _positions.Keys.Where(market => !present.Contains(market) && !frame.UnreadableMarkets.Contains(market)).ToList())
        {
            _positions.Remove(absent);
            _emitter.Send(ReportFactory.Position(0, 0, Markets.Find(absent)!, _accountId, now));
        }
    }

    public void OnAssets(LighterFrame.AccountAssets frame)
    {
        NoteFailures(LighterChannels.AccountAssets, frame.Failures);
        foreach (var row in frame.Rows)
        {
            _assets[row.AssetId] = row;
        }

        _hasAssets = true;
        EmitAccountState(frame.TimestampMs);
    }

    public void OnUserStats(LighterFrame.UserStats frame)
    {
        _userStats = frame.Row;
        EmitAccountState(frame.TimestampMs);
    }

    /// <summary>True when this fill has not been told yet; from now on it has.</summary>
    public bool TryMarkEmitted(TradeId fillId) => _emittedTrades.Add(fillId);

    /// <summary>The client order id of a row, when the order is ours.</summary>
    public ClientOrderId? ClientOrderIdOf(long clientOrderIndex, long venueOrderIndex) =>
        _orders.Find(clientOrderIndex, venueOrderIndex)?.Key.ClientOrderId
        ?? (clientOrderIndex != 0 ? new ClientOrderId(clientOrderIndex.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);

    private void OnOrder(TrackedOrder order, OrderRow row, LighterMarket market)
    {
        _orders.LinkVenueOrder(order, row.OrderIndex);
        if (order.IsClosed)
        {
            // Terminal is terminal: a late or repeated row changes nothing.
            return;
        }

        var tsEvent = UnixNanos.FromMilliseconds(row.UpdatedAtMs);
        switch (row.Status)
        {
            case OrderStatusNames.InProgress:
                break;
            case OrderStatusNames.Pending or OrderStatusNames.Open:
                OnOpenOrder(order, row, market, tsEvent);
                break;
            case OrderStatusNames.Filled:
                // Trades tell the fills; the order closes with the last of them.
                OnOpenOrder(order, row, market, tsEvent);
                CloseWhenFilled(order);
                break;
            case OrderStatusNames.CanceledExpired:
                EnsureAccepted(order, row);
                _orders.Close(order);
                _emitter.EmitExpired(order.Key, order.VenueOrderId!.Value, tsEvent);
                break;
            case OrderStatusNames.CanceledPostOnly when !order.IsAccepted:
                _orders.Close(order);
                _emitter.EmitRejected(order.Key, "Lighter: post-only order would have crossed (canceled-post-only)", tsEvent, duePostOnly: true);
                break;
            default:
                if (!row.IsClosed)
                {
                    Log.UnknownOrderStatus(_logger, row.Status);
                    break;
                }

                EnsureAccepted(order, row);
                EmitUpdatedWhenChanged(order, row, market, tsEvent);
                _orders.Close(order);
                _emitter.EmitCanceled(order.Key, order.VenueOrderId!.Value, row.Status, tsEvent);
                break;
        }
    }

    private void OnOpenOrder(TrackedOrder order, OrderRow row, LighterMarket market, UnixNanos tsEvent)
    {
        EnsureAccepted(order, row);
        EmitUpdatedWhenChanged(order, row, market, tsEvent);
        if (row.TriggerStatus == TriggerStatusNames.Ready && !order.IsTriggered
            && order.OrderType is OrderType.StopLimit or OrderType.LimitIfTouched)
        {
            order.IsTriggered = true;
            _emitter.EmitTriggered(order.Key, order.VenueOrderId!.Value, tsEvent);
        }
    }

    private void EmitUpdatedWhenChanged(TrackedOrder order, OrderRow row, LighterMarket market, UnixNanos tsEvent)
    {
        if (row.InitialBaseAmount == 0)
        {
            return;
        }

        var quantity = market.Quantity(row.InitialBaseAmount);
        var price = OrderTranslator.HasLimitPrice(order.OrderType) ? market.Price(row.Price) : order.Price;
        var trigger = order.TriggerPrice is not null && row.TriggerPrice is { } value ? market.Price(value) : order.TriggerPrice;
        if (quantity != order.Quantity || price != order.Price || trigger != order.TriggerPrice)
        {
            order.Quantity = quantity;
            order.Price = price;
            order.TriggerPrice = trigger;
            EmitUpdated(order, order.VenueOrderId!.Value, tsEvent);
        }
    }

    private void EmitUpdated(TrackedOrder order, VenueOrderId venueOrderId, UnixNanos tsEvent)
    {
        order.Updates++;
        var price = OrderTranslator.HasLimitPrice(order.OrderType) ? order.Price : null;
        _emitter.EmitUpdated(order.Key, venueOrderId, order.Quantity, price, order.TriggerPrice, tsEvent);
    }

    private void EnsureAccepted(TrackedOrder order, OrderRow row)
    {
        if (!order.IsAccepted)
        {
            order.IsAccepted = true;
            _emitter.EmitAccepted(order.Key, order.VenueOrderId!.Value, UnixNanos.FromMilliseconds(row.CreatedAtMs));
        }
    }

    private void OnExternalOrder(OrderRow row, LighterMarket market)
    {
        _orders.NoteExternal(row);
        try
        {
            var clientOrderId = ClientOrderIdOf(row.ClientOrderIndex, row.OrderIndex);
            _emitter.Send(ReportFactory.Order(row, market, clientOrderId, _accountId, _emitter.Now));
        }
        catch (RowFormatException exception)
        {
            NoteFailures(LighterChannels.AccountOrders, new RowFailures(1, exception.Message));
        }
    }

    private void OnTrade(TradeRow row)
    {
        _lastTradeId = Math.Max(_lastTradeId, row.TradeId);
        if (Markets.Find(row.MarketIndex) is not { } market)
        {
            Log.UnknownMarket(_logger, LighterChannels.AccountTrades, row.MarketIndex);
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
    }

    private void OnFill(TradeRow row, bool isAsk, bool isSelfTrade, LighterMarket market)
    {
        var side = isAsk ? row.Ask : row.Bid;
        var order = _orders.Find(side.ClientOrderIndex, side.OrderIndex);
        var clientOrderId = order?.Key.ClientOrderId ?? ClientOrderIdOf(side.ClientOrderIndex, side.OrderIndex);
        var fill = ReportFactory.Fill(row, isAsk, isSelfTrade, market, clientOrderId, _accountId, _emitter.Now);
        if (!TryMarkEmitted(fill.TradeId))
        {
            return;
        }

        if (order is null)
        {
            _emitter.Send(fill);
            return;
        }

        _orders.LinkVenueOrder(order, side.OrderIndex);
        if (!order.IsAccepted && !order.IsClosed)
        {
            order.IsAccepted = true;
            _emitter.EmitAccepted(order.Key, order.VenueOrderId!.Value, fill.TsEvent);
        }

        order.Filled += row.Size;
        CloseWhenFilled(order);
        _emitter.EmitFilled(order.Key, order.OrderType, fill, market.Instrument.QuoteCurrency, ReportFactory.Kind(row.Type));
    }

    private void CloseWhenFilled(TrackedOrder order)
    {
        if (order.Filled >= order.Quantity.Value)
        {
            _orders.Close(order);
        }
    }

    private bool IsOfKnownOrder(TradeRow row) =>
        _orders.Find(row.Bid.ClientOrderIndex, row.Bid.OrderIndex) is not null || _orders.Find(row.Ask.ClientOrderIndex, row.Ask.OrderIndex) is not null;

    private void EmitAccountState(long timestampMs)
    {
        // Balances without margins would look like an account without margins: both or nothing.
        if (!_hasAssets || _userStats is not { } stats || timestampMs <= 0)
        {
            return;
        }

        var balances = new List<AccountBalance>(_assets.Count);
        foreach (var asset in _assets.Values)
        {
            var currency = Currency.GetOrCreateCrypto(asset.Symbol);
            var total = new Money(asset.Balance + asset.MarginBalance, currency);
            balances.Add(AccountBalance.FromTotalAndLocked(total, new Money(asset.LockedBalance, currency)));
        }

        var initial = Math.Max(stats.Collateral - stats.AvailableBalance, 0);
        var margin = new MarginBalance(new Money(initial, Currency.USDC), new Money(0, Currency.USDC));
        _emitter.EmitAccountState(balances, [margin], UnixNanos.FromMilliseconds(timestampMs));
    }

    private void NoteFailures(string channel, RowFailures failures)
    {
        if (failures.Count > 0)
        {
            Log.UnreadableRows(_logger, channel, failures.Count, failures.FirstReason);
        }
    }
}
