using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>What a reconciliation may do.</summary>
public sealed record ReconciliationOptions
{
    /// <summary>The strategy of orders that nobody claims.</summary>
    public static StrategyId External { get; } = new("EXTERNAL");

    /// <summary>The trader of events that are made here.</summary>
    public required TraderId TraderId { get; init; }

    /// <summary>Which strategy takes over orders of others, by instrument. Default: none, they belong to <see cref="External"/>.</summary>
    public IReadOnlyDictionary<InstrumentId, StrategyId> ExternalOrderClaims { get; init; } = new Dictionary<InstrumentId, StrategyId>();

    /// <summary>Leave orders of others alone that no strategy claims; claimed ones are taken over all the same. Default false.</summary>
    public bool FilterUnclaimedExternalOrders { get; init; }

    /// <summary>Never look at these orders.</summary>
    public IReadOnlySet<ClientOrderId> FilteredClientOrderIds { get; init; } = new HashSet<ClientOrderId>();

    /// <summary>Look at these instruments only; empty, the default: at all.</summary>
    public IReadOnlySet<InstrumentId> InstrumentIds { get; init; } = new HashSet<InstrumentId>();

    /// <summary>Do not compare positions: for several engines that share one account. Default false.</summary>
    public bool FilterPositionReports { get; init; }

    /// <summary>Make up fills for what the venue filled and gives no trade for, and orders for positions that no trade explains. Default true.</summary>
    public bool GenerateMissingOrders { get; init; } = true;

    /// <summary>
    /// How long after its submission an order may still be on its way to the venue's books, so that its absence proves nothing. Default 60 s.
    /// </summary>
    public TimeSpan MaximumProcessingTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The differences have lasted: what explains them truly is not on its way any more. Otherwise nothing is made up.</summary>
    internal bool IsConfirmed { get; init; } = true;
}
