using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>The venue's order states; the number is the one used in event texts ("st").</summary>
internal enum OrderStatus
{
    InProgress = 0,
    Pending = 1,
    Open = 2,
    Filled = 3,
    Canceled = 4,
    CanceledPostOnly = 5,
    CanceledReduceOnly = 6,
    CanceledPositionNotAllowed = 7,
    CanceledMarginNotAllowed = 8,
    CanceledTooMuchSlippage = 9,
    CanceledNotEnoughLiquidity = 10,
    CanceledSelfTrade = 11,
    CanceledExpired = 12,
    CanceledOco = 13,
    CanceledChild = 14,
    CanceledLiquidation = 15,
    CanceledInvalidBalance = 16,
}

internal enum TriggerStatus
{
    NotApplicable = 0,
    Ready = 1,
    MarkPrice = 2,
}

/// <summary>What happens when an order meets an order of its own owner (transaction attribute 6).</summary>
internal enum SelfTradeBehavior
{
    ExpireMaker = 0,
    ExpireTaker = 1,
    ExpireBoth = 2,
    Reduce = 3,
}

/// <summary>Fees an integrator takes on top of the venue's, in parts per million; account 0 for none.</summary>
internal readonly record struct IntegratorFees(long AccountIndex, int TakerFee, int MakerFee);

/// <summary>What the owner asked for. Sizes and prices in ticks, expiry in ms (0 none).</summary>
internal readonly record struct OrderRequest
{
    public long ClientIndex { get; init; }

    public required long BaseAmount { get; init; }

    public required uint Price { get; init; }

    public required bool IsAsk { get; init; }

    public LighterOrderType Type { get; init; }

    public required LighterTimeInForce TimeInForce { get; init; }

    public bool ReduceOnly { get; init; }

    public uint TriggerPrice { get; init; }

    public long ExpiryMs { get; init; }

    public SelfTradeBehavior SelfTrade { get; init; }

    public bool SelfTradeAcrossMaster { get; init; }

    public IntegratorFees Integrator { get; init; }
}

/// <summary>An order and everything that has happened to it. Mutated only by <see cref="OrderDesk"/> and <see cref="Matcher"/>.</summary>
internal sealed class Order(long index, Account owner, Market market, in OrderRequest request)
{
    public long Index { get; } = index;

    public Account Owner { get; } = owner;

    public Market Market { get; } = market;

    public OrderRequest Request { get; } = request;

    public bool IsAsk => Request.IsAsk;

    public bool ReduceOnly => Request.ReduceOnly;

    public LighterTimeInForce TimeInForce => Request.TimeInForce;

    public uint Price { get; set; } = request.Price;

    public uint TriggerPrice { get; set; } = request.TriggerPrice;

    /// <summary>Total size in ticks; 0 for a reduce-only order for the whole position that has not executed yet.</summary>
    public long InitialBase { get; set; } = request.BaseAmount;

    public long RemainingBase { get; set; } = request.BaseAmount;

    public long FilledBase { get; set; }

    public long FilledQuote { get; set; }

    public OrderStatus Status { get; set; }

    public TriggerStatus TriggerStatus { get; set; }

    public long TriggerTimeMs { get; set; }

    public long CreatedMs { get; set; }

    public long UpdatedUs { get; set; }

    public long Nonce { get; set; }

    public long BlockHeight { get; set; }

    public bool IsActive => Status <= OrderStatus.Open;

    public bool IsResting => Level is not null;

    public bool IsConditional => Request.Type is LighterOrderType.StopLoss or LighterOrderType.StopLossLimit
        or LighterOrderType.TakeProfit or LighterOrderType.TakeProfitLimit;

    /// <summary>Stop-loss sells fire when the mark falls to the trigger, take-profit sells when it rises to it; buys mirror.</summary>
    public bool FiresWhenMarkFalls =>
        IsAsk == (Request.Type is LighterOrderType.StopLoss or LighterOrderType.StopLossLimit);

    /// <summary>Set while the order waits in <see cref="ChangeLog.Orders"/>.</summary>
    public bool IsInChangeLog { get; set; }

    // The queue of one price level, kept inside the orders.
    public PriceLevel? Level { get; set; }

    public Order? Next { get; set; }

    public Order? Previous { get; set; }

    public bool IsTriggeredAt(uint markPrice) => FiresWhenMarkFalls ? markPrice <= TriggerPrice : markPrice >= TriggerPrice;

    public Order Snapshot() => (Order)MemberwiseClone();
}
