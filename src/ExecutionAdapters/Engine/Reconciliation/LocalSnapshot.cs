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

    /// <summary>Orders that are over and of which only the filled quantity is kept: they and their trades are not looked at again.</summary>
    public IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal> Settled { get; init; } =
        new Dictionary<(InstrumentId Instrument, VenueOrderId Id), decimal>();

    /// <summary>When this run of the engine began; orders from before may have left until then.</summary>
    public UnixNanos RunStartedAt { get; init; }

    /// <summary>
    /// Orders that something happened to while the venue was asked: of them its answer may be old, and only the trades in it are believed.
    /// </summary>
    public IReadOnlySet<ClientOrderId> Moving { get; init; } = new HashSet<ClientOrderId>();

    /// <summary>Instruments by id.</summary>
    public required IReadOnlyDictionary<InstrumentId, Instrument> Instruments { get; init; }
}
