namespace ExecutionAdapters.Model;

/// <summary>An order as the venue has it.</summary>
public sealed record OrderStatusReport : ExecutionReport
{
    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>Our id, when the order is ours.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>The venue's id.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide OrderSide { get; init; }

    /// <summary>The type.</summary>
    public required OrderType OrderType { get; init; }

    /// <summary>How long it works.</summary>
    public required TimeInForce TimeInForce { get; init; }

    /// <summary>Where it stands. Canceled with fills is Canceled with a filled quantity, not Filled.</summary>
    public required OrderStatus OrderStatus { get; init; }

    /// <summary>Total quantity.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Filled so far.</summary>
    public required Quantity FilledQty { get; init; }

    /// <summary>When the venue accepted it.</summary>
    public required UnixNanos TsAccepted { get; init; }

    /// <summary>When it last changed.</summary>
    public required UnixNanos TsLast { get; init; }

    /// <summary>The list it belongs to.</summary>
    public OrderListId? OrderListId { get; init; }

    /// <summary>The venue's position id (hedging).</summary>
    public PositionId? VenuePositionId { get; init; }

    /// <summary>The orders it is contingent with.</summary>
    public IReadOnlyList<ClientOrderId>? LinkedOrderIds { get; init; }

    /// <summary>The order that triggers this one.</summary>
    public ClientOrderId? ParentOrderId { get; init; }

    /// <summary>How it depends on others.</summary>
    public ContingencyType ContingencyType { get; init; }

    /// <summary>When it expires.</summary>
    public UnixNanos? ExpireTime { get; init; }

    /// <summary>Limit price; null, never 0, when it has none.</summary>
    public Price? Price { get; init; }

    /// <summary>Trigger price; null, never 0, when it has none.</summary>
    public Price? TriggerPrice { get; init; }

    /// <summary>Which price triggers.</summary>
    public TriggerType? TriggerType { get; init; }

    /// <summary>Distance of the limit price from the trigger (trailing).</summary>
    public decimal? LimitOffset { get; init; }

    /// <summary>Distance of the trigger from the market (trailing).</summary>
    public decimal? TrailingOffset { get; init; }

    /// <summary>The unit of the offsets.</summary>
    public TrailingOffsetType TrailingOffsetType { get; init; }

    /// <summary>Average fill price.</summary>
    public decimal? AvgPx { get; init; }

    /// <summary>The quantity that shows.</summary>
    public Quantity? DisplayQty { get; init; }

    /// <summary>May only add liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>May only reduce a position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Why it was canceled or rejected, when the venue tells.</summary>
    public string? CancelReason { get; init; }

    /// <summary>When its trigger price was reached.</summary>
    public UnixNanos? TsTriggered { get; init; }

    private protected override string Details
        => $"{ClientOrderId} {VenueOrderId} {InstrumentId} {OrderSide.ToWireString()} {FilledQty}/{Quantity} {OrderType.ToWireString()} {OrderStatus.ToWireString()}";

    /// <summary>What is not filled: quantity − filled, at least zero.</summary>
    public Quantity LeavesQty => Quantity.SaturatingSub(FilledQty);

    /// <summary>What contradicts itself in the report, or null: Filled with another filled quantity than the quantity.</summary>
    public string? Validate()
        => OrderStatus == OrderStatus.Filled && FilledQty != Quantity ? $"order {VenueOrderId} is FILLED with {FilledQty} of {Quantity}" : null;
}
