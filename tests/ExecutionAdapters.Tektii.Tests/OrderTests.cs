using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>The life of an order at the gateway, and what the client makes of answers that are late, lost or odd.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task A_market_order_is_filled_and_its_commission_told()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { CommissionRate = 0.001m });
        var order = scene.Submit(scene.Market());
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal("Submitted Accepted Filled", scene.Story(order.ClientOrderId));
        var fill = scene.Events.OfType<OrderFilled>().Single();
        Assert.Equal((10m, 100.02m, 1.0002m), (fill.LastQty.Value, fill.LastPx.Value, scene.Venue.Books.Trades.Single().Commission));
        Assert.Equal(10m, scene.Cache.Position(TektiiScene.Aapl)!.SignedQty);
    }

    [Fact]
    public async Task Partial_fills_are_told_one_by_one_and_add_up()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { PartialFillRatio = 0.4m });
        var order = scene.Submit(scene.Limit1(price: "101.00"));
        for (var quotes = 0; quotes < 5; quotes++)
        {
            await scene.UntilAsync(() => order.FilledQty.IsPositive, "the first fill");
            scene.Venue.PushQuote(TektiiScene.Symbol, 100.00m, 100.02m);
        }

        await scene.UntilAsync(() => order.IsClosed, "the last fill");
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.True(scene.Events.OfType<OrderFilled>().Count() > 1);
        Assert.Equal(scene.Venue.Books.Trades.Select(trade => trade.Id), order.TradeIds.Select(id => id.Value));
    }

    [Fact]
    public async Task A_fill_that_is_told_before_the_answer_comes_after_the_acceptance()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        var order = scene.Submit(scene.Market());
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal("Submitted Accepted Filled", scene.Story(order.ClientOrderId));
        scene.Venue.Faults.Release();
        await scene.SettleAsync();
        Assert.Equal("Submitted Accepted Filled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_trade_that_is_told_before_anything_else_of_its_order_waits_for_the_order()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        var order = scene.Submit(scene.Market());
        await scene.UntilAsync(() => scene.Venue.Books.Trades.Count == 1, "the trade at the venue");
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal("Submitted Accepted Filled", scene.Story(order.ClientOrderId));
        Assert.Empty(scene.Events.OfType<FillReport>());
    }

    [Theory]
    [InlineData(TektiiRequestFaultKind.DropResponse)]
    [InlineData(TektiiRequestFaultKind.TruncateResponse)]
    public async Task An_order_whose_answer_is_lost_is_looked_up_and_sent_once(TektiiRequestFaultKind kind)
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = kind, Method = "POST" });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => order.Status == OrderStatus.Accepted, "the order to be found");
        Assert.Equal("Submitted Accepted", scene.Story(order.ClientOrderId));
        Assert.Single(scene.Venue.Requests, request => request.Method == "POST");
        Assert.Equal(order.VenueOrderId!.Value.Value, scene.Venue.Books.Orders.Single().Id);
    }

    [Theory]
    [InlineData(429, "<html>too many</html>")]
    [InlineData(500, null)]
    [InlineData(503, null)]
    public async Task An_order_that_is_answered_with_trouble_is_neither_rejected_nor_sent_again(int status, string? body)
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = status, Body = body, Method = "POST" });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => scene.Venue.Requests.Count(request => request.Query.Contains("client_order_id", StringComparison.Ordinal)) >= 2, "the look-up");
        Assert.Equal("Submitted", scene.Story(order.ClientOrderId));
        Assert.Single(scene.Venue.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData(false, "Submitted Rejected")]
    [InlineData(true, "Submitted Accepted")]
    public async Task An_order_that_was_one_too_many_is_rejected_when_the_venue_does_not_have_it(bool isExecuted, string story)
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 429, Execute = isExecuted, Method = "POST" });

        // A question without an answer does not count as a no.
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 500, Method = "GET", Path = "/v1/orders", Times = 3 });
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => order.Status is OrderStatus.Rejected or OrderStatus.Accepted, "the outcome");
        Assert.Equal(story, scene.Story(order.ClientOrderId));
        Assert.Single(scene.Venue.Requests, request => request.Method == "POST");
        Assert.True(scene.Venue.Requests.Count(request => request.Query.Contains("client_order_id", StringComparison.Ordinal)) >= (isExecuted ? 2 : 5));
    }

    [Fact]
    public async Task A_change_and_a_cancel_that_were_one_too_many_are_refused_and_the_order_stays()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 429, Method = "PATCH" });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 429, Method = "DELETE", Times = 3 });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Events.OfType<OrderModifyRejected>().Any(), "the refusal of the change");
        scene.Cancel(order);
        await scene.UntilAsync(() => scene.Events.OfType<OrderCancelRejected>().Any(), "the refusal of the cancel");
        Assert.Equal("Submitted Accepted ModifyRejected CancelRejected", scene.Story(order.ClientOrderId));
        Assert.Single(scene.Venue.Requests, request => request.Method == "PATCH");
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public async Task A_change_that_waits_for_one_before_it_is_not_sent_when_that_ended_the_order()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldRequest, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("100.02"));
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "PATCH"), "the first change at the venue");
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.IsClosed && scene.Events.OfType<OrderModifyRejected>().Any(), "the fill and the refusal");
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Contains("ORDER_CLOSED", scene.Events.OfType<OrderModifyRejected>().Single().Reason, StringComparison.Ordinal);
        Assert.Single(scene.Venue.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task More_leverage_than_the_venue_has_is_denied()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { Leverage = 5 });
        var initialized = scene.Limit1();
        var order = scene.Cache.AddOrder(initialized);
        scene.Client.SubmitOrder(scene.Factory.Submit(initialized) with { Params = new Dictionary<string, string> { ["leverage"] = "6" } });
        await scene.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Contains("at most the 5", scene.Events.OfType<OrderDenied>().Single().Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task A_refusal_is_a_rejection_with_the_venues_reason()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = scene.Submit(scene.Market(quantity: "100000"));
        await scene.UntilAsync(() => order.IsClosed, "the rejection");
        Assert.Equal("Submitted Rejected", scene.Story(order.ClientOrderId));
        Assert.Contains("ORDER_REJECTED", scene.Events.OfType<OrderRejected>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_that_comes_after_the_answer_is_one_all_the_same()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.RejectNextOrderLater(TektiiRejectReason.MarketClosed);
        var order = scene.Submit(scene.Limit1());
        await scene.UntilAsync(() => order.IsClosed, "the rejection");
        Assert.Equal("Submitted Rejected", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_post_only_order_that_would_trade_says_so()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = scene.Submit(scene.Limit1(price: "101.00") with { PostOnly = true });
        await scene.UntilAsync(() => order.IsClosed, "the rejection");
        Assert.True(scene.Events.OfType<OrderRejected>().Single().DuePostOnly);
    }

    [Fact]
    public async Task What_the_venue_does_not_take_is_denied_and_nothing_is_sent()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { OrderTypes = [TektiiOrderType.Market, TektiiOrderType.Limit], Features = ["reduce_only"] });
        OrderInitialized[] orders =
        [
            scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Buy, Quantity.Parse("1"), Price.Parse("110.00")),
            scene.Factory.MarketIfTouched(TektiiScene.Aapl, OrderSide.Buy, Quantity.Parse("1"), Price.Parse("90.00")),
            scene.Limit1() with { TimeInForce = TimeInForce.GTD, ExpireTime = UnixNanos.FromSeconds(4_000_000_000) },
            scene.Limit1() with { PostOnly = true },
            scene.Limit1() with { DisplayQty = Quantity.Parse("1") },
            scene.Limit1() with { ClientOrderId = new ClientOrderId(new string('x', 65)) },
            scene.Limit1(price: "90.001"),
            scene.Factory.Limit(InstrumentId.Parse("NOWHERE.TEKTII"), OrderSide.Buy, Quantity.Parse("1"), Price.Parse("1.00")),
        ];
        foreach (var order in orders)
        {
            scene.Submit(order);
        }

        await scene.UntilAsync(() => scene.Events.OfType<OrderDenied>().Count() == orders.Length, "the denials");
        Assert.Equal(
            ["UNSUPPORTED_ORDER_TYPE", "UNSUPPORTED_ORDER_TYPE", "UNSUPPORTED_TIME_IN_FORCE", "VALIDATION_FAILED", "VALIDATION_FAILED", "INVALID_CLIENT_ORDER_ID", "VALIDATION_FAILED", "INSTRUMENT_NOT_FOUND"],
            scene.Events.OfType<OrderDenied>().Select(denied => denied.Reason.Split(':')[0]));
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData(TimeInForce.IOC)]
    [InlineData(TimeInForce.FOK)]
    public async Task An_order_that_must_trade_at_once_and_does_not_is_cancelled(TimeInForce time)
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = scene.Submit(scene.Limit1() with { TimeInForce = time });
        await scene.UntilAsync(() => order.IsClosed, "the end");
        Assert.Equal(OrderStatus.Canceled, order.Status);
    }

    [Fact]
    public async Task Frames_that_come_twice_change_nothing()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Duplicate, Times = null });
        var order = scene.Submit(scene.Market());
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        await scene.SettleAsync();
        Assert.Equal("Submitted Accepted Filled", scene.Story(order.ClientOrderId));
        Assert.Equal(10m, scene.Cache.Position(TektiiScene.Aapl)!.SignedQty);
    }

    [Fact]
    public async Task A_trade_that_is_not_told_is_asked_for()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "trade", Times = null });
        var order = scene.Submit(scene.Market());
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal(scene.Venue.Books.Trades.Single().Id, order.TradeIds.Single().Value);
    }
}
