using ExecutionAdapters.Network;

namespace ExecutionAdapters.Tests.Network;

public sealed class BackoffTests
{
    private static readonly BackoffOptions Options = new()
    {
        Initial = TimeSpan.FromMilliseconds(100),
        Maximum = TimeSpan.FromMilliseconds(1600),
        Factor = 2,
        Jitter = TimeSpan.Zero,
    };

    [Fact]
    public void Delays_double_up_to_the_maximum_and_stay_there()
    {
        var backoff = new Backoff(Options, new Random(1));
        var delays = Enumerable.Range(0, 7).Select(_ => backoff.Next().TotalMilliseconds);
        Assert.Equal([100, 200, 400, 800, 1600, 1600, 1600], delays);
    }

    [Fact]
    public void Reset_starts_again_at_the_initial_delay()
    {
        var backoff = new Backoff(Options, new Random(1));
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.Equal(100, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void Jitter_never_leaves_the_range_from_initial_to_maximum()
    {
        var backoff = new Backoff(Options with { Jitter = TimeSpan.FromMilliseconds(50) }, new Random(7));
        var delays = Enumerable.Range(0, 1000).Select(_ => backoff.Next()).ToList();
        Assert.All(delays, delay => Assert.InRange(delay, Options.Initial, Options.Maximum));
        Assert.InRange(delays[0].TotalMilliseconds, 100, 150);
    }

    [Theory]
    [InlineData(0, 1000, 2, 0, "Initial")]
    [InlineData(100, 50, 2, 0, "Maximum")]
    [InlineData(100, 1000, 0, 0, "Factor")]
    [InlineData(100, 1000, 101, 0, "Factor")]
    [InlineData(100, 1000, 2, -1, "Jitter")]
    public void Values_out_of_range_are_refused_by_name(int initial, int maximum, int factor, int jitter, string name)
    {
        var options = new BackoffOptions
        {
            Initial = TimeSpan.FromMilliseconds(initial),
            Maximum = TimeSpan.FromMilliseconds(maximum),
            Factor = factor,
            Jitter = TimeSpan.FromMilliseconds(jitter),
        };
        Assert.Contains(name, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
