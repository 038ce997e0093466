using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>What the streams had told when the connection was lost.</summary>
/// <param name="VenueTimeMs">The newest time of the venue's, ms since the epoch.</param>
/// <param name="LastTradeId">The newest trade.</param>
internal readonly record struct ToldBefore(long VenueTimeMs, long LastTradeId)
{
    /// <summary>No connection was lost: of orders and trades of others nothing is missing, but for ends of orders that are taken for open.</summary>
    public static ToldBefore Everything { get; } = new(long.MaxValue, long.MaxValue);
}

/// <summary>
/// Frames of the account's streams to events for orders of ours and to reports for everything else; each trade once, snapshots as
/// differences. Belongs to the client's loop.
/// </summary>
internal sealed partial class AccountStreamProcessor
{
    /// <summary>Clocks that differ by more cannot trade at all: tokens and transactions would be refused.</summary>
    private static readonly TimeSpan MostClockSkew = TimeSpan.FromHours(8);

    private readonly ExecutionEventEmitter _emitter;
    private readonly OrderRegistry _orders;
    private readonly long _accountIndex;
    private readonly AccountId _accountId;
    private readonly Complaints _complaints;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;

    // Frames mostly have one row: what handles it is made once, not for each.
    private readonly Action<OrderRow> _onOrderRow;
    private readonly Action<TradeRow> _onTrade;
    private readonly Dictionary<short, PositionRow> _positions = [];
    private readonly Dictionary<long, AssetRow> _assets = [];
    private UserStatsRow? _userStats;
    private bool _hasAssets;
    private long _venueTimeNotedAt;

    public AccountStreamProcessor(
        ExecutionEventEmitter emitter, OrderRegistry orders, ExpiringSet<(InstrumentId, TradeId)> emittedTrades, long accountIndex, AccountId accountId, Complaints complaints,
        TimeProvider timeProvider, ILogger logger)
    {
        _timeProvider = timeProvider;
        _complaints = complaints;
        _emittedTrades = emittedTrades;
        _emitter = emitter;
        _orders = orders;
        _accountIndex = accountIndex;
        _accountId = accountId;
        _logger = logger;
        _onOrderRow = OnOrderRow;
        _onTrade = OnTrade;
    }

    /// <summary>The markets, as last loaded.</summary>
    public MarketTable Markets { get; set; } = MarketTable.Empty;

    /// <summary>The newest time (ms since the epoch) that the venue has told, by its own clock; 0: none yet.</summary>
    public long VenueTimeMs { get; private set; }

    /// <summary>The venue's clock reads at least this (ms since the epoch), whatever this machine's says.</summary>
    public long LeastVenueNowMs => VenueTimeMs == 0
        ? _timeProvider.GetUtcNow().ToUnixTimeMilliseconds()
        : VenueTimeMs + (long)_timeProvider.GetElapsedTime(_venueTimeNotedAt).TotalMilliseconds;

    /// <summary>Forgets positions and account figures of an earlier connect. What was emitted stays remembered.</summary>
    public void BeginConnect()
    {
        _positions.Clear();
        _assets.Clear();
        _userStats = null;
        _hasAssets = false;
        HasPositions = false;
    }

    public void OnOrders(LighterFrame.AccountOrders frame)
    {
        NoteFailures(LighterChannels.AccountOrders, frame.Failures);
        foreach (var row in frame.Rows)
        {
            NoteVenueTime(row.UpdatedAtMs);
            ForRow(LighterChannels.AccountOrders, row, _onOrderRow);
        }
    }

