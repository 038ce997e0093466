using ExecutionAdapters.Cli.Conformance;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Testing.Conformance;
using Xunit.Abstractions;

namespace ExecutionAdapters.Conformance.Tests;

/// <summary>Every scenario on one venue, each a test of its own. A venue joins by a class with its name below, and a line in <see cref="ConformanceVenues"/>.</summary>
public abstract class ConformanceTests(ITestOutputHelper output, string venueName)
{
    private static readonly HashSet<string> Members = [.. typeof(VenueTraits).GetProperties().Concat(typeof(ExecutionClientCapabilities).GetProperties()).Select(property => property.Name)];

    public static TheoryData<string> Scenarios { get; } = new(ExecutionConformance.Scenarios.Select(scenario => scenario.Id));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task The_client_conforms_or_its_venue_cannot_do_it(string id)
    {
        var venue = ConformanceVenues.All.Single(each => each.Name == venueName);
        var result = await ExecutionConformance.RunAsync(ExecutionConformance.Scenarios.Single(scenario => scenario.Id == id), venue);
        output.WriteLine($"{result.Scenario}: {result.Outcome} {result.Detail} ({result.Duration.TotalMilliseconds:0} ms)");
        Assert.True(result.Outcome != ConformanceOutcome.Failed, $"{result.Scenario}: {result.Detail}");
        if (result.Outcome == ConformanceOutcome.NotApplicable)
        {
            Assert.Contains(result.Detail!.Split(':')[0], Members);
        }
    }
}

public sealed class LighterConformanceTests(ITestOutputHelper output) : ConformanceTests(output, "lighter");

public sealed class TektiiConformanceTests(ITestOutputHelper output) : ConformanceTests(output, "tektii");

/// <summary>The gateway in front of a broker that modifies an order by making a new one of what is left.</summary>
public sealed class TektiiReplacingConformanceTests(ITestOutputHelper output) : ConformanceTests(output, "tektii-replacing");
