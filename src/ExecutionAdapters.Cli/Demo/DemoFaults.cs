using System.Text.Json;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>Random faults of the venue while a demo runs, and how often each of them happened.</summary>
internal static class DemoFaults
{
    public static void Arm(LighterVenue venue, ulong seed) => venue.Faults.Load(LighterVenueFaults.RandomScript(seed));

    /// <summary>Ends all faults.</summary>
    /// <returns>How often each kind happened; also those that did not.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> EndAsync(LighterVenue venue)
    {
        using var armed = JsonDocument.Parse(await venue.Faults.DescribeAsync().ConfigureAwait(false));
        venue.Faults.Clear();
        return armed.RootElement.GetProperty("faults").EnumerateArray()
            .GroupBy(rule => rule.GetProperty("fault").GetString()!, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => kind.Sum(rule => rule.GetProperty("fired").GetInt64()), StringComparer.Ordinal);
    }
}
