using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine;

public sealed class ExecutionCacheTests
{
    private static readonly AccountId Account = new("LIGHTER-12345");
    private static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");

    private readonly ExecutionCache _cache = new();
    private readonly OrderFactory _factory = new(new TraderId("TESTER-001"), new StrategyId("S-001"));

    public ExecutionCacheTests() => _cache.AddInstrument(new CryptoPerpetual
    {
        Id = Eth,
        RawSymbol = new Symbol("ETH"),
        BaseCurrency = Currency.ETH,
        QuoteCurrency = Currency.USDC,
        SettlementCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
        TsEvent = default,
        TsInit = default,
    });

    [Fact]
    public void An_order_and_its_position_follow_the_events()
    {
        var order = Accepted();
        Assert.Null(_cache.Apply(Fill(order, "T-1", "0.4000")));
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal(0.4m, _cache.Position(Eth)!.SignedQty);
        Assert.Null(_cache.Apply(Fill(order, "T-2", "0.6000")));
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(1.0m, _cache.Position(Eth)!.SignedQty);
        Assert.Empty(_cache.OrdersOpen(Eth, OrderSide.NoOrderSide));
    }

    [Fact]
    public void A_trade_told_twice_changes_nothing_the_second_time_and_is_reported()
    {
        var order = Accepted();
        _cache.Apply(Fill(order, "T-1", "0.4000"));
        Assert.NotNull(_cache.Apply(Fill(order, "T-1", "0.4000")));
        Assert.Equal(0.4m, order.FilledQty.Value);
        Assert.Equal(0.4m, _cache.Position(Eth)!.SignedQty);
    }

    [Fact]
    public void An_event_of_an_unknown_order_is_reported()
    {
        var order = new Order(_factory.Limit(Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")));
        Assert.Contains(order.ClientOrderId.Value, _cache.Apply(Submitted(order)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_that_was_taken_out_can_be_added_again()
    {
        var initialized = _factory.Limit(Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"));
        _cache.AddOrder(initialized);
        Assert.True(_cache.RemoveOrder(initialized.ClientOrderId));
        Assert.False(_cache.RemoveOrder(initialized.ClientOrderId));
        Assert.Null(_cache.Order(initialized.ClientOrderId));
        Assert.NotNull(_cache.AddOrder(initialized));
    }

    [Fact]
    public void Adding_an_order_twice_is_refused()
    {
        var initialized = _factory.Market(Eth, OrderSide.Buy, Quantity.Parse("1.0000"));
        _cache.AddOrder(initialized);
        Assert.Throws<ArgumentException>(() => _cache.AddOrder(initialized));
    }

    [Fact]
    public void Open_orders_are_found_by_side()
    {
        var order = Accepted();
        Assert.Same(order, Assert.Single(_cache.OrdersOpen(Eth, OrderSide.Buy)));
        Assert.Empty(_cache.OrdersOpen(Eth, OrderSide.Sell));
    }

    [Fact]
    public void The_factory_never_gives_an_id_twice()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => _factory.Market(Eth, OrderSide.Buy, Quantity.Parse("1.0000")).ClientOrderId);
        Assert.Equal(1000, ids.Distinct().Count());
    }

    private Order Accepted()
    {
        var order = _cache.AddOrder(_factory.Limit(Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")));
        Assert.Null(_cache.Apply(Submitted(order)));
        Assert.Null(_cache.Apply(new OrderAccepted
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = Eth,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = new VenueOrderId("281474976710657"),
            AccountId = Account,
            EventId = Uuid4.New(),
            TsEvent = default,
            TsInit = default,
        }));
        return order;
    }

    private static OrderSubmitted Submitted(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = Eth,
        ClientOrderId = order.ClientOrderId,
        AccountId = Account,
        EventId = Uuid4.New(),
        TsEvent = default,
        TsInit = default,
    };

    private static OrderFilled Fill(Order order, string tradeId, string quantity) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = Eth,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = new VenueOrderId("281474976710657"),
        AccountId = Account,
        EventId = Uuid4.New(),
        TsEvent = default,
        TsInit = default,
        TradeId = new TradeId(tradeId),
        OrderSide = OrderSide.Buy,
        OrderType = OrderType.Limit,
        LastQty = Quantity.Parse(quantity),
        LastPx = Price.Parse("2000.00"),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Maker,
    };
}
