using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <summary>Events that an engine makes itself: no venue has told them.</summary>
internal static class LocalEvents
{
    public static OrderDenied Denied(OrderInitialized order, string reason, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        EventId = Uuid4.New(),
        TsEvent = now,
        TsInit = now,
        Reason = reason,
    };

    /// <summary>Found in a journal: sent when it was begun, as far as anybody can tell.</summary>
    public static OrderSubmitted Submitted(Order order, AccountId account, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = account,
        EventId = Uuid4.New(),
        TsEvent = order.TsLast,
        TsInit = now,
        Reconciliation = true,
    };

    public static OrderPendingUpdate PendingUpdate(Order order, AccountId account, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = account,
        VenueOrderId = order.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = now,
        TsInit = now,
    };

    public static OrderPendingCancel PendingCancel(Order order, AccountId account, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = account,
        VenueOrderId = order.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = now,
        TsInit = now,
    };

    public static OrderModifyRejected ModifyRejected(Order order, string reason, Uuid4? causationId, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        AccountId = order.AccountId,
        EventId = Uuid4.New(),
        CausationId = causationId,
        TsEvent = now,
        TsInit = now,
        Reason = reason,
    };

    public static OrderCancelRejected CancelRejected(Order order, string reason, Uuid4? causationId, UnixNanos now) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        AccountId = order.AccountId,
        EventId = Uuid4.New(),
        CausationId = causationId,
        TsEvent = now,
        TsInit = now,
        Reason = reason,
    };

    /// <summary>A refusal of a command about an order that the books do not have: its owner waits all the same.</summary>
    public static OrderModifyRejected ModifyRejected(ModifyOrder command, string reason, UnixNanos now) => new()
    {
        TraderId = command.TraderId,
        StrategyId = command.StrategyId,
        InstrumentId = command.InstrumentId,
        ClientOrderId = command.ClientOrderId,
        EventId = Uuid4.New(),
        CausationId = command.CommandId,
        TsEvent = now,
        TsInit = now,
        Reason = reason,
    };

    /// <inheritdoc cref="ModifyRejected(ModifyOrder, string, UnixNanos)"/>
    public static OrderCancelRejected CancelRejected(CancelOrder command, string reason, UnixNanos now) => new()
    {
        TraderId = command.TraderId,
        StrategyId = command.StrategyId,
        InstrumentId = command.InstrumentId,
        ClientOrderId = command.ClientOrderId,
        EventId = Uuid4.New(),
        CausationId = command.CommandId,
        TsEvent = now,
        TsInit = now,
        Reason = reason,
    };
}
