namespace ExecutionAdapters.Model;

/// <summary>A trade as the venue has it.</summary>
public sealed record FillReport : ExecutionReport
{
    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The venue's order id.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>The venue's trade id.</summary>
    public required TradeId TradeId { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide OrderSide { get; init; }

    /// <summary>Quantity of the trade, above zero. Zero-quantity rows are dropped where they are read.</summary>
    public required Quantity LastQty { get; init; }

    /// <summary>Price of the trade.</summary>
    public required Price LastPx { get; init; }

    /// <summary>What was paid: positive a cost, negative a rebate.</summary>
    public required Money Commission { get; init; }

    /// <summary>Maker or taker.</summary>
    public required LiquiditySide LiquiditySide { get; init; }

    /// <summary>When it happened.</summary>
    public required UnixNanos TsEvent { get; init; }

    /// <summary>Our order id, when the order is ours.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>The venue's position id (hedging).</summary>
    public PositionId? VenuePositionId { get; init; }

    /// <summary>Average price of the order, when the venue tells.</summary>
    public decimal? AvgPx { get; init; }

    /// <summary>Normal, or a liquidation, deleveraging or settlement by the venue.</summary>
    public TradeKind Kind { get; init; }

    private protected override string Details
        => $"{ClientOrderId} {VenueOrderId} {InstrumentId} {OrderSide.ToWireString()} {LastQty} @ {LastPx} trade_id={TradeId}";
}
