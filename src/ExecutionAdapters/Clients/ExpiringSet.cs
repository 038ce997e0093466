using System.Diagnostics.CodeAnalysis;

namespace ExecutionAdapters.Clients;

/// <summary>A set that remembers each member for at least a time, and forgets it some time after that.</summary>
/// <remarks>Not thread-safe: it belongs to one loop.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "It is a set, not a general collection.")]
public sealed class ExpiringSet<T>
    where T : notnull
{
    private readonly TimeProvider _timeProvider;
    private readonly HashSet<T> _members = [];
    private readonly Queue<(T Member, long AddedAt)> _order = new();
    private TimeSpan _retention;

    /// <summary>Creates an empty set.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="retention">How long a member is remembered, above zero.</param>
    public ExpiringSet(TimeProvider timeProvider, TimeSpan retention)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(retention, TimeSpan.Zero);
        _timeProvider = timeProvider;
        _retention = retention;
    }

    /// <summary>How many members it holds now.</summary>
    public int Count => _members.Count;

    /// <summary>True when the member is still remembered.</summary>
    public bool Contains(T member) => _members.Contains(member);

    /// <summary>From now on members are remembered at least this long; a shorter time changes nothing.</summary>
    public void RetainAtLeast(TimeSpan retention) => _retention = retention > _retention ? retention : _retention;

    /// <summary>Forgets all members.</summary>
    public void Clear()
    {
        _members.Clear();
        _order.Clear();
    }

    /// <summary>Adds the member; false when it was there.</summary>
    public bool Add(T member)
    {
        while (_order.TryPeek(out var oldest) && _timeProvider.GetElapsedTime(oldest.AddedAt) > _retention)
        {
            _members.Remove(_order.Dequeue().Member);
        }

        if (!_members.Add(member))
        {
            return false;
        }

        _order.Enqueue((member, _timeProvider.GetTimestamp()));
        return true;
    }
}
