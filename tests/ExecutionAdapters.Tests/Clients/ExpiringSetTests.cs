using ExecutionAdapters.Clients;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Tests.Clients;

public sealed class ExpiringSetTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_member_is_added_once()
    {
        var set = new ExpiringSet<int>(_time, TimeSpan.FromHours(1));
        Assert.True(set.Add(1));
        Assert.False(set.Add(1));
        Assert.Equal(1, set.Count);
    }

    [Fact]
    public void Members_are_remembered_for_the_whole_time_however_many_come()
    {
        var set = new ExpiringSet<int>(_time, TimeSpan.FromHours(1));
        Assert.All(Enumerable.Range(0, 100_000), member => Assert.True(set.Add(member)));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(set.Add(0));
    }

    [Fact]
    public void Members_are_forgotten_some_time_later()
    {
        var set = new ExpiringSet<int>(_time, TimeSpan.FromHours(1));
        set.Add(1);
        _time.Advance(TimeSpan.FromHours(2));
        set.Add(2);
        Assert.False(set.Contains(1));
        Assert.Equal(1, set.Count);
    }

    [Fact]
    public void The_time_can_be_made_longer_and_not_shorter()
    {
        var set = new ExpiringSet<int>(_time, TimeSpan.FromHours(1));
        set.RetainAtLeast(TimeSpan.FromHours(5));
        set.RetainAtLeast(TimeSpan.FromMinutes(1));
        set.Add(1);
        _time.Advance(TimeSpan.FromHours(4));
        Assert.False(set.Add(1));
    }
}
