using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class HedgingTests : TektiiVenueTest
{
    private protected override TektiiVenueOptions Options => base.Options with { PositionMode = TektiiPositionMode.Hedging };

    [Fact]
    public void Every_order_without_a_position_opens_one_and_an_order_with_one_reduces_it()
    {
        Quote(99m, 100m);
        Place(Buy, 2);
        Place(Buy, 3);
        Place(Sell, 4);
        Assert.Equal([("p-1", TektiiPositionSide.Long, 2m), ("p-2", TektiiPositionSide.Long, 3m), ("p-3", TektiiPositionSide.Short, 4m)], Positions());

        TektiiOrder exit = Place(Sell, 9, with: order => order with { PositionId = "p-2" });
        Assert.Equal((TektiiOrderStatus.Cancelled, 3m), (exit.Status, exit.FilledQuantity));
        Place(Buy, 1, with: order => order with { PositionId = "p-1" });
        Place(Buy, 1, with: order => order with { ReduceOnly = true });
        Assert.Equal([("p-1", TektiiPositionSide.Long, 3m), ("p-3", TektiiPositionSide.Short, 3m)], Positions());
    }

    private IEnumerable<(string Id, TektiiPositionSide Side, decimal Quantity)> Positions() =>
        Venue.Books.Positions.Select(position => (position.Id, position.Side, position.Quantity));
}
