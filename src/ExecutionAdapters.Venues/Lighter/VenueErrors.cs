namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// The venue's error codes that this venue answers with. Codes and messages are those of the venue's published table;
/// the few that clients report but the table does not list are marked.
/// </summary>
internal static class VenueErrors
{
    // reported by clients, not in the published table
    public static readonly VenueError InvalidParameter = new(20001, "invalid param");
    // reported by clients, not in the published table
    public static readonly VenueError InvalidAuth = new(20013, "invalid auth");
    public static readonly VenueError AccountNotFound = new(21100, "account not found");
    public static readonly VenueError InvalidNonce = new(21104, "invalid nonce");
    public static readonly VenueError NonIncreasingNonce = new(21105, "batch transaction nonce is not increasing");
    public static readonly VenueError ApiKeyNotFound = new(21109, "api key not found");
    public static readonly VenueError InvalidInitialMarginFraction = new(21113, "invalid initial margin fraction");
    public static readonly VenueError InvalidSignature = new(21120, "invalid signature");
    public static readonly VenueError BatchTxMultipleOwner =
        new(21121, "all transactions in the batch must have use same account and apikey");
    public static readonly VenueError InvalidFee = new(21134, "invalid fee");
    // reported by clients, not in the published table
    public static readonly VenueError IntegratorNotApproved = new(21149, "integrator is not approved");
    public static readonly VenueError NotEnoughAssetBalance = new(21304, "not enough asset balance");
    public static readonly VenueError TxNotFound = new(21500, "transaction not found");
    public static readonly VenueError InvalidTxInfo = new(21501, "invalid tx info");
    public static readonly VenueError MarginModeChangeOnActivePosition =
        new(21132, "margin mode change on a market with position or open order is not allowed");
    public static readonly VenueError FailToL1Signature = new(21504, "fail to l1 signature");
    public static readonly VenueError UnsupportedTxType = new(21505, "unsupported tx type");
    public static readonly VenueError AccountBelowInitialMargin = new(21508, "account is below initial margin, can't execute transaction");
    public static readonly VenueError TxInfoTxTypeLengthMismatch = new(21513, "TxInfos and TxTypes should have the same length");
    public static readonly VenueError MaxBatchTx = new(21514, "maximum 50 transactions allowed per batch");
    public static readonly VenueError InactiveCancel = new(21600, "given order is not an active limit order");
    public static readonly VenueError InvalidMarketIndex = new(21602, "invalid market index");
    public static readonly VenueError InvalidMarginMode = new(21613, "invalid margin mode");
    public static readonly VenueError NoPositionFound = new(21614, "no position found");
    public static readonly VenueError InvalidBaseAmount = new(21701, "invalid base amount");
    public static readonly VenueError InvalidOrderAmount = new(21706, "invalid order base or quote amount");
    public static readonly VenueError InvalidOrderOwner = new(21707, "account is not owner of the order");
    public static readonly VenueError UnsupportedOrderType = new(21710, "unsupported order type");
    public static readonly VenueError InvalidOrderExpiry = new(21711, "invalid expiry");
    public static readonly VenueError InvalidCancelAllTime = new(21714, "invalid cancel all time");
    public static readonly VenueError NotActiveOrder = new(21715, "given order is not an active order");
    public static readonly VenueError MaxOrdersPerAccount = new(21717, "maximum active limit order count reached");
    public static readonly VenueError MaxOrdersPerAccountPerMarket = new(21718, "maximum active limit order count per market reached");
    public static readonly VenueError MaxPendingOrdersPerAccount = new(21719, "maximum pending order count reached");
    public static readonly VenueError MaxPendingOrdersPerAccountPerMarket = new(21720, "maximum pending order count per market reached");
    public static readonly VenueError ClientOrderIndexExists = new(21728, "client order index already exists");
    public static readonly VenueError InvalidOrderTriggerPrice = new(21729, "invalid order trigger price");
    public static readonly VenueError ReduceOnlyIncreasesPosition = new(21732, "reduce only increases position");
    public static readonly VenueError FatFingerPrice = new(21733, "order price flagged as an accidental price");
    public static readonly VenueError PriceTooFarFromMarkPrice = new(21734, "limit order price is too far from the mark price");
    public static readonly VenueError PriceTooFarFromTrigger = new(21735, "SL/TP order price is too far from the trigger price");
    public static readonly VenueError InvalidOrderStatus = new(21737, "invalid order status");
    public static readonly VenueError NotEnoughOrderMargin = new(21739, "not enough margin to create the order");
    public static readonly VenueError InvalidGroupingType = new(21741, "invalid grouping type");
    public static readonly VenueError TooManyRequest = new(23000, "Too Many Requests!");
    public static readonly VenueError TooManySubscriptions = new(23001, "Too Many Subscriptions!");
    public static readonly VenueError TooManyConnections = new(23003, "Too Many Connections!");
    public static readonly VenueError NotFound = new(29404, "not found");
    public static readonly VenueError InternalServerError = new(29500, "internal server error");
    public static readonly VenueError WebsocketInvalidJson = new(30000, "Invalid Json");
    public static readonly VenueError WebsocketInvalidType = new(30001, "Invalid Type");
    public static readonly VenueError WebsocketNotSubscribed = new(30002, "Not Subscribed to ");
    public static readonly VenueError WebsocketAlreadySubscribed = new(30003, "Already Subscribed to ");
    public static readonly VenueError WebsocketInvalidChannel = new(30005, "Invalid Channel");
    public static readonly VenueError WebsocketNotSupported = new(30006, "Operation isn't supported ");
    public static readonly VenueError WebsocketInvalidData = new(30007, "Invalid Data");
    public static readonly VenueError WebsocketRateLimit = new(30009, "Too Many Websocket Messages!");
    // reported by clients, not in the published table
    public static readonly VenueError MakerOnlyKey = new(62007, "transaction type is not allowed for a maker only api key");

