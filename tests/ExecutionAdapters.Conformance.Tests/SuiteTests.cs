using ExecutionAdapters.Cli.Conformance;
using ExecutionAdapters.Testing.Conformance;

namespace ExecutionAdapters.Conformance.Tests;

/// <summary>The suite itself: that it is whole, that the page shows it, and that it has teeth.</summary>
public sealed class SuiteTests
{
    private static readonly string[] Specified =
    [
        .. Range("TC-E", 1, 6), .. Range("TC-E", 10, 19), .. Range("TC-E", 20, 27), .. Range("TC-E", 30, 36), .. Range("TC-E", 40, 44), .. Range("TC-E", 50, 53), .. Range("TC-E", 60, 63),
        .. Range("TC-E", 70, 78), .. Range("TC-E", 80, 87), "TC-E90", "TC-E91", "TC-E92", "TC-E94", "TC-E96", "TC-E99", "TC-E100", "TC-E101", .. Range("TC-N", 1, 13),
    ];

    [Fact]
    public void Every_case_of_the_specification_is_a_scenario() =>
        Assert.Equal(Specified, ExecutionConformance.Scenarios.Select(scenario => scenario.Id));

    [Fact]
    public void The_documented_table_is_what_applies_to_each_venue()
    {
        var venues = ConformanceVenues.All;
        var results = ExecutionConformance.Scenarios.SelectMany(scenario => venues.Select(venue => scenario.WhyNotApplicable(venue.Traits) is { } reason
            ? new ConformanceResult(scenario, venue.Name, ConformanceOutcome.NotApplicable, reason, default)
            : new ConformanceResult(scenario, venue.Name, ConformanceOutcome.Passed, null, default)));
        var table = new ConformanceReport([.. venues.Select(venue => venue.Name)], [.. results]).ToMarkdown();
        Assert.Contains(table, File.ReadAllText(Path.Combine(FindRoot(), "docs", "conformance.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_left_out_on_an_embedded_venue_because_its_harness_cannot_do_it() =>
        Assert.DoesNotContain(
            ExecutionConformance.Scenarios.SelectMany(scenario => ConformanceVenues.All.Select(venue => scenario.WhyNotApplicable(venue.Traits))),
            reason => reason?.StartsWith(nameof(VenueTraits.Faults), StringComparison.Ordinal) == true);

    [Theory]
    [InlineData("TC-E10", Lie.HideAcceptances, "to go I S A; it went I S.")]
    [InlineData("TC-E13", Lie.HideFills, "to go I S A F+")]
    [InlineData("TC-E40", Lie.RepeatCancels, "PC C CR")]
    [InlineData("TC-N04", Lie.RejectOnLoss, "to go I S A; it went I S R")]
    public async Task A_client_that_lies_does_not_pass(string id, Lie lie, string complaint)
    {
        var honest = ConformanceVenues.All.Single(venue => venue.Name == "lighter");
        var venue = new ConformanceVenue("lying", honest.Traits with { Patience = TimeSpan.FromSeconds(3) }, async stop => new LyingHarness(await honest.StartAsync(stop), lie));
        var result = await ExecutionConformance.RunAsync(ExecutionConformance.Scenarios.Single(scenario => scenario.Id == id), venue);
        Assert.Equal(ConformanceOutcome.Failed, result.Outcome);
        Assert.Contains(complaint, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_names_failures_in_the_table_and_in_json()
    {
        var scenario = ExecutionConformance.Scenarios[0];
        var broken = new ConformanceVenue("broken", LighterHarness.Traits, _ => throw new InvalidOperationException("it does not start"));
        var report = await ExecutionConformance.RunAsync([scenario], [broken]);
        Assert.False(report.IsPassed);
        Assert.Contains($"| {scenario.Id} | {scenario.Title} | ✗ |", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("it does not start", report.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"failed\"", report.ToJson(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Range(string prefix, int from, int to) => Enumerable.Range(from, to - from + 1).Select(number => $"{prefix}{number:00}");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExecutionAdapters.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder;
    }
}
