using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class SelfTradeTests : TektiiVenueTest
{
    private protected override TektiiVenueOptions Options => base.Options with { SelfTrades = true };

    [Fact]
    public void Both_orders_of_a_trade_with_oneself_are_told_of_it_under_one_id()
    {
        Quote(90m, 110m);
        TektiiOrder resting = Limit(Buy, 10, 100m);
        TektiiOrder coming = Limit(Sell, 4, 99m);
        Assert.Equal((TektiiOrderStatus.Filled, 100m), (coming.Status, coming.AverageFillPrice));
        Assert.Equal((TektiiOrderStatus.PartiallyFilled, 4m), (Order(resting.Id).Status, Order(resting.Id).FilledQuantity));
        Assert.Equal([(coming.Id, false), (resting.Id, true)], Venue.Books.Trades.Select(trade => (trade.OrderId, trade.IsMaker)));
        Assert.Single(Venue.Books.Trades.DistinctBy(trade => trade.Id));
        Assert.Empty(Venue.Books.Positions);
    }

    [Fact]
    public void The_quote_comes_first_and_then_the_best_of_the_own_orders()
    {
        Quote(90m, 110m);
        TektiiOrder worse = Limit(Sell, 5, 105m);
        TektiiOrder better = Limit(Sell, 5, 104m);
        TektiiOrder posted = Place(Sell, 5, TektiiOrderType.Limit, order => order with { LimitPrice = 103m, PostOnly = true });
        TektiiOrder coming = Limit(Buy, 7, 105m, TektiiTimeInForce.Ioc);
        Assert.Equal((TektiiOrderStatus.Filled, 0m), (coming.Status, coming.RemainingQuantity));
        Assert.Equal((0m, 3m, 5m), (Order(better.Id).RemainingQuantity, Order(worse.Id).RemainingQuantity, Order(posted.Id).RemainingQuantity));

        Assert.Equal(110m, Limit(Buy, 1, 111m).AverageFillPrice);
        Assert.Equal(TektiiOrderStatus.Cancelled, Limit(Buy, 1, 105m, TektiiTimeInForce.Fok).Status);
    }

    [Fact]
    public void A_trade_with_oneself_ids_its_successors_anew()
    {
        Quote(90m, 110m);
        Limit(Buy, 1, 100m);
        Limit(Sell, 1, 100m);
        Place(Buy, 1);
        Assert.Equal(2, Venue.Books.Trades.DistinctBy(trade => trade.Id).Count());
    }
}
