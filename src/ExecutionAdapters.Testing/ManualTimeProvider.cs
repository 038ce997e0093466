namespace ExecutionAdapters.Testing;

/// <summary>
/// A clock that stands still until a test turns it with <see cref="Advance"/>.
/// Everything that takes a <see cref="TimeProvider"/> (timers, <c>Task.Delay</c>, timestamps) follows it.
/// </summary>
/// <remarks>
/// Thread-safe. Timer callbacks run on the thread that calls <see cref="Advance"/>, one after the other, in order of
/// their due time; timers due at the same instant run in the order in which they were armed. While a callback runs
/// the clock shows its due time, and a timer it arms inside the advanced span fires in the same call.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.ByDueTime);
    private readonly DateTimeOffset _start;
    private long _elapsedTicks;
    private long _armings = 1; // 0 marks a timer that was never armed

    /// <summary>Creates a clock that shows 2026-01-01T00:00:00Z.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Creates a clock that shows the given instant.</summary>
    /// <param name="start">The instant shown until the first <see cref="Advance"/>.</param>
    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>Always UTC, so that tests do not depend on the machine.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns: one timestamp unit is one <see cref="TimeSpan"/> tick.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The instant the clock shows.</summary>
    /// <returns>The start plus everything advanced so far.</returns>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _elapsedTicks));

    /// <summary>The time advanced so far, in units of <see cref="TimestampFrequency"/>.</summary>
    /// <returns>A monotonic timestamp.</returns>
    public override long GetTimestamp() => Interlocked.Read(ref _elapsedTicks);

    /// <summary>Turns the clock forward and fires every timer that becomes due on the way, in order.</summary>
    /// <param name="by">How far; zero fires only what is already due.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target = Interlocked.Read(ref _elapsedTicks) + by.Ticks;
        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }

        lock (_gate)
        {
            Interlocked.Exchange(ref _elapsedTicks, Math.Max(target, _elapsedTicks));
        }
    }

    /// <summary>Creates a timer that fires when <see cref="Advance"/> reaches its due time.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="dueTime">Time to the first firing; <see cref="Timeout.InfiniteTimeSpan"/> for not armed.</param>
    /// <param name="period">Time between firings; zero or <see cref="Timeout.InfiniteTimeSpan"/> for once.</param>
    /// <returns>The timer; dispose it to stop it.</returns>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } next || next.DueTicks > target)
            {
                return null;
            }

            _armed.Remove(next);
            Interlocked.Exchange(ref _elapsedTicks, Math.Max(next.DueTicks, _elapsedTicks));
            if (next.PeriodTicks > 0)
            {
                Arm(next, next.DueTicks + next.PeriodTicks);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, long dueTicks)
    {
        timer.DueTicks = dueTicks;
        timer.Arming = _armings++;
        _armed.Add(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public static readonly Comparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(static (x, y) =>
            x.DueTicks != y.DueTicks ? x.DueTicks.CompareTo(y.DueTicks) : x.Arming.CompareTo(y.Arming));

        private bool _disposed;

        public long DueTicks { get; set; }

        public long PeriodTicks { get; private set; }

        public long Arming { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                {
                    return false;
                }

                clock._armed.Remove(this);
                PeriodTicks = period > TimeSpan.Zero ? period.Ticks : 0;
                if (dueTime >= TimeSpan.Zero)
                {
                    clock.Arm(this, clock._elapsedTicks + dueTime.Ticks);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                clock._armed.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
