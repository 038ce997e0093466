using System.Collections.Frozen;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>What a client and its venue can do. Engines read it to choose; the client denies locally what is outside.</summary>
public sealed record ExecutionClientCapabilities
{
    /// <summary>Order types that can be submitted.</summary>
    public required FrozenSet<OrderType> OrderTypes { get; init; }

    /// <summary>Times in force that at least one order type takes.</summary>
    public required FrozenSet<TimeInForce> TimesInForce { get; init; }

    /// <summary>Post-only orders.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Reduce-only orders.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Quantities given in the quote currency.</summary>
    public bool QuoteQuantity { get; init; }

    /// <summary>Iceberg orders (a displayed part).</summary>
    public bool DisplayQuantity { get; init; }

    /// <summary>Orders can be modified in place.</summary>
    public bool Modify { get; init; }

    /// <summary>Orders can be cancelled or modified before the venue's order id is known.</summary>
    public bool CancelBeforeAccept { get; init; }

    /// <summary>Most orders in one <see cref="SubmitOrderList"/>; 0: lists are not supported.</summary>
    public int MaxOrderListSize { get; init; }

    /// <summary>Most cancels in one <see cref="BatchCancelOrders"/>; 0: batches are not supported.</summary>
    public int MaxBatchCancelSize { get; init; }

    /// <summary>The venue reports each trade with an id of its own; fills are never inferred from order states.</summary>
    public bool TradeStream { get; init; }

    /// <summary>
    /// How long after its submission an order may still arrive at the venue, waiting times and the validity of signatures included. Before that its absence there
    /// proves nothing.
    /// </summary>
    public TimeSpan LongestOrderTransit { get; init; }
}
