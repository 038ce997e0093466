using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii;

/// <summary>The state of an order, as the gateway names it; the engine's own names are mapped onto these.</summary>
public enum TektiiOrderStatus
{
    /// <summary>Taken in, not yet at the broker.</summary>
    Pending = 1,

    /// <summary>Its cancellation is under way.</summary>
    PendingCancel = 2,

    /// <summary>Working.</summary>
    Open = 3,

    /// <summary>Working, with a part filled.</summary>
    PartiallyFilled = 4,

    /// <summary>Filled.</summary>
    Filled = 5,

    /// <summary>Ended before it was filled.</summary>
    Cancelled = 6,

    /// <summary>Refused.</summary>
    Rejected = 7,

    /// <summary>Ended by its time in force.</summary>
    Expired = 8,
}

/// <summary>An order as the venue tells of it.</summary>
public sealed record TektiiOrder
{
    /// <summary>The venue's id.</summary>
    public required VenueOrderId Id { get; init; }

    /// <summary>The symbol, as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>The type; STOP is <see cref="OrderType.StopMarket"/>, TRAILING_STOP is <see cref="OrderType.TrailingStopMarket"/>.</summary>
    public required OrderType OrderType { get; init; }

    /// <summary>Total quantity.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What of it is filled.</summary>
    public required decimal FilledQuantity { get; init; }

    /// <summary>The state.</summary>
    public required TektiiOrderStatus Status { get; init; }

    /// <summary>How long it works.</summary>
    public required TimeInForce TimeInForce { get; init; }

    /// <summary>When it was made.</summary>
    public required UnixNanos CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required UnixNanos UpdatedAt { get; init; }

    /// <summary>The id that whoever sent it gave, up to 64 characters.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>Limit price.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Stop price.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>The stop loss that follows its fill.</summary>
    public decimal? StopLoss { get; init; }

    /// <summary>The take profit that follows its fill.</summary>
    public decimal? TakeProfit { get; init; }

    /// <summary>How far a trailing stop follows.</summary>
    public decimal? TrailingDistance { get; init; }

    /// <summary>Whether <see cref="TrailingDistance"/> is a percentage.</summary>
    public bool IsTrailingPercent { get; init; }

    /// <summary>The average price of what is filled.</summary>
    public decimal? AverageFillPrice { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? RejectReason { get; init; }

    /// <summary>The position it belongs to.</summary>
    public string? PositionId { get; init; }

    /// <summary>The order whose fill it protects.</summary>
    public string? ParentOrderId { get; init; }

    /// <summary>The group of which one cancels the others.</summary>
    public string? OcoGroupId { get; init; }

    /// <summary>May only reduce a position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>May only add liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Whether it shows nowhere.</summary>
    public bool Hidden { get; init; }

    /// <summary>The quantity that shows.</summary>
    public decimal? DisplayQuantity { get; init; }

    /// <summary>Whether nothing happens to it any more.</summary>
    public bool IsClosed => Status is TektiiOrderStatus.Filled or TektiiOrderStatus.Cancelled or TektiiOrderStatus.Rejected or TektiiOrderStatus.Expired;
}

/// <summary>What the venue answers to a new order.</summary>
/// <param name="Id">The venue's id.</param>
/// <param name="Status">The state.</param>
/// <param name="ClientOrderId">The id that was sent.</param>
public sealed record TektiiOrderHandle(VenueOrderId Id, TektiiOrderStatus Status, string? ClientOrderId);

/// <summary>A trade of an order.</summary>
public sealed record TektiiTrade
{
    /// <summary>The trade's id.</summary>
    public required string Id { get; init; }

    /// <summary>The order's id.</summary>
    public required VenueOrderId OrderId { get; init; }

    /// <summary>The symbol, as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Bought or sold.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Quantity, above zero.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Price.</summary>
    public required decimal Price { get; init; }

    /// <summary>Commission; above zero is a cost.</summary>
    public required decimal Commission { get; init; }

    /// <summary>What the commission is in.</summary>
    public required string CommissionCurrency { get; init; }

    /// <summary>When it was made.</summary>
    public required UnixNanos Timestamp { get; init; }

    /// <summary>Whether it added liquidity; null: not told.</summary>
    public bool? IsMaker { get; init; }

    /// <summary>The position it belongs to; told by the engine.</summary>
    public string? PositionId { get; init; }

    /// <summary>Whether the account was liquidated; told by the engine.</summary>
    public bool IsLiquidation { get; init; }
}

/// <summary>A position.</summary>
public sealed record TektiiPosition
{
    /// <summary>The position's id.</summary>
    public required string Id { get; init; }

    /// <summary>The symbol, as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Whether it is long; otherwise short.</summary>
    public required bool IsLong { get; init; }

    /// <summary>Quantity, not signed.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Average price of its opening.</summary>
    public required decimal AverageEntryPrice { get; init; }

    /// <summary>The present price.</summary>
    public decimal CurrentPrice { get; init; }

    /// <summary>Profit at the present price.</summary>
    public decimal UnrealizedPnl { get; init; }

    /// <summary>Realized profit; 0 behind an engine, which does not tell it.</summary>
    public decimal RealizedPnl { get; init; }

    /// <summary>When it changed last; not told by the engine.</summary>
    public UnixNanos? UpdatedAt { get; init; }
}

/// <summary>The account.</summary>
public sealed record TektiiAccount
{
    /// <summary>Cash.</summary>
    public required decimal Balance { get; init; }

    /// <summary>Cash with the profit of open positions.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Margin that positions and orders hold.</summary>
    public required decimal MarginUsed { get; init; }

    /// <summary>Margin that is free.</summary>
    public required decimal MarginAvailable { get; init; }

    /// <summary>Profit of open positions.</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>The account's currency.</summary>
    public required string Currency { get; init; }
}
