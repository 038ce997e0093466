using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Reads an <c>order</c>: fields of the right form. Which terms go together, and what a venue takes, is for the client to say.</summary>
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
        return order.Side is OrderSide.Buy or OrderSide.Sell ? order : throw fields.Error("order_side", "must be BUY or SELL");
    }
}
