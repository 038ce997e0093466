namespace ExecutionAdapters.Cli.Backtest;

/// <summary>Long while the average of the latest few closes is above that of the latest many, flat otherwise. It knows nothing of venues.</summary>
internal sealed class MovingAverageCross
{
    private readonly Queue<decimal> _closes = new();
    private readonly int _fast;
    private readonly int _slow;
    private readonly Queue<decimal> _latest = new();
    private decimal _fastSum;
    private decimal _slowSum;

    /// <param name="fast">How many closes the quick average has, at least 1.</param>
    /// <param name="slow">How many the slow one has, above <paramref name="fast"/>.</param>
    public MovingAverageCross(int fast, int slow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slow, fast);
        (_fast, _slow) = (fast, slow);
    }

    /// <summary>Takes a close; whether to be long now, or null before there are enough closes.</summary>
    public bool? OnClose(decimal close)
    {
        _slowSum += Push(_closes, close, _slow);
        _fastSum += Push(_latest, close, _fast);
        return _closes.Count < _slow ? null : _fastSum * _slow > _slowSum * _fast;
    }

    /// <summary>By how much the sum changes.</summary>
    private static decimal Push(Queue<decimal> window, decimal close, int most)
    {
        window.Enqueue(close);
        return window.Count > most ? close - window.Dequeue() : close;
    }
}
