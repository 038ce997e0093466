using System.Collections;

namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// The latest items of a list that only grows, so that a venue that runs for long stays bounded. Items keep their number
/// (0 for the first one ever added) when older ones are dropped.
/// </summary>
internal sealed class History<T>(int limit) : IEnumerable<T>
{
    private readonly List<T> _ring = [];

    /// <summary>How many were ever added; the number of the next one.</summary>
    public long Total { get; private set; }

    /// <summary>How many are kept.</summary>
    public int Count => _ring.Count;

    /// <summary>The number of the oldest item that is kept.</summary>
    public long First => Total - _ring.Count;

    /// <summary>An item by its number, <see cref="First"/> to below <see cref="Total"/>.</summary>
    public T this[long number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, First);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Total);
            return _ring[(int)(number % limit)];
        }
    }

    /// <summary>Adds an item; true when the oldest one had to go for it.</summary>
    public bool Add(T item, out T? dropped)
    {
        dropped = default;
        bool isFull = _ring.Count == limit;
        if (isFull)
        {
            int slot = (int)(Total % limit);
            dropped = _ring[slot];
            _ring[slot] = item;
        }
        else
        {
            _ring.Add(item);
        }

        Total++;
        return isFull;
    }

    public IEnumerable<T> NewestFirst()
    {
        for (long number = Total - 1; number >= First; number--)
        {
            yield return this[number];
        }
    }

    /// <summary>The latest items, oldest first.</summary>
    public IEnumerable<T> Latest(int count)
    {
        for (long number = Math.Max(First, Total - count); number < Total; number++)
        {
            yield return this[number];
        }
    }

    public IEnumerator<T> GetEnumerator() => Latest(limit).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
