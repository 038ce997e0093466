using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter;

/// <content>
/// Orders that the venue is asked for one by one, because what it said of them elsewhere does not fit what was told here: those that a
/// refusal shows to be over, those of an earlier process, those that are in no list. What is found is told; what is not found is not guessed.
/// </content>
public sealed partial class LighterExecutionClient
{
    /// <summary>Times of an earlier process may come from this machine's clock, which may be fast.</summary>
    private static readonly TimeSpan OrderLookUpMargin = TimeSpan.FromMinutes(10);

    // Only the loop touches these.
    private readonly List<TrackedOrder> _adopted = [];
    private readonly Dictionary<TrackedOrder, long> _doubtful = [];
    private readonly Dictionary<OrderRow, long> _doubtfulExternal = [];

    /// <summary>
    /// The venue refused a modification or cancel because the order is over. The streams have their time to tell the end; then it is asked for.
    /// </summary>
    private void NoteDoubt(PendingTransaction transaction, int? code)
    {
        if (code is not { } given || !LighterProtocol.IsOrderOver(given))
        {
            return;
        }

        if (transaction.Order is { IsClosed: false } order)
        {
            _doubtful.TryAdd(order, _timeProvider.GetTimestamp());
        }
        else if (transaction is { Order: null, VenueOrderId: { } venueOrderId } && TryParseIndex(venueOrderId, out var index)
            && _orders.ExternalOpen.FirstOrDefault(row => row.OrderIndex == index) is { } external)
        {
            _doubtfulExternal.TryAdd(external, _timeProvider.GetTimestamp());
        }
    }

    private IReadOnlyList<SoughtOrder> TakeDoubtfulOrders()
    {
        List<TrackedOrder> own = [.. _doubtful.Where(entry => IsDue(entry.Value)).Select(entry => entry.Key)];
        List<OrderRow> external = [.. _doubtfulExternal.Where(entry => IsDue(entry.Value)).Select(entry => entry.Key)];
        own.ForEach(order => _doubtful.Remove(order));
        external.ForEach(row => _doubtfulExternal.Remove(row));
        return
        [
            .. own.Where(order => !order.IsClosed).Select(Sought),
            .. external.Where(row => _orders.IsExternalOpen(row.OrderIndex)).Select(row => new SoughtOrder(row.MarketIndex, row.OrderIndex, row.ClientOrderIndex, row.UpdatedAtMs)),
        ];

        bool IsDue(long since) => _timeProvider.GetElapsedTime(since) >= _options.VerdictTimeout;
    }

    private static SoughtOrder Sought(TrackedOrder order) =>
        new(order.MarketIndex, order.VenueOrderIndex, order.ClientOrderIndex, Math.Max(order.UpdatedAtMs, order.ToldAtMs));

    private async Task TryLookUpOrdersAsync(IReadOnlyList<SoughtOrder> orders, CancellationToken stop)
    {
        try
        {
            await LookUpOrdersAsync(orders, stop).ConfigureAwait(false);
        }
        catch (ExecutionClientException exception)
        {
            Log.LookUpFailed(_logger, exception.Message);
        }
    }

    private async Task LookUpOrdersAsync(IReadOnlyList<TrackedOrder> orders, CancellationToken stop)
    {
        var sought = await _loop.RunAsync<IReadOnlyList<SoughtOrder>>(() => [.. orders.Where(order => !order.IsClosed).Select(Sought)]).ConfigureAwait(false);
        await LookUpOrdersAsync(sought, stop).ConfigureAwait(false);
    }

    /// <summary>Asks for their rows, market by market, and for the trades of those that are over.</summary>
    private async Task LookUpOrdersAsync(IReadOnlyList<SoughtOrder> orders, CancellationToken stop)
    {
        if (orders.Count == 0)
        {
            return;
        }

        var account = _credentials!.AccountIndex;
        var askedAt = _timeProvider.GetTimestamp();
        var active = await _http.GetActiveOrdersAsync(account, market: null, stop, NoteUnreadable).ConfigureAwait(false);
        var rows = new List<OrderRow>();
        var trades = new List<TradeRow>();
        foreach (var market in orders.Where(order => !active.Any(order.Is)).GroupBy(order => order.MarketIndex))
        {
            var fromMs = market.Min(order => order.ToldAtMs) - (long)OrderLookUpMargin.TotalMilliseconds;
            var closed = await _http.GetInactiveOrdersAsync(account, market.Key, WindowFrom(Math.Max(fromMs, 0)), stop, kind: null, NoteUnreadable).ConfigureAwait(false);
            rows.AddRange(closed.Where(row => market.Any(order => order.Is(row))));
        }

        rows.AddRange(active.Where(row => orders.Any(order => order.Is(row)) && !rows.Exists(closed => closed.OrderIndex == row.OrderIndex)));
        foreach (var row in rows.Where(row => row.FilledBaseAmount > 0))
        {
            trades.AddRange(await _http.GetTradesAsync(account, row.MarketIndex, row.OrderIndex, fromMs: null, stop, NoteUnreadable).ConfigureAwait(false));
        }

        await _loop.RunAsync(() =>
        {
            _streams.OnMissed(rows, trades, ToldBefore.Everything, askedAt);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>An order to ask for.</summary>
    /// <param name="MarketIndex">Its market.</param>
    /// <param name="VenueOrderIndex">The venue's index; 0: not known, the client's decides.</param>
    /// <param name="ClientOrderIndex">The client's index.</param>
    /// <param name="ToldAtMs">It was not over by then, ms since the epoch.</param>
    private readonly record struct SoughtOrder(short MarketIndex, long VenueOrderIndex, long ClientOrderIndex, long ToldAtMs)
    {
        public bool Is(OrderRow row) => row.MarketIndex == MarketIndex
            && (VenueOrderIndex != 0 ? row.OrderIndex == VenueOrderIndex : row.ClientOrderIndex == ClientOrderIndex && row.UpdatedAtMs >= ToldAtMs - (long)OrderLookUpMargin.TotalMilliseconds);
    }
}
