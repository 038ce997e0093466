using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Requests that overtake each other, answers that prove nothing, and orders of others meanwhile.</summary>
public sealed class SafetyTests
{
    [Fact]
    public async Task An_order_given_after_a_cancel_of_all_is_not_cancelled_with_the_others()
    {
        await using var scene = await TektiiScene.StartAsync();
        var before = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "DELETE" });
        scene.Client.CancelAllOrders(scene.Factory.CancelAll(TektiiScene.Aapl, OrderSide.NoOrderSide));
        var after = scene.Submit(scene.Limit1(price: "89.00"));
        await scene.UntilAsync(() => before.IsClosed, "the cancel");
        Assert.Single(scene.Venue.Requests, request => request.Method == "POST");
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => after.Status == OrderStatus.Accepted, "the order after it");
        await scene.SettleAsync();
        Assert.Equal(after.VenueOrderId!.Value.Value, scene.Venue.Books.Orders.Single(at => at.IsWorking).Id);
    }

    [Fact]
    public async Task An_order_that_only_reduces_does_not_arrive_before_the_one_that_it_protects()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        var entry = scene.Submit(scene.Market());
        var stop = scene.Submit(scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.00")) with { ReduceOnly = true });
        await scene.UntilAsync(() => entry.IsClosed, "the entry");
        Assert.Single(scene.Venue.Requests, request => request.Method == "POST");
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => stop.Status == OrderStatus.Accepted, "the stop");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_page_of_somebody_in_between_rejects_nothing(int status)
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = status, Body = "<html>", Execute = true, Method = "POST" });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => order.Status == OrderStatus.Accepted, "the order to be found");
        Assert.Equal("Submitted Accepted", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task Orders_and_trades_of_others_do_not_wait_for_an_answer_that_cannot_concern_them()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = 1 });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 1, "the order at the venue");
        scene.Venue.PlaceByOthers(new TektiiOrderRequest { Symbol = TektiiScene.Symbol, Side = TektiiSide.Sell, Type = TektiiOrderType.Market, Quantity = 3m });
        await scene.UntilAsync(() => scene.Events.OfType<FillReport>().Any(), "the trade of others");
        Assert.Equal("Submitted", scene.Story(order.ClientOrderId));
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.Status == OrderStatus.Accepted, "the answer");
        Assert.Single(scene.Events.OfType<FillReport>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_order_of_a_group_is_denied_where_the_venue_has_no_groups(bool engineDialect)
    {
        var backtest = new TektiiBacktestOptions { Symbol = TektiiScene.Symbol, Candles = [.. TektiiCandleGenerator.Generate(3).Take(10)] };
        await using var scene = await TektiiScene.StartAsync(
            TektiiScene.Quiet with { Features = ["reduce_only"], Backtest = engineDialect ? backtest : null }, engineDialect: engineDialect);
        var order = scene.Submit(scene.Limit1() with { ContingencyType = ContingencyType.OCO, OrderListId = new OrderListId("L-1") });
        await scene.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Equal("Denied", scene.Story(order.ClientOrderId));
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task An_exit_without_its_entry_is_denied()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = scene.Submit(scene.Limit1(OrderSide.Sell, "105.00") with { ParentOrderId = new ClientOrderId("O-1") });
        await scene.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Contains("O-1", Assert.Single(scene.Events.OfType<OrderDenied>()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    public async Task A_key_of_unusual_form_is_sent_as_it_is(string key)
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ApiKey = key }, options => options with { ApiKey = new TektiiApiKey(key) });
        Assert.True(scene.Client.IsConnected);
    }

    [Fact]
    public async Task A_cancel_that_may_have_arrived_is_not_told_as_refused_because_a_later_try_did_not_leave()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.DropResponse, Method = "DELETE" });
        scene.Cancel(order);
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "DELETE"), "the cancel at the venue");
        await scene.Venue.RestartAsync(TimeSpan.FromSeconds(2));
        await scene.UntilAsync(() => order.IsClosed && scene.Client.IsConnected, "the end");
        Assert.Equal("Submitted Accepted Canceled", scene.Story(order.ClientOrderId));
    }
}
