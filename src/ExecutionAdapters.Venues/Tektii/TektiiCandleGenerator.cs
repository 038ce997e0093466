using System.Globalization;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// Makes minute candles by a seeded random walk that is drawn back to its start: same arguments, same candles, on every machine.
/// A year has 525,600 of them.
/// </summary>
public static class TektiiCandleGenerator
{
    private const int StartTicks = 18_700;
    private const int StepsPerCandle = 4;
    private const int StepReach = 6;

    /// <summary>The candles, ending never: take as many as are wanted.</summary>
    /// <param name="seed">Seed of the walk.</param>
    /// <returns>Candles a minute apart from 2025-01-01T00:00:00Z on, around 187.00, in ticks of 0.01.</returns>
    public static IEnumerable<TektiiCandle> Generate(ulong seed)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        long timeMs = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        int price = StartTicks;
        while (true)
        {
            int open = Step(random, price);
            (int high, int low, int close) = (open, open, open);
            for (int step = 0; step < StepsPerCandle; step++)
            {
                close = Step(random, close);
                (high, low) = (Math.Max(high, close), Math.Min(low, close));
            }

            yield return new TektiiCandle(timeMs, Price(open), Price(high), Price(low), Price(close), random.Next(100, 20_000));
            price = close;
            timeMs += 60_000;
        }
    }

    /// <summary>Writes a candle file.</summary>
    /// <param name="path">The file; it is replaced.</param>
    /// <param name="minutes">How many candles, 1 or more.</param>
    /// <param name="seed">Seed of the walk.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minutes"/> is below 1.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, int minutes, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(TektiiCandleFile.Header);
        foreach (TektiiCandle candle in Generate(seed).Take(minutes))
        {
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{candle.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{candle.Open},{candle.High},{candle.Low},{candle.Close},{candle.Volume}"));
        }
    }

    private static int Step(Random random, int ticks) =>
        Math.Max(1, ticks + random.Next(-StepReach, StepReach + 1) + ((StartTicks - ticks) / 1_024));

    private static decimal Price(int ticks) => new(ticks, 0, 0, isNegative: false, scale: 2);
}
