namespace ExecutionAdapters.Model;

/// <summary>
/// The codes that begin the reason of an <see cref="OrderDenied"/>: a stable contract. The text form is <c>CODE</c> or
/// <c>CODE: key=value, key=value</c>; see <see cref="Format"/>.
/// </summary>
public static class DenialReason
{
    /// <summary>Joins a code and its details.</summary>
    /// <param name="code">One of the codes of this class.</param>
    /// <param name="details">What was wrong, as <c>key=value, key=value</c> or free text; null or empty for none.</param>
    public static string Format(string code, string? details) => string.IsNullOrEmpty(details) ? code : $"{code}: {details}";

    /// <summary><c>CLIENT_VENUE_MISMATCH</c></summary>
    public const string ClientVenueMismatch = "CLIENT_VENUE_MISMATCH";

    /// <summary><c>CUM_MARGIN_EXCEEDS_FREE_BALANCE</c></summary>
    public const string CumMarginExceedsFreeBalance = "CUM_MARGIN_EXCEEDS_FREE_BALANCE";

    /// <summary><c>CUM_NOTIONAL_EXCEEDS_FREE_BALANCE</c></summary>
    public const string CumNotionalExceedsFreeBalance = "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE";

    /// <summary><c>EXPIRE_TIME_IN_PAST</c></summary>
    public const string ExpireTimeInPast = "EXPIRE_TIME_IN_PAST";

    /// <summary><c>INSTRUMENT_NOT_FOUND</c></summary>
    public const string InstrumentNotFound = "INSTRUMENT_NOT_FOUND";

    /// <summary><c>INVALID_CLIENT_ORDER_ID</c></summary>
    public const string InvalidClientOrderId = "INVALID_CLIENT_ORDER_ID";

    /// <summary><c>INVALID_MAX_NOTIONAL_PER_ORDER</c></summary>
    public const string InvalidMaxNotionalPerOrder = "INVALID_MAX_NOTIONAL_PER_ORDER";

    /// <summary><c>INVALID_ORDER_SIDE</c></summary>
    public const string InvalidOrderSide = "INVALID_ORDER_SIDE";

    /// <summary><c>INVALID_POSITION_ID</c></summary>
    public const string InvalidPositionId = "INVALID_POSITION_ID";

    /// <summary><c>MARGIN_EXCEEDS_FREE_BALANCE</c></summary>
    public const string MarginExceedsFreeBalance = "MARGIN_EXCEEDS_FREE_BALANCE";

    /// <summary><c>MISSING_EXPIRE_TIME</c></summary>
    public const string MissingExpireTime = "MISSING_EXPIRE_TIME";

    /// <summary><c>MISSING_TRAILING_OFFSET</c></summary>
    public const string MissingTrailingOffset = "MISSING_TRAILING_OFFSET";

    /// <summary><c>MISSING_TRAILING_OFFSET_TYPE</c></summary>
    public const string MissingTrailingOffsetType = "MISSING_TRAILING_OFFSET_TYPE";

    /// <summary><c>MISSING_TRIGGER_TYPE</c></summary>
    public const string MissingTriggerType = "MISSING_TRIGGER_TYPE";

    /// <summary><c>NOTIONAL_BELOW_MINIMUM</c></summary>
    public const string NotionalBelowMinimum = "NOTIONAL_BELOW_MINIMUM";

    /// <summary><c>NOTIONAL_EXCEEDS_FREE_BALANCE</c></summary>
    public const string NotionalExceedsFreeBalance = "NOTIONAL_EXCEEDS_FREE_BALANCE";

    /// <summary><c>NOTIONAL_EXCEEDS_MAXIMUM</c></summary>
    public const string NotionalExceedsMaximum = "NOTIONAL_EXCEEDS_MAXIMUM";

    /// <summary><c>NOTIONAL_EXCEEDS_MAX_PER_ORDER</c></summary>
    public const string NotionalExceedsMaxPerOrder = "NOTIONAL_EXCEEDS_MAX_PER_ORDER";

    /// <summary><c>NO_EXECUTION_CLIENT</c></summary>
    public const string NoExecutionClient = "NO_EXECUTION_CLIENT";

    /// <summary><c>ORDER_LIST_DENIED</c></summary>
    public const string OrderListDenied = "ORDER_LIST_DENIED";

    /// <summary><c>ORDER_LIST_INCOMPLETE</c></summary>
    public const string OrderListIncomplete = "ORDER_LIST_INCOMPLETE";

    /// <summary><c>POSITION_NOT_FOUND</c></summary>
    public const string PositionNotFound = "POSITION_NOT_FOUND";

    /// <summary><c>QUANTITY_BELOW_MINIMUM</c></summary>
    public const string QuantityBelowMinimum = "QUANTITY_BELOW_MINIMUM";

    /// <summary><c>QUANTITY_CONVERSION_FAILED</c></summary>
    public const string QuantityConversionFailed = "QUANTITY_CONVERSION_FAILED";

    /// <summary><c>QUANTITY_EXCEEDS_MAXIMUM</c></summary>
    public const string QuantityExceedsMaximum = "QUANTITY_EXCEEDS_MAXIMUM";

    /// <summary><c>RATE_LIMIT_EXCEEDED</c></summary>
    public const string RateLimitExceeded = "RATE_LIMIT_EXCEEDED";

    /// <summary><c>REDUCE_ONLY_WOULD_INCREASE_POSITION</c></summary>
    public const string ReduceOnlyWouldIncreasePosition = "REDUCE_ONLY_WOULD_INCREASE_POSITION";

    /// <summary><c>STREAM_RECONCILING</c></summary>
    public const string StreamReconciling = "STREAM_RECONCILING";

    /// <summary><c>SUBMIT_FAILED</c></summary>
    public const string SubmitFailed = "SUBMIT_FAILED";

    /// <summary><c>TRADING_HALTED</c></summary>
    public const string TradingHalted = "TRADING_HALTED";

    /// <summary><c>TRADING_STATE_REDUCING</c></summary>
    public const string TradingStateReducing = "TRADING_STATE_REDUCING";

    /// <summary><c>TRAILING_STOP_CALC_FAILED</c></summary>
    public const string TrailingStopCalcFailed = "TRAILING_STOP_CALC_FAILED";

    /// <summary><c>UNSUPPORTED_ORDER_LIST</c></summary>
    public const string UnsupportedOrderList = "UNSUPPORTED_ORDER_LIST";

    /// <summary><c>UNSUPPORTED_ORDER_TYPE</c></summary>
    public const string UnsupportedOrderType = "UNSUPPORTED_ORDER_TYPE";

    /// <summary><c>UNSUPPORTED_TIME_IN_FORCE</c></summary>
    public const string UnsupportedTimeInForce = "UNSUPPORTED_TIME_IN_FORCE";

    /// <summary><c>UNSUPPORTED_TP_SL</c></summary>
    public const string UnsupportedTpSl = "UNSUPPORTED_TP_SL";

    /// <summary><c>UNSUPPORTED_TRAILING_OFFSET_TYPE</c></summary>
    public const string UnsupportedTrailingOffsetType = "UNSUPPORTED_TRAILING_OFFSET_TYPE";

    /// <summary><c>VALIDATION_FAILED</c></summary>
    public const string ValidationFailed = "VALIDATION_FAILED";
}
