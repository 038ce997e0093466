namespace ExecutionAdapters.Model;

/// <summary>Something that happened to a position. Made by <see cref="Position"/>; see <see cref="Position.LastEvents"/>.</summary>
public abstract record PositionEvent
{
    /// <summary>The position.</summary>
    public required PositionId PositionId { get; init; }

    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The id of the fill or funding payment that caused it.</summary>
    public required Uuid4 CausationId { get; init; }

    /// <summary>When it happened at the venue.</summary>
    public required UnixNanos TsEvent { get; init; }

    /// <summary>When the object that caused it was built.</summary>
    public required UnixNanos TsInit { get; init; }

    private protected abstract string Details { get; }

    /// <summary>Type name and the members that matter most, on one line.</summary>
    public sealed override string ToString() => $"{GetType().Name}({PositionId} {Details})";
}

/// <summary>A position event with the state of the position right after it.</summary>
public abstract record PositionStateEvent : PositionEvent
{
    /// <summary>The position right after the event.</summary>
    public required PositionSnapshot Position { get; init; }

    /// <summary>Quantity of the fill (of a flip: of its part) that caused it; zero when an adjustment did.</summary>
    public required Quantity LastQty { get; init; }

    /// <summary>Price of the fill that caused it.</summary>
    public required Price LastPx { get; init; }

    private protected override string Details => $"{Position.Side.ToWireString()} {Position.SignedQty} last={LastQty} @ {LastPx}";
}

/// <summary>An episode began: the position was flat or new.</summary>
public sealed record PositionOpened : PositionStateEvent;

/// <summary>An open position changed and is still open.</summary>
public sealed record PositionChanged : PositionStateEvent
{
    /// <summary>Unrealized profit and loss at the price of the fill.</summary>
    public required Money UnrealizedPnl { get; init; }
}

/// <summary>The position became flat; its state holds the final figures of the episode.</summary>
public sealed record PositionClosed : PositionStateEvent;

/// <summary>The position changed without a fill.</summary>
public sealed record PositionAdjusted : PositionEvent
{
    /// <summary>The id of this event. For a commission it is the fill's with the last bit flipped, so that replaying gives the same.</summary>
    public required Uuid4 EventId { get; init; }

    /// <summary>Commission or funding.</summary>
    public required PositionAdjustmentType AdjustmentType { get; init; }

    /// <summary>Change of the signed quantity; null for funding.</summary>
    public decimal? QuantityChange { get; init; }

    /// <summary>Change of realized profit and loss, in settlement currency; null for a commission.</summary>
    public Money? PnlChange { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Reason { get; init; }

    private protected override string Details => $"{AdjustmentType.ToWireString()} quantity={QuantityChange} pnl={PnlChange} {Reason}";
}