    // Those above, and those that only the rules of the signing library name.
    private static readonly VenueError[] All =
    [
        InvalidParameter, InvalidAuth, AccountNotFound, InvalidNonce, NonIncreasingNonce, ApiKeyNotFound,
        InvalidInitialMarginFraction, InvalidSignature, BatchTxMultipleOwner, InvalidFee, IntegratorNotApproved,
        NotEnoughAssetBalance, TxNotFound, InvalidTxInfo, MarginModeChangeOnActivePosition, FailToL1Signature, UnsupportedTxType, AccountBelowInitialMargin,
        TxInfoTxTypeLengthMismatch, MaxBatchTx, InactiveCancel, InvalidMarketIndex, InvalidMarginMode, NoPositionFound, InvalidBaseAmount,
        InvalidOrderAmount, InvalidOrderOwner, UnsupportedOrderType, InvalidOrderExpiry, InvalidCancelAllTime, NotActiveOrder,
        MaxOrdersPerAccount, MaxOrdersPerAccountPerMarket, MaxPendingOrdersPerAccount, MaxPendingOrdersPerAccountPerMarket,
        ClientOrderIndexExists, InvalidOrderTriggerPrice, ReduceOnlyIncreasesPosition, FatFingerPrice, PriceTooFarFromMarkPrice,
        PriceTooFarFromTrigger, InvalidOrderStatus, NotEnoughOrderMargin, InvalidGroupingType, TooManyRequest,
        TooManySubscriptions, TooManyConnections, NotFound, InternalServerError, WebsocketInvalidJson, WebsocketInvalidType, WebsocketNotSubscribed,
        WebsocketAlreadySubscribed, WebsocketInvalidChannel, WebsocketNotSupported, WebsocketInvalidData, WebsocketRateLimit,
        MakerOnlyKey,
        new(21102, "invalid account index"),
        new(21106, "invalid ToAccount"),
        new(21108, "invalid PublicKey,please run changePubKey"),
        new(21110, "invalid api key index"),
        new(21116, "withdrawal amount is too small"),
        new(21117, "withdrawal amount is too high"),
        new(21118, "transfer amount is too small"),
        new(21119, "transfer amount is too high"),
        new(21124, "invalid route type"),
        new(21128, "invalid master account index"),
        new(21200, "invalid public pool index"),
        new(21201, "invalid operator fee"),
        new(21202, "invalid public pool status"),
        new(21204, "invalid pool initial usdc amount"),
        new(21205, "invalid min operator share rate"),
        new(21209, "invalid mint share amount"),
        new(21210, "invalid burn share amount"),
        new(21225, "invalid staking pool index"),
        new(21232, "invalid stake asset amount"),
        new(21233, "invalid unstake asset amount"),
        new(21300, "invalid asset amount"),
        new(21615, "invalid update margin direction"),
        new(21618, "invalid order type for market"),
        new(21621, "invalid perps market index"),
        new(21700, "invalid order index"),
        new(21702, "invalid price"),
        new(21703, "invalid isAsk"),
        new(21704, "invalid OrderType"),
        new(21705, "invalid OrderTimeInForce"),
        new(21713, "invalid cancel all time in force"),
        new(21727, "invalid client order index"),
        new(21740, "invalid reduce only mode"),
        new(21742, "invalid order group size"),
        new(21801, "invalid asset index"),
        new(21802, "invalid asset margin mode"),
    ];

    /// <summary>The table's row for a code with a detail behind its message; the bare detail for a code that is not listed.</summary>
    public static VenueError For(int code, string detail)
    {
        foreach (VenueError row in All)
        {
            if (row.Code == code)
            {
                return row.With(detail);
            }
        }

        return new VenueError(code, detail);
    }
}
