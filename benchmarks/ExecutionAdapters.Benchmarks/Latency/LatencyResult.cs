namespace ExecutionAdapters.Benchmarks.Latency;

/// <summary>What a session gave.</summary>
/// <param name="Orders">How many orders were measured.</param>
/// <param name="Prepared">Whether nonces were made ahead.</param>
/// <param name="Acknowledgement">From the command to the acknowledgement, microseconds, sorted.</param>
/// <param name="Sign">To hash, sign and encode, microseconds, sorted.</param>
/// <param name="Before">The process before the first order.</param>
/// <param name="After">The process after the last one.</param>
internal sealed record LatencyResult(int Orders, bool Prepared, double[] Acknowledgement, double[] Sign, Counters Before, Counters After)
{
    /// <summary>The percentiles that are told, with their names.</summary>
    public static readonly (string Name, double Percent)[] Percentiles =
        [("p50", 50), ("p90", 90), ("p99", 99), ("p99.9", 99.9), ("p99.99", 99.99), ("max", 100)];

    public double OrdersPerSecond => Orders / TimeProvider.System.GetElapsedTime(Before.Timestamp, After.Timestamp).TotalSeconds;

    public long BytesPerOrder => (After.AllocatedBytes - Before.AllocatedBytes) / Orders;

    public TimeSpan GcPause => After.GcPause - Before.GcPause;

    /// <summary>Collections whose oldest generation it was.</summary>
    public int Collections(int generation) =>
        After.CollectionsFrom(generation) - Before.CollectionsFrom(generation)
        - (After.CollectionsFrom(generation + 1) - Before.CollectionsFrom(generation + 1));

    /// <summary>The smallest value that so many percent of the values do not exceed.</summary>
    public static double Percentile(double[] sorted, double percent) =>
        sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
}

/// <summary>What the runtime counts from the start of the process.</summary>
internal sealed record Counters(long Timestamp, long AllocatedBytes, TimeSpan GcPause, int[] CollectionCounts)
{
    public static Counters Read() => new(
        TimeProvider.System.GetTimestamp(),
        GC.GetTotalAllocatedBytes(precise: true),
        GC.GetTotalPauseDuration(),
        [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)]);

    /// <summary>Collections of that generation or an older one.</summary>
    public int CollectionsFrom(int generation) => generation <= GC.MaxGeneration ? CollectionCounts[generation] : 0;
}
