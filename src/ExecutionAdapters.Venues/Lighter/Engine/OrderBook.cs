namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>The orders waiting at one price, first come first.</summary>
internal sealed class PriceLevel(uint price)
{
    public uint Price { get; } = price;

    public Order? First { get; private set; }

    public Order? Last { get; private set; }

    /// <summary>Sum of what remains of the orders, in size ticks.</summary>
    public long TotalBase { get; private set; }

    public void Append(Order order)
    {
        order.Level = this;
        order.Previous = Last;
        order.Next = null;
        if (Last is null)
        {
            First = order;
        }
        else
        {
            Last.Next = order;
        }

        Last = order;
        TotalBase += order.RemainingBase;
    }

    public void Remove(Order order)
    {
        if (order.Previous is null)
        {
            First = order.Next;
        }
        else
        {
            order.Previous.Next = order.Next;
        }

        if (order.Next is null)
        {
            Last = order.Previous;
        }
        else
        {
            order.Next.Previous = order.Previous;
        }

        TotalBase -= order.RemainingBase;
        order.Level = null;
        order.Previous = null;
        order.Next = null;
    }

    /// <summary>Takes size off a waiting order without touching its place in the queue.</summary>
    public void Reduce(Order order, long byBase)
    {
        order.RemainingBase -= byBase;
        TotalBase -= byBase;
    }
}

/// <summary>One side of a book. Levels are sorted worst to best, so that the busy end is the cheap end of the list.</summary>
internal sealed class BookSide(bool isAsk)
{
    private readonly List<PriceLevel> _levels = [];

    public PriceLevel? Best => _levels.Count == 0 ? null : _levels[^1];

    public int LevelCount => _levels.Count;

    /// <summary>The level at a distance from the best one: 0 is the best.</summary>
    public PriceLevel this[int depth] => _levels[_levels.Count - 1 - depth];

    public void Add(Order order)
    {
        int at = Search(order.Price);
        if (at < 0)
        {
            at = ~at;
            _levels.Insert(at, new PriceLevel(order.Price));
        }

        _levels[at].Append(order);
    }

    public void Remove(Order order)
    {
        PriceLevel level = order.Level ?? throw new InvalidOperationException($"Order {order.Index} is not in the book.");
        level.Remove(order);
        if (level.First is null)
        {
            _levels.RemoveAt(Search(level.Price));
        }
    }

    public long TotalAt(uint price)
    {
        int at = Search(price);
        return at < 0 ? 0 : _levels[at].TotalBase;
    }

    private int Search(uint price)
    {
        int low = 0;
        int high = _levels.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            uint found = _levels[middle].Price;
            if (found == price)
            {
                return middle;
            }

            // Worst first: asks descend, bids ascend.
            if (isAsk ? found > price : found < price)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}

/// <summary>The resting orders of one market, by price and then time.</summary>
internal sealed class OrderBook
{
    public BookSide Asks { get; } = new(isAsk: true);

    public BookSide Bids { get; } = new(isAsk: false);

    public BookSide Side(bool isAsk) => isAsk ? Asks : Bids;

    /// <summary>Whether an order at this price would trade with the best price of the other side.</summary>
    public bool Crosses(bool isAsk, uint price) =>
        Side(!isAsk).Best is { } best && (isAsk ? best.Price >= price : best.Price <= price);
}
