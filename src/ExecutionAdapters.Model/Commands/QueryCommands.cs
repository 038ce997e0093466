namespace ExecutionAdapters.Model;

/// <summary>Ask the venue for an order; the answer comes as an <see cref="OrderStatusReport"/>.</summary>
public sealed record QueryOrder : OrderCommand
{
    /// <summary>Our id of the order.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    private protected override string Details => $"{ClientOrderId} {InstrumentId}";
}

/// <summary>Ask the venue for the account; the answer comes as an <see cref="AccountState"/>.</summary>
public sealed record QueryAccount : TradingCommand
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    private protected override string Details => $"{AccountId}";
}
