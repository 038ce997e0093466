namespace ExecutionAdapters.Network;

/// <summary>
/// What a venue lets through in a rolling window, as weight. Thread-safe: everybody whom the venue counts together shares one.
/// </summary>
/// <remarks>
/// The limit is the caller's to give with each call, since callers may know it differently; what was taken counts for all of them.
/// A weight above the limit passes when nothing else was taken.
/// </remarks>
public sealed class RollingQuota
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _window;
    private readonly Lock _lock = new();
    private readonly Queue<(long Timestamp, int Weight)> _taken = new();
    private Task _turn = Task.CompletedTask;
    private long _sum;
    private (long Timestamp, TimeSpan Duration)? _pause;

    /// <summary>Creates a quota of which nothing is taken.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="window">How long what was taken counts; above zero.</param>
    public RollingQuota(TimeProvider timeProvider, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _timeProvider = timeProvider;
        _window = window;
    }

    /// <summary>The weight taken within the window.</summary>
    public long Used
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _sum;
            }
        }
    }

    /// <summary>Takes the weight if it fits under the limit now. Otherwise says how long to wait before it may.</summary>
    /// <param name="weight">0 or more.</param>
    /// <param name="limit">The most that may be taken within the window, above zero.</param>
    /// <param name="wait">Zero when taken.</param>
    public bool TryTake(int weight, int limit, out TimeSpan wait)
    {
        lock (_lock)
        {
            Forget();
            wait = Wait(weight, limit);
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            Add(weight);
            return true;
        }
    }

    /// <summary>Whether the weight would fit under the limit now; takes nothing. Otherwise says how long to wait before it may.</summary>
    public bool HasRoom(int weight, int limit, out TimeSpan wait)
    {
        lock (_lock)
        {
            Forget();
            wait = Wait(weight, limit);
            return wait <= TimeSpan.Zero;
        }
    }

    /// <summary>Takes the weight without asking: what cannot wait counts all the same.</summary>
    public void Charge(int weight)
    {
        lock (_lock)
        {
            Forget();
            Add(weight);
        }
    }

    /// <summary>Waits for its turn, in the order of the calls, until the weight fits, and takes it.</summary>
    public async Task TakeAsync(int weight, int limit, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _turn, done.Task);
        try
        {
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (!TryTake(weight, limit, out var wait))
            {
                await Task.Delay(wait, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // One who gives up waiting must not let those behind him pass those before him.
            _ = before.ContinueWith(_ => done.SetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Lets nothing through for a while: the venue said that it was too much.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_lock)
        {
            if (PauseLeft() < duration)
            {
                _pause = (_timeProvider.GetTimestamp(), duration);
            }
        }
    }

    private TimeSpan Wait(int weight, int limit)
    {
        if (PauseLeft() is { Ticks: > 0 } pause)
        {
            return pause;
        }

        var tooMuch = _sum + weight - limit;
        if (tooMuch <= 0 || _sum == 0)
        {
            return TimeSpan.Zero;
        }

        // As much as is too much, or all of it, must have left the window.
        foreach (var (timestamp, taken) in _taken)
        {
            tooMuch -= taken;
            if (tooMuch <= 0)
            {
                return AtLeastATick(_window - _timeProvider.GetElapsedTime(timestamp));
            }
        }

        return AtLeastATick(_window - _timeProvider.GetElapsedTime(_taken.Last().Timestamp));
    }

    private TimeSpan PauseLeft() =>
        _pause is { } pause ? pause.Duration - _timeProvider.GetElapsedTime(pause.Timestamp) : TimeSpan.Zero;

    private void Add(int weight)
    {
        if (weight > 0)
        {
            _taken.Enqueue((_timeProvider.GetTimestamp(), weight));
            _sum += weight;
        }
    }

    private void Forget()
    {
        while (_taken.TryPeek(out var oldest) && _timeProvider.GetElapsedTime(oldest.Timestamp) >= _window)
        {
            _sum -= oldest.Weight;
            _taken.Dequeue();
        }
    }

    // Timers count whole milliseconds: a shorter wait would spin.
    private static TimeSpan AtLeastATick(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
