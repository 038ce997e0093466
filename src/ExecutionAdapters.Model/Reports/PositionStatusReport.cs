namespace ExecutionAdapters.Model;

/// <summary>A position as the venue has it. A Flat one is proof that there is none.</summary>
public sealed record PositionStatusReport : ExecutionReport
{
    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>Flat, Long or Short.</summary>
    public required PositionSide PositionSide { get; init; }

    /// <summary>How much, without sign; zero when flat.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>When it last changed.</summary>
    public required UnixNanos TsLast { get; init; }

    /// <summary>The venue's position id; present means hedging mode.</summary>
    public PositionId? VenuePositionId { get; init; }

    /// <summary>Average price at which it was opened.</summary>
    public decimal? AvgPxOpen { get; init; }

    private protected override string Details => $"{InstrumentId} {PositionSide.ToWireString()} {Quantity}";

    /// <summary>Positive when long, negative when short, zero when flat.</summary>
    public decimal SignedDecimalQty => PositionSide switch
    {
        PositionSide.Long => Quantity.Value,
        PositionSide.Short => -Quantity.Value,
        _ => 0m,
    };

    /// <summary>What contradicts itself in the report, or null: Flat with a quantity, Long or Short without one, no side.</summary>
    public string? Validate() => PositionSide switch
    {
        PositionSide.Flat => Quantity.IsZero ? null : $"position {InstrumentId} is FLAT with {Quantity}",
        PositionSide.Long or PositionSide.Short => Quantity.IsPositive ? null : $"position {InstrumentId} is {PositionSide.ToWireString()} with zero quantity",
        _ => $"position {InstrumentId} has no side",
    };
}
