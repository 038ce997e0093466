namespace ExecutionAdapters.Model;

/// <summary>A trade of the order. Each trade once, whatever way it came to be known.</summary>
public sealed record OrderFilled : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue's id of the order.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>The venue's id of the trade.</summary>
    public required TradeId TradeId { get; init; }

    /// <summary>The venue's id of the position, when it has one (hedging).</summary>
    public PositionId? PositionId { get; init; }

    /// <summary>Side of the order.</summary>
    public required OrderSide OrderSide { get; init; }

    /// <summary>Type of the order.</summary>
    public required OrderType OrderType { get; init; }

    /// <summary>Quantity of this trade, above zero.</summary>
    public required Quantity LastQty { get; init; }

    /// <summary>Price of this trade.</summary>
    public required Price LastPx { get; init; }

    /// <summary>The quote currency, in which <see cref="LastPx"/> is.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Maker or taker.</summary>
    public required LiquiditySide LiquiditySide { get; init; }

    /// <summary>What was paid: positive a cost, negative a rebate.</summary>
    public Money? Commission { get; init; }

    /// <summary>Normal, or a liquidation, deleveraging or settlement by the venue. The reference has no such field.</summary>
    public TradeKind Kind { get; init; }

    /// <summary>
    /// Made up by reconciliation, for what the venue says is filled and gives no trade for: price and commission are estimates, and a
    /// true trade that comes later is not to be added to it. The reference has no such field.
    /// </summary>
    public bool IsInferred { get; init; }

    private protected override string Extra
        => $"{OrderSide.ToWireString()} {LastQty} @ {LastPx} {LiquiditySide.ToWireString()} trade_id={TradeId}";
}
