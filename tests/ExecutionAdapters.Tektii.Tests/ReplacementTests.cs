using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>A venue that changes an order by making another one of what is left, and what may cross that on the way.</summary>
public sealed class ReplacementTests
{
    private static readonly TektiiVenueOptions Replacing = TektiiScene.Quiet with { ReplaceOnModify = true };

    [Fact]
    public async Task A_fill_that_is_told_after_the_replacement_does_not_end_the_order_early()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Times = null });
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00"), "the change");
        Assert.Equal((10m, 0m), (order.Quantity.Value, order.FilledQty.Value));
        scene.Venue.Faults.Clear();
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the fill before the change");
        await FillUpAsync(scene, order);
        Assert.Equal("Submitted Accepted Updated Filled Filled Filled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_total_that_is_asked_for_is_that_of_the_whole_order()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var order = await scene.RestAsync();
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the first part");
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => !order.IsPendingUpdate, "the first change");
        scene.Modify(order, Quantity.Parse("12"));
        await scene.UntilAsync(() => !order.IsPendingUpdate && order.Quantity.Value == 12m, "the second change");
        Assert.Equal(8m, scene.Venue.Books.Orders.Single(at => at.IsWorking).Request.Quantity);
        Assert.Equal((12m, 4m), (order.Quantity.Value, order.FilledQty.Value));
    }

    [Fact]
    public async Task After_a_restart_the_whole_order_is_known_and_ends_when_it_is_filled()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var order = await scene.RestAsync();
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the first part");
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => !order.IsPendingUpdate, "the change");
        await scene.RestartAsync();
        Assert.Equal((10m, 4m), (order.Quantity.Value, order.FilledQty.Value));
        var report = Assert.Single((await scene.Client.GenerateMassStatusAsync()).OrderReports.Values);
        Assert.Equal((10m, 4m, order.VenueOrderId), (report.Quantity.Value, report.FilledQty.Value, report.VenueOrderId));
        await FillUpAsync(scene, order);
        Assert.Equal("Submitted Accepted Filled Updated Filled Filled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_restart_while_a_change_is_unanswered_finds_the_order_under_its_new_id()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var order = await scene.RestAsync();
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the first part");
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 2, "the replacement");
        await scene.RestartAsync(() =>
        {
            scene.Venue.Faults.Clear();
            return Task.CompletedTask;
        });
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00"), "the change");
        Assert.Equal(scene.Venue.Books.Orders.Single(at => at.IsWorking).Id, order.VenueOrderId!.Value.Value);
        await FillUpAsync(scene, order);
        Assert.DoesNotContain("Canceled", scene.Story(order.ClientOrderId), StringComparison.Ordinal);
        Assert.Empty(scene.Events.OfType<OrderStatusReport>());
    }

    [Fact]
    public async Task A_cancel_does_not_wait_for_the_answer_to_a_change_and_ends_the_replacement_too()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 2, "the replacement");
        scene.Cancel(order);
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "DELETE"), "the cancel at the venue");
        Assert.False(order.IsClosed);
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.IsClosed, "the end");
        Assert.Equal("Submitted Accepted Updated Canceled", scene.Story(order.ClientOrderId));
        Assert.DoesNotContain(scene.Venue.Books.Orders, at => at.IsWorking);
    }

    [Fact]
    public async Task Changes_given_before_the_venues_id_is_known_go_one_after_the_other()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = 1 });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 1, "the order at the venue");
        scene.Client.ModifyOrder(scene.Factory.Modify(order, price: Price.Parse("91.00")));
        scene.Client.ModifyOrder(scene.Factory.Modify(order, price: Price.Parse("92.00")));
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.Price == Price.Parse("92.00"), "both changes");
        scene.Client.CancelOrder(scene.Factory.Cancel(order));
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.Equal("Submitted Accepted Updated Updated Canceled", scene.Story(order.ClientOrderId));
        Assert.Equal(2, scene.Venue.Requests.Count(request => request.Method == "PATCH"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_to_what_is_filled_already_ends_the_order(bool replaces)
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = replaces });
        var order = await scene.RestAsync();
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 4);
        await scene.UntilAsync(() => order.FilledQty.Value == 4m, "the first part");
        scene.Modify(order, Quantity.Parse("4"));
        await scene.UntilAsync(() => order.IsClosed, "the end");
        Assert.Equal("Submitted Accepted Filled Updated", scene.Story(order.ClientOrderId));
        Assert.Equal((OrderStatus.Filled, 4m), (order.Status, order.Quantity.Value));
    }

    [Fact]
    public async Task The_answer_to_a_change_counts_whatever_clock_its_time_is_from()
    {
        await using var scene = await TektiiScene.StartAsync();
        var ahead = (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3)).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        scene.Venue.Faults.PushFrame($$$"""{"type":"quote","timestamp":"{{{ahead}}}","quote":{"symbol":"S:AAPL","bid":"100.00","ask":"100.02","timestamp":"{{{ahead}}}"}}""");
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        var order = await scene.RestAsync();
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => !order.IsPendingUpdate, "the answer");
        Assert.Equal("91.00", order.Price.ToString());
    }

    [Fact]
    public async Task Exits_can_be_moved_while_they_are_terms_of_their_entry()
    {
        await using var scene = await TektiiScene.StartAsync(Replacing);
        var entry = scene.Limit1(price: "99.00") with { ContingencyType = ContingencyType.OTO, OrderListId = new OrderListId("L-1") };
        var stop = scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.00"))
            with
        { ParentOrderId = entry.ClientOrderId, OrderListId = new OrderListId("L-1"), ReduceOnly = true };
        Order[] orders = [scene.Cache.AddOrder(entry), scene.Cache.AddOrder(stop)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([entry, stop]));
        await scene.UntilAsync(() => orders[1].Status == OrderStatus.Accepted, "the exit, as a term of the entry");
        scene.Modify(orders[1], trigger: Price.Parse("96.00"));
        await scene.UntilAsync(() => orders[1].TriggerPrice == Price.Parse("96.00"), "the change");
        scene.Venue.PushQuote(TektiiScene.Symbol, 98.98m, 99.00m);
        await scene.UntilAsync(() => !orders[1].VenueOrderId!.Value.Value.Contains('/', StringComparison.Ordinal), "the exit, as an order of its own");
        Assert.Equal(96.00m, scene.Venue.Books.Orders.Single(at => at.IsWorking).Request.StopPrice);
        Assert.Equal("Submitted Accepted Updated", scene.Story(orders[1].ClientOrderId)[..26]);
    }

    private static async Task FillUpAsync(TektiiScene scene, Order order)
    {
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value, quantity: 2);
        await scene.UntilAsync(() => order.FilledQty.Value == 6m, "the second part");
        await scene.SettleAsync();
        Assert.Equal((OrderStatus.PartiallyFilled, 10m), (order.Status, order.Quantity.Value));
        scene.Venue.FillNow(order.VenueOrderId!.Value.Value);
        await scene.UntilAsync(() => order.IsClosed, "the rest");
        Assert.Equal((OrderStatus.Filled, 10m), (order.Status, order.FilledQty.Value));
    }
}
