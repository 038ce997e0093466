using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Trading;

namespace ExecutionAdapters.Venues.Tektii.Backtest;

/// <summary>
/// How the price goes through a candle: it jumps to the open, and moves from there to the low and the high (first the high when
/// the candle falls) and to the close. Open, first extreme, second extreme and close stand at the candle's start and one, two and
/// three quarters of its span. On the way it stops at every price at which an order waits, so that limits fill at their limit and
/// stops at their stop; only the jump to the open can pass them, and fills stops at the open.
/// </summary>
internal sealed class CandleWalk(Market market, OrderDesk desk)
{
    /// <summary>The simulated time.</summary>
    public DateTimeOffset Time { get; private set; }

    public void Begin(long timeMs) => Time = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);

    /// <summary>Goes through a candle; afterwards it is the time of its end.</summary>
    public void Go(in TektiiCandle candle)
    {
        bool rises = candle.Close >= candle.Open;
        long quarter = market.Timeframe.Ms / 4;
        Begin(candle.TimeMs);
        desk.ExpireDays();
        Touch(candle.Open);
        Begin(candle.TimeMs + quarter);
        MoveTo(rises ? candle.Low : candle.High);
        Begin(candle.TimeMs + (2 * quarter));
        MoveTo(rises ? candle.High : candle.Low);
        Begin(candle.TimeMs + (3 * quarter));
        MoveTo(candle.Close);
        Begin(candle.TimeMs + market.Timeframe.Ms);
    }

    private void MoveTo(decimal price)
    {
        decimal from = market.Bid;
        while (desk.NextLevel(market, from, price) is { } level)
        {
            Touch(level);
            from = level;
        }

        Touch(price);
    }

    private void Touch(decimal price)
    {
        market.Move(price, price, Time);
        desk.MatchAll(market);
    }
}
