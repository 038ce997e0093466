namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The rules of one order: ranges, then the matrix of what goes with each order type.</summary>
internal static class OrderRules
{
    private const byte ImmediateOrCancel = 1 << (int)LighterTimeInForce.ImmediateOrCancel;
    private const byte GoodTillTime = 1 << (int)LighterTimeInForce.GoodTillTime;
    private const byte AnyTimeInForce = ImmediateOrCancel | GoodTillTime | (1 << (int)LighterTimeInForce.PostOnly);

    /// <summary>A row per order type, in the order of their numbers.</summary>
    private static readonly TypeRow[] Matrix =
    [
        new(AnyTimeInForce, PerpOnly: false, Trigger: false), // Limit
        new(ImmediateOrCancel, PerpOnly: false, Trigger: false), // Market
        new(ImmediateOrCancel, PerpOnly: true, Trigger: true), // StopLoss
        new(AnyTimeInForce, PerpOnly: true, Trigger: true), // StopLossLimit
        new(ImmediateOrCancel, PerpOnly: true, Trigger: true), // TakeProfit
        new(AnyTimeInForce, PerpOnly: true, Trigger: true), // TakeProfitLimit
        new(GoodTillTime, PerpOnly: false, Trigger: false), // Twap
    ];

    public static TransactionRuleViolation? Check(in LighterOrderInfo order) =>
        TransactionRules.Market(order.MarketIndex)
        ?? TransactionRules.Between(
            nameof(order.ClientOrderIndex),
            order.ClientOrderIndex,
            0,
            LighterLimits.MaximumClientOrderIndex,
            VenueCodes.InvalidClientOrderIndex)
        ?? BaseAmount(order)
        ?? Price(order.Price)
        ?? TransactionRules.Between(nameof(order.Type), (long)order.Type, 0, Matrix.Length - 1, VenueCodes.InvalidOrderType)
        ?? TransactionRules.Between(
            nameof(order.TimeInForce), (long)order.TimeInForce, 0, (long)LighterTimeInForce.PostOnly, VenueCodes.InvalidOrderTimeInForce)
        ?? TransactionRules.Between(nameof(order.OrderExpiry), order.OrderExpiry, 0, long.MaxValue, VenueCodes.InvalidOrderExpiry, " ms")
        ?? Combination(order, Matrix[(int)order.Type]);

    public static TransactionRuleViolation? Price(uint price) =>
        TransactionRules.Between("Price", price, 1, LighterLimits.MaximumPrice, VenueCodes.InvalidPrice, " ticks");

    public static bool IsStopLoss(LighterOrderType type) => type is LighterOrderType.StopLoss or LighterOrderType.StopLossLimit;

    public static bool IsTakeProfit(LighterOrderType type) => type is LighterOrderType.TakeProfit or LighterOrderType.TakeProfitLimit;

    private static TransactionRuleViolation? BaseAmount(in LighterOrderInfo order) =>
        TransactionRules.Between(nameof(order.BaseAmount), order.BaseAmount, order.ReduceOnly ? 0 : 1, LighterLimits.MaximumBaseAmount,
            VenueCodes.InvalidBaseAmount, order.ReduceOnly ? " ticks" : " ticks (0, the whole position, needs ReduceOnly)");

    private static TransactionRuleViolation? Combination(in LighterOrderInfo order, TypeRow row)
    {
        bool spot = TransactionRules.IsSpot(order.MarketIndex);
        if (row.PerpOnly && spot)
        {
            return TransactionRules.Broken(nameof(order.Type), VenueCodes.InvalidOrderTypeForMarket,
                $"Type is {order.Type}, which is for perpetuals only; market {order.MarketIndex} is spot.");
        }

        if (order.ReduceOnly && spot)
        {
            return TransactionRules.Broken(nameof(order.ReduceOnly), VenueCodes.InvalidReduceOnlyMode,
                $"ReduceOnly is for perpetuals only; market {order.MarketIndex} is spot.");
        }

        if ((row.TimesInForce & (1 << (int)order.TimeInForce)) == 0)
        {
            return TransactionRules.Broken(nameof(order.TimeInForce), VenueCodes.InvalidOrderTimeInForce,
                $"TimeInForce {order.TimeInForce} does not go with an order of type {order.Type}.");
        }

        return Expiry(order, row) ?? Trigger(order, row);
    }

    /// <summary>What is done at once has no expiry; what rests or waits for its trigger has one.</summary>
    private static TransactionRuleViolation? Expiry(in LighterOrderInfo order, TypeRow row)
    {
        bool needed = row.Trigger || order.TimeInForce != LighterTimeInForce.ImmediateOrCancel;
        return (order.OrderExpiry != 0) == needed
            ? null
            : TransactionRules.Broken(nameof(order.OrderExpiry), VenueCodes.InvalidOrderExpiry,
                $"OrderExpiry is {order.OrderExpiry}; with type {order.Type} and time in force {order.TimeInForce} it must be "
                + (needed ? "a time in Unix milliseconds." : "0."));
    }

    private static TransactionRuleViolation? Trigger(in LighterOrderInfo order, TypeRow row) =>
        (order.TriggerPrice != 0) == row.Trigger
            ? null
            : TransactionRules.Broken(nameof(order.TriggerPrice), VenueCodes.InvalidOrderTriggerPrice,
                $"TriggerPrice is {order.TriggerPrice}; for type {order.Type} it must be "
                + (row.Trigger ? $"1 to {LighterLimits.MaximumPrice} ticks." : "0."));

    private readonly record struct TypeRow(byte TimesInForce, bool PerpOnly, bool Trigger);
}
