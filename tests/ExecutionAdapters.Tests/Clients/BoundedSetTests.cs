using ExecutionAdapters.Clients;

namespace ExecutionAdapters.Tests.Clients;

public sealed class BoundedSetTests
{
    [Fact]
    public void A_member_is_added_once()
    {
        var set = new BoundedSet<int>(3);
        Assert.True(set.Add(1));
        Assert.False(set.Add(1));
        Assert.Equal(1, set.Count);
    }

    [Fact]
    public void The_oldest_member_is_forgotten_first()
    {
        var set = new BoundedSet<int>(3);
        foreach (var member in new[] { 1, 2, 3, 4 })
        {
            Assert.True(set.Add(member));
        }

        Assert.False(set.Contains(1));
        Assert.True(set.Contains(2) && set.Contains(3) && set.Contains(4));
        Assert.Equal(3, set.Count);
    }

    [Fact]
    public void A_capacity_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedSet<int>(0));
}
