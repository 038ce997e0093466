namespace ExecutionAdapters.Model;

/// <summary>Where an order stands, as the reference names it. See <see cref="OrderStatus"/>.</summary>
public enum OrderStatus
{
    /// <summary>Created, not yet handed to anything.</summary>
    Initialized = 1,

    /// <summary>Refused locally; never sent. Closed.</summary>
    Denied = 2,

    /// <summary>Held by an order emulator.</summary>
    Emulated = 3,

    /// <summary>Released by an order emulator, not yet sent.</summary>
    Released = 4,

    /// <summary>Sent, not yet acknowledged.</summary>
    Submitted = 5,

    /// <summary>Working at the venue.</summary>
    Accepted = 6,

    /// <summary>Refused by the venue. Closed.</summary>
    Rejected = 7,

    /// <summary>Canceled at the venue. Closed.</summary>
    Canceled = 8,

    /// <summary>Reached its expiry. Closed.</summary>
    Expired = 9,

    /// <summary>Its trigger price was reached and it now works as a limit order.</summary>
    Triggered = 10,

    /// <summary>A modification was requested and is not answered.</summary>
    PendingUpdate = 11,

    /// <summary>A cancellation was requested and is not answered.</summary>
    PendingCancel = 12,

    /// <summary>Some of it was filled.</summary>
    PartiallyFilled = 13,

    /// <summary>All of it was filled. Closed.</summary>
    Filled = 14,
}

/// <summary>What kind of order it is.</summary>
public enum OrderType
{
    /// <summary>Executes at once at the best price.</summary>
    Market = 1,

    /// <summary>Executes at its price or better.</summary>
    Limit = 2,

    /// <summary>Becomes a market order at its trigger price.</summary>
    StopMarket = 3,

    /// <summary>Becomes a limit order at its trigger price.</summary>
    StopLimit = 4,

    /// <summary>Executes at the market; the rest becomes a limit order at that price.</summary>
    MarketToLimit = 5,

    /// <summary>Becomes a market order when the trigger price is touched from the favourable side.</summary>
    MarketIfTouched = 6,

    /// <summary>Becomes a limit order when the trigger price is touched from the favourable side.</summary>
    LimitIfTouched = 7,

    /// <summary>Stop-market whose trigger follows the market.</summary>
    TrailingStopMarket = 8,

    /// <summary>Stop-limit whose trigger follows the market.</summary>
    TrailingStopLimit = 9,
}

/// <summary>How long an order works.</summary>
public enum TimeInForce
{
    /// <summary>Good till canceled.</summary>
    GTC = 1,

    /// <summary>Immediate or cancel.</summary>
    IOC = 2,

    /// <summary>Fill or kill.</summary>
    FOK = 3,

    /// <summary>Good till its expire time.</summary>
    GTD = 4,

    /// <summary>Good for the trading day.</summary>
    DAY = 5,

    /// <summary>Only in the opening auction.</summary>
    AtTheOpen = 6,

    /// <summary>Only in the closing auction.</summary>
    AtTheClose = 7,
}

/// <summary>Buy or sell.</summary>
public enum OrderSide
{
    /// <summary>No side: only as a filter that means both sides.</summary>
    NoOrderSide = 0,

    /// <summary>Buy.</summary>
    Buy = 1,

    /// <summary>Sell.</summary>
    Sell = 2,
}

/// <summary>Which price sets off a conditional order.</summary>
public enum TriggerType
{
    /// <summary>None.</summary>
    NoTrigger = 0,

    /// <summary>Whatever the venue's default is.</summary>
    Default = 1,

    /// <summary>Last traded price.</summary>
    LastPrice = 2,

    /// <summary>Mark price.</summary>
    MarkPrice = 3,

    /// <summary>Index price.</summary>
    IndexPrice = 4,

    /// <summary>Best bid or ask.</summary>
    BidAsk = 5,

    /// <summary>Last price, twice in a row.</summary>
    DoubleLast = 6,

    /// <summary>Best bid or ask, twice in a row.</summary>
    DoubleBidAsk = 7,

    /// <summary>Last price, or best bid or ask.</summary>
    LastOrBidAsk = 8,

    /// <summary>Middle of best bid and ask.</summary>
    MidPoint = 9,
}

/// <summary>What unit a trailing offset is in.</summary>
public enum TrailingOffsetType
{
    /// <summary>No offset.</summary>
    None = 0,

    /// <summary>A price difference.</summary>
    Price = 1,

    /// <summary>Hundredths of a percent.</summary>
    BasisPoints = 2,

    /// <summary>Price increments.</summary>
    Ticks = 3,

    /// <summary>A venue's price tiers.</summary>
    PriceTier = 4,
}

/// <summary>How orders of a list depend on each other.</summary>
public enum ContingencyType
{
    /// <summary>They do not.</summary>
    None = 0,

    /// <summary>One cancels the other.</summary>
    OCO = 1,

    /// <summary>One triggers the other.</summary>
    OTO = 2,

    /// <summary>One updates the other.</summary>
    OUO = 3,
}

/// <summary>Whether a fill added or took liquidity.</summary>
public enum LiquiditySide
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>Added liquidity.</summary>
    Maker = 1,

    /// <summary>Took liquidity.</summary>
    Taker = 2,
}

/// <summary>Why a fill came about.</summary>
public enum TradeKind
{
    /// <summary>By matching an order.</summary>
    Normal = 0,

    /// <summary>The venue liquidated the position.</summary>
    Liquidation = 1,

    /// <summary>The venue reduced the position against a bankrupt one (auto-deleveraging).</summary>
    Deleverage = 2,

    /// <summary>The venue settled the market.</summary>
    Settlement = 3,
}
