using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>An order that this client submitted: who it is, and what has been told about it so far. Belongs to the client's loop.</summary>
internal sealed class TrackedOrder
{
    public required OrderKey Key { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType OrderType { get; init; }

    public required short MarketIndex { get; init; }

    public required long ClientOrderIndex { get; set; }

    /// <summary>The venue's index; 0 until the venue told.</summary>
    public long VenueOrderIndex { get; set; }

    public required Quantity Quantity { get; set; }

    public required Price? Price { get; set; }

    public required Price? TriggerPrice { get; set; }

    /// <summary>Sum of the fills emitted, in base units.</summary>
    public decimal Filled { get; set; }

    /// <summary>The most that the venue's rows said was filled, in base units.</summary>
    public decimal FilledAtVenue { get; set; }

    /// <summary>What the latest modification under way asks for: a further one builds on it. Null when none is.</summary>
    public OrderShape? Wanted { get; set; }

    /// <summary>A cancel is under way: cancel-all need not send another.</summary>
    public bool IsCancelUnderWay { get; set; }

    /// <summary>Modifications that were commanded and that nothing has been told of, oldest first.</summary>
    public List<PendingTransaction> Modifications { get; } = [];

    /// <summary>When its terms were last told (a <see cref="TimeProvider"/> timestamp).</summary>
    public long TermsToldAt { get; set; }

    /// <summary>The venue's time of the newest row seen, ms since the epoch.</summary>
    public long UpdatedAtMs { get; set; }

    /// <summary>It was not over by then: the time of the last event told of it by an earlier process, or of its creation, ms since the epoch.</summary>
    public long ToldAtMs { get; init; }

    /// <summary>When the venue's index became known (a <see cref="TimeProvider"/> timestamp).</summary>
    public long LinkedAt { get; set; }

    /// <summary>Accepted has been emitted.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The venue says that all of it is filled.</summary>
    public bool IsFilledAtVenue { get; set; }

    /// <summary>Triggered has been emitted.</summary>
    public bool IsTriggered { get; set; }

    /// <summary>A terminal event has been emitted, or the order is filled. Late fills still belong to it.</summary>
    public bool IsClosed { get; set; }

    public VenueOrderId? VenueOrderId => VenueOrderIndex == 0 ? null : ToVenueOrderId(VenueOrderIndex);

    /// <summary>What a cancel or modify names: the venue's index once known, before that the client's.</summary>
    public long WireIndex => VenueOrderIndex != 0 ? VenueOrderIndex : ClientOrderIndex;

    public static VenueOrderId ToVenueOrderId(long index) => new(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
