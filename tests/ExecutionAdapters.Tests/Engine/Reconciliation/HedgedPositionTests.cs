using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Several positions of one instrument at the venue, one in the books.</summary>
public sealed class HedgedPositionTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Legs_of_one_side_are_compared_with_their_sum_and_their_common_average()
    {
        Legs(Leg("P-1", 1m, 2000m), Leg("P-2", 3m, 2400m));
        AssertMadeUp(OrderSide.Buy, 4m, 2300m);
    }

    [Fact]
    public void Of_legs_of_two_sides_the_side_that_is_left_gives_the_average()
    {
        Legs(Leg("P-1", 2m, 2000m), Leg("P-2", -0.5m, 2500m));
        AssertMadeUp(OrderSide.Buy, 1.5m, 2000m);
    }

    [Fact]
    public void More_sold_than_bought_is_a_short_position()
    {
        Legs(Leg("P-1", 1m, 2500m), Leg("P-2", -3m, 2000m));
        AssertMadeUp(OrderSide.Sell, 2m, 2000m);
    }

    [Fact]
    public void Legs_that_cancel_each_other_out_are_flat()
    {
        Legs(Leg("P-1", 1m, 2000m), Leg("P-2", -1m, 2500m));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void A_position_of_ours_is_closed_at_our_average_when_the_legs_cancel_each_other_out()
    {
        Legs(Leg("P-1", 1m, 2200m));
        _scene.Reconcile();
        Legs(Leg("P-1", 1m, 2200m), Leg("P-2", -1m, 2500m));
        AssertMadeUp(OrderSide.Sell, 1m, 2200m);
        Assert.True(_scene.Position(Scene.Eth)!.IsClosed);
    }

    [Fact]
    public void Legs_without_an_average_give_no_price()
    {
        Legs(Leg("P-1", 1m, null), Leg("P-2", 1m, null));
        Assert.Equal(
            "2 are held at the venue and 0 here, and no price is known at which the difference could have come about", Scene.OnlyDifference(_scene.Plan()).Reason);
    }

    [Fact]
    public void The_sum_is_as_fine_as_the_finest_leg_and_as_young_as_the_youngest()
    {
        Legs(Leg("P-1", 1m, 2000m) with { Quantity = Quantity.Parse("1"), TsLast = Scene.At(30) }, Leg("P-2", 0.1234m, 2000m));
        AssertMadeUp(OrderSide.Buy, 1.1234m, 2000m);
        Assert.Equal(Scene.At(30), _scene.Position(Scene.Eth)!.TsLast);
    }

    [Fact]
    public void A_leg_that_contradicts_itself_is_told_and_nothing_is_compared()
    {
        Legs(Leg("P-1", 1m, 2000m), Leg("P-2", 1m, 2000m) with { PositionSide = PositionSide.Flat });
        var difference = Scene.OnlyDifference(_scene.Plan());
        Assert.Equal((Scene.Eth.ToString(), $"position {Scene.Eth} is FLAT with 1.0000"), (difference.Subject, difference.Reason));
    }

    private static PositionStatusReport Leg(string id, decimal signedQty, decimal? average) =>
        Scene.Held(signedQty, average) with { VenuePositionId = new PositionId(id) };

    private void Legs(params PositionStatusReport[] legs)
    {
        _scene.Positions.Clear();
        _scene.Positions.AddRange(legs);
    }

    private void AssertMadeUp(OrderSide side, decimal quantity, decimal price)
    {
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        Assert.Equal(1, plan.PositionsCompared);
        var fill = Assert.Single(plan.Events.OfType<OrderFilled>());
        Assert.Equal((side, quantity, price), (fill.OrderSide, fill.LastQty.Value, fill.LastPx.Value));
    }
}
