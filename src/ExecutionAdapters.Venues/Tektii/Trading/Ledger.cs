using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>What a fill did to the positions, in order, what it realized, and how much of it was not against a position.</summary>
internal sealed record FillEffect(IReadOnlyList<(string Event, Holding Holding)> Changes, decimal RealizedPnl, decimal Opened)
{
    /// <summary>The position that the fill ended in.</summary>
    public string PositionId => Changes[^1].Holding.Id;
}

/// <summary>Balance, positions and trades of the one account.</summary>
internal sealed class Ledger(decimal initialBalance, decimal leverage, TektiiPositionMode mode)
{
    private readonly List<Holding> _holdings = [];
    private readonly List<TektiiTrade> _trades = [];
    private decimal _balance = initialBalance;
    private decimal _realized;
    private decimal _commission;
    private int _positionCount;

    /// <summary>Open positions, oldest first.</summary>
    public IReadOnlyList<Holding> Holdings => _holdings;

    public IReadOnlyList<TektiiTrade> Trades => _trades;

    public Holding? Find(string positionId) => _holdings.Find(holding => holding.Id == positionId);

    public TektiiAccount Account()
    {
        decimal unrealized = _holdings.Sum(holding => holding.UnrealizedPnl);
        decimal used = _holdings.Sum(holding => holding.Value) / leverage;
        decimal equity = _balance + unrealized;
        return new TektiiAccount(_balance, equity, used, equity - used, unrealized, _realized, _commission);
    }

    /// <summary>How much of positions an order of this kind could take out.</summary>
    public decimal Reducible(TektiiOrderRequest order) => Against(order).Sum(holding => holding.Quantity);

    /// <summary>Whether the margin suffices for the part of an order that does not reduce.</summary>
    public bool CanCarry(TektiiOrderRequest order, decimal quantity, decimal price)
    {
        decimal against = Reducible(order);
        decimal opening = Math.Max(0, quantity - against);
        decimal freed = Math.Min(quantity, against) * price / leverage;
        return opening == 0 || opening * price / leverage <= Account().MarginAvailable + freed;
    }

    /// <summary>Books a fill: positions first against, then along the order's side.</summary>
    public FillEffect Apply(TektiiOrder order, Market market, decimal quantity, decimal price, DateTimeOffset now)
    {
        List<(string Event, Holding Holding)> changes = [];
        decimal realized = 0;
        decimal left = quantity;
        foreach (Holding holding in Against(order.Request).ToArray())
        {
            decimal part = Math.Min(left, holding.Quantity);
            if (part == 0)
            {
                break;
            }

            realized += holding.Reduce(part, price, now);
            left -= part;
            changes.Add((holding.Quantity == 0 ? "POSITION_CLOSED" : "POSITION_MODIFIED", holding));
        }

        _holdings.RemoveAll(holding => holding.Quantity == 0);
        if (left > 0)
        {
            changes.Add(Extend(order, market, left, price, now));
        }

        _realized += realized;
        _balance += realized;
        return new FillEffect(changes, realized, left);
    }

    public void Add(TektiiTrade trade)
    {
        _trades.Add(trade);
        _commission += trade.Commission;
        _balance -= trade.Commission;
    }

    /// <summary>Interest and the like: negative is a charge.</summary>
    public void Finance(decimal amount) => _balance += amount;

    private (string Event, Holding Holding) Extend(TektiiOrder order, Market market, decimal quantity, decimal price, DateTimeOffset now)
    {
        TektiiPositionSide side = order.Request.Side == TektiiSide.Buy ? TektiiPositionSide.Long : TektiiPositionSide.Short;
        string? id = order.PositionId ?? order.Request.PositionId;
        Holding? holding = _holdings.Find(candidate =>
            candidate.Symbol == market.Symbol && candidate.Side == side && (mode == TektiiPositionMode.Netting || candidate.Id == id));
        bool isNew = holding is null;
        if (holding is null)
        {
            holding = new Holding($"p-{++_positionCount}", market, side, now)
            {
                MarginMode = order.Request.MarginMode,
                Leverage = order.Request.Leverage,
            };
            _holdings.Add(holding);
        }

        holding.Add(quantity, price, now);
        return (isNew ? "POSITION_OPENED" : "POSITION_MODIFIED", holding);
    }

    /// <summary>The positions that an order reduces, oldest first.</summary>
    private IEnumerable<Holding> Against(TektiiOrderRequest order) => _holdings.Where(holding =>
        holding.Symbol == order.Symbol && holding.ExitSide == order.Side
        && (mode == TektiiPositionMode.Netting || (order.PositionId is { } id ? holding.Id == id : order.ReduceOnly)));
}
