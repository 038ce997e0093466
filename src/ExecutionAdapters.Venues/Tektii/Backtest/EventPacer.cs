using System.Runtime.InteropServices;

namespace ExecutionAdapters.Venues.Tektii.Backtest;

/// <summary>
/// Numbers the events of a backtest and remembers which are not acknowledged. An event belongs to the candle during or after which
/// it happened; a candle is out as long as one of its events is.
/// </summary>
internal sealed class EventPacer
{
    private readonly Dictionary<long, int> _unacknowledged = [];
    private readonly Dictionary<int, int> _eventsOfCandle = [];
    private long _next;
    private int _candle;

    /// <summary>Events that are waited for.</summary>
    public int Events => _unacknowledged.Count;

    /// <summary>Candles that are out.</summary>
    public int Candles => _eventsOfCandle.Count;

    /// <summary>Events from now on belong to the next candle.</summary>
    public void BeginCandle() => _candle++;

    /// <summary>Gives the next event its number.</summary>
    public long Track()
    {
        _unacknowledged.Add(_next, _candle);
        CollectionsMarshal.GetValueRefOrAddDefault(_eventsOfCandle, _candle, out _)++;
        return _next++;
    }

    /// <summary>False for an event that is not waited for: that changes nothing.</summary>
    public bool Acknowledge(long number)
    {
        if (!_unacknowledged.Remove(number, out int candle))
        {
            return false;
        }

        ref int events = ref CollectionsMarshal.GetValueRefOrNullRef(_eventsOfCandle, candle);
        if (--events == 0)
        {
            _eventsOfCandle.Remove(candle);
        }

        return true;
    }

    /// <summary>Waits for nothing that is out now.</summary>
    public void Release()
    {
        _unacknowledged.Clear();
        _eventsOfCandle.Clear();
    }
}
