using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Conformance.Tests;

public sealed class SteppedTimeProviderTests
{
    [Fact]
    public void A_step_moves_the_time_of_day_and_no_timestamp()
    {
        var clock = new SteppedTimeProvider();
        var (before, stamp) = (clock.GetUtcNow(), clock.GetTimestamp());
        clock.Step(TimeSpan.FromHours(2));
        clock.Step(TimeSpan.Zero);
        Assert.InRange(clock.GetUtcNow() - before, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
        Assert.True(clock.GetElapsedTime(stamp) < TimeSpan.FromHours(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Step(TimeSpan.FromTicks(-1)));
    }
}
