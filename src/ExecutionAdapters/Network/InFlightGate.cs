namespace ExecutionAdapters.Network;

/// <summary>How many requests may be unanswered at one time, over everybody whom the venue counts together. Thread-safe.</summary>
public sealed class InFlightGate
{
    private readonly int _limit;
    private readonly Lock _lock = new();
    private readonly HashSet<Action> _waiting = [];
    private int _inFlight;

    /// <summary>Creates a gate with nobody inside.</summary>
    /// <param name="limit">The most that may be inside, above zero.</param>
    public InFlightGate(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>Enters when there is room. Otherwise <paramref name="onFreed"/> is called once when somebody has left.</summary>
    public bool TryEnter(Action onFreed)
    {
        lock (_lock)
        {
            if (_inFlight < _limit)
            {
                _inFlight++;
                return true;
            }

            _waiting.Add(onFreed);
            return false;
        }
    }

    /// <summary>Leaves: so many requests are answered, or given up.</summary>
    public void Leave(int count = 1)
    {
        Action[] freed;
        lock (_lock)
        {
            _inFlight -= count;
            if (_inFlight < 0)
            {
                _inFlight = 0;
                throw new InvalidOperationException("More requests were answered than were in flight.");
            }

            freed = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var action in freed)
        {
            action();
        }
    }
}
