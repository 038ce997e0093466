using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>From what was signed to what the engine takes.</summary>
internal static class OrderMapping
{
    public static OrderRequest Request(in LighterOrderInfo order, in TransactionAttributes attributes) => new()
    {
        ClientIndex = order.ClientOrderIndex,
        BaseAmount = order.BaseAmount,
        Price = order.Price,
        IsAsk = order.IsAsk,
        Type = order.Type,
        TimeInForce = order.TimeInForce,
        ReduceOnly = order.ReduceOnly,
        TriggerPrice = order.TriggerPrice,
        ExpiryMs = order.OrderExpiry,
        SelfTrade = (SelfTradeBehavior)Value(attributes, TransactionAttributeTable.SelfTradeBehaviorMode),
        SelfTradeAcrossMaster = Value(attributes, TransactionAttributeTable.SelfTradeEqualityMode) == 1,
        Integrator = Integrator(attributes),
    };

    public static IntegratorFees Integrator(in TransactionAttributes attributes) => new(
        Value(attributes, TransactionAttributeTable.IntegratorAccountIndex),
        (int)Value(attributes, TransactionAttributeTable.IntegratorTakerFee),
        (int)Value(attributes, TransactionAttributeTable.IntegratorMakerFee));

    private static long Value(in TransactionAttributes attributes, byte type) => attributes.TryGet(type, out long value) ? value : 0;
}
