namespace ExecutionAdapters.Venues.Tektii;

/// <summary>The side of an order or trade.</summary>
public enum TektiiSide
{
    /// <summary>BUY.</summary>
    Buy,

    /// <summary>SELL.</summary>
    Sell,
}

/// <summary>The types of order.</summary>
public enum TektiiOrderType
{
    /// <summary>MARKET.</summary>
    Market,

    /// <summary>LIMIT.</summary>
    Limit,

    /// <summary>STOP: a market order once the stop price is reached.</summary>
    Stop,

    /// <summary>STOP_LIMIT: a limit order once the stop price is reached.</summary>
    StopLimit,

    /// <summary>TRAILING_STOP: a stop whose price follows the best price at a distance.</summary>
    TrailingStop,
}

/// <summary>How long an order works.</summary>
public enum TektiiTimeInForce
{
    /// <summary>GTC: until cancelled.</summary>
    Gtc,

    /// <summary>DAY: until the end of the day, UTC.</summary>
    Day,

    /// <summary>IOC: what does not fill at once is cancelled.</summary>
    Ioc,

    /// <summary>FOK: filled whole at once, or cancelled.</summary>
    Fok,
}

/// <summary>What a trailing distance is measured in.</summary>
public enum TektiiTrailingType
{
    /// <summary>ABSOLUTE: in price units.</summary>
    Absolute,

    /// <summary>PERCENT: in percent of the best price.</summary>
    Percent,
}

/// <summary>The states of an order.</summary>
public enum TektiiOrderStatus
{
    /// <summary>PENDING: taken, not yet at the broker.</summary>
    Pending,

    /// <summary>PENDING_CANCEL: still working, its cancel is on the way.</summary>
    PendingCancel,

    /// <summary>OPEN: working.</summary>
    Open,

    /// <summary>PARTIALLY_FILLED: working, some of it filled.</summary>
    PartiallyFilled,

    /// <summary>FILLED.</summary>
    Filled,

    /// <summary>CANCELLED.</summary>
    Cancelled,

    /// <summary>REJECTED by the broker.</summary>
    Rejected,

    /// <summary>EXPIRED at the end of its day.</summary>
    Expired,
}

/// <summary>Why a broker rejected an order.</summary>
public enum TektiiRejectReason
{
    /// <summary>INSUFFICIENT_MARGIN.</summary>
    InsufficientMargin,

    /// <summary>INSUFFICIENT_BALANCE.</summary>
    InsufficientBalance,

    /// <summary>INVALID_QUANTITY.</summary>
    InvalidQuantity,

    /// <summary>INVALID_PRICE.</summary>
    InvalidPrice,

    /// <summary>SYMBOL_NOT_TRADEABLE.</summary>
    SymbolNotTradeable,

    /// <summary>MARKET_CLOSED.</summary>
    MarketClosed,

    /// <summary>REDUCE_ONLY_VIOLATED.</summary>
    ReduceOnlyViolated,

    /// <summary>POST_ONLY_VIOLATED.</summary>
    PostOnlyViolated,

    /// <summary>RATE_LIMITED.</summary>
    RateLimited,

    /// <summary>UNKNOWN.</summary>
    Unknown,
}

/// <summary>How fills become positions.</summary>
public enum TektiiPositionMode
{
    /// <summary>NETTING: one position a symbol; a fill against it reduces or turns it.</summary>
    Netting,

    /// <summary>HEDGING: every order without a position id opens a position of its own.</summary>
    Hedging,
}

/// <summary>The side of a position.</summary>
public enum TektiiPositionSide
{
    /// <summary>LONG.</summary>
    Long,

    /// <summary>SHORT.</summary>
    Short,
}

/// <summary>What the venue does with a client order id that it has seen before. Real brokers differ.</summary>
public enum TektiiDuplicateIds
{
    /// <summary>Takes the order like any other: a repeated submission trades twice.</summary>
    Accept,

    /// <summary>Answers with the order that has the id, and takes nothing new.</summary>
    ReturnExisting,

    /// <summary>Refuses with 422 ORDER_REJECTED.</summary>
    Reject,
}
