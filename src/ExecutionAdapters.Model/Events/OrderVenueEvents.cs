namespace ExecutionAdapters.Model;

/// <summary>The venue acknowledged the order, or a fill, cancel or trigger that overtook the acknowledgement proves that it did.</summary>
public sealed record OrderAccepted : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue's id of the order.</summary>
    public required VenueOrderId VenueOrderId { get; init; }

    private protected override string Extra => $"venue_order_id={VenueOrderId}";
}

/// <summary>The venue refused the order. Only ever on evidence: an unknown outcome is not a rejection.</summary>
public sealed record OrderRejected : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue's code and text, unchanged.</summary>
    public required string Reason { get; init; }

    /// <summary>True if and only if a post-only order would have crossed the book.</summary>
    public bool DuePostOnly { get; init; }

    private protected override string Extra => Reason;
}

/// <summary>The trigger price was reached. Only for <see cref="OrderEnumExtensions.IsTriggerable">triggerable</see> types.</summary>
public sealed record OrderTriggered : VenueOrderEvent;

/// <summary>The venue refused a modification; the order stays as it was.</summary>
public sealed record OrderModifyRejected : VenueOrderEvent
{
    /// <summary>The venue's code and text, unchanged.</summary>
    public required string Reason { get; init; }

    private protected override string Extra => Reason;
}

/// <summary>The venue refused a cancellation; the order stays as it was.</summary>
public sealed record OrderCancelRejected : VenueOrderEvent
{
    /// <summary>The venue's code and text, unchanged.</summary>
    public required string Reason { get; init; }

    private protected override string Extra => Reason;
}

/// <summary>The venue confirmed new terms, or changed them itself.</summary>
public sealed record OrderUpdated : VenueOrderEvent
{
    /// <summary>The new total quantity (not what is left).</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The new limit price; null leaves it as it is. Null for types without one.</summary>
    public Price? Price { get; init; }

    /// <summary>The new trigger price; null leaves it as it is. Null for types without one.</summary>
    public Price? TriggerPrice { get; init; }

    /// <summary>The new worst price of a market order; null leaves it as it is.</summary>
    public Price? ProtectionPrice { get; init; }

    /// <summary>Whether <see cref="Quantity"/> is in the quote currency.</summary>
    public bool IsQuoteQuantity { get; init; }

    private protected override string Extra => $"quantity={Quantity} price={Price} trigger_price={TriggerPrice}";
}

/// <summary>The order was canceled at the venue, asked for or not.</summary>
public sealed record OrderCanceled : VenueOrderEvent
{
    /// <summary>Why, when the venue tells. The reference has no such field.</summary>
    public string? Reason { get; init; }

    private protected override string Extra => Reason is null ? base.Extra : $"{base.Extra} {Reason}";
}

/// <summary>The order reached its expiry. The rest of an IOC or FOK order is canceled, not expired.</summary>
public sealed record OrderExpired : VenueOrderEvent;
