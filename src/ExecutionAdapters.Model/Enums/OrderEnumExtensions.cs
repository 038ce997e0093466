namespace ExecutionAdapters.Model;

/// <summary>The groups that sides, statuses and types of orders fall into.</summary>
public static class OrderEnumExtensions
{
    /// <summary>The other side; <see cref="OrderSide.NoOrderSide"/> stays.</summary>
    public static OrderSide Opposite(this OrderSide side) => side switch
    {
        OrderSide.Buy => OrderSide.Sell,
        OrderSide.Sell => OrderSide.Buy,
        _ => side,
    };

    /// <summary>True for Initialized, Emulated, Released: it was never sent.</summary>
    public static bool IsActiveLocal(this OrderStatus status) => status is OrderStatus.Initialized or OrderStatus.Emulated or OrderStatus.Released;

    /// <summary>True for Submitted, PendingUpdate, PendingCancel: an answer of the venue is awaited.</summary>
    public static bool IsInFlight(this OrderStatus status)
        => status is OrderStatus.Submitted or OrderStatus.PendingUpdate or OrderStatus.PendingCancel;

    /// <summary>True for Accepted, Triggered, PendingUpdate, PendingCancel, PartiallyFilled; overlaps <see cref="IsInFlight"/>.</summary>
    public static bool IsOpen(this OrderStatus status)
        => status is OrderStatus.Accepted or OrderStatus.Triggered or OrderStatus.PendingUpdate or OrderStatus.PendingCancel or OrderStatus.PartiallyFilled;

    /// <summary>True for Denied, Rejected, Canceled, Expired, Filled.</summary>
    public static bool IsClosed(this OrderStatus status)
        => status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Filled;

    /// <summary>True for Accepted, Triggered, PendingUpdate, PartiallyFilled. Not PendingCancel, so that no cancel goes out twice.</summary>
    public static bool IsCancellable(this OrderStatus status)
        => status is OrderStatus.Accepted or OrderStatus.Triggered or OrderStatus.PendingUpdate or OrderStatus.PartiallyFilled;

    /// <summary>True for Limit, StopLimit, LimitIfTouched, TrailingStopLimit: it has a limit price from the start.</summary>
    public static bool HasLimitPrice(this OrderType type)
        => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched or OrderType.TrailingStopLimit;

    /// <summary>True for every stop, if-touched and trailing type: it has a trigger price.</summary>
    public static bool HasTriggerPrice(this OrderType type)
        => type is OrderType.StopMarket or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched || type.IsTrailing();

    /// <summary>True for StopMarket, StopLimit, MarketIfTouched, LimitIfTouched: the trigger price may be modified by command.</summary>
    public static bool HasAmendableTrigger(this OrderType type) => type.HasTriggerPrice() && !type.IsTrailing();

    /// <summary>True for TrailingStopMarket and TrailingStopLimit.</summary>
    public static bool IsTrailing(this OrderType type) => type is OrderType.TrailingStopMarket or OrderType.TrailingStopLimit;

    /// <summary>
    /// True for StopLimit, LimitIfTouched, TrailingStopLimit: it may enter Triggered. Stops of the market kind go straight to a fill.
    /// </summary>
    public static bool IsTriggerable(this OrderType type)
        => type is OrderType.StopLimit or OrderType.LimitIfTouched or OrderType.TrailingStopLimit;
}
