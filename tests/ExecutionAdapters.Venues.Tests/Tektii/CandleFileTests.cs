using System.Text;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class CandleFileTests
{
    [Fact]
    public void The_committed_candles_are_what_the_generator_makes()
    {
        IReadOnlyList<TektiiCandle> committed = TektiiCandleFile.Read(Path.Combine(AppContext.BaseDirectory, "test_data", "tektii", "S_AAPL_1m.csv"));
        Assert.Equal(500, committed.Count);
        Assert.Equal(TektiiCandleGenerator.Generate(7).Take(500), committed);
    }

    [Fact]
    public void A_timestamp_may_be_text_or_milliseconds()
    {
        List<TektiiCandle> candles = Parse("2026-01-05T14:30:00Z,1,2,0.5,1.5,7\r\n1767623460000,1,2,0.5,1.5,0\n");
        Assert.Equal(60_000, candles[1].TimeMs - candles[0].TimeMs);
        Assert.Equal(new TektiiCandle(1_767_623_400_000, 1m, 2m, 0.5m, 1.5m, 7m), candles[0]);
    }

    [Theory]
    [InlineData("2026-01-05T14:30:00Z,1,2,0.5,1.5", "line 2: a row must have 6 fields")]
    [InlineData("yesterday,1,2,0.5,1.5,7", "line 2: the timestamp is neither")]
    [InlineData("1,1,2,0.5,1.5,7\n2,1,x,0.5,1.5,7", "line 3: high is no number")]
    [InlineData("1,1,2,0.5,1.5,7\n1,1,2,0.5,1.5,7", "line 3: its time is not after")]
    [InlineData("1,1,2,1.5,1.5,7", "line 2: open and close must lie between")]
    [InlineData("1,1,2,0,1.5,7", "line 2: low must be above zero")]
    [InlineData("1,1,2,0.5,1.5,-7", "line 2: volume must not be negative")]
    [InlineData("\n1,1,2,0.5,1.5,7", "line 2: a row must have 6 fields")]
    [InlineData("", "there is no candle")]
    public void What_is_wrong_is_told_with_file_and_line(string rows, string message)
    {
        FormatException wrong = Assert.Throws<FormatException>(() => Parse(rows));
        Assert.StartsWith("candles.csv", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_header_is_refused() =>
        Assert.Contains("line 1", Assert.Throws<FormatException>(() => TektiiCandleFile.Parse("1,1,2,0.5,1.5,7"u8, "candles.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Candles_at_a_distance_without_a_name_are_refused_at_the_start()
    {
        TektiiCandle[] candles = [new(0, 1m, 1m, 1m, 1m, 0m), new(90_000, 1m, 1m, 1m, 1m, 0m)];
        var options = new TektiiVenueOptions { Backtest = new TektiiBacktestOptions { Symbol = "S:AAPL", Candles = candles } };
        Assert.Contains("12h", (await Assert.ThrowsAsync<ArgumentException>(() => TektiiVenue.StartAsync(options))).Message, StringComparison.Ordinal);
    }

    private static List<TektiiCandle> Parse(string rows) => TektiiCandleFile.Parse(Encoding.UTF8.GetBytes("timestamp,open,high,low,close,volume\n" + rows), "candles.csv");
}
