using ExecutionAdapters.Venues.Tektii.Rows;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>An answer that refuses: HTTP status, code, one line, and the details that the code has.</summary>
internal sealed record ApiError(int Status, string Code, string Message)
{
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>Also the header Retry-After.</summary>
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>Ends a request with one of the venue's errors.</summary>
internal sealed class RefusedException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}

/// <summary>All errors that the venue answers with.</summary>
internal static class ApiErrors
{
    public const string ShuttingDownCode = "SHUTTING_DOWN";
    public const string RateLimitedCode = "RATE_LIMITED";

    public static readonly ApiError MissingKey = new(401, "UNAUTHORIZED", "An API key is required.") { Details = [("code", "MISSING_API_KEY")] };

    public static readonly ApiError WrongKey = new(401, "UNAUTHORIZED", "The API key is invalid.") { Details = [("code", "INVALID_API_KEY")] };

    public static readonly ApiError NotFound = new(404, "NOT_FOUND", "There is no such endpoint.");

    public static readonly ApiError Unreadable = new(400, "INVALID_REQUEST", "The body is no JSON object.") { Details = [("field", "body")] };

    public static readonly ApiError BrokerGone = new(503, "PROVIDER_UNAVAILABLE", "The broker is not connected.");

    public static readonly ApiError RunEnded = new(503, "PROVIDER_UNAVAILABLE", "The backtest is not running.");

    public static readonly ApiError ShuttingDown = new(503, ShuttingDownCode, "The gateway is shutting down.");

    public static readonly ApiError Internal = new(500, "INTERNAL_ERROR", "The venue failed on the request.");

    public static readonly ApiError AlreadyAttached = new(409, "BACKTEST_ATTACHED", "The backtest has its strategy: one a run, and no resuming.");

    public static readonly ApiError Cooldown = new(409, "RESET_COOLDOWN", "The circuit breaker was reset a moment ago.");

    public static readonly ApiError ExitLost =
        new(502, "PROVIDER_ERROR", "The exit was cancelled and its replacement failed: the position is unprotected.") { Details = [("provider", "mock")] };

    public static readonly ApiError ReplacementFailed =
        new(422, "ORDER_REJECTED", "The order was cancelled and its replacement failed.") { Details = [("reject_code", "UNKNOWN")] };

    public static ApiError InvalidField(string field, string message) => new(400, "INVALID_REQUEST", message) { Details = [("field", field)] };

    public static ApiError InvalidValue(string field, string provided, string message) =>
        new(400, "INVALID_VALUE", message) { Details = [("field", field), ("provided", provided)] };

    public static ApiError Validation(string message) => new(400, "VALIDATION_ERROR", message);

    public static ApiError NoOrder(string id) => NotFoundBy("ORDER_NOT_FOUND", "order", id);

    public static ApiError NoPosition(string id) => NotFoundBy("POSITION_NOT_FOUND", "position", id);

    public static ApiError NoSymbol(string symbol) =>
        new(404, "SYMBOL_NOT_FOUND", $"Symbol {symbol} not found") { Details = [("symbol", symbol)] };

    public static ApiError NoQuote(string symbol) =>
        new(404, "SYMBOL_NOT_FOUND", $"No quote available for {symbol}") { Details = [("symbol", symbol)] };

    public static ApiError NotModifiable(string id, string message) =>
        new(409, "ORDER_NOT_MODIFIABLE", message) { Details = [("order_id", id)] };

    public static ApiError Unsupported(string operation, string provider) =>
        new(501, "UNSUPPORTED_OPERATION", $"{operation} is not supported.") { Details = [("operation", operation), ("provider", provider)] };

    public static ApiError RateLimited(int retryAfterSeconds) =>
        new(429, RateLimitedCode, "Too many requests.") { RetryAfterSeconds = retryAfterSeconds };

    /// <summary>An order that the broker does not take. The gateway's own codes for four reasons, the broker's words for the others.</summary>
    public static ApiError Rejected(TektiiRejectReason reason, string message) => new(422, "ORDER_REJECTED", message)
    {
        Details = [("reject_code", RejectCode(reason))],
    };

    public static string RejectCode(TektiiRejectReason reason) => reason switch
    {
        TektiiRejectReason.InsufficientMargin or TektiiRejectReason.InsufficientBalance => "INSUFFICIENT_FUNDS",
        TektiiRejectReason.SymbolNotTradeable => "INVALID_SYMBOL",
        _ => Words.RejectReason.Upper(reason),
    };

    private static ApiError NotFoundBy(string code, string resource, string id) =>
        new(404, code, $"There is no {resource} {id}.") { Details = [("resource", resource), ("id", id)] };
}