    /// <summary>
    /// What closed and traded while nobody listened: first the terms that orders ended with, so that no fill exceeds its order, then
    /// the fills, then the ends. Of our orders only those matter that this client still takes for open; of those of others the ends of
    /// such, and what ended since (which are open, the stream's own first frame has told).
    /// </summary>
    /// <param name="orders">Rows of orders.</param>
    /// <param name="trades">Trades.</param>
    /// <param name="told">How far the streams had told orders and trades of others.</param>
    /// <param name="askedAt">When the rows were asked for (a timestamp): open ones are older than terms that were told since.</param>
    public void OnMissed(IReadOnlyList<OrderRow> orders, IReadOnlyList<TradeRow> trades, ToldBefore told, long askedAt)
    {
        var own = orders
            .Where(row => _orders.Find(row.ClientOrderIndex, row.OrderIndex) is { IsClosed: false } order && (row.IsClosed || order.TermsToldAt <= askedAt))
            .OrderBy(row => row.UpdatedAtMs).ToList();
        foreach (var row in own.Where(row => row.Status != OrderStatusNames.CanceledPostOnly && !IsRefusedReduceOnly(row)))
        {
            ForRow(LighterChannels.AccountOrders, row, OnMissedTerms);
        }

        OnMissedTrades(trades, told.LastTradeId);
        foreach (var row in own)
        {
            ForRow(LighterChannels.AccountOrders, row, _onOrderRow);
        }

        foreach (var row in orders.Where(row => row.IsClosed && _orders.Find(row.ClientOrderIndex, row.OrderIndex) is null))
        {
            if (_orders.IsExternalOpen(row.OrderIndex) || row.UpdatedAtMs > told.VenueTimeMs)
            {
                ForRow(LighterChannels.AccountOrders, row, _onOrderRow);
            }
        }
    }

    private void NoteVenueTime(long timestampMs)
    {
        // One nonsensical time in the future would have everything after it passed over.
        if (timestampMs > VenueTimeMs && timestampMs < (_timeProvider.GetUtcNow() + MostClockSkew).ToUnixTimeMilliseconds())
        {
            VenueTimeMs = timestampMs;
            _venueTimeNotedAt = _timeProvider.GetTimestamp();
        }
    }

    private void OnMissedTerms(OrderRow row)
    {
        if (Markets.Find(row.MarketIndex) is { } market && _orders.Find(row.ClientOrderIndex, row.OrderIndex) is { } order)
        {
            _orders.LinkVenueOrder(order, row.OrderIndex);
            EnsureAccepted(order, row);
            EmitUpdatedWhenChanged(order, row, market, UnixNanos.FromMilliseconds(row.UpdatedAtMs));
        }
    }

    /// <summary>The venue executed a modification: told once, whether its row comes before this, after it, or changes nothing.</summary>
    public void OnModified(PendingTransaction transaction)
    {
        if (transaction is not { Order: { } order, Modification: { } wanted })
        {
            return;
        }

        order.Wanted = ReferenceEquals(order.Wanted, wanted) ? null : order.Wanted;
        if (order is { IsClosed: false, VenueOrderId: { } venueOrderId } && !transaction.IsTold)
        {
            order.Quantity = wanted.Quantity;
            order.Price = wanted.Price;
            order.TriggerPrice = wanted.TriggerPrice;
            EmitUpdated(order, venueOrderId, _emitter.Now);
        }
    }

