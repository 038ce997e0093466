using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExecutionAdapters.Cli.Tests;

public sealed partial class DemoAndVenueTests
{
    [Fact]
    public async Task A_demo_ends_with_books_that_agree()
    {
        var result = await CliProcess.RunAsync("", "demo", "--orders", "60", "--seed", "3", "--json");
        AssertDemo(result, orders: 60);
        Assert.Single(result.OutputLines);
    }

    [Fact]
    public async Task Two_demos_at_once_do_not_meet()
    {
        var results = await Task.WhenAll(
            CliProcess.RunAsync("", "demo", "--orders", "40", "--seed", "1", "--json"),
            CliProcess.RunAsync("", "demo", "--orders", "40", "--seed", "1", "--json"));
        Assert.All(results, result => AssertDemo(result, orders: 40));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_demo_of_few_orders_works(int orders) =>
        AssertDemo(await CliProcess.RunAsync("", "demo", "--orders", orders.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json"), orders);

    [Theory]
    [InlineData("1")]
    [InlineData("6")]
    public async Task A_demo_under_faults_ends_with_books_that_agree(string seed)
    {
        var result = await CliProcess.RunAsync("", "demo", "--orders", "50", "--faults", "--fault-seed", seed, "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal(0, (int)json["discrepancies"]!);
        Assert.True((int)json["orders"]!["submitted"]! >= 50);
        Assert.True(json["faults"]!.AsObject().Sum(fault => (long)fault.Value!) > 0);
    }

    [Fact]
    public async Task A_seed_of_faults_without_faults_is_wrong_usage()
    {
        var result = await CliProcess.RunAsync("", "demo", "--fault-seed", "1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--faults", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pipe_the_demo_prints_a_line_per_event_and_a_summary()
    {
        var result = await CliProcess.RunAsync("", "demo", "--orders", "20");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.OutputLines, line => line.EndsWith(" accepted", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, line => line.StartsWith("orders: ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task A_sample_client_trades_at_a_venue_that_was_started_by_hand()
    {
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0", "--seed", "11");
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        var port = Port().Match(printed).Groups[1].Value;
        var key = PrivateKey().Match(printed).Groups[1].Value;
        var result = await CliProcess.RunProgramAsync("SubmitOneOrder.dll", "", new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = key }, port);
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("OrderSubmitted", result.Output, StringComparison.Ordinal);
        Assert.Contains("OrderAccepted", result.Output, StringComparison.Ordinal);
        Assert.Contains("OrderFilled", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_client_without_a_venue_or_a_key_says_so_in_one_line()
    {
        var noKey = await CliProcess.RunProgramAsync("SubmitOneOrder.dll", "", new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = "" }, "1");
        Assert.Equal(1, noKey.ExitCode);
        Assert.Contains("LIGHTER_API_SECRET", noKey.ErrorLine, StringComparison.Ordinal);
        var key = new string('1', 80);
        var noVenue = await CliProcess.RunProgramAsync("SubmitOneOrder.dll", "", new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = key }, "1");
        Assert.Equal(1, noVenue.ExitCode);
        Assert.Contains("127.0.0.1:1", noVenue.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_account()
    {
        await using var first = CliProcess.Start("venue", "lighter", "--port", "0", "--seed", "11");
        await using var second = CliProcess.Start("venue", "lighter", "--port", "0", "--seed", "11");
        Assert.Equal(
            PrivateKey().Match(await first.ReadUntilAsync("private key")).Value,
            PrivateKey().Match(await second.ReadUntilAsync("private key")).Value);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_line()
    {
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0");
        var port = Port().Match(await venue.ReadUntilAsync("stream")).Groups[1].Value;
        var result = await CliProcess.RunAsync("", "venue", "lighter", "--port", port);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(port, result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_stops_the_venue()
    {
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0");
        await venue.ReadUntilAsync("Stop with Ctrl+C");
        await venue.InterruptAsync();
        Assert.Equal(0, await venue.WaitForExitAsync());
    }

    [Fact]
    public async Task A_venue_with_a_fault_script_says_so_and_has_it_armed()
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, "{\"faults\":[{\"fault\":\"refuse_request\",\"path\":\"nextNonce\",\"status\":503}]}");
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0", "--faults", script);
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        Assert.Contains("FAULTS ARE ON", printed, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port().Match(printed).Groups[1].Value}") };
        var refused = await http.GetAsync(new Uri("/api/v1/nextNonce?account_index=12345&api_key_index=5", UriKind.Relative));
        Assert.Equal(503, (int)refused.StatusCode);
        var faults = JsonNode.Parse(await http.GetStringAsync(new Uri("/control/faults", UriKind.Relative)))!["faults"]!;
        Assert.Equal(1, (int)faults[0]!["fired"]!);
        File.Delete(script);
    }

    [Fact]
    public async Task A_fault_script_that_is_wrong_or_missing_is_one_clear_line()
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, "{\"faults\":[{\"fault\":\"explode\"}]}");
        var wrong = await CliProcess.RunAsync("", "venue", "lighter", "--port", "0", "--faults", script);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("faults[0]: 'explode' is no fault", wrong.ErrorLine, StringComparison.Ordinal);
        File.Delete(script);
        var missing = await CliProcess.RunAsync("", "venue", "lighter", "--port", "0", "--faults", script);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains(script, missing.ErrorLine, StringComparison.Ordinal);
    }

    private static void AssertDemo(CliResult result, int orders)
    {
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(result.OutputLines[^1])!;
        Assert.True((bool)json["ok"]!);
        Assert.Equal("lighter", (string?)json["venue"]);
        Assert.Equal(0, (int)json["discrepancies"]!);
        Assert.Equal(orders, (int)json["orders"]!["submitted"]! + (int)json["orders"]!["denied"]!);
        Assert.True((int)json["signatures_verified"]! >= (int)json["orders"]!["accepted"]!);
        Assert.NotNull(json["latency_us"]!["sign_p50"]);
        Assert.NotNull(json["latency_us"]!["submit_to_ack_p50"]);
        Assert.NotNull(json["latency_us"]!["submit_to_ack_p99"]);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"private key\s+([0-9a-f]{80})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateKey();
}
