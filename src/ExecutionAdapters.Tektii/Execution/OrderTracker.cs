using System.Diagnostics.CodeAnalysis;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Execution;

/// <summary>The orders that the client follows, by our id and by every id that the venue gave them. Belongs to the loop.</summary>
internal sealed class OrderTracker
{
    private const int MostClosed = 10_000;

    private readonly Dictionary<ClientOrderId, TrackedOrder> _byClientId = [];
    private readonly Dictionary<VenueOrderId, TrackedOrder> _byVenueId = [];
    private readonly HashSet<TrackedOrder> _open = [];
    private readonly Queue<TrackedOrder> _closed = new();
    private readonly Dictionary<VenueOrderId, int> _reused = [];

    /// <summary>Orders that are not over.</summary>
    public IReadOnlyCollection<TrackedOrder> Open => _open;

    /// <summary>
    /// The id of an exit that is still a term of its entry's order. The venue has no name for it; ours follows from the entry's, so that it is the same after a restart.
    /// </summary>
    public static VenueOrderId TermId(VenueOrderId entry, OrderType exit) => new($"{entry}/{(exit == OrderType.Limit ? "take_profit" : "stop_loss")}");

    public bool TryFind(ClientOrderId id, [NotNullWhen(true)] out TrackedOrder? order) => _byClientId.TryGetValue(id, out order);

    public bool TryFind(VenueOrderId id, [NotNullWhen(true)] out TrackedOrder? order) => _byVenueId.TryGetValue(id, out order);

    /// <summary>
    /// The order of a row: by the venue's id; else by ours, since an order that works goes on under an id that is not known when it was replaced; else, of an exit,
    /// by its entry and type.
    /// </summary>
    public TrackedOrder? Find(TektiiOrder row)
    {
        var named = ClientOrderId.TryCreate(row.ClientOrderId, out var id) ? _byClientId.GetValueOrDefault(id) : null;
        if (_byVenueId.TryGetValue(row.Id, out var order) && !IsGivenAnew(order, named))
        {
            return order;
        }

        if (named is not null && IsOrGoesOnAs(named, row))
        {
            return named;
        }

        return VenueOrderId.TryCreate(row.ParentOrderId, out var parent)
            && (_byVenueId.TryGetValue(TermId(parent, row.OrderType), out var exit) || TryFindExit(parent, row.OrderType, out exit)) && exit.IsTermOfEntry
            ? exit
            : null;
    }

    /// <summary>The exits of an entry that are still terms of it.</summary>
    public IEnumerable<TrackedOrder> TermsOf(TrackedOrder entry) => _open.Where(exit => exit.IsTermOfEntry && exit.Entry == entry.Key.ClientOrderId);

    public void Add(TrackedOrder order)
    {
        _byClientId.Add(order.Key.ClientOrderId, order);
        _open.Add(order);
        if (order.VenueOrderId is { } id)
        {
            _byVenueId[id] = order;
        }

        foreach (var earlier in order.EarlierIds)
        {
            _byVenueId[earlier] = order;
        }
    }

    /// <summary>How many orders have had the id before its present one: a gateway that was started anew may count from the beginning.</summary>
    public int OwnersOf(VenueOrderId id) => _reused.GetValueOrDefault(id);

    public void Identify(TrackedOrder order, VenueOrderId id)
    {
        if (_byVenueId.TryGetValue(id, out var owner) && owner != order)
        {
            _reused[id] = OwnersOf(id) + 1;
        }

        if (order.VenueOrderId is { } earlier)
        {
            order.EarlierIds = [.. order.EarlierIds, earlier];
        }

        order.VenueOrderId = id;
        _byVenueId[id] = order;
    }

    /// <summary>Another id under which the order is known.</summary>
    public void Alias(TrackedOrder order, VenueOrderId id) => _byVenueId[id] = order;

    /// <summary>Whether the row is about an id that the order had before a modification: what ended there goes on under the present one.</summary>
    public bool IsEarlier(TrackedOrder order, TektiiOrder row) => order.VenueOrderId is { } present && present != row.Id && _byVenueId.ContainsKey(row.Id);

    /// <summary>Knows nothing any more.</summary>
    public void Clear()
    {
        _byClientId.Clear();
        _byVenueId.Clear();
        _open.Clear();
        _closed.Clear();
        _reused.Clear();
    }

    /// <summary>It stays known for late trades, until many others have ended.</summary>
    public void Close(TrackedOrder order)
    {
        order.IsClosed = true;
        order.Waiting = null;
        order.BehindSince = null;
        _open.Remove(order);
        _closed.Enqueue(order);
        if (_closed.Count > MostClosed)
        {
            var oldest = _closed.Dequeue();
            _byClientId.Remove(oldest.Key.ClientOrderId);
            foreach (var id in _byVenueId.Where(pair => ReferenceEquals(pair.Value, oldest)).Select(pair => pair.Key).ToList())
            {
                _byVenueId.Remove(id);
            }
        }
    }

    /// <summary>
    /// Exits that some brokers give the id of their entry are told apart by their own entry, and by their side. A rejected row is of the order only if that was never taken: otherwise
    /// it is of a replacement that came to nothing, and the order works on.
    /// </summary>
    private static bool IsOrGoesOnAs(TrackedOrder own, TektiiOrder row) =>
        row.ParentOrderId is null && row.Side == own.Side && row.Symbol == own.Symbol
        && (own.VenueOrderId is null
            || (own is { IsClosed: false, IsTermOfEntry: false } && row.OrderType == own.OrderType && row is not { Status: TektiiOrderStatus.Rejected, FilledQuantity: 0 }));

    /// <summary>Whether the id of an order that is over now is that of one which has none yet: a gateway that was started anew may count from the beginning.</summary>
    private static bool IsGivenAnew(TrackedOrder owner, TrackedOrder? named) =>
        named is { VenueOrderId: null } && owner != named && owner is { IsClosed: true, IsTermOfEntry: false };

    private bool TryFindExit(VenueOrderId parent, OrderType type, [NotNullWhen(true)] out TrackedOrder? exit)
    {
        exit = _byVenueId.TryGetValue(parent, out var entry) ? TermsOf(entry).FirstOrDefault(one => one.OrderType == type) : null;
        return exit is not null;
    }
}
