namespace ExecutionAdapters.Model;

/// <summary>The order was refused locally: it was not sent and never will be. Comes instead of <see cref="OrderSubmitted"/>, never after it.</summary>
public sealed record OrderDenied : OrderEvent
{
    /// <summary><c>CODE</c> or <c>CODE: key=value, key=value</c>; see <see cref="DenialReason"/> for the codes.</summary>
    public required string Reason { get; init; }

    private protected override string Extra => Reason;
}

/// <summary>An order emulator holds the order.</summary>
public sealed record OrderEmulated : OrderEvent;

/// <summary>An order emulator let the order go.</summary>
public sealed record OrderReleased : OrderEvent
{
    /// <summary>The market price that released it.</summary>
    public required Price ReleasedPrice { get; init; }

    private protected override string Extra => $"price={ReleasedPrice}";
}

/// <summary>The order is about to be sent. Once per order, immediately before the first byte.</summary>
public sealed record OrderSubmitted : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }
}

/// <summary>A modification was requested. Made by the strategy side before the command leaves, never by a client.</summary>
public sealed record OrderPendingUpdate : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }
}

/// <summary>A cancellation was requested. Made by the strategy side before the command leaves, never by a client.</summary>
public sealed record OrderPendingCancel : OrderEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue's id of the order, when known.</summary>
    public VenueOrderId? VenueOrderId { get; init; }
}
