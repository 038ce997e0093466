using System.Text.Json.Nodes;

namespace ExecutionAdapters.Cli.Tests.Backtest;

/// <summary>The strategy at the second venue, as a person runs it.</summary>
public sealed class TektiiDemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_backtest_gives_the_same_numbers_on_every_run_and_its_books_agree()
    {
        var first = await CliProcess.RunAsync("", "demo", "--venue", "tektii", "--minutes", "3000", "--json");
        Assert.Equal(("", 0), (first.Error, first.ExitCode));
        var json = JsonNode.Parse(Assert.Single(first.OutputLines))!;
        Assert.Equal((true, "backtest", 3000, 0), ((bool)json["ok"]!, (string)json["mode"]!, (int)json["bars"]!, (int)json["discrepancies"]!));
        Assert.True((int)json["trades"]! > 0);
        Assert.True((int)json["events_acknowledged"]! > 3000);
        var second = await CliProcess.RunAsync("", "demo", "--venue", "tektii", "--minutes", "3000", "--json");
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task A_backtest_shows_its_trades_and_draws_its_curve()
    {
        var drawing = Path.Combine(_folder.FullName, "equity.svg");
        var result = await CliProcess.RunAsync("", "demo", "--venue", "tektii", "--minutes", "6000", "--svg", drawing);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Contains(result.OutputLines, line => line.StartsWith("The latest of", StringComparison.Ordinal));
        Assert.Contains("agree with the venue's books", result.OutputLines[^1], StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(drawing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_strategy_trades_on_paper()
    {
        var result = await CliProcess.RunAsync("", "demo", "--venue", "tektii", "--paper", "6", "--json");
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal((true, "paper", 0), ((bool)json["ok"]!, (string)json["mode"]!, (int)json["discrepancies"]!));
        Assert.True((int)json["bars"]! > 0);
    }

    [Theory]
    [InlineData("demo", "--venue", "nasdaq")]
    [InlineData("demo", "--paper", "5")]
    [InlineData("demo", "--venue", "tektii", "--kill")]
    [InlineData("demo", "--venue", "tektii", "--minutes", "10")]
    [InlineData("demo", "--venue", "tektii", "--paper", "0")]
    [InlineData("demo", "--venue", "tektii", "--paper", "5", "--minutes", "500")]
    [InlineData("demo", "--venue", "tektii", "--candles", "candles.csv", "--minutes", "500")]
    [InlineData("demo", "--venue", "tektii", "--fault-seed", "3")]
    public async Task Wrong_usage_is_one_line(params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.ErrorLine);
    }

    [Fact]
    public async Task A_candle_file_that_is_wrong_is_one_line_that_names_it()
    {
        var file = Path.Combine(_folder.FullName, "candles.csv");
        await File.WriteAllTextAsync(file, "timestamp,open,high,low,close,volume\nnonsense\n");
        var result = await CliProcess.RunAsync("", "demo", "--venue", "tektii", "--candles", file, "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(file, result.ErrorLine, StringComparison.Ordinal);
    }
}
