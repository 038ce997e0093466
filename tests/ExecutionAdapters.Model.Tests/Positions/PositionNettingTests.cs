namespace ExecutionAdapters.Model.Tests.Positions;

public class PositionNettingTests
{
    [Fact]
    public void Nothing_nets_to_flat() => Assert.Equal(new NettedPosition(0m, null), PositionNetting.Net([]));

    [Fact]
    public void Legs_of_one_side_average()
        => Assert.Equal(new NettedPosition(4m, 2075m), PositionNetting.Net([Leg("a", 1m, 2000m, 1), Leg("b", 3m, 2100m, 2)]));

    [Fact]
    public void A_partial_close_keeps_the_average()
        => Assert.Equal(new NettedPosition(2m, 2000m), PositionNetting.Net([Leg("a", 3m, 2000m, 1), Leg("b", -1m, 2100m, 2)]));

    [Fact]
    public void What_crosses_zero_has_the_price_of_the_leg_that_crossed()
        => Assert.Equal(new NettedPosition(-2m, 2100m), PositionNetting.Net([Leg("a", 1m, 2000m, 1), Leg("b", -3m, 2100m, 2)]));

    [Fact]
    public void Legs_that_cancel_are_flat_and_the_next_starts_anew()
    {
        Assert.Equal(new NettedPosition(0m, null), PositionNetting.Net([Leg("a", 1m, 2000m, 1), Leg("b", -1m, 2100m, 2)]));
        Assert.Equal(new NettedPosition(5m, 1900m), PositionNetting.Net([Leg("a", 1m, 2000m, 1), Leg("b", -1m, 2100m, 2), Leg("c", 5m, 1900m, 3)]));
    }

    [Fact]
    public void Order_is_by_time_and_then_by_id()
    {
        Assert.Equal(new NettedPosition(-2m, 2100m), PositionNetting.Net([Leg("b", -3m, 2100m, 2), Leg("a", 1m, 2000m, 1)]));
        Assert.Equal(new NettedPosition(-2m, 2100m), PositionNetting.Net([Leg("b", -3m, 2100m, 1), Leg("a", 1m, 2000m, 1)]));
        Assert.Equal(new NettedPosition(-2m, 2100m), PositionNetting.Net([Leg("a", -3m, 2100m, 1), Leg("b", 1m, 2000m, 1)]));
    }

    [Fact]
    public void Of_legs_of_one_moment_the_last_by_id_stays() =>
        Assert.Equal(new NettedPosition(1m, 1900m), PositionNetting.Net([Leg("c", 1m, 1900m, 1), Leg("b", -1m, 2100m, 1), Leg("a", 1m, 2000m, 1)]));

    [Fact]
    public void Legs_of_zero_are_skipped()
        => Assert.Equal(new NettedPosition(1m, 2000m), PositionNetting.Net([Leg("z", 0m, 9m, 0), Leg("a", 1m, 2000m, 1), Leg("b", 0m, 9m, 2)]));

    private static PositionLeg Leg(string id, decimal quantity, decimal price, ulong opened) => new(id, quantity, price, new UnixNanos(opened));
}
