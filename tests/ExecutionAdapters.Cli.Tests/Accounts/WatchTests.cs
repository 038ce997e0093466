using System.Text.Json.Nodes;
using ExecutionAdapters.Cli.Accounts;

namespace ExecutionAdapters.Cli.Tests.Accounts;

public sealed class WatchTests
{
    [Fact]
    public async Task What_another_session_does_comes_as_json_lines()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var watch = CliProcess.Start("watch", "--config", venue.Config, "--json");
        await watch.ReadUntilAsync("\"report\":\"mass_status\"");
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        await watch.ReadUntilAsync("\"report\":\"fill\"");
        await watch.ReadUntilAsync("\"order_status\":\"ACCEPTED\"");
        await watch.InterruptAsync();
        var result = await watch.FinishAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.All(result.OutputLines, line => Assert.IsType<JsonObject>(JsonNode.Parse(line)));
        Assert.Contains(result.OutputLines, line => line.Contains("\"notice\":\"connected\"", StringComparison.Ordinal));
        venue.AssertClean(result);
    }

    [Fact]
    public async Task In_a_pipe_it_prints_a_line_per_event_and_ends_with_its_time()
    {
        var result = await CliProcess.RunAsync("", "watch", "--demo", "--seconds", "3");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(result.OutputLines, line => line.StartsWith("watching LIGHTER-12345: ", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, line => line.StartsWith("position ", StringComparison.Ordinal));
        Assert.Contains(result.OutputLines, line => line.StartsWith("account ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Theory]
    [InlineData("--json", "\"report\":\"mass_status\"")]
    [InlineData("--demo", "watching")]
    public async Task It_ends_in_order_when_nobody_reads_any_more(string form, string first)
    {
        await using var watch = form == "--demo" ? CliProcess.Start("watch", "--demo") : CliProcess.Start("watch", "--demo", form);
        await watch.ReadUntilAsync(first);
        watch.CloseOutput();
        Assert.Equal(0, await watch.WaitForExitAsync());
    }

    [Fact]
    public async Task A_watch_sends_no_transaction()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        var result = await venue.RunAsync("watch", "--seconds", "1", "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(venue.Venue.Transactions);
    }

    [Fact]
    public async Task No_time_at_all_is_wrong_usage()
    {
        var result = await CliProcess.RunAsync("", "watch", "--demo", "--seconds", "0");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--seconds", result.ErrorLine, StringComparison.Ordinal);
    }
}
