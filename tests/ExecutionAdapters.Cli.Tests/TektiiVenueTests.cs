using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExecutionAdapters.Cli.Tests;

public sealed partial class TektiiVenueTests
{
    [Fact]
    public async Task A_paper_venue_quotes_its_symbols_until_it_is_interrupted()
    {
        await using var venue = CliProcess.Start("venue", "tektii", "--port", "0", "--symbol", "S:MSFT");
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        Assert.Contains("key  not asked for", printed, StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port().Match(printed).Groups[1].Value}") };
        var quote = JsonNode.Parse(await http.GetStringAsync(new Uri("/v1/quotes/S%3AMSFT", UriKind.Relative)))!;
        Assert.Equal("S:MSFT", (string)quote["symbol"]!);
        await venue.InterruptAsync();
        Assert.Equal(0, await venue.WaitForExitAsync());
    }

    [Fact]
    public async Task Made_candles_can_be_replayed()
    {
        var file = Path.GetTempFileName();
        var made = await CliProcess.RunAsync("", "venue", "tektii", "--make-candles", file, "--minutes", "30", "--seed", "3");
        Assert.Equal((0, 31), (made.ExitCode, (await File.ReadAllLinesAsync(file)).Length));
        await using var venue = CliProcess.Start("venue", "tektii", "--port", "0", "--backtest", file);
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        Assert.Contains("30 candles of S:AAPL", printed, StringComparison.Ordinal);
        Assert.Contains("/api/v1", printed, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task What_is_wrong_is_one_clear_line()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "timestamp,open,high,low,close,volume\n1,2,3\n");
        var candles = await CliProcess.RunAsync("", "venue", "tektii", "--port", "0", "--backtest", file);
        Assert.Equal(2, candles.ExitCode);
        Assert.Contains("line 2", candles.ErrorLine, StringComparison.Ordinal);
        File.Delete(file);
        var key = await CliProcess.RunAsync("", "venue", "tektii", "--api-key-env", "TEKTII_NO_SUCH_KEY");
        Assert.Equal(2, key.ExitCode);
        Assert.Contains("TEKTII_NO_SUCH_KEY", key.ErrorLine, StringComparison.Ordinal);
        var symbol = await CliProcess.RunAsync("", "venue", "tektii", "--port", "0", "--symbol", "A-SYMBOL-THAT-IS-TOO-LONG");
        Assert.Equal(2, symbol.ExitCode);
    }

    [Theory]
    [InlineData("no-such-candles.csv", "no such file", "venue", "tektii", "--port", "0", "--backtest")]
    [InlineData("", "directory", "venue", "tektii", "--port", "0", "--backtest")]
    [InlineData("no-such-candles.csv", "no such file", "demo", "--venue", "tektii", "--candles")]
    [InlineData("", "directory", "demo", "--venue", "tektii", "--candles")]
    public async Task A_candle_file_that_is_not_there_is_wrong_usage_that_names_it(string name, string complaint, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        var result = await CliProcess.RunAsync("", [.. arguments, path]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(path, result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(complaint, result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--in-flight is of no use without --backtest", "--in-flight", "0")]
    [InlineData("--in-flight is 0", "--in-flight", "0", "--backtest", "candles.csv")]
    [InlineData("--minutes is of no use without --make-candles", "--minutes", "5")]
    public async Task Options_that_would_change_nothing_are_refused(string complaint, params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", ["venue", "tektii", "--port", "0", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(complaint, result.ErrorLine, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();
}
