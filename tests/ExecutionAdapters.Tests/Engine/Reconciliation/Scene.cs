using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Books and a venue, both in the test's hands.</summary>
internal sealed class Scene
{
    public static readonly AccountId Account = new("LIGHTER-001");
    public static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");
    public static readonly InstrumentId Btc = InstrumentId.Parse("BTC-PERP.LIGHTER");
    public static readonly InstrumentId Spot = InstrumentId.Parse("ETH/USDC.LIGHTER");
    public static readonly UnixNanos Now = At(1_000);

    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<InstrumentId, Position> _positions = [];

    public static Dictionary<InstrumentId, Instrument> Instruments { get; } = new() { [Eth] = Perpetual(Eth, "ETH"), [Btc] = Perpetual(Btc, "BTC"), [Spot] = Pair() };

    public OrderFactory Factory { get; } = new(new TraderId("TRADER-001"), new StrategyId("S-001"));

    public ReconciliationOptions Options { get; set; } = new() { TraderId = new TraderId("TRADER-001") };

    public List<OrderStatusReport> Orders { get; } = [];

    public List<FillReport> Fills { get; } = [];

    public List<PositionStatusReport> Positions { get; } = [];

    public Dictionary<ClientOrderId, OrderStatusReport?> Answers { get; } = [];

    public IReadOnlyCollection<Order> Local => _orders.Values;

    public static UnixNanos At(long seconds) => UnixNanos.FromSeconds(1_700_000_000 + seconds);

    public Position? Position(InstrumentId instrument) => _positions.GetValueOrDefault(instrument);

    public Order Order(ClientOrderId id) => _orders[id];

    /// <summary>An order of ours, sent.</summary>
    public Order Submit(OrderSide side = OrderSide.Buy, string quantity = "1.0000", string price = "2000.00", InstrumentId? instrument = null)
        => Submit(Factory.Limit(instrument ?? Eth, side, Quantity.Parse(quantity), Price.Parse(price)));

