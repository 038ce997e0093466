namespace ExecutionAdapters.Model;

/// <summary>An order and its trades, which belong together and are handled as one.</summary>
public sealed record OrderWithFills : ExecutionReport
{
    /// <summary>The order.</summary>
    public required OrderStatusReport Order { get; init; }

    /// <summary>Its trades.</summary>
    public required IReadOnlyList<FillReport> Fills { get; init; }

    private protected override string Details => $"{Order.VenueOrderId} {Order.InstrumentId} fills={Fills.Count}";
}
