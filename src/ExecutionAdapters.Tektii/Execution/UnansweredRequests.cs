using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Execution;

/// <summary>
/// Requests that are not answered, and rows and trades of unknown orders that came meanwhile: an order that one of these requests made may be theirs. They wait for the
/// requests that were out when they came, and not for later ones. Belongs to the loop.
/// </summary>
internal sealed class UnansweredRequests
{
    private readonly SortedSet<long> _pending = [];
    private readonly List<(long Latest, TektiiOrder Row)> _rows = [];
    private readonly List<(long Latest, TektiiTrade Trade)> _trades = [];
    private long _latest;

    public bool Any => _pending.Count > 0;

    /// <summary>A request leaves; gives what names it.</summary>
    public long Begin()
    {
        _pending.Add(++_latest);
        return _latest;
    }

    /// <summary>The request is answered; gives what no longer waits for any. Once for each.</summary>
    public (IReadOnlyList<TektiiOrder> Rows, IReadOnlyList<TektiiTrade> Trades) End(long request)
    {
        _pending.Remove(request);
        var oldest = _pending.Count > 0 ? _pending.Min : long.MaxValue;
        return (TakeOut(_rows, (latest, _) => latest < oldest), TakeOut(_trades, (latest, _) => latest < oldest));
    }

    public void Keep(TektiiOrder row) => _rows.Add((_latest, row));

    public void Keep(TektiiTrade trade) => _trades.Add((_latest, trade));

    /// <summary>What waits of an order whose id is known now.</summary>
    public (IReadOnlyList<TektiiOrder> Rows, IReadOnlyList<TektiiTrade> Trades) Take(VenueOrderId id) =>
        (TakeOut(_rows, (_, row) => row.Id == id), TakeOut(_trades, (_, trade) => trade.OrderId == id));

    private static List<T> TakeOut<T>(List<(long Latest, T Item)> waiting, Func<long, T, bool> isDue)
    {
        var due = waiting.FindAll(one => isDue(one.Latest, one.Item));
        waiting.RemoveAll(one => isDue(one.Latest, one.Item));
        return due.ConvertAll(one => one.Item);
    }
}
