namespace ExecutionAdapters.Venues.Tektii;

/// <summary>What a client, or somebody else at the same account, asks for.</summary>
public sealed record TektiiOrderRequest
{
    /// <summary>The symbol exactly as the venue has it, 1 to 20 characters.</summary>
    public required string Symbol { get; init; }

    /// <summary>The side.</summary>
    public required TektiiSide Side { get; init; }

    /// <summary>The type.</summary>
    public required TektiiOrderType Type { get; init; }

    /// <summary>Above zero, a multiple of the lot size.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Above zero; for limit and stop-limit orders only.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Above zero; for stop and stop-limit orders only.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>Above zero; for trailing stops only.</summary>
    public decimal? TrailingDistance { get; init; }

    /// <summary>For trailing stops only.</summary>
    public TektiiTrailingType? TrailingType { get; init; }

    /// <summary>Stop price of the exit that is placed when this order fills.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>Limit price of the exit that is placed when this order fills.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>The position that the order adds to or reduces, in hedging mode.</summary>
    public string? PositionId { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Whether it must not take liquidity on arrival.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Kept and given back; without effect on the matching.</summary>
    public bool Hidden { get; init; }

    /// <summary>Kept and given back; without effect on the matching.</summary>
    public decimal? DisplayQuantity { get; init; }

    /// <summary>CROSS or ISOLATED, kept for the position; without effect on the margin.</summary>
    public string? MarginMode { get; init; }

    /// <summary>At most the venue's leverage; without effect on the margin below it.</summary>
    public decimal? Leverage { get; init; }

    /// <summary>The client's own id, up to 64 characters.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>Orders of one group reduce and cancel each other when they fill; up to 64 characters.</summary>
    public string? OcoGroupId { get; init; }

    /// <summary>Good till cancelled by default.</summary>
    public TektiiTimeInForce TimeInForce { get; init; }
}

/// <summary>An order as it stood at one moment.</summary>
public sealed record TektiiOrder
{
    /// <summary>The venue's id, for example "o-9".</summary>
    public required string Id { get; init; }

    /// <summary>What was asked for; quantity and prices as last modified.</summary>
    public required TektiiOrderRequest Request { get; init; }

    /// <summary>The state.</summary>
    public required TektiiOrderStatus Status { get; init; }

    /// <summary>When the venue took it: the simulated time in a backtest.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How much has filled, 0 or more.</summary>
    public decimal FilledQuantity { get; init; }

    /// <summary>Price times quantity of all its fills.</summary>
    public decimal FilledValue { get; init; }

    /// <summary>Why it was rejected; null otherwise.</summary>
    public TektiiRejectReason? RejectReason { get; init; }

    /// <summary>The position that it opened, adds to or reduces; null before it is known.</summary>
    public string? PositionId { get; init; }

    /// <summary>The entry that this exit belongs to; null for orders that somebody placed.</summary>
    public string? ParentOrderId { get; init; }

    /// <summary>How much is left, 0 or more.</summary>
    public decimal RemainingQuantity => Request.Quantity - FilledQuantity;

    /// <summary>The average price of its fills, to 8 decimals; null without any.</summary>
    public decimal? AverageFillPrice => FilledQuantity == 0 ? null : Math.Round(FilledValue / FilledQuantity, 8);

    /// <summary>Whether it may still fill.</summary>
    public bool IsWorking => Status <= TektiiOrderStatus.PartiallyFilled;

    /// <summary>Whether the matching has looked at it once: what fills later is liquidity that it gave.</summary>
    internal bool IsResting { get; init; }

    /// <summary>Whether a stop has been reached.</summary>
    internal bool IsTriggered { get; init; }

    /// <summary>The best price that a trailing stop has seen.</summary>
    internal decimal? TrailPeak { get; init; }

    /// <summary>When this is a stop that waits: the price that triggers it.</summary>
    internal decimal? TriggerPrice => IsTriggered
        ? null
        : Request.Type switch
        {
            TektiiOrderType.Stop or TektiiOrderType.StopLimit => Request.StopPrice,
            TektiiOrderType.TrailingStop when TrailPeak is { } peak => TrailFrom(peak),
            _ => null,
        };

    /// <summary>Whether it is a stop that waits for its price.</summary>
    internal bool IsWaiting =>
        !IsTriggered && Request.Type is (TektiiOrderType.Stop or TektiiOrderType.StopLimit or TektiiOrderType.TrailingStop);

    /// <summary>Its limit, when it is or has become a limit order.</summary>
    internal decimal? ActiveLimit => Request.Type is TektiiOrderType.Limit or TektiiOrderType.StopLimit ? Request.LimitPrice : null;

    private decimal TrailFrom(decimal peak)
    {
        decimal distance = Request.TrailingType == TektiiTrailingType.Percent
            ? peak * Request.TrailingDistance!.Value / 100
            : Request.TrailingDistance!.Value;
        return Request.Side == TektiiSide.Buy ? peak + distance : peak - distance;
    }
}
