namespace ExecutionAdapters.Model;

/// <summary>The order was created: all its terms. The first event of every order.</summary>
public sealed record OrderInitialized : OrderEvent
{
    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>The type.</summary>
    public required OrderType OrderType { get; init; }

    /// <summary>Total quantity, above zero.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>How long it works; default GTC.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.GTC;

    /// <summary>May only add liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>May only reduce a position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary><see cref="Quantity"/> is in the quote currency.</summary>
    public bool QuoteQuantity { get; init; }

    /// <summary>Limit price; required for the types that have one.</summary>
    public Price? Price { get; init; }

    /// <summary>Trigger price; required for the types that have one (a trailing type may have an activation price instead).</summary>
    public Price? TriggerPrice { get; init; }

    /// <summary>Which price triggers; required for the types that have a trigger.</summary>
    public TriggerType? TriggerType { get; init; }

    /// <summary>Trailing types: the price at which trailing begins.</summary>
    public Price? ActivationPrice { get; init; }

    /// <summary>TrailingStopLimit: distance of the limit price from the trigger.</summary>
    public decimal? LimitOffset { get; init; }

    /// <summary>Trailing types: distance of the trigger from the market, in the unit of <see cref="TrailingOffsetType"/>.</summary>
    public decimal? TrailingOffset { get; init; }

    /// <summary>The unit of the offsets.</summary>
    public TrailingOffsetType TrailingOffsetType { get; init; }

    /// <summary>When it expires; required for GTD.</summary>
    public UnixNanos? ExpireTime { get; init; }

    /// <summary>The quantity that shows, at most <see cref="Quantity"/>; 0 is fully hidden, null is fully shown.</summary>
    public Quantity? DisplayQty { get; init; }

    /// <summary>The price that an order emulator watches; <see cref="TriggerType.NoTrigger"/> for none.</summary>
    public TriggerType EmulationTrigger { get; init; }

    /// <summary>The instrument whose price triggers, when it is another one.</summary>
    public InstrumentId? TriggerInstrumentId { get; init; }

    /// <summary>How it depends on <see cref="LinkedOrderIds"/>.</summary>
    public ContingencyType ContingencyType { get; init; }

    /// <summary>The list it belongs to.</summary>
    public OrderListId? OrderListId { get; init; }

    /// <summary>The orders it is contingent with.</summary>
    public IReadOnlyList<ClientOrderId>? LinkedOrderIds { get; init; }

    /// <summary>The order that triggers this one.</summary>
    public ClientOrderId? ParentOrderId { get; init; }

    /// <summary>The execution algorithm that works it.</summary>
    public ExecAlgorithmId? ExecAlgorithmId { get; init; }

    /// <summary>Parameters of the execution algorithm.</summary>
    public IReadOnlyDictionary<string, string>? ExecAlgorithmParams { get; init; }

    /// <summary>The primary order that an execution algorithm spawned it from.</summary>
    public ClientOrderId? ExecSpawnId { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    private protected override string Extra
        => $"{Side.ToWireString()} {Quantity} {OrderType.ToWireString()} {TimeInForce.ToWireString()} price={Price} trigger_price={TriggerPrice}";

    /// <summary>
    /// The first thing that is wrong with the terms, or null: quantity above zero, a side, display quantity at most the quantity, the
    /// prices and offsets that the type requires, GTD with an expire time and never for a market order, no post-only market order.
    /// A term that the type does not have (a price on a market order) is not an error and not taken over.
    /// Precision and increments are checked against the instrument, elsewhere.
    /// </summary>
    public string? Validate()
    {
        if (!Quantity.IsPositive)
        {
            return $"quantity must be above zero, got {Quantity}";
        }

        if (Side is not (OrderSide.Buy or OrderSide.Sell))
        {
            return $"order side must be BUY or SELL, got {Side.ToWireString()}";
        }

        if (DisplayQty > Quantity)
        {
            return $"display quantity {DisplayQty} is above the quantity {Quantity}";
        }

        return ValidateTimeInForce() ?? ValidateType();
    }

    private string? ValidateTimeInForce()
    {
        if (TimeInForce == TimeInForce.GTD && OrderType == OrderType.Market)
        {
            return "a MARKET order cannot be GTD";
        }

        if (PostOnly && OrderType == OrderType.Market)
        {
            return "a MARKET order cannot be post-only";
        }

        return TimeInForce == TimeInForce.GTD && ExpireTime is not { Value: > 0 } ? "a GTD order needs an expire time" : null;
    }

    private string? ValidateType()
    {
        var type = OrderType;
        if (!Enum.IsDefined(type))
        {
            return $"order type {(int)type} is not known";
        }

        if (type.HasLimitPrice() && Price is null)
        {
            return $"a {type.ToWireString()} order needs a price";
        }

        if (type.HasTriggerPrice() && TriggerPrice is null && !(type.IsTrailing() && ActivationPrice is not null))
        {
            return $"a {type.ToWireString()} order needs a trigger price";
        }

        if (type.HasTriggerPrice() && TriggerType is null or Model.TriggerType.NoTrigger)
        {
            return $"a {type.ToWireString()} order needs a trigger type";
        }

        if (type.IsTrailing() && (TrailingOffset is null || TrailingOffsetType == TrailingOffsetType.None))
        {
            return $"a {type.ToWireString()} order needs a trailing offset and its type";
        }

        return type == OrderType.TrailingStopLimit && LimitOffset is null ? "a TRAILING_STOP_LIMIT order needs a limit offset" : null;
    }
}
