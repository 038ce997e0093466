using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Venues.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _fired = [];

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        DateTimeOffset before = _clock.GetUtcNow();
        long stamp = _clock.GetTimestamp();
        Assert.Equal(before, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(before.AddSeconds(90), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(90), _clock.GetElapsedTime(stamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_order_of_their_due_time_and_see_it_on_the_clock()
    {
        using ITimer late = Timer("late", 3);
        using ITimer early = Timer("early", 1);
        using ITimer alsoEarly = Timer("also early", 1);

        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["early@1", "also early@1"], _fired);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("late@3", _fired[^1]);
    }

    [Fact]
    public void A_periodic_timer_fires_once_per_period_until_it_is_stopped()
    {
        ITimer timer = Timer("tick", 1, 2);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["tick@1", "tick@3", "tick@5"], _fired);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(3, _fired.Count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void A_timer_can_be_moved_before_it_fires()
    {
        using ITimer timer = Timer("moved", 1);
        Assert.True(timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["moved@5"], _fired);
    }

    [Fact]
    public void A_timer_armed_by_a_callback_fires_in_the_same_advance()
    {
        ITimer? second = null;
        using ITimer first = _clock.CreateTimer(_ => second = Timer("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(["second@2"], _fired);
        second!.Dispose();
    }

    [Fact]
    public async Task Delays_follow_the_clock()
    {
        Task delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }

    private ITimer Timer(string name, int dueSeconds, int periodSeconds = 0)
    {
        DateTimeOffset start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        return _clock.CreateTimer(
            _ => _fired.Add($"{name}@{(_clock.GetUtcNow() - start).TotalSeconds:0}"),
            null,
            TimeSpan.FromSeconds(dueSeconds),
            TimeSpan.FromSeconds(periodSeconds));
    }
}
