namespace ExecutionAdapters.Testing;

/// <summary>
/// The system's clock, whose time of day a test can move forward: for what comes at a time (an expiry, the end of a token) and would take too long to
/// wait for. Timers, delays and timestamps go on at the system's pace, as they do when a machine's clock is corrected.
/// </summary>
/// <remarks>Thread-safe. Each instance is a clock of its own.</remarks>
public sealed class SteppedTimeProvider : TimeProvider
{
    private long _aheadTicks;

    /// <summary>The system's time, plus everything stepped so far.</summary>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    /// <summary>Moves the time of day forward.</summary>
    /// <param name="by">How far; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: time does not go back.</exception>
    public void Step(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _aheadTicks, by.Ticks);
    }
}
