using System.Collections.Frozen;

namespace ExecutionAdapters.Venues.Tektii.Rows;

/// <summary>The words of one enum: upper case in the gateway's dialect, lower case in the engine's.</summary>
internal sealed class Vocabulary<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, (string Upper, string Lower)> _texts;
    private readonly FrozenDictionary<string, T> _values;

    public Vocabulary(params (T Value, string Upper)[] words)
    {
        _texts = words.ToFrozenDictionary(word => word.Value, word => (word.Upper, word.Upper.ToLowerInvariant()));
        _values = words.ToFrozenDictionary(word => word.Upper, word => word.Value, StringComparer.Ordinal);
    }

    public string Upper(T value) => _texts[value].Upper;

    public string Lower(T value) => _texts[value].Lower;

    /// <summary>Null for a word that the gateway does not have.</summary>
    public T? FromUpper(string text) => _values.TryGetValue(text, out T value) ? value : null;

    /// <summary>Null for a word that the engine does not have.</summary>
    public T? FromLower(string text) => FromUpper(text.ToUpperInvariant()) is { } value && Lower(value) == text ? value : null;
}

/// <summary>All words that both dialects have for orders and positions.</summary>
internal static class Words
{
    public static readonly Vocabulary<TektiiSide> Side = new((TektiiSide.Buy, "BUY"), (TektiiSide.Sell, "SELL"));

    public static readonly Vocabulary<TektiiOrderType> OrderType = new(
        (TektiiOrderType.Market, "MARKET"),
        (TektiiOrderType.Limit, "LIMIT"),
        (TektiiOrderType.Stop, "STOP"),
        (TektiiOrderType.StopLimit, "STOP_LIMIT"),
        (TektiiOrderType.TrailingStop, "TRAILING_STOP"));

    public static readonly Vocabulary<TektiiTimeInForce> TimeInForce = new(
        (TektiiTimeInForce.Gtc, "GTC"), (TektiiTimeInForce.Day, "DAY"), (TektiiTimeInForce.Ioc, "IOC"), (TektiiTimeInForce.Fok, "FOK"));

    public static readonly Vocabulary<TektiiTrailingType> TrailingType = new(
        (TektiiTrailingType.Absolute, "ABSOLUTE"), (TektiiTrailingType.Percent, "PERCENT"));

    public static readonly Vocabulary<TektiiOrderStatus> OrderStatus = new(
        (TektiiOrderStatus.Pending, "PENDING"),
        (TektiiOrderStatus.PendingCancel, "PENDING_CANCEL"),
        (TektiiOrderStatus.Open, "OPEN"),
        (TektiiOrderStatus.PartiallyFilled, "PARTIALLY_FILLED"),
        (TektiiOrderStatus.Filled, "FILLED"),
        (TektiiOrderStatus.Cancelled, "CANCELLED"),
        (TektiiOrderStatus.Rejected, "REJECTED"),
        (TektiiOrderStatus.Expired, "EXPIRED"));

    public static readonly Vocabulary<TektiiRejectReason> RejectReason = new(
        (TektiiRejectReason.InsufficientMargin, "INSUFFICIENT_MARGIN"),
        (TektiiRejectReason.InsufficientBalance, "INSUFFICIENT_BALANCE"),
        (TektiiRejectReason.InvalidQuantity, "INVALID_QUANTITY"),
        (TektiiRejectReason.InvalidPrice, "INVALID_PRICE"),
        (TektiiRejectReason.SymbolNotTradeable, "SYMBOL_NOT_TRADEABLE"),
        (TektiiRejectReason.MarketClosed, "MARKET_CLOSED"),
        (TektiiRejectReason.ReduceOnlyViolated, "REDUCE_ONLY_VIOLATED"),
        (TektiiRejectReason.PostOnlyViolated, "POST_ONLY_VIOLATED"),
        (TektiiRejectReason.RateLimited, "RATE_LIMITED"),
        (TektiiRejectReason.Unknown, "UNKNOWN"));

    public static readonly Vocabulary<TektiiPositionMode> PositionMode = new(
        (TektiiPositionMode.Netting, "NETTING"), (TektiiPositionMode.Hedging, "HEDGING"));

    public static readonly Vocabulary<TektiiPositionSide> PositionSide = new(
        (TektiiPositionSide.Long, "LONG"), (TektiiPositionSide.Short, "SHORT"));
}