    /// <summary>An order of ours of any terms, sent.</summary>
    public Order Submit(OrderInitialized initialized)
    {
        var order = Begin(initialized);
        Apply(new OrderSubmitted
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = Account,
            EventId = Uuid4.New(),
            TsEvent = At(1),
            TsInit = At(1),
        });
        return order;
    }

    /// <summary>An order that was created, and of which nothing more is known.</summary>
    public Order Begin(OrderInitialized initialized)
    {
        Apply(initialized with { TsEvent = At(0) });
        return _orders[initialized.ClientOrderId];
    }

    public Order Accept(Order order, string venueOrderId)
    {
        Apply(new OrderAccepted
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = Account,
            VenueOrderId = new VenueOrderId(venueOrderId),
            EventId = Uuid4.New(),
            TsEvent = At(2),
            TsInit = At(2),
        });
        return order;
    }

    /// <summary>Our books learn of a trade from the stream.</summary>
    public void Fill(FillReport fill) => Apply(new OrderFilled
    {
        TraderId = new TraderId("TRADER-001"),
        StrategyId = new StrategyId("S-001"),
        InstrumentId = fill.InstrumentId,
        ClientOrderId = fill.ClientOrderId!.Value,
        AccountId = Account,
        VenueOrderId = fill.VenueOrderId,
        TradeId = fill.TradeId,
        OrderSide = fill.OrderSide,
        OrderType = OrderType.Limit,
        LastQty = fill.LastQty,
        LastPx = fill.LastPx,
        Currency = Currency.USDC,
        LiquiditySide = fill.LiquiditySide,
        Commission = fill.Commission,
        EventId = Uuid4.New(),
        TsEvent = fill.TsEvent,
        TsInit = fill.TsEvent,
    });

    public void Apply(OrderEvent orderEvent)
    {
        if (orderEvent is OrderInitialized initialized)
        {
            _orders.Add(initialized.ClientOrderId, new Order(initialized));
            return;
        }

        _orders[orderEvent.ClientOrderId].Apply(orderEvent);
        if (orderEvent is not OrderFilled fill)
        {
            return;
        }

        if (_positions.TryGetValue(fill.InstrumentId, out var position))
        {
            Assert.Null(position.TryApply(fill));
        }
        else
        {
            _positions[fill.InstrumentId] = new Position(Instruments[fill.InstrumentId], new PositionId(fill.InstrumentId.ToString()), fill);
        }
    }

    public static OrderStatusReport Report(
        Order order, string venueOrderId, OrderStatus status, string filled = "0.0000", decimal? average = null, long last = 10) => new()
        {
            ReportId = Uuid4.New(),
            TsInit = Now,
            AccountId = Account,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = new VenueOrderId(venueOrderId),
            OrderSide = order.Side,
            OrderType = order.OrderType,
            TimeInForce = order.TimeInForce,
            OrderStatus = status,
            Quantity = order.Quantity,
            FilledQty = Quantity.Parse(filled),
            Price = order.Price,
            TriggerPrice = order.TriggerPrice,
            AvgPx = average,
            TsAccepted = At(2),
            TsLast = At(last),
        };

    /// <summary>The report of an order that somebody else sent.</summary>
    public OrderStatusReport Foreign(string venueOrderId, OrderStatus status, string filled = "0.0000", OrderSide side = OrderSide.Buy)
    {
        var template = new Order(Factory.Limit(Eth, side, Quantity.Parse("1.0000"), Price.Parse("2000.00")));
        return Report(template, venueOrderId, status, filled, average: filled == "0.0000" ? null : 2000m) with { ClientOrderId = null };
    }

    public static FillReport Trade(
        string tradeId, string venueOrderId, string quantity, string price = "2000.00", OrderSide side = OrderSide.Buy, ClientOrderId? order = null,
        long at = 5, InstrumentId? instrument = null) => new()
        {
            ReportId = Uuid4.New(),
            TsInit = Now,
            AccountId = Account,
            InstrumentId = instrument ?? Eth,
            VenueOrderId = new VenueOrderId(venueOrderId),
            TradeId = new TradeId(tradeId),
            OrderSide = side,
            LastQty = Quantity.Parse(quantity),
            LastPx = Price.Parse(price),
            Commission = new Money(0.1m, Currency.USDC),
            LiquiditySide = LiquiditySide.Taker,
            TsEvent = At(at),
            ClientOrderId = order,
        };

    public static PositionStatusReport Held(decimal signedQty, decimal? average, InstrumentId? instrument = null) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = Now,
        AccountId = Account,
        InstrumentId = instrument ?? Eth,
        PositionSide = signedQty > 0 ? PositionSide.Long : signedQty < 0 ? PositionSide.Short : PositionSide.Flat,
        Quantity = new Quantity(Math.Abs(signedQty), 4),
        TsLast = At(20),
        AvgPxOpen = average,
    };

    public LocalSnapshot Books() => new()
    {
        AccountId = Account,
        Orders = [.. _orders.Values],
        Positions = [.. _positions.Values],
        Instruments = Instruments,
    };

    public VenueSnapshot Venue() => new()
    {
        AccountId = Account,
        Venue = new Venue("LIGHTER"),
        Orders = Evidence.Complete<OrderStatusReport>([.. Orders]),
        Fills = Evidence.Complete<FillReport>([.. Fills]),
        Positions = Evidence.Complete<PositionStatusReport>([.. Positions]),
        AsOf = Now,
        Answers = Answers,
    };

    public ReconciliationPlan Plan() => ReconciliationPlanner.Plan(Books(), Venue(), Options);

    public ReconciliationPlan Plan(LocalSnapshot books) => ReconciliationPlanner.Plan(books, Venue(), Options);

    public ReconciliationPlan Plan(VenueSnapshot venue) => ReconciliationPlanner.Plan(Books(), venue, Options);

    /// <summary>Plans, applies, and requires that a second plan finds nothing to do.</summary>
    public ReconciliationPlan Reconcile()
    {
        var plan = Plan();
        foreach (var orderEvent in plan.Events)
        {
            Apply(orderEvent);
        }

        var again = Plan();
        Assert.Empty(again.Events);
        return plan;
    }

    public static IEnumerable<string> Names(ReconciliationPlan plan) => plan.Events.Select(orderEvent => orderEvent.GetType().Name);

    /// <summary>The one difference of a plan that does nothing.</summary>
    public static UnresolvedDifference OnlyDifference(ReconciliationPlan plan)
    {
        Assert.Empty(plan.Events);
        return Assert.Single(plan.Unresolved);
    }

    private static CurrencyPair Pair() => new()
    {
        Id = Spot,
        RawSymbol = new Symbol("ETH/USDC"),
        BaseCurrency = Currency.ETH,
        QuoteCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
        TsEvent = default,
        TsInit = default,
    };

    private static CryptoPerpetual Perpetual(InstrumentId id, string symbol) => new()
    {
        Id = id,
        RawSymbol = new Symbol(symbol),
        BaseCurrency = Currency.ETH,
        QuoteCurrency = Currency.USDC,
        SettlementCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
        TsEvent = default,
        TsInit = default,
    };
}
