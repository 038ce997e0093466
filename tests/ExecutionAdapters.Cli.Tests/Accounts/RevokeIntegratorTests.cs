using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Tests.Accounts;

public sealed class RevokeIntegratorTests
{
    [Fact]
    public async Task An_approved_integrator_is_no_longer_listed()
    {
        await using var venue = await ConfiguredVenue.StartAsync(new LighterVenueOptions { ApprovedIntegrators = [77, 78] });
        var result = await venue.RunAsync("revoke-integrator", "--integrator", "77", "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.True((bool)json["admitted"]!);
        Assert.False((bool)json["listed"]!);
        venue.AssertClean(result);
    }

    [Fact]
    public async Task A_demo_revokes_what_its_venue_had_approved()
    {
        var result = await CliProcess.RunAsync("", "revoke-integrator", "--demo", "--integrator", "77");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("does not list integrator 77", Assert.Single(result.OutputLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_one_line_with_the_venues_words()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        venue.Venue.Faults.AnswerNextTransaction(21505, "not today");
        var result = await venue.RunAsync("revoke-integrator", "--integrator", "77", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("21505", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_lost_answer_is_told_as_unknown()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        venue.Venue.Faults.SwallowNextAcknowledgements(1);
        var result = await venue.RunAsync("revoke-integrator", "--integrator", "77");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("unknown", result.ErrorLine, StringComparison.Ordinal);
    }
}
