namespace ExecutionAdapters.Cli.Bench;

/// <summary>One figure: the median time of an operation and what it allocates.</summary>
/// <param name="Name">Its key, without the unit.</param>
/// <param name="Nanoseconds">Median over the rounds.</param>
/// <param name="Bytes">Allocated per operation on the measuring thread.</param>
internal readonly record struct Figure(string Name, double Nanoseconds, long Bytes);

/// <summary>
/// Times short operations: warmed up until they are compiled at full optimization, then many short rounds, of which the median
/// counts, since rounds that something else interrupted are outliers and not part of the figure.
/// </summary>
internal static class Measure
{
    private const int Rounds = 25;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(12);

    /// <param name="name">The figure's name.</param>
    /// <param name="run">Does the operation so many times.</param>
    /// <param name="perCall">How many operations one counts for.</param>
    public static Figure Time(string name, Action<int> run, int perCall = 1)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var calls = 0;
        while (clock.GetElapsedTime(started) < WarmUp)
        {
            run(1);
            calls++;
        }

        var perRound = (int)Math.Clamp(calls * (RoundLength / WarmUp), 1, int.MaxValue);
        run(perRound);
        var times = new double[Rounds];
        var allocated = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            started = clock.GetTimestamp();
            run(perRound);
            times[i] = clock.GetElapsedTime(started).TotalNanoseconds / perRound / perCall;
            allocated = Math.Min(allocated, (GC.GetAllocatedBytesForCurrentThread() - before) / perRound / perCall);
        }

        Array.Sort(times);
        return new Figure(name, times[Rounds / 2], allocated);
    }

    public static double Percentile(double[] sorted, double percent) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * percent / 100))];
}
