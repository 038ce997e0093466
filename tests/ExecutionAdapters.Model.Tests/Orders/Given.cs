namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Orders and events to test with. Times tick by one per event, ids count up: nothing is random.</summary>
internal sealed class Given
{
    public static readonly TraderId Trader = new("TESTER-001");
    public static readonly StrategyId Strategy = new("S-001");
    public static readonly InstrumentId Instrument = InstrumentId.Parse("ETH-PERP.LIGHTER");
    public static readonly AccountId Account = new("LIGHTER-001");
    public static readonly VenueOrderId VenueId = new("281474976710657");
    public static readonly ClientOrderId OrderId = new("O-1");

    private ulong _time = 1_000;
    private int _trades;

    public OrderInitialized Terms(OrderType type = OrderType.StopLimit, string quantity = "10.000", OrderSide side = OrderSide.Buy) => Stamp(id => new OrderInitialized
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Instrument,
        ClientOrderId = OrderId,
        EventId = id,
        TsEvent = Now(),
        TsInit = Now(),
        Side = side,
        OrderType = type,
        Quantity = Quantity.Parse(quantity),
        Price = type.HasLimitPrice() ? Price.Parse("2000.00") : null,
        TriggerPrice = type.HasTriggerPrice() ? Price.Parse("1990.00") : null,
        TriggerType = type.HasTriggerPrice() ? TriggerType.MarkPrice : null,
        TrailingOffset = type.IsTrailing() ? 5m : null,
        TrailingOffsetType = type.IsTrailing() ? TrailingOffsetType.Price : TrailingOffsetType.None,
        LimitOffset = type == OrderType.TrailingStopLimit ? 1m : null,
    });

    /// <summary>A stop-limit order, since it can enter every status, brought there by the shortest way.</summary>
    public Order In(OrderStatus status)
    {
        var order = new Order(Terms());
        foreach (var step in WayTo(status))
        {
            order.Apply(Event(step));
        }

        Assert.Equal(status, order.Status);
        return order;
    }

    /// <summary>An event by the name of its column in the transition table; Filled is partial, Filled! is all.</summary>
    public OrderEvent Event(string kind) => kind switch
    {
        "Initialized" => Terms(),
        "Denied" => Stamp(id => new OrderDenied { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), Reason = DenialReason.TradingHalted }),
        "Emulated" => Stamp(id => new OrderEmulated { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now() }),
        "Released" => Stamp(id => new OrderReleased { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), ReleasedPrice = Price.Parse("1990.00") }),
        "Submitted" => Stamp(id => new OrderSubmitted { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account }),
        "Accepted" => Stamp(id => new OrderAccepted { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "Rejected" => Stamp(id => new OrderRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, Reason = "21739 not enough margin" }),
        "Canceled" => Stamp(id => new OrderCanceled { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "Expired" => Stamp(id => new OrderExpired { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "Triggered" => Stamp(id => new OrderTriggered { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "PendingUpdate" => Stamp(id => new OrderPendingUpdate { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "PendingCancel" => Stamp(id => new OrderPendingCancel { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId }),
        "ModifyRejected" => Stamp(id => new OrderModifyRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId, Reason = "too late" }),
        "CancelRejected" => Stamp(id => new OrderCancelRejected { TraderId = Trader, StrategyId = Strategy, InstrumentId = Instrument, ClientOrderId = OrderId, EventId = id, TsEvent = Now(), TsInit = Now(), AccountId = Account, VenueOrderId = VenueId, Reason = "too late" }),
        "Updated" => Updated("10.000", price: "2001.00"),
        "Filled" => Filled("4.000"),
        "Filled!" => Filled("10.000"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such event"),
    };

    public OrderUpdated Updated(string quantity, string? price = null, string? trigger = null, string? venueOrderId = null) => Stamp(id => new OrderUpdated
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Instrument,
        ClientOrderId = OrderId,
        EventId = id,
        TsEvent = Now(),
        TsInit = Now(),
        AccountId = Account,
        VenueOrderId = venueOrderId is null ? VenueId : new VenueOrderId(venueOrderId),
        Quantity = Quantity.Parse(quantity),
        Price = price is null ? null : Price.Parse(price),
        TriggerPrice = trigger is null ? null : Price.Parse(trigger),
    });

    public OrderFilled Filled(string quantity, string price = "2000.00", string? tradeId = null, string? commission = null, OrderSide side = OrderSide.Buy) => Stamp(id => new OrderFilled
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Instrument,
        ClientOrderId = OrderId,
        EventId = id,
        TsEvent = Now(),
        TsInit = Now(),
        AccountId = Account,
        VenueOrderId = VenueId,
        TradeId = new TradeId(tradeId ?? $"T-{++_trades}"),
        OrderSide = side,
        OrderType = OrderType.StopLimit,
        LastQty = Quantity.Parse(quantity),
        LastPx = Price.Parse(price),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Taker,
        Commission = commission is null ? null : Money.Parse(commission),
    });

    private static string[] WayTo(OrderStatus status) => status switch
    {
        OrderStatus.Initialized => [],
        OrderStatus.Denied => ["Denied"],
        OrderStatus.Emulated => ["Emulated"],
        OrderStatus.Released => ["Emulated", "Released"],
        OrderStatus.Submitted => ["Submitted"],
        OrderStatus.Accepted => ["Submitted", "Accepted"],
        OrderStatus.Rejected => ["Submitted", "Rejected"],
        OrderStatus.Canceled => ["Submitted", "Accepted", "Canceled"],
        OrderStatus.Expired => ["Submitted", "Accepted", "Expired"],
        OrderStatus.Triggered => ["Submitted", "Accepted", "Triggered"],
        OrderStatus.PendingUpdate => ["Submitted", "Accepted", "PendingUpdate"],
        OrderStatus.PendingCancel => ["Submitted", "Accepted", "PendingCancel"],
        OrderStatus.PartiallyFilled => ["Submitted", "Accepted", "Filled"],
        OrderStatus.Filled => ["Submitted", "Accepted", "Filled!"],
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private UnixNanos Now() => new(_time);

    private T Stamp<T>(Func<Uuid4, T> create)
        where T : OrderEvent
    {
        _time++;
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, _time);
        return create(Uuid4.FromBytes(bytes));
    }
}
