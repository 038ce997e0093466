namespace ExecutionAdapters.Venues.Tektii.Prices;

/// <summary>An instrument with its latest quote and the candles known so far.</summary>
internal sealed class Market(TektiiInstrument instrument)
{
    private const int MostBars = 10_000;

    private IReadOnlyList<TektiiCandle> _candles = [];
    private readonly List<TektiiCandle> _built = [];
    private int _known;
    private TektiiCandle? _building;

    public TektiiInstrument Instrument { get; } = instrument;

    public string Symbol => Instrument.Symbol;

    public decimal Bid { get; private set; }

    public decimal Ask { get; private set; }

    public DateTimeOffset QuotedAt { get; private set; }

    public bool HasQuote => Ask > 0;

    public decimal Last => (Bid + Ask) / 2;

    /// <summary>The span of <see cref="Candles"/>.</summary>
    public Timeframe Timeframe { get; private set; } = Timeframe.Minute;

    /// <summary>Candles that have ended, oldest first.</summary>
    public IEnumerable<TektiiCandle> Candles => _candles.Take(_known);

    public bool IsOnTick(decimal price) => price % Instrument.TickSize == 0;

    public bool IsInLots(decimal quantity) => quantity % Instrument.LotSize == 0;

    /// <summary>What a market order of a side pays.</summary>
    public decimal PriceFor(TektiiSide side) => side == TektiiSide.Buy ? Ask : Bid;

    public void Move(decimal bid, decimal ask, DateTimeOffset now) => (Bid, Ask, QuotedAt) = (bid, ask, now);

    /// <summary>Puts the latest quote into the minute's candle; gives back the candle before when a new minute has begun.</summary>
    public TektiiCandle? Build()
    {
        long start = QuotedAt.ToUnixTimeMilliseconds() / Timeframe.Ms * Timeframe.Ms;
        decimal price = Last;
        if (_building is { } bar && bar.TimeMs == start)
        {
            _building = bar with { High = Math.Max(bar.High, price), Low = Math.Min(bar.Low, price), Close = price, Volume = bar.Volume + 1 };
            return null;
        }

        TektiiCandle? ended = _building;
        _building = new TektiiCandle(start, price, price, price, price, 1);
        if (ended is { } candle)
        {
            Add(candle);
        }

        return ended;
    }

    /// <summary>A candle that ended.</summary>
    public void Add(TektiiCandle candle)
    {
        if (_built.Count == MostBars)
        {
            _built.RemoveRange(0, MostBars / 10);
        }

        _built.Add(candle);
        (_candles, _known) = (_built, _built.Count);
    }

    /// <summary>Takes the candles of a backtest; none of them is known yet.</summary>
    public void Load(IReadOnlyList<TektiiCandle> candles, Timeframe timeframe) => (_candles, _known, Timeframe) = (candles, 0, timeframe);

    /// <summary>One more candle of the backtest has ended.</summary>
    public void Reveal() => _known++;
}
