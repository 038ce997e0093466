namespace ExecutionAdapters.Model;

/// <summary>Something that happened to one order. Applied to it by <see cref="Order.TryApply"/>.</summary>
public abstract record OrderEvent : ExecutionEvent
{
    /// <summary>The trader.</summary>
    public required TraderId TraderId { get; init; }

    /// <summary>The strategy that owns the order.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>The instrument of the order.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>Our id of the order.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The id of this event.</summary>
    public required Uuid4 EventId { get; init; }

    /// <summary>When it happened at the venue; equals <see cref="TsInit"/> for Denied and Submitted.</summary>
    public required UnixNanos TsEvent { get; init; }

    /// <summary>When this object was built.</summary>
    public required UnixNanos TsInit { get; init; }

    /// <summary>True when reconciliation with the venue's state produced it.</summary>
    public bool Reconciliation { get; init; }

    /// <summary>The id of the command or event that caused it, when known.</summary>
    public Uuid4? CausationId { get; init; }

    /// <summary>What the text form says after the order id.</summary>
    private protected virtual string Extra => "";

    private protected sealed override string Details
        => $"{ClientOrderId} {InstrumentId}{(Extra.Length == 0 ? "" : " ")}{Extra}{(Reconciliation ? " reconciliation" : "")}";
}

/// <summary>An order event of which the venue's order id and the account may be known.</summary>
public abstract record VenueOrderEvent : OrderEvent
{
    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    /// <summary>The account, when known.</summary>
    public AccountId? AccountId { get; init; }

    private protected override string Extra => VenueOrderId is { } id ? $"venue_order_id={id}" : "";
}
