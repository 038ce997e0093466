using System.Globalization;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>
/// Makes the orders and commands of one strategy, with ids that do not repeat: <c>O-YYYYMMDD-HHMMSS-{trader tag}-{strategy tag}-{count}</c>.
/// Thread-safe. What the methods do not take is set with <c>with</c>: <c>factory.Limit(…) with { PostOnly = true }</c>.
/// </summary>
public sealed class OrderFactory
{
    private readonly TraderId _traderId;
    private readonly StrategyId _strategyId;
    private readonly TimeProvider _timeProvider;
    private int _orders;
    private int _lists;

    /// <summary>Creates the factory.</summary>
    /// <param name="traderId">The trader; its tag goes into the ids.</param>
    /// <param name="strategyId">The strategy; its tag goes into the ids.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    public OrderFactory(TraderId traderId, StrategyId strategyId, TimeProvider? timeProvider = null)
    {
        _traderId = traderId;
        _strategyId = strategyId;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Executes at once at the best price.</summary>
    public OrderInitialized Market(InstrumentId instrumentId, OrderSide side, Quantity quantity) => New(instrumentId, OrderType.Market, side, quantity);

    /// <summary>Executes at its price or better; good till cancelled.</summary>
    public OrderInitialized Limit(InstrumentId instrumentId, OrderSide side, Quantity quantity, Price price) =>
        New(instrumentId, OrderType.Limit, side, quantity) with { Price = price };

    /// <summary>Becomes a market order at its trigger price.</summary>
    public OrderInitialized StopMarket(InstrumentId instrumentId, OrderSide side, Quantity quantity, Price triggerPrice) =>
        Conditional(instrumentId, OrderType.StopMarket, side, quantity, triggerPrice);

    /// <summary>Becomes a limit order at its trigger price.</summary>
    public OrderInitialized StopLimit(InstrumentId instrumentId, OrderSide side, Quantity quantity, Price price, Price triggerPrice) =>
        Conditional(instrumentId, OrderType.StopLimit, side, quantity, triggerPrice) with { Price = price };

    /// <summary>Becomes a market order when the trigger price is touched from the favourable side.</summary>
    public OrderInitialized MarketIfTouched(InstrumentId instrumentId, OrderSide side, Quantity quantity, Price triggerPrice) =>
        Conditional(instrumentId, OrderType.MarketIfTouched, side, quantity, triggerPrice);

    /// <summary>Becomes a limit order when the trigger price is touched from the favourable side.</summary>
    public OrderInitialized LimitIfTouched(InstrumentId instrumentId, OrderSide side, Quantity quantity, Price price, Price triggerPrice) =>
        Conditional(instrumentId, OrderType.LimitIfTouched, side, quantity, triggerPrice) with { Price = price };

    /// <summary>The command that submits an order.</summary>
    public SubmitOrder Submit(OrderInitialized order) => new()
    {
        TraderId = _traderId,
        StrategyId = _strategyId,
        InstrumentId = order.InstrumentId,
        CommandId = Uuid4.New(),
        TsInit = Now,
        Order = order,
    };

    /// <summary>The command that submits several orders as one batch.</summary>
    /// <exception cref="ArgumentException">There is no order.</exception>
    public SubmitOrderList SubmitList(IReadOnlyList<OrderInitialized> orders)
    {
        if (orders.Count == 0)
        {
            throw new ArgumentException("An order list needs at least one order.", nameof(orders));
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"OL-{_strategyId.Tag}-{Now.ToMilliseconds()}-{Interlocked.Increment(ref _lists)}");
        return new SubmitOrderList
        {
            TraderId = _traderId,
            StrategyId = _strategyId,
            InstrumentId = orders[0].InstrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            OrderListId = new OrderListId(id),
            Orders = orders,
        };
    }

    /// <summary>The command that changes an order; null means unchanged, the quantity is the new total.</summary>
    public ModifyOrder Modify(Order order, Quantity? quantity = null, Price? price = null, Price? triggerPrice = null) => new()
    {
        TraderId = _traderId,
        StrategyId = _strategyId,
        InstrumentId = order.InstrumentId,
        CommandId = Uuid4.New(),
        TsInit = Now,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        Quantity = quantity,
        Price = price,
        TriggerPrice = triggerPrice,
    };

    /// <summary>The command that cancels an order.</summary>
    public CancelOrder Cancel(Order order) => new()
    {
        TraderId = _traderId,
        StrategyId = _strategyId,
        InstrumentId = order.InstrumentId,
        CommandId = Uuid4.New(),
        TsInit = Now,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
    };

    /// <summary>The command that cancels several orders of one instrument as one batch.</summary>
    public BatchCancelOrders BatchCancel(InstrumentId instrumentId, IEnumerable<Order> orders) => new()
    {
        TraderId = _traderId,
        StrategyId = _strategyId,
        InstrumentId = instrumentId,
        CommandId = Uuid4.New(),
        TsInit = Now,
        Cancels = [.. orders.Select(Cancel)],
    };

    /// <summary>The command that cancels every open order of an instrument, or those of one side.</summary>
    public CancelAllOrders CancelAll(InstrumentId instrumentId, OrderSide side = OrderSide.NoOrderSide) => new()
    {
        TraderId = _traderId,
        StrategyId = _strategyId,
        InstrumentId = instrumentId,
        CommandId = Uuid4.New(),
        TsInit = Now,
        OrderSide = side,
    };

    private UnixNanos Now => UnixNanos.Now(_timeProvider);

    private OrderInitialized Conditional(InstrumentId instrumentId, OrderType type, OrderSide side, Quantity quantity, Price triggerPrice) =>
        New(instrumentId, type, side, quantity) with { TriggerPrice = triggerPrice, TriggerType = TriggerType.Default };

    private OrderInitialized New(InstrumentId instrumentId, OrderType type, OrderSide side, Quantity quantity)
    {
        var now = Now;
        return new OrderInitialized
        {
            TraderId = _traderId,
            StrategyId = _strategyId,
            InstrumentId = instrumentId,
            ClientOrderId = IdentifierFormats.ClientOrderId(now, _traderId, _strategyId, Interlocked.Increment(ref _orders)),
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
