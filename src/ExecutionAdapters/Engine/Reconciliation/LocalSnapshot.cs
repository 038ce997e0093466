using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>One account as our books have it: the other side of a reconciliation. The planner changes nothing in it.</summary>
public sealed record LocalSnapshot
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Orders of the account, and orders that may have been sent for it, closed ones included.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    /// <summary>Netting positions of the account, one for an instrument, flat ones included.</summary>
    public required IReadOnlyList<Position> Positions { get; init; }

    /// <summary>Instruments by id.</summary>
    public required IReadOnlyDictionary<InstrumentId, Instrument> Instruments { get; init; }
}
