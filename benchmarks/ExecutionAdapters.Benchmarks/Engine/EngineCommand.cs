using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Benchmarks.Engine;

/// <summary>
/// <c>engine [--events N]</c>: events applied, a reconciliation, memory per open order, the journal written and opened again. Each is one long run,
/// for what counts is the whole of it; the first is made twice and the second time counts.
/// </summary>
internal static class EngineCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var events = args is ["--events", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        Apply(events / 10);
        var applied = Apply(events);
        Reconcile(1_000, 10);
        var (cold, again) = Reconcile(10_000, 10);
        var (write, open, megabytes) = await JournalAsync(events).ConfigureAwait(false);
        await output.WriteLineAsync(JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["machine"] = Machine.Describe(),
            ["events"] = events,
            ["events_applied_per_s"] = Math.Round(applied),
            ["reconcile_10000_orders_100000_fills_ms"] = Math.Round(cold, 1),
            ["reconcile_again_ms"] = Math.Round(again, 1),
            ["bytes_per_open_order"] = BytesPerOpenOrder(),
            ["journal_events_written_per_s"] = Math.Round(write),
            ["journal_open_ms"] = Math.Round(open, 1),
            ["journal_megabytes"] = Math.Round(megabytes, 1),
        })).ConfigureAwait(false);
        return 0;
    }

    private static double Apply(int events)
    {
        var cache = new ExecutionCache();
        cache.AddInstrument(EngineStories.Instrument);
        var orders = events / 4;
        var told = new List<OrderEvent>(events);
        for (var order = 0; order < orders; order++)
        {
            told.AddRange([EngineStories.Initialized(order), EngineStories.Submitted(order), EngineStories.Accepted(order), EngineStories.Filled(order)]);
        }

        var started = Stopwatch.GetTimestamp();
        foreach (var orderEvent in told)
        {
            if (orderEvent is OrderInitialized initialized)
            {
                cache.AddOrder(initialized);
            }
            else if (cache.Apply(orderEvent) is { } problem)
            {
                throw new InvalidOperationException(problem);
            }
        }

        return told.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Open orders here that are all filled at the venue, by trades that nobody has told yet. Milliseconds of the plan, and of one when all is applied.</summary>
    private static (double Cold, double Again) Reconcile(int orders, int fillsOfEach)
    {
        var cache = new ExecutionCache();
        cache.AddInstrument(EngineStories.Instrument);
        var quantity = string.Create(CultureInfo.InvariantCulture, $"{fillsOfEach}.0000");
        for (var order = 0; order < orders; order++)
        {
            cache.AddOrder(EngineStories.Initialized(order, quantity));
            cache.Apply(EngineStories.Submitted(order));
            cache.Apply(EngineStories.Accepted(order));
        }

        var venue = new VenueSnapshot
        {
            AccountId = EngineStories.Account,
            Venue = EngineStories.Venue,
            Orders = Evidence.Complete([.. Enumerable.Range(0, orders).Select(order => EngineStories.Report(order, quantity))]),
            Fills = Evidence.Complete([.. Enumerable.Range(0, orders).SelectMany(order => Enumerable.Range(0, fillsOfEach).Select(part => EngineStories.Fill(order, part)))]),
            Positions = Evidence.Complete<PositionStatusReport>([]),
            AsOf = new UnixNanos(1_765_000_000_000_000_000UL),
        };
        var options = new ReconciliationOptions { TraderId = EngineStories.Trader };
        var started = Stopwatch.GetTimestamp();
        var plan = ReconciliationPlanner.Plan(cache.Snapshot(EngineStories.Account, EngineStories.Venue), venue, options);
        var cold = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (plan.Events.Count != orders * fillsOfEach || plan.Unresolved.Count > 0)
        {
            throw new InvalidOperationException($"{plan.Events.Count} events, {plan.Unresolved.Count} unresolved: {string.Join("; ", plan.Unresolved.Take(3))}");
        }

        foreach (var orderEvent in plan.Events)
        {
            cache.Apply(orderEvent);
        }

        started = Stopwatch.GetTimestamp();
        var second = ReconciliationPlanner.Plan(cache.Snapshot(EngineStories.Account, EngineStories.Venue), venue, options);
        var again = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return second.IsEmpty ? (cold, again) : throw new InvalidOperationException($"The second plan has {second.Events.Count} events.");
    }

    private static long BytesPerOpenOrder()
    {
        const int Orders = 100_000;
        var cache = new ExecutionCache();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var order = 0; order < Orders; order++)
        {
            cache.AddOrder(EngineStories.Initialized(order));
            cache.Apply(EngineStories.Submitted(order));
            cache.Apply(EngineStories.Accepted(order));
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(cache);
        return (after - before) / Orders;
    }

    /// <summary>Every event of a day goes in as fast as it can be taken; one order in a hundred stays open.</summary>
    private static async Task<(double Written, double OpenMs, double Megabytes)> JournalAsync(int events)
    {
        var folder = Directory.CreateTempSubdirectory("execution-adapters-");
        try
        {
            var path = Path.Combine(folder.FullName, "journal.db");
            var written = await WriteAsync(path, events).ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            await using var store = new SqliteJournalStore(path);
            var head = await store.OpenAsync().ConfigureAwait(false);
            var orders = head.OpenOrders.Select(JournalReader.OrderOf).ToList();
            var opened = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return orders.Count == OpenOrders(events) && head.LastSequence >= events - OpenOrders(events)
                ? (written, opened, new FileInfo(path).Length / 1e6)
                : throw new InvalidOperationException($"{orders.Count} orders are open, the last event is {head.LastSequence}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> WriteAsync(string path, int events)
    {
        var cache = new ExecutionCache();
        cache.AddInstrument(EngineStories.Instrument);
        await using var journal = new EngineJournal(new SqliteJournalStore(path), int.MaxValue, TimeProvider.System, NullLogger.Instance);
        await journal.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (var order = 0; order < events / 4; order++)
        {
            var kept = cache.AddOrder(EngineStories.Initialized(order));
            journal.Record(kept.Events[0], kept, null, null);
            count++;
            foreach (var orderEvent in IsOpen(order) ? [EngineStories.Submitted(order), EngineStories.Accepted(order)] : new OrderEvent[] { EngineStories.Submitted(order), EngineStories.Accepted(order), EngineStories.Filled(order) })
            {
                cache.Apply(orderEvent);
                journal.Record(orderEvent, kept, null, orderEvent is OrderFilled ? cache.Position(EngineStories.Eth)!.Snapshot : null);
                count++;
            }

            if (order % 10_000 == 0)
            {
                await journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        await journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static bool IsOpen(int order) => order % 100 == 0;

    private static int OpenOrders(int events) => Enumerable.Range(0, events / 4).Count(IsOpen);
}
