namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// What changed since the last publication, in order. The engine writes it, the stream reads and clears it after each
/// step; an order that changed several times in one step is listed once and published as it then is.
/// </summary>
internal sealed class ChangeLog
{
    /// <summary>Changed orders of accounts that are not synthetic.</summary>
    public List<Order> Orders { get; } = [];

    public List<Trade> Trades { get; } = [];

    /// <summary>Price levels whose total changed, possibly more than once.</summary>
    public List<(Market Market, bool IsAsk, uint Price)> Levels { get; } = [];

    public SortedSet<long> Positions { get; } = [];

    public SortedSet<long> Assets { get; } = [];

    /// <summary>Accounts whose collateral, margin or open orders changed.</summary>
    public SortedSet<long> Statistics { get; } = [];

    public SortedSet<short> MarkPrices { get; } = [];

    public void Add(Order order)
    {
        if (order.Owner.IsSynthetic || order.IsInChangeLog)
        {
            return;
        }

        order.IsInChangeLog = true;
        Orders.Add(order);
    }

    public void Clear()
    {
        foreach (Order order in Orders)
        {
            order.IsInChangeLog = false;
        }

        Orders.Clear();
        Trades.Clear();
        Levels.Clear();
        Positions.Clear();
        Assets.Clear();
        Statistics.Clear();
        MarkPrices.Clear();
    }
}
