namespace ExecutionAdapters.Venues.Tektii;

/// <summary>A fill of one order.</summary>
public sealed record TektiiTrade
{
    /// <summary>The venue's id, for example "t-3".</summary>
    public required string Id { get; init; }

    /// <summary>The order that filled.</summary>
    public required string OrderId { get; init; }

    /// <summary>The symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The side of the order.</summary>
    public required TektiiSide Side { get; init; }

    /// <summary>Above zero.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Above zero.</summary>
    public required decimal Price { get; init; }

    /// <summary>In USD, to 8 decimals; already taken from the balance.</summary>
    public required decimal Commission { get; init; }

    /// <summary>What the fill realized on a position that it reduced, in USD, before commission.</summary>
    public required decimal RealizedPnl { get; init; }

    /// <summary>Whether the order rested before.</summary>
    public required bool IsMaker { get; init; }

    /// <summary>The position that it opened, extended or reduced.</summary>
    public required string PositionId { get; init; }

    /// <summary>When: the simulated time in a backtest.</summary>
    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>A position as it stood at one moment.</summary>
public sealed record TektiiPosition
{
    /// <summary>The venue's id, for example "p-1".</summary>
    public required string Id { get; init; }

    /// <summary>The symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>The side.</summary>
    public required TektiiPositionSide Side { get; init; }

    /// <summary>0 or more; 0 once it is closed.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>To 8 decimals.</summary>
    public required decimal AverageEntryPrice { get; init; }

    /// <summary>What closing it would give now: the bid for a long one, the ask for a short one.</summary>
    public required decimal CurrentPrice { get; init; }

    /// <summary>In USD, exact.</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>What it has realized so far, in USD, before commissions.</summary>
    public required decimal RealizedPnl { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>CROSS or ISOLATED as its first order said; null otherwise.</summary>
    public string? MarginMode { get; init; }

    /// <summary>As its first order said; null otherwise.</summary>
    public decimal? Leverage { get; init; }
}

/// <summary>The account as it stood at one moment, in USD.</summary>
/// <param name="Balance">Start plus realized profit, minus commissions, plus financing.</param>
/// <param name="Equity">Balance plus unrealized profit.</param>
/// <param name="MarginUsed">Value of all positions at current prices, divided by the venue's leverage.</param>
/// <param name="MarginAvailable">Equity minus margin used.</param>
/// <param name="UnrealizedPnl">Of all positions.</param>
/// <param name="RealizedPnl">Of all fills so far, before commissions.</param>
/// <param name="TotalCommission">Of all fills so far.</param>
public sealed record TektiiAccount(
    decimal Balance,
    decimal Equity,
    decimal MarginUsed,
    decimal MarginAvailable,
    decimal UnrealizedPnl,
    decimal RealizedPnl,
    decimal TotalCommission);

/// <summary>Everything in the venue's books at one moment.</summary>
/// <param name="Orders">All orders ever, oldest first.</param>
/// <param name="Trades">All trades ever, oldest first.</param>
/// <param name="Positions">Open positions, oldest first.</param>
/// <param name="Account">The account.</param>
public sealed record TektiiBooks(
    IReadOnlyList<TektiiOrder> Orders,
    IReadOnlyList<TektiiTrade> Trades,
    IReadOnlyList<TektiiPosition> Positions,
    TektiiAccount Account);

/// <summary>A request as the venue received it, whatever came of it. Keys are left out.</summary>
/// <param name="Method">For example "POST".</param>
/// <param name="Path">Decoded, for example "/v1/orders/o-9".</param>
/// <param name="Query">With its question mark; empty when there is none.</param>
/// <param name="Headers">All headers but Authorization and X-API-Key, which say "(present)".</param>
/// <param name="Body">The body as text; empty when there is none.</param>
public sealed record TektiiRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An acknowledgement as the venue received it.</summary>
/// <param name="CorrelationId">The client's; null when it sent none.</param>
/// <param name="EventIds">In the client's order.</param>
/// <param name="TimestampMs">The client's time in ms since 1970; null when it sent none (the gateway refuses such a message).</param>
public sealed record TektiiAck(string? CorrelationId, IReadOnlyList<string> EventIds, long? TimestampMs);
