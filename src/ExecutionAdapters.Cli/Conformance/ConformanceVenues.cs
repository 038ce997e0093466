using ExecutionAdapters.Testing.Conformance;

namespace ExecutionAdapters.Cli.Conformance;

/// <summary>The venues whose clients are held to the suite. A new one is a line here.</summary>
internal static class ConformanceVenues
{
    public static IReadOnlyList<ConformanceVenue> All { get; } =
    [
        new("lighter", LighterHarness.Traits, LighterHarness.StartAsync),
        new("tektii", TektiiHarness.Traits, stop => TektiiHarness.StartAsync(replacesOnModify: false, stop)),
        new("tektii-replacing", TektiiHarness.Traits, stop => TektiiHarness.StartAsync(replacesOnModify: true, stop)),
    ];
}
