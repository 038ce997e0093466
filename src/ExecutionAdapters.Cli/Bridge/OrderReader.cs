using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Reads an <c>order</c>. What an order must have to be one is checked here; what a venue takes is for the client to say.</summary>
internal static class OrderReader
{
    /// <summary>The owner of what names no strategy.</summary>
    public static StrategyId DefaultStrategy { get; } = new("S-001");

    /// <exception cref="FieldException">Names the field.</exception>
    public static OrderInitialized Read(JsonFields fields, TraderId traderId, UnixNanos now, OrderListId? orderListId = null)
    {
        var type = fields.Enum<OrderType>("order_type") ?? throw fields.Missing("order_type");
        var order = new OrderInitialized
        {
            TraderId = traderId,
            StrategyId = fields.Parse<StrategyId>("strategy_id", StrategyId.TryCreate, "a name and a tag, such as S-001") ?? DefaultStrategy,
            InstrumentId = fields.RequireInstrumentId(),
            ClientOrderId = fields.RequireClientOrderId(),
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
            Side = fields.Enum<OrderSide>("order_side") ?? throw fields.Missing("order_side"),
            OrderType = type,
            Quantity = fields.Quantity("quantity") ?? throw fields.Missing("quantity"),
            Price = fields.Price("price"),
            TriggerPrice = fields.Price("trigger_price"),
            TriggerType = type.HasTriggerPrice() ? TriggerType.Default : null,
            TimeInForce = fields.Enum<TimeInForce>("time_in_force") ?? TimeInForce.GTC,
            ExpireTime = fields.Time("expire_time"),
            PostOnly = fields.Flag("post_only"),
            ReduceOnly = fields.Flag("reduce_only"),
            QuoteQuantity = fields.Flag("quote_quantity"),
            DisplayQty = fields.Quantity("display_qty"),
            OrderListId = orderListId,
        };
        fields.Allow("params");
        fields.RequireNoOthers();
        return FieldAtFault(order) is { } field ? throw fields.Error(field, order.Validate() ?? "is missing") : order;
    }

    /// <summary>The field to which the first thing belongs that is wrong with the terms; null when nothing is.</summary>
    private static string? FieldAtFault(OrderInitialized order) => order switch
    {
        _ when order.Validate() is null => null,
        { Quantity.IsPositive: false } => "quantity",
        { Side: not (OrderSide.Buy or OrderSide.Sell) } => "order_side",
        _ when order.DisplayQty > order.Quantity => "display_qty",
        { OrderType: OrderType.Market, TimeInForce: TimeInForce.GTD } => "time_in_force",
        { OrderType: OrderType.Market, PostOnly: true } => "post_only",
        { TimeInForce: TimeInForce.GTD, ExpireTime: not { Value: > 0 } } => "expire_time",
        _ when order.OrderType.IsTrailing() => "order_type",
        _ when order.OrderType.HasLimitPrice() && order.Price is null => "price",
        _ => "trigger_price",
    };
}
