namespace ExecutionAdapters.Model;

/// <summary>Change an order; null leaves a term as it is.</summary>
public sealed record ModifyOrder : OrderCommand
{
    /// <summary>Our id of the order.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    /// <summary>The new total quantity (not what is left).</summary>
    public Quantity? Quantity { get; init; }

    /// <summary>The new limit price.</summary>
    public Price? Price { get; init; }

    /// <summary>The new trigger price.</summary>
    public Price? TriggerPrice { get; init; }

    private protected override string Details => $"{ClientOrderId} {InstrumentId} quantity={Quantity} price={Price} trigger_price={TriggerPrice}";
}

/// <summary>Change several orders of one instrument. One that fails does not stop the rest.</summary>
public sealed record BatchModifyOrders : OrderCommand
{
    /// <summary>The changes.</summary>
    public required IReadOnlyList<ModifyOrder> Modifies { get; init; }

    private protected override string Details => $"{InstrumentId} modifies={Modifies.Count}";
}

/// <summary>Cancel an order.</summary>
public sealed record CancelOrder : OrderCommand
{
    /// <summary>Our id of the order.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    private protected override string Details => $"{ClientOrderId} {InstrumentId}";
}

/// <summary>Cancel all open orders of the instrument.</summary>
public sealed record CancelAllOrders : OrderCommand
{
    /// <summary>Only this side; <see cref="OrderSide.NoOrderSide"/> (default) means both.</summary>
    public OrderSide OrderSide { get; init; }

    private protected override string Details => $"{InstrumentId} {OrderSide.ToWireString()}";
}

/// <summary>Cancel several orders of one instrument.</summary>
public sealed record BatchCancelOrders : OrderCommand
{
    /// <summary>The cancellations.</summary>
    public required IReadOnlyList<CancelOrder> Cancels { get; init; }

    private protected override string Details => $"{InstrumentId} cancels={Cancels.Count}";
}
