namespace ExecutionAdapters.Model;

/// <summary>Send a new order.</summary>
public sealed record SubmitOrder : OrderCommand
{
    /// <summary>The order; authoritative.</summary>
    public required OrderInitialized Order { get; init; }

    /// <summary>The position it is meant for (hedging).</summary>
    public PositionId? PositionId { get; init; }

    private protected override string Details => $"{Order}";

    /// <summary>Our id of the order.</summary>
    public ClientOrderId ClientOrderId => Order.ClientOrderId;

    /// <summary>The execution algorithm that shall work it.</summary>
    public ExecAlgorithmId? ExecAlgorithmId => Order.ExecAlgorithmId;
}

/// <summary>Send new orders together. They may be in different instruments: take the instrument from each order.</summary>
public sealed record SubmitOrderList : OrderCommand
{
    /// <summary>The id of the list.</summary>
    public required OrderListId OrderListId { get; init; }

    /// <summary>The orders, in order of sending; at least one.</summary>
    public required IReadOnlyList<OrderInitialized> Orders { get; init; }

    /// <summary>The execution algorithm that shall work them.</summary>
    public ExecAlgorithmId? ExecAlgorithmId { get; init; }

    /// <summary>The position they are meant for (hedging).</summary>
    public PositionId? PositionId { get; init; }

    private protected override string Details => $"{OrderListId} orders={Orders.Count}";
}
