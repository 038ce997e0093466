using System.Diagnostics.Metrics;

namespace ExecutionAdapters.Engine;

/// <summary>What an engine measures, in the meter <c>ExecutionAdapters.Engine</c>.</summary>
internal static class EngineTelemetry
{
    private static readonly Meter Meter = new("ExecutionAdapters.Engine");
    private static readonly Counter<long> Applied = Meter.CreateCounter<long>("execution.engine.events.applied", "{event}", "Events applied to the books.");
    private static readonly Counter<long> PutAside = Meter.CreateCounter<long>("execution.engine.events.quarantined", "{event}", "Events that could not be applied.");
    private static readonly Counter<long> Redundant = Meter.CreateCounter<long>("execution.engine.events.redundant", "{event}", "Events that told what the books had already.");
    private static readonly Counter<long> Differences = Meter.CreateCounter<long>("execution.engine.reconciliation.unresolved", "{difference}", "Differences that a reconciliation left.");
    private static readonly Histogram<double> JournalWrite = Meter.CreateHistogram<double>("execution.engine.journal.write", "ms", "Time to write one batch.");
    private static readonly Histogram<double> JournalAge = Meter.CreateHistogram<double>("execution.engine.journal.delay", "ms", "From the application of an event to its being in the journal, of the oldest of each batch.");
    private static readonly Histogram<int> JournalSize = Meter.CreateHistogram<int>("execution.engine.journal.batch", "{event}", "Events in one batch.");

    /// <summary>What a crash at that moment would have kept out of the journal.</summary>
    public static void JournalDelay(TimeSpan age) => JournalAge.Record(age.TotalMilliseconds);

    public static void EventApplied() => Applied.Add(1);

    public static void EventPutAside() => PutAside.Add(1);

    public static void EventRedundant() => Redundant.Add(1);

    public static void Unresolved(int count) => Differences.Add(count);

    public static void JournalBatch(int events, TimeSpan took)
    {
        JournalWrite.Record(took.TotalMilliseconds);
        JournalSize.Record(events);
    }
}
