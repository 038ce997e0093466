using ExecutionAdapters.Network;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Tests.Network;

public sealed class RollingQuotaTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RollingQuota _quota;

    public RollingQuotaTests() => _quota = new RollingQuota(_time, TimeSpan.FromMinutes(1));

    [Fact]
    public void What_was_taken_comes_back_after_the_window()
    {
        Assert.True(_quota.TryTake(10, 10, out _));
        Assert.False(_quota.TryTake(1, 10, out var wait));
        Assert.Equal(TimeSpan.FromMinutes(1), wait);
        _time.Advance(wait);
        Assert.True(_quota.TryTake(10, 10, out _));
    }

    [Fact]
    public void The_wait_ends_when_enough_of_it_has_left_the_window()
    {
        foreach (var weight in new[] { 3, 4, 3 })
        {
            Assert.True(_quota.TryTake(weight, 10, out _));
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.False(_quota.TryTake(5, 10, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(40), wait);
        _time.Advance(wait);
        Assert.True(_quota.TryTake(5, 10, out _));
    }

    [Fact]
    public void No_window_ever_holds_more_than_the_limit()
    {
        var random = new Random(7);
        var taken = new List<(long At, int Weight)>();
        for (var i = 0; i < 5_000; i++)
        {
            var weight = random.Next(1, 40);
            if (_quota.TryTake(weight, 100, out _))
            {
                taken.Add((_time.GetTimestamp(), weight));
            }

            _time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 2_000)));
        }

        Assert.All(taken, entry => Assert.InRange(
            taken.Where(other => other.At <= entry.At && _time.GetElapsedTime(other.At, entry.At) < TimeSpan.FromMinutes(1)).Sum(other => other.Weight), 1, 100));
    }

    [Fact]
    public void A_weight_above_the_limit_passes_when_nothing_else_was_taken()
    {
        Assert.True(_quota.TryTake(500, 100, out _));
        Assert.False(_quota.TryTake(1, 100, out _));
    }

    [Fact]
    public async Task Those_who_wait_get_their_turn_in_order()
    {
        Assert.True(_quota.TryTake(1, 1, out _));
        var first = _quota.TakeAsync(1, 1, CancellationToken.None);
        var second = _quota.TakeAsync(1, 1, CancellationToken.None);
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        await first;
        Assert.False(second.IsCompleted);
        while (!second.IsCompleted)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await second;
        Assert.Equal(1, _quota.Used);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_does_not_keep_the_next()
    {
        using var impatience = new CancellationTokenSource();
        Assert.True(_quota.TryTake(1, 1, out _));
        var first = _quota.TakeAsync(1, 1, impatience.Token);
        var second = _quota.TakeAsync(1, 1, CancellationToken.None);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        while (!second.IsCompleted)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await second;
    }

    [Fact]
    public void After_the_venue_said_too_much_nothing_passes_for_as_long_as_it_asked()
    {
        _quota.Pause(TimeSpan.FromSeconds(5));
        _quota.Pause(TimeSpan.FromSeconds(1));
        Assert.False(_quota.TryTake(1, 100, out var wait));
        Assert.Equal(TimeSpan.FromSeconds(5), wait);
        _time.Advance(wait);
        Assert.True(_quota.TryTake(1, 100, out _));
    }

    [Fact]
    public void What_cannot_wait_counts_all_the_same()
    {
        _quota.Charge(10);
        Assert.False(_quota.TryTake(1, 10, out _));
    }
}