    /// <summary>The client order id of a row, when the order is ours.</summary>
    public ClientOrderId? ClientOrderIdOf(long clientOrderIndex, long venueOrderIndex) =>
        _orders.Find(clientOrderIndex, venueOrderIndex)?.Key.ClientOrderId
        ?? (clientOrderIndex != 0 ? new ClientOrderId(clientOrderIndex.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);

    /// <summary>One row that makes trouble must not keep the others of its frame: it is logged and, not being marked as told, may come again.</summary>
    private void ForRow<T>(string channel, T row, Action<T> handle)
    {
        try
        {
            handle(row);
        }
        catch (Exception exception)
        {
            Log.RowFailed(_logger, channel, exception);
        }
    }

    private void OnOrderRow(OrderRow row)
    {
        if (Markets.Find(row.MarketIndex) is not { } market)
        {
            NoteUnknownMarket(LighterChannels.AccountOrders, row.MarketIndex);
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

    private void OnOrder(TrackedOrder order, OrderRow row, LighterMarket market)
    {
        _orders.LinkVenueOrder(order, row.OrderIndex);
        order.FilledAtVenue = Math.Max(order.FilledAtVenue, row.FilledBaseAmount);
        NoteMissingFills(order);
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
                // Trades tell the fills; the order closes with the last of them. A count of fills alone closes nothing: the total may have
                // been modified.
                OnOpenOrder(order, row, market, tsEvent);
                order.IsFilledAtVenue = true;
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
            case OrderStatusNames.CanceledReduceOnly when !order.IsAccepted && IsRefusedReduceOnly(row):
                _orders.Close(order);
                _emitter.EmitRejected(order.Key, "Lighter: reduce-only order without a position to reduce (canceled-reduce-only)", tsEvent, duePostOnly: false);
                break;
            default:
                if (!row.IsClosed)
                {
                    NoteFailures(LighterChannels.AccountOrders, new RowFailures(1, $"order status '{row.Status}' is unknown"));
                    break;
                }

                EnsureAccepted(order, row);
                EmitUpdatedWhenChanged(order, row, market, tsEvent);
                _orders.Close(order);
                _emitter.EmitCanceled(order.Key, order.VenueOrderId!.Value, row.Status, tsEvent);
                break;
        }
    }

    /// <summary>It never rested: its end is its beginning. One that rested and lost its position later was accepted, whether that was told or not.</summary>
    private static bool IsRefusedReduceOnly(OrderRow row) =>
        row is { Status: OrderStatusNames.CanceledReduceOnly, IsUnchangedSinceCreation: true, FilledBaseAmount: 0 };

    private void OnOpenOrder(TrackedOrder order, OrderRow row, LighterMarket market, UnixNanos tsEvent)
    {
        EnsureAccepted(order, row);
        EmitUpdatedWhenChanged(order, row, market, tsEvent);
        if (row.TriggerStatus == TriggerStatusNames.Ready)
        {
            EnsureTriggered(order, tsEvent);
        }
    }

    /// <summary>Before it fills, an order with a trigger has been triggered, whichever stream tells first.</summary>
    private void EnsureTriggered(TrackedOrder order, UnixNanos tsEvent)
    {
        if (!order.IsTriggered && !order.IsClosed && order.OrderType is OrderType.StopLimit or OrderType.LimitIfTouched)
        {
            order.IsTriggered = true;
            _emitter.EmitTriggered(order.Key, order.VenueOrderId!.Value, tsEvent);
        }
    }

    private void EmitUpdatedWhenChanged(TrackedOrder order, OrderRow row, LighterMarket market, UnixNanos tsEvent)
    {
        if (row.InitialBaseAmount == 0 || row.UpdatedAtMs < order.UpdatedAtMs)
        {
            return;
        }

        order.UpdatedAtMs = row.UpdatedAtMs;

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
        NoteTold(order);
        var price = OrderTranslator.HasLimitPrice(order.OrderType) ? order.Price : null;
        _emitter.EmitUpdated(order.Key, venueOrderId, order.Quantity, price, order.TriggerPrice, tsEvent);
    }

    /// <summary>The terms as they now stand are told: with them the newest modification that asked for them, and all before it.</summary>
    private void NoteTold(TrackedOrder order)
    {
        order.TermsToldAt = _timeProvider.GetTimestamp();
        var shape = new OrderShape(order.Quantity, order.Price, order.TriggerPrice);
        var told = order.Modifications.FindLastIndex(modification => modification.Modification == shape);
        for (var i = 0; i <= told; i++)
        {
            order.Modifications[i].IsTold = true;
        }

        order.Modifications.RemoveRange(0, told + 1);
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

    /// <summary>A row of a REST answer that could not be read and was passed over.</summary>
    public void NoteUnreadable(string endpoint, string reason) => NoteFailures(endpoint, new RowFailures(1, reason));

    private void NoteFailures(string channel, RowFailures failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        LighterTelemetry.UnreadableRows.Add(failures.Count);
        if (_complaints.IsNew(channel, failures.FirstReason))
        {
            Log.UnreadableRows(_logger, channel, failures.Count, failures.FirstReason);
        }
    }

    private void NoteUnknownMarket(string channel, short market)
    {
        LighterTelemetry.UnreadableRows.Add(1);
        if (_complaints.IsNew(channel, "unknown market"))
        {
            Log.UnknownMarket(_logger, channel, market);
        }
    }
}
