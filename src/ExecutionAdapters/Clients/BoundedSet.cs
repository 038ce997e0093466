using System.Diagnostics.CodeAnalysis;

namespace ExecutionAdapters.Clients;

/// <summary>A set that remembers the latest <c>capacity</c> members and forgets the oldest first.</summary>
/// <remarks>Not thread-safe: it belongs to one loop.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "It is a set, not a general collection.")]
public sealed class BoundedSet<T>
    where T : notnull
{
    private readonly HashSet<T> _members;
    private readonly Queue<T> _order;
    private readonly int _capacity;

    /// <summary>Creates an empty set.</summary>
    /// <param name="capacity">Most members kept, at least 1.</param>
    public BoundedSet(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _members = [];
        _order = new Queue<T>();
    }

    /// <summary>How many members it holds now.</summary>
    public int Count => _members.Count;

    /// <summary>True when the member is still remembered.</summary>
    public bool Contains(T member) => _members.Contains(member);

    /// <summary>Adds the member; false when it was there.</summary>
    public bool Add(T member)
    {
        if (!_members.Add(member))
        {
            return false;
        }

        _order.Enqueue(member);
        if (_order.Count > _capacity)
        {
            _members.Remove(_order.Dequeue());
        }

        return true;
    }
}
