using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>What one reconciliation of one account compared, changed and left.</summary>
public sealed record ReconciliationReport
{
    /// <summary>The client that was asked.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>When the venue was asked last.</summary>
    public required UnixNanos AsOf { get; init; }

    /// <summary>How often the venue was asked for all of it.</summary>
    public required int Rounds { get; init; }

    /// <summary>Order reports that were compared, in the last round.</summary>
    public required int OrdersCompared { get; init; }

    /// <summary>Trades that were looked at, in the last round.</summary>
    public required int FillsCompared { get; init; }

    /// <summary>Positions that were compared, in the last round.</summary>
    public required int PositionsCompared { get; init; }

    /// <summary>What was applied to the books, over all rounds.</summary>
    public required IReadOnlyList<OrderEvent> Events { get; init; }

    /// <summary>What is still different, or not known.</summary>
    public required IReadOnlyList<UnresolvedDifference> Unresolved { get; init; }

    /// <summary>Orders that the venue does not know and that may still be on their way to it.</summary>
    public IReadOnlyList<ClientOrderId> OnTheirWay { get; init; } = [];

    /// <inheritdoc cref="ReconciliationPlan.Unsettled"/>
    public IReadOnlyList<InstrumentId> Unsettled { get; init; } = [];

    /// <summary>Books and venue agree, as far as the venue was asked.</summary>
    public bool IsComplete => Unresolved.Count == 0;
}
