using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class ExitTests : TektiiVenueTest
{
    [Fact]
    public async Task The_exits_of_a_bracket_come_with_the_fill_and_cancel_each_other()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Quote(99m, 100m);
        TektiiOrder entry = Place(Buy, 2, with: order => order with { StopLoss = 95m, TakeProfit = 105m });
        TektiiOrder[] exits = [.. Venue.Books.Orders.Where(order => order.ParentOrderId == entry.Id)];
        Assert.Equal([(TektiiOrderType.Stop, 95m, null), (TektiiOrderType.Limit, null, 105m)], exits.Select(exit => (exit.Request.Type, exit.Request.StopPrice, exit.Request.LimitPrice)));
        Assert.All(exits, exit => Assert.True(exit.Request is { Side: Sell, ReduceOnly: true, Quantity: 2 }));

        await client.WaitAsync("account");
        var created = await client.NextAsync("order");
        Assert.Equal(("BRACKET_ORDER_CREATED", entry.Id), ((string)created["event"]!, (string)created["parent_order_id"]!));

        Quote(94m, 95m);
        Assert.Equal((TektiiOrderStatus.Filled, 94m), (Order(exits[0].Id).Status, Order(exits[0].Id).AverageFillPrice));
        Assert.Equal(TektiiOrderStatus.Cancelled, Order(exits[1].Id).Status);
        Assert.Empty(Venue.Books.Positions);
    }

    [Fact]
    public void Exits_go_with_their_position_and_a_turn_protects_only_what_it_opened()
    {
        Quote(99m, 100m);
        TektiiOrder entry = Place(Buy, 2, with: order => order with { StopLoss = 95m });
        TektiiOrder turn = Place(Sell, 5, with: order => order with { StopLoss = 110m });
        Assert.Equal(TektiiOrderStatus.Cancelled, Venue.Books.Orders.Single(order => order.ParentOrderId == entry.Id).Status);
        TektiiOrder exit = Venue.Books.Orders.Single(order => order.ParentOrderId == turn.Id);
        Assert.Equal((Buy, 3m, TektiiOrderStatus.Open), (exit.Request.Side, exit.Request.Quantity, exit.Status));
        TektiiPosition position = Assert.Single(Venue.Books.Positions);
        Assert.Equal((TektiiPositionSide.Short, 3m, 99m), (position.Side, position.Quantity, position.AverageEntryPrice));
    }

    [Fact]
    public void A_group_reduces_by_what_one_of_it_fills()
    {
        Quote(99m, 100m);
        TektiiOrder low = Place(Buy, 10, TektiiOrderType.Limit, order => order with { LimitPrice = 95m, OcoGroupId = "g" });
        TektiiOrder high = Place(Buy, 10, TektiiOrderType.Stop, order => order with { StopPrice = 105m, OcoGroupId = "g" });
        Venue.FillNow(low.Id, 4m);
        Assert.Equal((6m, TektiiOrderStatus.Open), (Order(high.Id).Request.Quantity, Order(high.Id).Status));
        Quote(104m, 105m);
        Assert.Equal(TektiiOrderStatus.Filled, Order(high.Id).Status);
        Assert.Equal(TektiiOrderStatus.Cancelled, Order(low.Id).Status);
        Assert.Equal(10m, Assert.Single(Venue.Books.Positions).Quantity);
    }

    [Fact]
    public async Task Exits_of_a_position_can_be_moved_but_not_made_up()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        Place(Buy, 2, with: order => order with { StopLoss = 95m });
        Answer moved = await client.SendAsync("PATCH", "/v1/positions/p-1", """{"stop_loss":"96"}""");
        Assert.Equal(200, moved.Status);
        Assert.Equal(("o-2", "96"), ((string)moved.Body!["stop_loss"]!["order_ids"]![0]!, (string)moved.Body["stop_loss"]!["trigger_price"]!));
        Assert.Equal(96m, Order("o-2").Request.StopPrice);
        Assert.Equal(409, (await client.SendAsync("PATCH", "/v1/positions/p-1", """{"take_profit":"120"}""")).Status);
        Assert.Equal(404, (await client.SendAsync("PATCH", "/v1/positions/p-9", """{"stop_loss":"96"}""")).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", "/v1/positions/p-1", "{}")).Status);

        await using TektiiTestClient stream = await TektiiTestClient.ConnectAsync(Venue);
        Venue.Faults.FailNextReplacement();
        Answer lost = await client.SendAsync("PATCH", "/v1/positions/p-1", """{"stop_loss":"97"}""");
        Assert.Equal((502, "PROVIDER_ERROR"), (lost.Status, lost.Code));
        Assert.Equal(TektiiOrderStatus.Cancelled, Order("o-2").Status);
        Assert.Equal("POSITION_UNPROTECTED", (string)(await stream.WaitAsync("error"))["code"]!);
    }
}
