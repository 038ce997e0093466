using ExecutionAdapters.Model;

namespace ExecutionAdapters.Benchmarks.Engine;

/// <summary>Orders and what became of them, for measuring: the same every time.</summary>
internal static class EngineStories
{
    public static readonly AccountId Account = new("BENCH-001");
    public static readonly Venue Venue = new("BENCH");
    public static readonly TraderId Trader = new("TRADER-001");
    public static readonly StrategyId Strategy = new("S-001");
    public static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.BENCH");

    public static CryptoPerpetual Instrument { get; } = new()
    {
        Id = Eth,
        RawSymbol = new Symbol("ETH"),
        BaseCurrency = Currency.GetOrCreateCrypto("ETH"),
        QuoteCurrency = Currency.USDC,
        SettlementCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
        TsEvent = default,
        TsInit = default,
    };

    public static ClientOrderId Id(int order) => new($"O-20261126-120000-001-001-{order}");

    public static VenueOrderId VenueId(int order) => new(Text(order));

    public static OrderInitialized Initialized(int order, string quantity = "1.0000") => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        EventId = Uuid4.New(),
        TsEvent = At(order),
        TsInit = At(order),
        Side = SideOf(order),
        OrderType = OrderType.Limit,
        Quantity = Quantity.Parse(quantity),
        Price = Price.Parse("2000.00"),
    };

    public static OrderSubmitted Submitted(int order) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        AccountId = Account,
        EventId = Uuid4.New(),
        TsEvent = At(order),
        TsInit = At(order),
    };

    public static OrderAccepted Accepted(int order) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        AccountId = Account,
        VenueOrderId = VenueId(order),
        EventId = Uuid4.New(),
        TsEvent = At(order),
        TsInit = At(order),
    };

    public static OrderFilled Filled(int order) => new()
    {
        TraderId = Trader,
        StrategyId = Strategy,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        AccountId = Account,
        VenueOrderId = VenueId(order),
        TradeId = new TradeId(Text(order)),
        OrderSide = SideOf(order),
        OrderType = OrderType.Limit,
        LastQty = Quantity.Parse("1.0000"),
        LastPx = Price.Parse("2000.00"),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Maker,
        Commission = new Money(0.04m, Currency.USDC),
        EventId = Uuid4.New(),
        TsEvent = At(order),
        TsInit = At(order),
    };

    /// <summary>A filled order at the venue.</summary>
    public static OrderStatusReport Report(int order, string filled) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = At(order),
        AccountId = Account,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        VenueOrderId = VenueId(order),
        OrderSide = SideOf(order),
        OrderType = OrderType.Limit,
        TimeInForce = TimeInForce.GTC,
        OrderStatus = OrderStatus.Filled,
        Quantity = Quantity.Parse(filled),
        FilledQty = Quantity.Parse(filled),
        Price = Price.Parse("2000.00"),
        TsAccepted = At(order),
        TsLast = At(order + 1),
    };

    public static FillReport Fill(int order, int part) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = At(order),
        AccountId = Account,
        InstrumentId = Eth,
        ClientOrderId = Id(order),
        VenueOrderId = VenueId(order),
        TradeId = new TradeId($"{order}-{part}"),
        OrderSide = SideOf(order),
        LastQty = Quantity.Parse("1.0000"),
        LastPx = Price.Parse("2000.00"),
        Commission = new Money(0.04m, Currency.USDC),
        LiquiditySide = LiquiditySide.Maker,
        TsEvent = At(order),
    };

    private static OrderSide SideOf(int order) => order % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;

    private static UnixNanos At(int order) => new(1_764_000_000_000_000_000UL + ((ulong)order * 1_000_000));

    private static string Text(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
