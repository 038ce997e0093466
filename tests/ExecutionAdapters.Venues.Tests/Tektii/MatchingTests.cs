using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class MatchingTests : TektiiVenueTest
{
    [Fact]
    public void Who_comes_takes_the_quote_and_who_rests_gives_his_limit()
    {
        Quote(99m, 100m);
        Assert.Equal(100m, Place(Buy, 5).AverageFillPrice);
        Assert.Equal(99m, Place(Sell, 5).AverageFillPrice);
        Assert.Equal(100m, Limit(Buy, 5, 101m).AverageFillPrice);

        TektiiOrder resting = Limit(Buy, 5, 98m);
        Assert.Equal(TektiiOrderStatus.Open, resting.Status);
        Quote(97m, 97.50m);
        Assert.Equal((TektiiOrderStatus.Filled, 98m), (Order(resting.Id).Status, Order(resting.Id).AverageFillPrice));
        Assert.Equal([false, false, false, true], Venue.Books.Trades.Select(trade => trade.IsMaker));
    }

    [Fact]
    public void Stops_wait_for_their_price_and_then_take_the_quote()
    {
        Quote(99m, 100m);
        TektiiOrder buy = Place(Buy, 1, TektiiOrderType.Stop, order => order with { StopPrice = 102m });
        TektiiOrder limited = Place(Buy, 1, TektiiOrderType.StopLimit, order => order with { StopPrice = 102m, LimitPrice = 102.50m });
        Quote(100m, 101.99m);
        Assert.Empty(Venue.Books.Trades);

        Quote(102m, 103m);
        Assert.Equal(103m, Order(buy.Id).AverageFillPrice);
        Assert.Equal(TektiiOrderStatus.Open, Order(limited.Id).Status);
        Quote(101m, 102.40m);
        Assert.Equal(102.50m, Order(limited.Id).AverageFillPrice);
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_price_and_never_goes_back()
    {
        Quote(100m, 100.10m);
        TektiiOrder absolute = Place(Sell, 1, TektiiOrderType.TrailingStop, order => order with { TrailingDistance = 2m, TrailingType = TektiiTrailingType.Absolute });
        TektiiOrder percent = Place(Sell, 1, TektiiOrderType.TrailingStop, order => order with { TrailingDistance = 5m, TrailingType = TektiiTrailingType.Percent });
        Quote(110m, 110.10m);
        Quote(108.01m, 108.10m);
        Assert.Empty(Venue.Books.Trades);
        Quote(108m, 108.10m);
        Assert.Equal(108m, Order(absolute.Id).AverageFillPrice);
        Quote(104.50m, 104.60m);
        Assert.Equal(104.50m, Order(percent.Id).AverageFillPrice);
    }

    [Fact]
    public void An_immediate_order_that_cannot_trade_is_cancelled_and_a_day_order_expires()
    {
        Quote(99m, 100m);
        Assert.Equal(TektiiOrderStatus.Cancelled, Limit(Buy, 1, 98m, TektiiTimeInForce.Ioc).Status);
        Assert.Equal(TektiiOrderStatus.Cancelled, Limit(Buy, 1, 98m, TektiiTimeInForce.Fok).Status);
        Assert.Equal(TektiiOrderStatus.Filled, Limit(Buy, 1, 100m, TektiiTimeInForce.Fok).Status);

        TektiiOrder day = Limit(Buy, 1, 98m, TektiiTimeInForce.Day);
        Clock.Advance(TimeSpan.FromHours(23));
        Quote(99m, 100m);
        Assert.Equal(TektiiOrderStatus.Open, Order(day.Id).Status);
        Clock.Advance(TimeSpan.FromHours(1));
        Quote(90m, 91m);
        Assert.Equal((TektiiOrderStatus.Expired, 0m), (Order(day.Id).Status, Order(day.Id).FilledQuantity));
    }

    [Fact]
    public void What_the_broker_does_not_take_is_refused_and_leaves_no_order()
    {
        Quote(99m, 100m);
        Assert.Throws<ArgumentException>(() => Place(Sell, 1, with: order => order with { ReduceOnly = true }));
        Assert.Throws<ArgumentException>(() => Place(Buy, 1, TektiiOrderType.Limit, order => order with { LimitPrice = 100m, PostOnly = true }));
        Assert.Throws<ArgumentException>(() => Place(Buy, 0.5m));
        Assert.Throws<ArgumentException>(() => Limit(Buy, 1, 99.005m));
        Assert.Throws<ArgumentException>(() => Place(Buy, 10_001)); // 100,000 USD carry 1,000,000
        Assert.Empty(Venue.Books.Orders);
        Assert.Equal(TektiiOrderStatus.Filled, Place(Buy, 10_000).Status);
    }

    [Fact]
    public void A_reduce_only_order_never_turns_a_position()
    {
        Quote(99m, 100m);
        Place(Buy, 4);
        TektiiOrder exit = Place(Sell, 10, with: order => order with { ReduceOnly = true });
        Assert.Equal((TektiiOrderStatus.Cancelled, 4m), (exit.Status, exit.FilledQuantity));
        Assert.Empty(Venue.Books.Positions);
    }
}

public sealed class PartialFillTests : TektiiVenueTest
{
    private protected override TektiiVenueOptions Options => base.Options with { PartialFillRatio = 0.4m };

    [Fact]
    public void Each_quote_fills_a_share_until_nothing_is_left()
    {
        Quote(99m, 100m);
        TektiiOrder order = Place(Buy, 10);
        Assert.Equal((TektiiOrderStatus.PartiallyFilled, 4m), (order.Status, order.FilledQuantity));
        Quote(100m, 101m);
        Quote(101m, 102m);
        order = Order(order.Id);
        Assert.Equal((TektiiOrderStatus.Filled, 100.80m), (order.Status, order.AverageFillPrice));
        Assert.Equal([4m, 4m, 2m], Venue.Books.Trades.Select(trade => trade.Quantity));
    }

    [Fact]
    public void Immediate_or_cancel_keeps_the_share_and_fill_or_kill_takes_none()
    {
        Quote(99m, 100m);
        TektiiOrder partly = Limit(Buy, 10, 100m, TektiiTimeInForce.Ioc);
        Assert.Equal((TektiiOrderStatus.Cancelled, 4m), (partly.Status, partly.FilledQuantity));
        TektiiOrder none = Limit(Buy, 10, 100m, TektiiTimeInForce.Fok);
        Assert.Equal((TektiiOrderStatus.Cancelled, 0m), (none.Status, none.FilledQuantity));
    }

    [Fact]
    public void Exits_grow_with_their_entry_and_shrink_together()
    {
        Quote(99m, 100m);
        TektiiOrder entry = Place(Buy, 10, with: order => order with { StopLoss = 90m, TakeProfit = 120m });
        Assert.Equal([4m, 4m], Exits().Select(exit => exit.Request.Quantity));
        Quote(99m, 100m);
        Quote(99m, 100m);
        Assert.Equal([10m, 10m], Exits().Select(exit => exit.Request.Quantity));

        Quote(121m, 122m); // 4 of the take profit
        TektiiOrder[] exits = [.. Exits()];
        Assert.Equal((6m, 0m), (exits[0].RemainingQuantity, exits[0].FilledQuantity));
        Assert.Equal((6m, 4m), (exits[1].RemainingQuantity, exits[1].FilledQuantity));
        Quote(121m, 122m);
        Quote(121m, 122m);
        Assert.Equal([TektiiOrderStatus.Cancelled, TektiiOrderStatus.Filled], Exits().Select(exit => exit.Status));
        Assert.Empty(Venue.Books.Positions);

        IEnumerable<TektiiOrder> Exits() => Venue.Books.Orders.Where(order => order.ParentOrderId == entry.Id);
    }
}
