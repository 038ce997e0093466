using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>
/// What the strategy made, by its own trades alone: cash, what is held, and the equity at each close. For the plot every one is kept of a short run; of a longer one the last of each
/// stretch, and stretches grow with the run, so that there are never more than a few hundred.
/// </summary>
internal sealed class StrategyLedger(decimal initialCash)
{
    private const int MostPoints = 400;

    private readonly List<TektiiTrade> _trades = [];
    private readonly List<(UnixNanos Time, decimal Equity)> _curve = [];
    private decimal _cash = initialCash;
    private decimal _peak = initialCash;
    private int _stretch = 1;
    private long _closes;

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
        Equity = _cash + (Held * close);
        _peak = Math.Max(_peak, Equity);
        Drawdown = Math.Max(Drawdown, (_peak - Equity) / _peak);
        if (_closes++ % _stretch != 0)
        {
            _curve[^1] = (time, Equity);
            return;
        }

        if (_curve.Count == MostPoints)
        {
            Halve();
        }

        _curve.Add((time, Equity));
    }

    /// <summary>Two stretches become one, which ends as the second did.</summary>
    private void Halve()
    {
        for (var i = 0; i < MostPoints / 2; i++)
        {
            _curve[i] = _curve[(2 * i) + 1];
        }

        _curve.RemoveRange(MostPoints / 2, MostPoints / 2);
        _stretch *= 2;
    }
}
