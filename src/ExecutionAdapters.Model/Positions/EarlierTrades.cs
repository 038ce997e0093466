using System.Collections.Immutable;

namespace ExecutionAdapters.Model;

/// <summary>
/// The trades of the episodes of a position that have ended: the latest <see cref="Limit"/> of them, but at least all of the last episode.
/// An exact duplicate of one of them must not reopen or move the position. Immutable.
/// </summary>
internal sealed class EarlierTrades
{
    /// <summary>How many trades are remembered when the last episode has no more of them.</summary>
    public const int Limit = 10_000;

    public static readonly EarlierTrades None = new([], ImmutableQueue<TradeKey>.Empty);

    private readonly ImmutableHashSet<TradeKey> _keys;
    private readonly ImmutableQueue<TradeKey> _oldestFirst;

    private EarlierTrades(ImmutableHashSet<TradeKey> keys, ImmutableQueue<TradeKey> oldestFirst)
    {
        _keys = keys;
        _oldestFirst = oldestFirst;
    }

    public bool Contains(TradeKey trade) => _keys.Contains(trade);

    /// <summary>With those of an episode that has ended, in their order.</summary>
    public EarlierTrades With(ImmutableList<OrderFilled> episode)
    {
        var keys = _keys.ToBuilder();
        var queue = _oldestFirst;
        foreach (var fill in episode)
        {
            var key = PositionSteps.KeyOf(fill);
            // The fill of a flip is in two episodes.
            if (keys.Add(key))
            {
                queue = queue.Enqueue(key);
            }
        }

        while (keys.Count > Math.Max(Limit, episode.Count))
        {
            queue = queue.Dequeue(out var oldest);
            _ = keys.Remove(oldest);
        }

        return new EarlierTrades(keys.ToImmutable(), queue);
    }
}
