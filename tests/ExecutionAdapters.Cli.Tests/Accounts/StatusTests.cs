using System.Text.Json.Nodes;
using ExecutionAdapters.Cli.Accounts;

namespace ExecutionAdapters.Cli.Tests.Accounts;

public sealed class StatusTests
{
    [Fact]
    public async Task A_demo_prints_one_object_with_orders_positions_and_fills()
    {
        var result = await CliProcess.RunAsync("", "status", "--demo", "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal("LIGHTER-12345", (string?)json["account_id"]);
        Assert.Equal("premium", (string?)json["tier"]);
        Assert.Contains(json["account"]!["balances"]!.AsArray(), balance => (string?)balance!["currency"] == "USDC");
        Assert.Single(json["account"]!["margins"]!.AsArray());
        Assert.Equal(3, json["mass_status"]!["order_reports"]!.AsArray().Count(order => (string?)order!["order_status"] == "ACCEPTED"));
        Assert.Equal(2, json["mass_status"]!["position_reports"]!.AsArray().Count);
        Assert.True(json["mass_status"]!["fill_reports"]!.AsArray().Count >= 2);
        Assert.Empty(json["failed_parts"]!.AsArray());
    }

    [Fact]
    public async Task A_configured_account_is_shown_as_tables()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var result = await venue.RunAsync("status");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        foreach (var text in new[] { "Account LIGHTER-12345, tier premium", "Balances", "Margins", "Open orders", "Positions", "Recent fills", "LIMIT", "SHORT", "TAKER" })
        {
            Assert.Contains(text, result.Output, StringComparison.Ordinal);
        }

        venue.AssertClean(result);
    }

    [Fact]
    public async Task An_empty_account_has_none_of_each()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        var result = await venue.RunAsync("status");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Open orders: none", result.OutputLines);
        Assert.Contains("Positions: none", result.OutputLines);
        Assert.Contains("Recent fills: none", result.OutputLines);
    }

    [Fact]
    public async Task What_could_not_be_asked_is_named_and_not_shown_as_empty()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        venue.Venue.Faults.RefuseRest("trades", 503, 503, "out of order", times: 100);
        var result = await venue.RunAsync("status", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("fill_reports", result.ErrorLine, StringComparison.Ordinal);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal("fill_reports", (string?)Assert.Single(json["failed_parts"]!.AsArray()));
        Assert.Null(json["mass_status"]!["fill_reports"]);
        Assert.Equal(2, json["mass_status"]!["position_reports"]!.AsArray().Count);
        var table = await venue.RunAsync("status");
        Assert.Equal(1, table.ExitCode);
        Assert.Contains("Recent fills: NOT KNOWN, the venue could not be asked", table.OutputLines);
        Assert.Contains("SHORT", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--demo", "status")]
    [InlineData("--demo", "status", "--demo", "--config", "x")]
    [InlineData("--lookback-mins", "status", "--demo", "--lookback-mins", "0")]
    [InlineData("no such file", "status", "--config", "/nowhere/at/all.json")]
    [InlineData("--demo", "flatten", "--yes")]
    [InlineData("--integrator", "revoke-integrator", "--demo")]
    [InlineData("--integrator", "revoke-integrator", "--demo", "--integrator", "0")]
    public async Task Wrong_usage_is_one_line_and_two(string named, params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_configuration_without_credentials_is_wrong_usage()
    {
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, """{"venue":"lighter","lighter":{"environment":"testnet"}}""");
        var result = await CliProcess.RunAsync("", "status", "--config", config);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no account and key", result.ErrorLine, StringComparison.Ordinal);
        File.Delete(config);
    }
}
