using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>One market: the instrument that engines see and the numbers that the wire wants.</summary>
internal sealed record LighterMarket
{
    public required short Index { get; init; }

    public required Instrument Instrument { get; init; }

    public required bool IsSpot { get; init; }

    public required decimal MinBaseAmount { get; init; }

    public required decimal MinQuoteAmount { get; init; }

    public InstrumentId InstrumentId => Instrument.Id;

    public byte PriceDecimals => Instrument.PricePrecision;

    public byte SizeDecimals => Instrument.SizePrecision;

    /// <summary>Symbol ETH becomes ETH-PERP.LIGHTER, spot symbol ETH/USDC becomes ETH/USDC-SPOT.LIGHTER.</summary>
    public static LighterMarket From(MarketRow row, Venue venue, UnixNanos now)
    {
        var priceTick = new Price(Tick(row.PriceDecimals), row.PriceDecimals);
        var sizeTick = new Quantity(Tick(row.SizeDecimals), row.SizeDecimals);
        return new LighterMarket
        {
            Index = row.MarketIndex,
            Instrument = row.IsSpot ? Spot(row, venue, priceTick, sizeTick, now) : Perpetual(row, venue, priceTick, sizeTick, now),
            IsSpot = row.IsSpot,
            MinBaseAmount = row.MinBaseAmount,
            MinQuoteAmount = row.MinQuoteAmount,
        };
    }

    /// <summary>The price as a whole number of ticks; null when it lies between two ticks.</summary>
    public long? PriceToTicks(decimal price) => ToTicks(price, PriceDecimals);

    /// <summary>The size as a whole number of lots; null when it lies between two.</summary>
    public long? SizeToTicks(decimal size) => ToTicks(size, SizeDecimals);

    /// <summary>A price of the venue. One between two ticks keeps its own decimals: what traded is never rounded.</summary>
    public Price Price(decimal value) => PriceToTicks(value) is null ? Model.Price.FromDecimal(value) : new Price(value, PriceDecimals);

    /// <summary>A size of the venue; see <see cref="Price(decimal)"/>.</summary>
    public Quantity Quantity(decimal value) => SizeToTicks(value) is null ? Model.Quantity.FromDecimal(value) : new Quantity(value, SizeDecimals);

    private static long? ToTicks(decimal value, byte decimals)
    {
        var tick = Tick(decimals);
        if (Math.Abs(value) > long.MaxValue * tick)
        {
            return null;
        }

        var scaled = value / tick;
        return scaled == decimal.Truncate(scaled) ? (long)scaled : null;
    }

    private static decimal Tick(byte decimals) => new(1, 0, 0, isNegative: false, decimals);

    private static CryptoPerpetual Perpetual(MarketRow row, Venue venue, Price priceTick, Quantity sizeTick, UnixNanos now) => new()
    {
        Id = new InstrumentId(new Symbol(row.Symbol + "-PERP"), venue),
        RawSymbol = new Symbol(row.Symbol),
        BaseCurrency = Currency.GetOrCreateCrypto(row.Symbol),
        QuoteCurrency = Currency.USDC,
        SettlementCurrency = Currency.USDC,
        PriceIncrement = priceTick,
        SizeIncrement = sizeTick,
        MinQuantity = MinQuantity(row),
        MinNotional = MinNotional(row),
        MarginInit = row.InitialMarginFraction / 10_000m,
        MarginMaint = row.MaintenanceMarginFraction / 10_000m,
        MakerFee = row.MakerFeePercent / 100m,
        TakerFee = row.TakerFeePercent / 100m,
        TsEvent = now,
        TsInit = now,
    };

    private static CurrencyPair Spot(MarketRow row, Venue venue, Price priceTick, Quantity sizeTick, UnixNanos now)
    {
        var slash = row.Symbol.IndexOf('/', StringComparison.Ordinal);
        var baseCode = slash < 0 ? row.Symbol : row.Symbol[..slash];
        var quoteCode = slash < 0 ? LighterProtocol.CollateralSymbol : row.Symbol[(slash + 1)..];
        return new CurrencyPair
        {
            Id = new InstrumentId(new Symbol(row.Symbol + "-SPOT"), venue),
            RawSymbol = new Symbol(row.Symbol),
            BaseCurrency = Currency.GetOrCreateCrypto(baseCode),
            QuoteCurrency = Currency.GetOrCreateCrypto(quoteCode),
            PriceIncrement = priceTick,
            SizeIncrement = sizeTick,
            MinQuantity = MinQuantity(row),
            MinNotional = MinNotional(row),
            MakerFee = row.MakerFeePercent / 100m,
            TakerFee = row.TakerFeePercent / 100m,
            TsEvent = now,
            TsInit = now,
        };
    }

    private static Quantity? MinQuantity(MarketRow row) => row.MinBaseAmount > 0 ? new Quantity(row.MinBaseAmount, row.SizeDecimals) : null;

    private static Money? MinNotional(MarketRow row) => row.MinQuoteAmount > 0 ? new Money(row.MinQuoteAmount, Currency.USDC) : null;
}

/// <summary>The venue's markets, both ways. Replaced as a whole when instruments are loaded.</summary>
internal sealed class MarketTable
{
    public static readonly MarketTable Empty = new([]);

    private readonly Dictionary<short, LighterMarket> _byIndex = [];
    private readonly Dictionary<InstrumentId, LighterMarket> _byInstrument = [];

    public MarketTable(IEnumerable<LighterMarket> markets)
    {
        foreach (var market in markets)
        {
            _byIndex[market.Index] = market;
            _byInstrument[market.InstrumentId] = market;
        }
    }

    public IReadOnlyCollection<LighterMarket> All => _byIndex.Values;

    public LighterMarket? Find(short index) => _byIndex.GetValueOrDefault(index);

    public LighterMarket? Find(InstrumentId instrumentId) => _byInstrument.GetValueOrDefault(instrumentId);
}
