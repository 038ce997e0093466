using System.Globalization;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>Orders and commands of the demo's one strategy.</summary>
internal sealed class OrderFactory
{
    private static readonly TraderId Trader = new("TRADER-001");
    private static readonly StrategyId Strategy = new("DEMO-001");
    private int _count;

    private static UnixNanos Now => UnixNanos.Now(TimeProvider.System);

    public OrderInitialized Limit(Instrument instrument, OrderSide side, Quantity quantity, Price price, bool postOnly) =>
        New(instrument.Id, OrderType.Limit, side, quantity) with { Price = price, PostOnly = postOnly };

    public OrderInitialized Market(Instrument instrument, OrderSide side, Quantity quantity) => New(instrument.Id, OrderType.Market, side, quantity);

    public OrderInitialized Conditional(Instrument instrument, OrderType type, OrderSide side, Quantity quantity, Price trigger, Price? price) =>
        New(instrument.Id, type, side, quantity) with { TriggerPrice = trigger, Price = price, TriggerType = TriggerType.MarkPrice };

    public SubmitOrder Submit(OrderInitialized order) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = order.InstrumentId, CommandId = Uuid4.New(), TsInit = Now, Order = order,
    };

    public SubmitOrderList List(IReadOnlyList<OrderInitialized> orders, InstrumentId instrumentId) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = instrumentId, CommandId = Uuid4.New(), TsInit = Now,
        OrderListId = new OrderListId("OL-" + orders[0].ClientOrderId.Value), Orders = orders,
    };

    public ModifyOrder Modify(Order order, Quantity quantity, Price price) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = order.InstrumentId, CommandId = Uuid4.New(), TsInit = Now,
        ClientOrderId = order.ClientOrderId, VenueOrderId = order.VenueOrderId, Quantity = quantity, Price = price,
    };

    public CancelOrder Cancel(Order order) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = order.InstrumentId, CommandId = Uuid4.New(), TsInit = Now,
        ClientOrderId = order.ClientOrderId, VenueOrderId = order.VenueOrderId,
    };

    public BatchCancelOrders BatchCancel(IReadOnlyList<Order> orders, InstrumentId instrumentId) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = instrumentId, CommandId = Uuid4.New(), TsInit = Now,
        Cancels = [.. orders.Select(Cancel)],
    };

    public CancelAllOrders CancelAll(InstrumentId instrumentId, OrderSide side) => new()
    {
        TraderId = Trader, StrategyId = Strategy, InstrumentId = instrumentId, CommandId = Uuid4.New(), TsInit = Now, OrderSide = side,
    };

    private OrderInitialized New(InstrumentId instrumentId, OrderType type, OrderSide side, Quantity quantity)
    {
        var now = Now;
        return new OrderInitialized
        {
            TraderId = Trader,
            StrategyId = Strategy,
            InstrumentId = instrumentId,
            ClientOrderId = new ClientOrderId("DEMO-" + (++_count).ToString("D6", CultureInfo.InvariantCulture)),
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
            Side = side,
            OrderType = type,
            Quantity = quantity,
            TimeInForce = TimeInForce.GTC,
        };
    }
}
