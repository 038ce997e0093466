using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>A venue's own books of the account at one moment.</summary>
public sealed record VenueTruth
{
    /// <summary>All orders ever, open and closed, in no particular order.</summary>
    public required IReadOnlyList<VenueOrder> Orders { get; init; }

    /// <summary>All trades ever, once for each order of the account: one with itself is two.</summary>
    public required IReadOnlyList<VenueTrade> Trades { get; init; }

    /// <summary>Positions that are not flat.</summary>
    public required IReadOnlyList<VenuePosition> Positions { get; init; }

    /// <summary>The total balance by currency; empty when there is none to compare.</summary>
    public IReadOnlyDictionary<Currency, decimal> Balances { get; init; } = new Dictionary<Currency, decimal>();

    /// <summary>The orders that are open.</summary>
    public IEnumerable<VenueOrder> OpenOrders => Orders.Where(order => order.IsOpen);
}

/// <summary>An order in a venue's books. What the venue does not keep is null or false.</summary>
/// <param name="Id">The venue's id.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Quantity">Total quantity.</param>
/// <param name="FilledQty">Filled so far.</param>
/// <param name="IsOpen">It works, or waits for its trigger.</param>
public sealed record VenueOrder(VenueOrderId Id, OrderSide Side, decimal Quantity, decimal FilledQty, bool IsOpen)
{
    /// <summary>Limit price.</summary>
    public decimal? Price { get; init; }

    /// <summary>Trigger price.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>May only add liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>May only reduce a position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>The quantity that shows.</summary>
    public decimal? DisplayQty { get; init; }

    /// <summary>When it expires.</summary>
    public UnixNanos? ExpireTime { get; init; }
}

/// <summary>A trade of one order in a venue's books.</summary>
/// <param name="OrderId">The venue's id of the order.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Price">At what price.</param>
public sealed record VenueTrade(VenueOrderId OrderId, decimal Quantity, decimal Price);

/// <summary>A position in a venue's books.</summary>
/// <param name="InstrumentId">The instrument.</param>
/// <param name="SignedQty">Above zero long, below zero short.</param>
/// <param name="AvgPxOpen">Average price at which it was opened.</param>
public sealed record VenuePosition(InstrumentId InstrumentId, decimal SignedQty, decimal AvgPxOpen);
