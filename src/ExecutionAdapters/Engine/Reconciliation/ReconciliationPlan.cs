using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>An order that the venue did not list and that it is to be asked for by itself, history included.</summary>
/// <param name="ClientOrderId">Our id.</param>
/// <param name="VenueOrderId">The venue's id, when known.</param>
/// <param name="InstrumentId">The instrument.</param>
public sealed record TargetedQuery(ClientOrderId ClientOrderId, VenueOrderId? VenueOrderId, InstrumentId InstrumentId);

/// <summary>A difference that no event could settle without guessing.</summary>
/// <param name="Subject">The order, trade or instrument.</param>
/// <param name="Reason">What differs and why nothing was done.</param>
public sealed record UnresolvedDifference(string Subject, string Reason);

/// <summary>What brings the books of one account to where the venue is. Applied whole or not at all.</summary>
public sealed record ReconciliationPlan
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>
    /// Events in the order in which they are to be applied. An <see cref="OrderInitialized"/> adds an order that the books do not have; all
    /// carry the mark of reconciliation.
    /// </summary>
    public required IReadOnlyList<OrderEvent> Events { get; init; }

    /// <summary>Orders to ask for by themselves; their answers belong into <see cref="VenueSnapshot.Answers"/> of a next round.</summary>
    public required IReadOnlyList<TargetedQuery> Queries { get; init; }

    /// <summary>What stays different.</summary>
    public required IReadOnlyList<UnresolvedDifference> Unresolved { get; init; }

    /// <summary>Orders that the venue does not know and that may still be on their way to it: nothing is wrong yet.</summary>
    public required IReadOnlyList<ClientOrderId> OnTheirWay { get; init; }

    /// <summary>
    /// Instruments whose position differs while some of their orders move or await an answer: both sides are snapshots of different moments, and nothing is
    /// wrong yet.
    /// </summary>
    public required IReadOnlyList<InstrumentId> Unsettled { get; init; }

    /// <summary>Order reports that were compared.</summary>
    public required int OrdersCompared { get; init; }

    /// <summary>Trades that were looked at.</summary>
    public required int FillsCompared { get; init; }

    /// <summary>Positions that were compared.</summary>
    public required int PositionsCompared { get; init; }

    /// <summary>Order reports that were left alone by the options, or that are closed, without a fill, and not ours.</summary>
    public required int Skipped { get; init; }

    /// <summary>Nothing is to be done, asked or explained.</summary>
    public bool IsEmpty => Events.Count == 0 && Queries.Count == 0 && Unresolved.Count == 0;
}
