using System.Text;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// Which venue order is which of ours. Client order ids become integers by a fixed hash, so the same id gives the same index in
/// every process; closed orders are remembered for a while, so that a late fill finds its order. Belongs to the client's loop.
/// </summary>
/// <param name="indexBits">How many bits a client order index may have.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class OrderRegistry(int indexBits, TimeProvider timeProvider)
{
    /// <summary>How many closed orders are remembered for late fills.</summary>
    public const int ClosedOrdersKept = 10_000;

    private readonly long _maxIndex = (1L << indexBits) - 1;
    private readonly Dictionary<ClientOrderId, TrackedOrder> _byClientOrderId = [];
    private readonly Dictionary<long, TrackedOrder> _byClientOrderIndex = [];
    private readonly Dictionary<long, TrackedOrder> _byVenueOrderIndex = [];
    private readonly Dictionary<long, (OrderRow Row, long NotedAt)> _externalOpen = [];
    private readonly HashSet<long> _externalIndices = [];
    private readonly HashSet<long> _externalCancels = [];
    private readonly Queue<TrackedOrder> _closed = new();

    /// <summary>Orders of others on the same account that the venue says are open.</summary>
    public IEnumerable<OrderRow> ExternalOpen => _externalOpen.Values.Select(open => open.Row);

    /// <summary>The venue says that this order of somebody else on the account is open.</summary>
    public bool IsExternalOpen(long venueOrderIndex) => _externalOpen.ContainsKey(venueOrderIndex);

    /// <summary>Own orders that are not closed.</summary>
    public IEnumerable<TrackedOrder> Open => _byClientOrderId.Values.Where(order => !order.IsClosed);

    /// <summary>
    /// The index that stands for a client order id: FNV-1a over its UTF-8 bytes, mixed and cut to the width, never 0; the next free
    /// one when another order has it.
    /// </summary>
    public long AllocateClientOrderIndex(ClientOrderId clientOrderId)
    {
        if (_byClientOrderId.TryGetValue(clientOrderId, out var known))
        {
            return known.ClientOrderIndex;
        }

        // The derived index is taken even when an external order has it: that may be this very order, of a run before, and the venue refuses
        // a second one of the same index (21728).
        var derived = DeriveClientOrderIndex(clientOrderId);
        var index = derived;
        while (_byClientOrderIndex.ContainsKey(index) || (index != derived && _externalIndices.Contains(index)))
        {
            index = index == _maxIndex ? 1 : index + 1;
        }

        return index;
    }

    /// <summary>The index that an id stands for when no other order has it.</summary>
    public long DeriveClientOrderIndex(ClientOrderId clientOrderId)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes(clientOrderId.Value))
        {
            hash = (hash ^ value) * 0x100000001b3UL;
        }

        // FNV's low bits depend on few of the input's bits; fold the high half in before cutting.
        hash ^= hash >> 32;
        var index = (long)(hash & (ulong)_maxIndex);
        return index == 0 ? 1 : index;
    }

    public void Add(TrackedOrder order)
    {
        _byClientOrderId[order.Key.ClientOrderId] = order;
        _byClientOrderIndex[order.ClientOrderIndex] = order;
        if (order.VenueOrderIndex != 0)
        {
            _byVenueOrderIndex[order.VenueOrderIndex] = order;
            ForgetExternal(order.VenueOrderIndex);
        }
    }

    public TrackedOrder? Find(ClientOrderId clientOrderId) => _byClientOrderId.GetValueOrDefault(clientOrderId);

    /// <summary>By the client's index if the row has one, else by the venue's.</summary>
    public TrackedOrder? Find(long clientOrderIndex, long venueOrderIndex)
    {
        if (_byVenueOrderIndex.TryGetValue(venueOrderIndex, out var order))
        {
            return order;
        }

        // An index is only ours while its order has no other venue index, and the venue's order was not there before ours:
        // indices are reused after a collision or a restart.
        return clientOrderIndex != 0 && !_externalOpen.ContainsKey(venueOrderIndex) && _byClientOrderIndex.TryGetValue(clientOrderIndex, out order)
               && (order.VenueOrderIndex == 0 || order.VenueOrderIndex == venueOrderIndex)
            ? order
            : null;
    }

    /// <summary>Notes the venue's index of an order.</summary>
    public void LinkVenueOrder(TrackedOrder order, long venueOrderIndex)
    {
        if (order.VenueOrderIndex == 0 && venueOrderIndex != 0)
        {
            order.VenueOrderIndex = venueOrderIndex;
            order.LinkedAt = timeProvider.GetTimestamp();
            _byVenueOrderIndex[venueOrderIndex] = order;
        }
    }

    /// <summary>The order is over: kept for late fills until <see cref="ClosedOrdersKept"/> others have closed.</summary>
    public void Close(TrackedOrder order)
    {
        if (order.IsClosed)
        {
            return;
        }

        order.IsClosed = true;
        _closed.Enqueue(order);
        if (_closed.Count > ClosedOrdersKept)
        {
            Forget(_closed.Dequeue());
        }
    }

    /// <summary>Notes an order that is not ours: open ones are kept for cancel-all.</summary>
    public void NoteExternal(OrderRow row)
    {
        if (row.IsClosed)
        {
            ForgetExternal(row.OrderIndex);
        }
        else
        {
            _externalOpen[row.OrderIndex] = (row, timeProvider.GetTimestamp());
            _externalIndices.Add(row.ClientOrderIndex);
        }
    }

    /// <summary>The connection is lost: what modifications and cancels under way came to is no longer told to them.</summary>
    public void ForgetUnderWay()
    {
        _externalCancels.Clear();
        foreach (var order in Open)
        {
            order.Wanted = null;
            order.IsCancelUnderWay = false;
        }
    }

    /// <summary>A complete list of open orders: those of others that were known before it was asked for, and that it does not hold, are closed.</summary>
    public void KeepExternal(IReadOnlySet<long> openVenueOrderIndices, long askedAt)
    {
        foreach (var gone in _externalOpen.Where(open => open.Value.NotedAt < askedAt && !openVenueOrderIndices.Contains(open.Key)).ToList())
        {
            ForgetExternal(gone.Key);
        }
    }

    /// <summary>A cancel of somebody else's order is under way: cancel-all need not send another.</summary>
    public bool IsExternalCancelUnderWay(long venueOrderIndex) => _externalCancels.Contains(venueOrderIndex);

    /// <inheritdoc cref="IsExternalCancelUnderWay"/>
    public void BeginExternalCancel(long venueOrderIndex) => _externalCancels.Add(venueOrderIndex);

    /// <summary>That cancel came to nothing, or its outcome is unknown.</summary>
    public void EndExternalCancel(long venueOrderIndex) => _externalCancels.Remove(venueOrderIndex);

    private void ForgetExternal(long venueOrderIndex)
    {
        if (_externalOpen.Remove(venueOrderIndex, out var open))
        {
            _externalIndices.Remove(open.Row.ClientOrderIndex);
        }

        _externalCancels.Remove(venueOrderIndex);
    }

    private void Forget(TrackedOrder order)
    {
        Remove(_byClientOrderId, order.Key.ClientOrderId, order);
        Remove(_byClientOrderIndex, order.ClientOrderIndex, order);
        Remove(_byVenueOrderIndex, order.VenueOrderIndex, order);
    }

    private static void Remove<TKey>(Dictionary<TKey, TrackedOrder> map, TKey key, TrackedOrder order)
        where TKey : notnull
    {
        if (map.TryGetValue(key, out var present) && ReferenceEquals(present, order))
        {
            map.Remove(key);
        }
    }
}
