using ExecutionAdapters.Cli.Backtest;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Tests.Backtest;

/// <summary>The curve that the plots show.</summary>
public sealed class EquityCurveTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 30)]
    [InlineData(400, 400)]
    [InlineData(401, 201)]
    [InlineData(1_000, 250)]
    [InlineData(525_600, 257)]
    public void A_curve_has_a_point_for_each_bar_of_a_short_run_and_a_few_hundred_of_a_long_one(int bars, int points)
    {
        var curve = CurveOf(bars);
        Assert.Equal(points, curve.Count);
        Assert.Equal((TimeOf(bars - 1), 1_000m + bars - 1), curve[^1]);
        Assert.Equal(curve.OrderBy(point => point.Time).Distinct(), curve);
    }

    [Fact]
    public void A_short_run_is_drawn_bar_by_bar_with_its_minutes()
    {
        var curve = CurveOf(30);
        var line = EquityPlot.ToText(curve).Split(' ')[0];
        Assert.Equal(30, line.Length);
        Assert.Equal(('▁', '█'), (line[0], line[^1]));
        var drawing = EquityPlot.ToSvg("Equity", curve);
        Assert.Contains(">2026-01-05 00:00<", drawing, StringComparison.Ordinal);
        Assert.Contains(">2026-01-05 00:29<", drawing, StringComparison.Ordinal);
    }

    /// <summary>One share that cost 1,000 and is worth one more with each minute.</summary>
    private static IReadOnlyList<(UnixNanos Time, decimal Equity)> CurveOf(int bars)
    {
        var ledger = new StrategyLedger(1_000m);
        ledger.OnTrade(new TektiiTrade
        {
            Id = "t-1",
            OrderId = new VenueOrderId("o-1"),
            Symbol = "S:AAPL",
            Side = OrderSide.Buy,
            Quantity = 1,
            Price = 1_000m,
            Commission = 0,
            CommissionCurrency = "USD",
            Timestamp = TimeOf(0),
        });
        for (var bar = 0; bar < bars; bar++)
        {
            ledger.OnClose(TimeOf(bar), 1_000m + bar);
        }

        return ledger.Curve;
    }

    private static UnixNanos TimeOf(int bar) => UnixNanos.FromMilliseconds(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).AddMinutes(bar).ToUnixTimeMilliseconds());
}
