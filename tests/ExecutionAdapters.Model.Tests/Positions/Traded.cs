namespace ExecutionAdapters.Model.Tests.Positions;

/// <summary>Instruments and fills to test positions with.</summary>
internal sealed class Traded
{
    public static readonly PositionId Id = new("ETH-PERP.LIGHTER-S-001");
    public static readonly AccountId Account = new("LIGHTER-001");

    public static readonly CryptoPerpetual Perpetual = new()
    {
        Id = InstrumentId.Parse("ETH-PERP.LIGHTER"),
        RawSymbol = new Symbol("ETH"),
        BaseCurrency = Currency.ETH,
        QuoteCurrency = Currency.USDC,
        SettlementCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
    };

    public static readonly CryptoPerpetual Inverse = Perpetual with
    {
        Id = InstrumentId.Parse("XBTUSD.BITMEX"),
        BaseCurrency = Currency.BTC,
        QuoteCurrency = Currency.USD,
        SettlementCurrency = Currency.BTC,
        IsInverse = true,
        SizeIncrement = Quantity.Parse("1"),
    };

    public static readonly CurrencyPair Spot = new()
    {
        Id = InstrumentId.Parse("ETH/USDC-SPOT.LIGHTER"),
        RawSymbol = new Symbol("ETH/USDC"),
        BaseCurrency = Currency.ETH,
        QuoteCurrency = Currency.USDC,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("0.0001"),
    };

    private readonly Instrument _instrument;
    private ulong _time = 1_000;

    public Traded(Instrument instrument) => _instrument = instrument;

    public OrderFilled Buy(string quantity, string price, string? commission = null, string? tradeId = null) => Fill(OrderSide.Buy, quantity, price, commission, tradeId);

    public OrderFilled Sell(string quantity, string price, string? commission = null, string? tradeId = null) => Fill(OrderSide.Sell, quantity, price, commission, tradeId);

    public Position Open(OrderFilled fill) => new(_instrument, Id, fill);

    private OrderFilled Fill(OrderSide side, string quantity, string price, string? commission, string? tradeId)
    {
        _time++;
        var bytes = new byte[16];
        BitConverter.TryWriteBytes(bytes, _time);
        return new OrderFilled
        {
            TraderId = new TraderId("TESTER-001"),
            StrategyId = new StrategyId("S-001"),
            InstrumentId = _instrument.Id,
            ClientOrderId = new ClientOrderId($"O-{_time}"),
            EventId = Uuid4.FromBytes(bytes),
            TsEvent = new UnixNanos(_time),
            TsInit = new UnixNanos(_time),
            AccountId = Account,
            VenueOrderId = new VenueOrderId("1"),
            TradeId = new TradeId(tradeId ?? $"T-{_time}"),
            OrderSide = side,
            OrderType = OrderType.Limit,
            LastQty = Quantity.Parse(quantity),
            LastPx = Price.Parse(price),
            Currency = _instrument.QuoteCurrency,
            LiquiditySide = LiquiditySide.Taker,
            Commission = commission is null ? null : Money.Parse(commission),
        };
    }
}
