namespace ExecutionAdapters.Venues.Tektii.Prices;

/// <summary>A span of candles that the protocol has a name for.</summary>
internal sealed record Timeframe(string Name, long Ms)
{
    private const long MinuteMs = 60_000;

    public static readonly Timeframe Minute = new("1m", MinuteMs);

    private static readonly Timeframe[] All =
    [
        Minute,
        new("2m", 2 * MinuteMs),
        new("5m", 5 * MinuteMs),
        new("10m", 10 * MinuteMs),
        new("15m", 15 * MinuteMs),
        new("30m", 30 * MinuteMs),
        new("1h", 60 * MinuteMs),
        new("2h", 120 * MinuteMs),
        new("4h", 240 * MinuteMs),
        new("12h", 720 * MinuteMs),
        new("1d", 1_440 * MinuteMs),
        new("1w", 10_080 * MinuteMs),
    ];

    public static string Names => string.Join(", ", All.Select(timeframe => timeframe.Name));

    public static Timeframe? Named(string name) => Array.Find(All, timeframe => timeframe.Name == name);

    /// <summary>The time frame of candles: their smallest distance; null when that is none that the protocol has. One candle is a minute.</summary>
    public static Timeframe? Of(IReadOnlyList<TektiiCandle> candles)
    {
        long smallest = candles.Count < 2 ? MinuteMs : long.MaxValue;
        for (int i = 1; i < candles.Count; i++)
        {
            smallest = Math.Min(smallest, candles[i].TimeMs - candles[i - 1].TimeMs);
        }

        return Array.Find(All, timeframe => timeframe.Ms == smallest);
    }

    /// <summary>Candles of a shorter span put together into candles of this one.</summary>
    public IEnumerable<TektiiCandle> Aggregate(IEnumerable<TektiiCandle> candles)
    {
        TektiiCandle? open = null;
        foreach (TektiiCandle candle in candles)
        {
            long start = candle.TimeMs / Ms * Ms;
            if (open is { } bar && bar.TimeMs == start)
            {
                open = bar with
                {
                    High = Math.Max(bar.High, candle.High),
                    Low = Math.Min(bar.Low, candle.Low),
                    Close = candle.Close,
                    Volume = bar.Volume + candle.Volume,
                };
                continue;
            }

            if (open is { } closed)
            {
                yield return closed;
            }

            open = candle with { TimeMs = start };
        }

        if (open is { } last)
        {
            yield return last;
        }
    }
}
