namespace ExecutionAdapters.Network;

/// <summary>How long to wait between attempts.</summary>
public sealed record BackoffOptions
{
    /// <summary>The first delay after a failure. Default 250 ms; above zero.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest delay. Default 30 s; at least <see cref="Initial"/>.</summary>
    public TimeSpan Maximum { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Each delay is this many times the one before. Default 2; from 1 to 100.</summary>
    public decimal Factor { get; init; } = 2m;

    /// <summary>A random part added to each delay, from zero to this. Default 200 ms.</summary>
    public TimeSpan Jitter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Throws when a value is out of its range.</summary>
    /// <exception cref="ArgumentException">Names the value.</exception>
    public void Validate()
    {
        if (Initial <= TimeSpan.Zero)
        {
            throw new ArgumentException($"Backoff {nameof(Initial)} is {Initial}: it must be above zero.");
        }

        if (Maximum < Initial)
        {
            throw new ArgumentException($"Backoff {nameof(Maximum)} is {Maximum}: it must be at least {nameof(Initial)} ({Initial}).");
        }

        if (Factor is < 1m or > 100m)
        {
            throw new ArgumentException($"Backoff {nameof(Factor)} is {Factor}: it must be from 1 to 100.");
        }

        if (Jitter < TimeSpan.Zero)
        {
            throw new ArgumentException($"Backoff {nameof(Jitter)} is {Jitter}: it must not be negative.");
        }
    }
}

/// <summary>Growing delays with jitter. Not thread-safe: it belongs to one task.</summary>
public sealed class Backoff
{
    private readonly BackoffOptions _options;
    private readonly Random _random;
    private TimeSpan _current;

    /// <summary>Creates the sequence.</summary>
    public Backoff(BackoffOptions options, Random random)
    {
        options.Validate();
        _options = options;
        _random = random;
        _current = options.Initial;
    }

    /// <summary>The next delay: never under the initial, never over the maximum.</summary>
    public TimeSpan Next()
    {
        var jitter = TimeSpan.FromTicks(_random.NextInt64(_options.Jitter.Ticks + 1));
        var delay = _current + jitter;
        var grown = (decimal)_current.Ticks * _options.Factor;
        _current = grown >= _options.Maximum.Ticks ? _options.Maximum : TimeSpan.FromTicks((long)grown);
        return delay < _options.Maximum ? delay : _options.Maximum;
    }

    /// <summary>Starts again at the initial delay.</summary>
    public void Reset() => _current = _options.Initial;
}
