using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Changes, cancels, exits and groups.</summary>
public sealed class AmendmentTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_keeps_the_order_whether_or_not_the_venue_replaces_it(bool replaces)
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = replaces });
        var order = await scene.RestAsync();
        var first = order.VenueOrderId;
        scene.Modify(order, Quantity.Parse("12"), Price.Parse("91.00"));
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00") && !order.IsPendingUpdate, "the change");
        await scene.SettleAsync();
        Assert.Equal("Submitted Accepted Updated", scene.Story(order.ClientOrderId));
        Assert.Equal((12m, OrderStatus.Accepted), (order.Quantity.Value, order.Status));
        Assert.Equal(replaces, order.VenueOrderId != first);
        scene.Cancel(order);
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.DoesNotContain(scene.Venue.Books.Orders, at => at.IsWorking);
    }

    [Fact]
    public async Task A_replacement_of_what_is_left_keeps_what_was_filled_before()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = true });
        var order = await scene.RestAsync();
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the first part");
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00"), "the change");
        Assert.Equal((10m, 4m, OrderStatus.PartiallyFilled), (order.Quantity.Value, order.FilledQty.Value, order.Status));
        var report = Assert.Single((await scene.Client.GenerateMassStatusAsync()).OrderReports.Values);
        Assert.Equal((10m, 4m), (report.Quantity.Value, report.FilledQty.Value));
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 2);
        await scene.UntilAsync(() => order.FilledQty.Value == 6m, "the second part");
        Assert.False(order.IsClosed);
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value);
        await scene.UntilAsync(() => order.IsClosed, "the rest");
        Assert.Equal((OrderStatus.Filled, 10m), (order.Status, order.FilledQty.Value));
    }

    [Fact]
    public async Task A_replacement_that_fails_is_a_refused_change_and_a_cancelled_order()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = true });
        var order = await scene.RestAsync();
        scene.Venue.Faults.FailNextReplacement();
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => order.IsClosed, "the end");
        Assert.Equal("Submitted Accepted ModifyRejected Canceled", scene.Story(order.ClientOrderId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_whose_answer_is_lost_is_looked_up(bool replaces)
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = replaces });
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.DropResponse, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00"), "the change");
        Assert.Equal("Submitted Accepted Updated", scene.Story(order.ClientOrderId));
        Assert.Single(scene.Venue.Requests, request => request.Method == "PATCH");
        Assert.Equal(scene.Venue.Books.Orders.Single(at => at.IsWorking).Id, order.VenueOrderId!.Value.Value);
    }

    [Fact]
    public async Task A_change_that_makes_no_sense_is_refused_here()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Modify(order, price: Price.Parse("90.005"));
        await scene.UntilAsync(() => scene.Events.OfType<OrderModifyRejected>().Any(), "the refusal");
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task A_cancel_given_before_the_answer_waits_for_the_venues_id()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = 1 });
        var order = scene.Submit(scene.Limit1());
        scene.Client.CancelOrder(scene.Factory.Cancel(order));
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 1, "the order at the venue");
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "DELETE");
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.Equal("Submitted Accepted Canceled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_cancel_of_an_order_that_is_over_is_refused()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Cancel(order);
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        scene.Client.CancelOrder(scene.Factory.Cancel(order));
        await scene.UntilAsync(() => scene.Events.OfType<OrderCancelRejected>().Any(), "the refusal");
        Assert.Equal("Submitted Accepted Canceled CancelRejected", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_cancel_whose_answer_is_lost_is_asked_again_and_ends_the_order_once()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.DropResponse, Method = "DELETE" });
        scene.Cancel(order);
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.Equal("Submitted Accepted Canceled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_cancel_that_loses_against_a_fill_ends_in_the_fill()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Times = null });
        scene.Venue.PushQuote(TektiiScene.Symbol, 89.00m, 89.02m);
        scene.Venue.Faults.Clear();
        scene.Cancel(order);
        await scene.UntilAsync(() => order.IsClosed, "the end");
        Assert.Equal((OrderStatus.Filled, 10m), (order.Status, order.FilledQty.Value));
    }

    [Theory]
    [InlineData(OrderSide.NoOrderSide, 0)]
    [InlineData(OrderSide.Buy, 1)]
    public async Task Cancelling_all_honours_the_side(OrderSide side, int left)
    {
        await using var scene = await TektiiScene.StartAsync();
        var buy = await scene.RestAsync();
        var sell = await scene.RestAsync(scene.Limit1(OrderSide.Sell, "110.00"));
        scene.Client.CancelAllOrders(scene.Factory.CancelAll(TektiiScene.Aapl, side));
        await scene.UntilAsync(() => buy.IsClosed && sell.IsClosed == (left == 0), "the cancels");
        await scene.SettleAsync();
        Assert.Equal(left, scene.Venue.Books.Orders.Count(at => at.IsWorking));
    }

    [Fact]
    public async Task Exits_of_an_entry_come_to_be_when_it_fills_and_one_cancels_the_other()
    {
        await using var scene = await TektiiScene.StartAsync();
        var entry = scene.Limit1(price: "99.00") with { ContingencyType = ContingencyType.OTO, OrderListId = new OrderListId("L-1") };
        var stop = scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.00"))
            with
        { ParentOrderId = entry.ClientOrderId, ContingencyType = ContingencyType.OCO, OrderListId = new OrderListId("L-1"), ReduceOnly = true };
        var target = scene.Limit1(OrderSide.Sell, "105.00")
            with
        { ParentOrderId = entry.ClientOrderId, ContingencyType = ContingencyType.OCO, OrderListId = new OrderListId("L-1"), ReduceOnly = true };
        Order[] orders = [scene.Cache.AddOrder(entry), scene.Cache.AddOrder(stop), scene.Cache.AddOrder(target)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([entry, stop, target]));
        await scene.UntilAsync(() => orders[0].Status == OrderStatus.Accepted, "the entry");
        await scene.UntilAsync(() => orders[1].Status == OrderStatus.Accepted && orders[2].Status == OrderStatus.Accepted, "the exits, as terms of the entry");
        Assert.EndsWith("/stop_loss", orders[1].VenueOrderId!.Value.Value, StringComparison.Ordinal);
        scene.Venue.PushQuote(TektiiScene.Symbol, 98.98m, 99.00m);
        await scene.UntilAsync(() => orders.Skip(1).All(exit => !exit.VenueOrderId!.Value.Value.Contains('/', StringComparison.Ordinal)), "the exits, as orders of their own");
        scene.Venue.PushQuote(TektiiScene.Symbol, 105.00m, 105.02m);
        await scene.UntilAsync(() => orders[1].IsClosed && orders[2].IsClosed, "the end of both exits");
        Assert.Equal((OrderStatus.Filled, OrderStatus.Canceled, OrderStatus.Filled), (orders[0].Status, orders[1].Status, orders[2].Status));
        Assert.Equal(0m, scene.Cache.Position(TektiiScene.Aapl)!.SignedQty);
    }

    [Fact]
    public async Task Exits_of_an_entry_that_ends_unfilled_end_with_it()
    {
        await using var scene = await TektiiScene.StartAsync();
        var entry = scene.Limit1() with { ContingencyType = ContingencyType.OTO };
        var target = scene.Limit1(OrderSide.Sell, "105.00") with { ParentOrderId = entry.ClientOrderId };
        Order[] orders = [scene.Cache.AddOrder(entry), scene.Cache.AddOrder(target)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([entry, target]));
        await scene.UntilAsync(() => orders[0].Status == OrderStatus.Accepted, "the entry");
        scene.Cancel(orders[0]);
        await scene.UntilAsync(() => orders[1].IsClosed, "the end of the exit");
        Assert.Equal((OrderStatus.Canceled, OrderStatus.Canceled), (orders[0].Status, orders[1].Status));
    }

    [Fact]
    public async Task Of_a_group_one_cancels_the_other()
    {
        await using var scene = await TektiiScene.StartAsync();
        OrderInitialized[] group =
        [
            scene.Limit1(price: "99.00") with { ContingencyType = ContingencyType.OCO, OrderListId = new OrderListId("L-1") },
            scene.Limit1(price: "98.00") with { ContingencyType = ContingencyType.OCO, OrderListId = new OrderListId("L-1") },
        ];
        var orders = group.Select(scene.Cache.AddOrder).ToArray();
        scene.Client.SubmitOrderList(scene.Factory.SubmitList(group));
        await scene.UntilAsync(() => orders.All(order => order.Status == OrderStatus.Accepted), "both");
        scene.Venue.PushQuote(TektiiScene.Symbol, 98.98m, 99.00m);
        await scene.UntilAsync(() => orders.All(order => order.IsClosed), "the end of both");
        Assert.Equal((OrderStatus.Filled, OrderStatus.Canceled), (orders[0].Status, orders[1].Status));
    }

    [Fact]
    public async Task A_position_can_be_closed_and_its_exits_moved()
    {
        await using var scene = await TektiiScene.StartAsync();
        var entry = scene.Market() with { ContingencyType = ContingencyType.OTO };
        var stop = scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.00")) with { ParentOrderId = entry.ClientOrderId };
        Order[] orders = [scene.Cache.AddOrder(entry), scene.Cache.AddOrder(stop)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([entry, stop]));
        await scene.UntilAsync(() => orders[1].VenueOrderId?.Value.Contains('/', StringComparison.Ordinal) == false, "the stop");
        var position = Assert.Single(await scene.Client.GetPositionsAsync());
        await scene.Client.SetPositionExitsAsync(position.Id, stopLoss: 96.00m, takeProfit: null);
        await scene.UntilAsync(() => orders[1].TriggerPrice == Price.Parse("96.00"), "the moved stop");
        await scene.Client.ClosePositionAsync(position.Id);
        await scene.UntilAsync(() => scene.Venue.Books.Positions.Count == 0, "the close");
        await scene.UntilAsync(() => scene.Events.OfType<FillReport>().Any(), "the closing trade as a report");
    }
}
