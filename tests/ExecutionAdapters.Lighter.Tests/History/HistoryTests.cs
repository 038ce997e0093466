using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace ExecutionAdapters.Lighter.Tests.History;

/// <summary>
/// Random histories: commands, what the venue does, faults, restarts and kills, in an order that follows from a seed. At quiet moments and at the
/// end the engine's books equal the venue's. <c>EXECUTION_ADAPTERS_SCHEDULES=1000</c> makes it a thousand, <c>EXECUTION_ADAPTERS_SEED=17</c> replays one.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int AtOnce = 6;

    [Fact]
    public async Task Whatever_happens_the_engine_ends_with_the_books_of_the_venue()
    {
        var only = Number("EXECUTION_ADAPTERS_SEED");
        var seeds = only is { } seed ? [seed] : Enumerable.Range(1, Number("EXECUTION_ADAPTERS_SCHEDULES") ?? 100).ToArray();
        var failures = new ConcurrentQueue<string>();
        var counts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var history = new RandomHistory(number);
            try
            {
                await history.RunAsync();
            }
            catch (Exception exception)
            {
                failures.Enqueue($"EXECUTION_ADAPTERS_SEED={number}: {exception.Message}\n{history.Story}");
            }

            foreach (var (what, times) in history.Counts)
            {
                counts.AddOrUpdate(what, times, (_, before) => before + times);
            }
        });
        output.WriteLine($"{seeds.Length} histories: {string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"))}");
        Assert.True(only is not null || counts.GetValueOrDefault("OrderFilled") > seeds.Length, "hardly anything was traded, so nothing is shown");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {seeds.Length} histories ended wrong.\n{string.Join("\n\n", failures.Take(5))}");
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
