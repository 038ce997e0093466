using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>What the strategy made, by its own trades alone: cash, what is held, and the equity at each close. One a day is kept for the plot.</summary>
internal sealed class StrategyLedger(decimal initialCash)
{
    private readonly List<TektiiTrade> _trades = [];
    private readonly List<(UnixNanos Time, decimal Equity)> _curve = [];
    private decimal _cash = initialCash;
    private decimal _peak = initialCash;
    private long _day = -1;

    public decimal Held { get; private set; }

    public decimal Equity { get; private set; } = initialCash;

    public decimal Commission { get; private set; }

    /// <summary>The deepest fall from a peak, a fraction of it.</summary>
    public decimal Drawdown { get; private set; }

    public IReadOnlyList<TektiiTrade> Trades => _trades;

    public IReadOnlyList<(UnixNanos Time, decimal Equity)> Curve => _curve;

    public void OnTrade(TektiiTrade trade)
    {
        var signed = trade.Side == OrderSide.Buy ? trade.Quantity : -trade.Quantity;
        Held += signed;
        _cash -= (signed * trade.Price) + trade.Commission;
        Commission += trade.Commission;
        _trades.Add(trade);
    }

    public void OnClose(UnixNanos time, decimal close)
    {
        const long SecondsPerDay = 86_400;
        Equity = _cash + (Held * close);
        _peak = Math.Max(_peak, Equity);
        Drawdown = Math.Max(Drawdown, (_peak - Equity) / _peak);
        var day = time.ToSeconds() / SecondsPerDay;
        if (day != _day)
        {
            _day = day;
            _curve.Add((time, Equity));
        }
        else
        {
            _curve[^1] = (time, Equity);
        }
    }
}
