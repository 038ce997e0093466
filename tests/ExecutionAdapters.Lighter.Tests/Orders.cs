using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Orders and commands of one test strategy.</summary>
internal static class Orders
{
    public static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");
    public static readonly InstrumentId EthSpot = InstrumentId.Parse("ETH/USDC-SPOT.LIGHTER");
    public static readonly TraderId Trader = new("TESTER-001");
    public static readonly StrategyId Strategy = new("S-001");

    private static int _count;

    public static OrderInitialized New(OrderType type, OrderSide side, string quantity, string? price = null, string? trigger = null, string? id = null) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = new ClientOrderId(id ?? $"O-{Interlocked.Increment(ref _count)}"),
        EventId = Uuid4.New(),
        TsEvent = default,
        TsInit = default,
        Side = side,
        OrderType = type,
        Quantity = Quantity.Parse(quantity),
        TimeInForce = TimeInForce.GTC,
        Price = price is null ? null : Price.Parse(price),
        TriggerPrice = trigger is null ? null : Price.Parse(trigger),
        TriggerType = trigger is null ? null : TriggerType.MarkPrice,
    };

    public static OrderInitialized Limit(OrderSide side, string quantity, string price, string? id = null) => New(OrderType.Limit, side, quantity, price, id: id);

    public static SubmitOrder Submit(OrderInitialized order, params (string Name, string Value)[] parameters) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = order.InstrumentId,
        CommandId = Uuid4.New(),
        TsInit = default,
        Order = order,
        Params = parameters.Length == 0 ? null : parameters.ToDictionary(pair => pair.Name, pair => pair.Value),
    };

    public static SubmitOrderList SubmitList(params OrderInitialized[] orders) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        CommandId = Uuid4.New(),
        TsInit = default,
        OrderListId = new OrderListId("OL-1"),
        Orders = orders,
    };

    public static CancelOrder Cancel(string clientOrderId, string? venueOrderId = null) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        CommandId = Uuid4.New(),
        TsInit = default,
        ClientOrderId = new ClientOrderId(clientOrderId),
        VenueOrderId = venueOrderId is null ? null : new VenueOrderId(venueOrderId),
    };

    public static ModifyOrder Modify(string clientOrderId, string? quantity = null, string? price = null, string? trigger = null, string? venueOrderId = null) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        CommandId = Uuid4.New(),
        TsInit = default,
        ClientOrderId = new ClientOrderId(clientOrderId),
        VenueOrderId = venueOrderId is null ? null : new VenueOrderId(venueOrderId),
        Quantity = quantity is null ? null : Quantity.Parse(quantity),
        Price = price is null ? null : Price.Parse(price),
        TriggerPrice = trigger is null ? null : Price.Parse(trigger),
    };

    public static CancelAllOrders CancelAll(OrderSide side = OrderSide.NoOrderSide) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        CommandId = Uuid4.New(),
        TsInit = default,
        OrderSide = side,
    };

    public static BatchCancelOrders BatchCancel(params CancelOrder[] cancels) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        CommandId = Uuid4.New(),
        TsInit = default,
        Cancels = cancels,
    };
}
