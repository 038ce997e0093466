using System.Text;
using System.Text.Json;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Journal;

public sealed class EventJsonTests
{
    private static readonly TraderId Trader = new("TRADER-001");
    private static readonly StrategyId Strategy = new("S-001");
    private static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");
    private static readonly ClientOrderId Id = new("O-1");
    private static readonly AccountId Account = new("LIGHTER-1");
    private static readonly VenueOrderId VenueId = new("281474976710657");
    private static readonly UnixNanos Time = new(1_790_000_000_123_456_789);

    private static readonly OrderEvent[] All =
    [
        Initialized(),
        new OrderDenied { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, Reason = "A \"reason\" é" },
        new OrderEmulated { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time },
        new OrderReleased { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, ReleasedPrice = Price.Parse("1.50") },
        new OrderSubmitted { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account },
        new OrderAccepted { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account, VenueOrderId = VenueId, Reconciliation = true },
        new OrderRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account, Reason = "no", DuePostOnly = true },
        new OrderTriggered { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, VenueOrderId = VenueId },
        new OrderPendingUpdate { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account },
        new OrderPendingCancel { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account, VenueOrderId = VenueId },
        new OrderModifyRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, Reason = "no", CausationId = Uuid4.New() },
        new OrderCancelRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, Reason = "no" },
        new OrderUpdated { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, Quantity = Quantity.Parse("2.0000"), Price = Price.Parse("2000.10") },
        new OrderCanceled { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, Reason = "asked" },
        new OrderExpired { TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account },
        new OrderFilled
        {
            TraderId = Trader, StrategyId = Strategy, InstrumentId = Eth, ClientOrderId = Id, EventId = Uuid4.New(), TsEvent = Time, TsInit = Time, AccountId = Account,
            VenueOrderId = VenueId, TradeId = new TradeId("T-1"), OrderSide = OrderSide.Sell, OrderType = OrderType.StopLimit, LastQty = Quantity.Parse("0.0010"),
            LastPx = Price.Parse("2000.00"), Currency = Currency.USDC, LiquiditySide = LiquiditySide.Maker, Commission = new Money(-0.000123m, Currency.USDC), IsInferred = true,
        },
    ];

    [Fact]
    public void Every_kind_of_order_event_is_read_as_it_was_written()
    {
        foreach (var written in All)
        {
            var read = EventJson.Read(EventJson.KindOf(written), EventJson.Write(written));
            Assert.Equal(EventJson.Write(written), EventJson.Write(read));
            Assert.Equal(written.ToString(), read.ToString());
            Assert.Equal((written.EventId, written.TsEvent, written.Reconciliation), (read.EventId, read.TsEvent, read.Reconciliation));
        }
    }

    [Fact]
    public void No_kind_of_order_event_is_left_out()
    {
        var kinds = typeof(OrderEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OrderEvent)) && !type.IsAbstract).Select(type => type.Name).Order();
        Assert.Equal(kinds, EventJson.Kinds.Order());
        Assert.Equal(kinds, All.Select(EventJson.KindOf).Order());
    }

    [Fact]
    public void Precision_is_kept()
    {
        var read = (OrderFilled)EventJson.Read("OrderFilled", EventJson.Write(All[^1]));
        Assert.Equal(("0.0010", "2000.00"), (read.LastQty.ToString(), read.LastPx.ToString()));
    }

    [Fact]
    public void Members_that_a_later_version_added_are_passed_over()
    {
        var text = Encoding.UTF8.GetString(EventJson.Write(All[1]));
        var read = EventJson.Read("OrderDenied", Encoding.UTF8.GetBytes(text[..^1] + ",\"of_a_later_version\":{\"a\":[1,2]}}"));
        Assert.Equal(All[1].ToString(), read.ToString());
    }

    [Theory]
    [InlineData("OrderImagined", "{}")]
    [InlineData("OrderDenied", "{}")]
    [InlineData("OrderDenied", "null")]
    [InlineData("OrderDenied", "[")]
    public void What_no_journal_wrote_is_an_error_and_not_an_event(string kind, string json) =>
        Assert.ThrowsAny<JsonException>(() => EventJson.Read(kind, Encoding.UTF8.GetBytes(json)));

    private static OrderInitialized Initialized() => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = Id,
        EventId = Uuid4.New(),
        TsEvent = Time,
        TsInit = Time,
        Side = OrderSide.Buy,
        OrderType = OrderType.StopLimit,
        Quantity = Quantity.Parse("1.0000"),
        Price = Price.Parse("2000.00"),
        TriggerPrice = Price.Parse("1999.90"),
        TriggerType = TriggerType.MarkPrice,
        TimeInForce = TimeInForce.GTD,
        ExpireTime = Time,
        Tags = ["VENUE", "b"],
        LinkedOrderIds = [new ClientOrderId("O-2")],
        ExecAlgorithmParams = new Dictionary<string, string> { ["k"] = "v" },
    };
}
