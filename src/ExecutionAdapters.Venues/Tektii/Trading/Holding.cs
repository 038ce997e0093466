using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>An open position. What it cost is kept whole: what a partial exit rounds away stays in it.</summary>
internal sealed class Holding(string id, Market market, TektiiPositionSide side, DateTimeOffset openedAt)
{
    private decimal _cost;

    public string Id { get; } = id;

    public string Symbol => Market.Symbol;

    public Market Market { get; } = market;

    public TektiiPositionSide Side { get; } = side;

    public decimal Quantity { get; private set; }

    public decimal RealizedPnl { get; private set; }

    public DateTimeOffset OpenedAt { get; } = openedAt;

    public DateTimeOffset UpdatedAt { get; private set; } = openedAt;

    public string? MarginMode { get; init; }

    public decimal? Leverage { get; init; }

    /// <summary>The side of an order that makes it smaller.</summary>
    public TektiiSide ExitSide => Side == TektiiPositionSide.Long ? TektiiSide.Sell : TektiiSide.Buy;

    public decimal Value => Quantity * CurrentPrice;

    public decimal UnrealizedPnl => Sign * (Value - _cost);

    private decimal CurrentPrice => Market.PriceFor(ExitSide);

    private int Sign => Side == TektiiPositionSide.Long ? 1 : -1;

    public void Add(decimal quantity, decimal price, DateTimeOffset now)
    {
        Quantity += quantity;
        _cost += quantity * price;
        UpdatedAt = now;
    }

    /// <summary>Takes out a part, at most the whole; gives back the profit on it.</summary>
    public decimal Reduce(decimal quantity, decimal price, DateTimeOffset now)
    {
        decimal cost = quantity == Quantity ? _cost : Math.Round(_cost * quantity / Quantity, 8);
        decimal profit = Sign * ((quantity * price) - cost);
        Quantity -= quantity;
        _cost -= cost;
        RealizedPnl += profit;
        UpdatedAt = now;
        return profit;
    }

    public TektiiPosition Snapshot() => new()
    {
        Id = Id,
        Symbol = Symbol,
        Side = Side,
        Quantity = Quantity,
        AverageEntryPrice = Quantity == 0 ? 0 : Math.Round(_cost / Quantity, 8),
        CurrentPrice = CurrentPrice,
        UnrealizedPnl = UnrealizedPnl,
        RealizedPnl = RealizedPnl,
        OpenedAt = OpenedAt,
        UpdatedAt = UpdatedAt,
        MarginMode = MarginMode,
        Leverage = Leverage,
    };
}
