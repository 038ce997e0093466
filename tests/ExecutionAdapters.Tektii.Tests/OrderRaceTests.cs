using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Answers, rows and trades in orders that nobody likes, and requests that have to wait for each other.</summary>
public sealed class OrderRaceTests
{
    private const string Other = "S:MSFT";

    private static string Now => TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_cancel_is_sent_however_long_it_has_to_wait()
    {
        await using var scene = await TektiiScene.StartAsync(options: options => options with { QueueTimeout = TimeSpan.FromMilliseconds(50) });
        var orders = new List<Order>();
        for (var i = 0; i < 12; i++)
        {
            orders.Add(await scene.RestAsync());
        }

        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldRequest, Method = "DELETE", Times = 8, Delay = TimeSpan.FromMilliseconds(200) });
        scene.Client.CancelAllOrders(scene.Factory.CancelAll(TektiiScene.Aapl, OrderSide.Buy));
        await scene.UntilAsync(() => orders.TrueForAll(order => order.Status == OrderStatus.Canceled), "all of them to be cancelled");
        Assert.Empty(scene.Events.OfType<OrderCancelRejected>());
    }

    [Fact]
    public async Task A_cancel_of_all_does_not_wait_for_the_orders_of_another_instrument()
    {
        await using var scene = await TektiiScene.StartAsync(
            TektiiScene.Quiet with { Instruments = [new TektiiInstrument(TektiiScene.Symbol, 100.00m), new TektiiInstrument(Other, 100.00m)] },
            options => options with { Subscriptions = [new TektiiSubscription(TektiiScene.Symbol, ["*"]), new TektiiSubscription(Other, ["*"])] });
        Order[] orders = [await scene.RestAsync(), await scene.RestAsync()];
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST", Times = 8 });
        for (var i = 0; i < 8; i++)
        {
            scene.Submit(scene.Factory.Limit(TektiiInstruments.IdOf(Other), OrderSide.Buy, Quantity.Parse("1"), Price.Parse("50.00")));
        }

        await scene.UntilAsync(() => scene.Venue.Requests.Count(request => request.Method == "POST") == 10, "the orders at the venue");
        scene.Client.CancelAllOrders(scene.Factory.CancelAll(TektiiScene.Aapl));
        await scene.UntilAsync(() => orders.All(order => order.Status == OrderStatus.Canceled), "the cancels");
    }

    [Fact]
    public async Task A_refusal_of_a_cancel_that_may_have_been_carried_out_before_is_not_told()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Event = "ORDER_CANCELLED" });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.DropResponse, Method = "DELETE" });
        scene.Venue.Faults.Arm(new TektiiRequestFault
        {
            Kind = TektiiRequestFaultKind.Answer,
            Status = 404,
            Method = "DELETE",
            Body = """{"code":"ORDER_NOT_FOUND","message":"no working order"}""",
        });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 500, Method = "GET", Path = "/v1/orders", Times = 3 });
        scene.Cancel(order);
        await scene.UntilAsync(() => scene.Venue.Requests.Count(request => request.Method == "GET" && request.Path.StartsWith("/v1/orders/", StringComparison.Ordinal)) >= 3, "the question");
        scene.Venue.Faults.CutStreams();
        await scene.UntilAsync(() => order.IsClosed, "the cancel to be seen");
        Assert.Equal("Submitted Accepted Canceled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task A_rejected_replacement_does_not_end_the_order_that_works()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        await WhileChangedAsync(scene, order, () => scene.Venue.Faults.PushFrame(Row("ORDER_REJECTED", "o-99", order, "REJECTED")));
        await scene.UntilAsync(() => scene.Events.OfType<OrderUpdated>().Any(), "the change");
        await scene.SettleAsync();
        Assert.Equal("Submitted Accepted Updated", scene.Story(order.ClientOrderId));
        Assert.DoesNotContain(scene.Events.OfType<OrderStatusReport>(), report => report.VenueOrderId.Value == "o-99");
    }

    [Fact]
    public async Task An_exit_with_the_client_id_of_its_entry_is_not_taken_for_the_entry_while_that_is_changed()
    {
        await using var scene = await TektiiScene.StartAsync();
        var order = await scene.RestAsync();
        var id = order.VenueOrderId!.Value;
        await WhileChangedAsync(scene, order, () => scene.Venue.Faults.PushFrame(Row("BRACKET_ORDER_CREATED", "o-98", order, "OPEN", side: "SELL", parent: id.Value)));
        await scene.UntilAsync(() => scene.Events.OfType<OrderUpdated>().Any(), "the change");
        Assert.Equal((id, 10m), (order.VenueOrderId, order.Quantity.Value));
        Assert.Null(scene.Events.OfType<OrderStatusReport>().Single(report => report.VenueOrderId.Value == "o-98").ClientOrderId);
    }

    [Fact]
    public async Task A_replacement_that_is_filled_before_the_answer_is_told_before_its_fill()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ReplaceOnModify = true });
        var order = await scene.RestAsync();
        scene.Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "order", Times = null });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Venue.Books.Orders.Count == 2, "the replacement");
        scene.Venue.FillNow("o-2");
        await scene.UntilAsync(() => scene.Venue.Books.Trades.Count == 1, "the trade");
        scene.Venue.PushQuote(TektiiScene.Symbol, 101.00m, 101.02m);
        scene.Venue.Faults.Release();
        await scene.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal("Submitted Accepted Updated Filled", scene.Story(order.ClientOrderId));
    }

    [Fact]
    public async Task Of_orders_that_cancel_each_other_none_is_sent_when_one_is_denied()
    {
        await using var scene = await TektiiScene.StartAsync();
        var list = new OrderListId("L-1");
        var take = scene.Factory.Limit(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("110.00")) with { ContingencyType = ContingencyType.OCO, OrderListId = list };
        var stop = scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.005")) with { ContingencyType = ContingencyType.OCO, OrderListId = list };
        Order[] orders = [scene.Cache.AddOrder(take), scene.Cache.AddOrder(stop)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([take, stop]));
        await scene.UntilAsync(() => orders.All(order => order.Status == OrderStatus.Denied), "the denials");
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task Ids_that_begin_anew_with_the_gateway_lose_no_fill()
    {
        await using var scene = await TektiiScene.StartAsync();
        var first = scene.Submit(scene.Market(quantity: "3"));
        await scene.UntilAsync(() => first.IsClosed, "the first fill");
        await scene.Venue.DisposeAsync();
        await using var second = await TektiiVenue.StartAsync(TektiiScene.Quiet with { Port = scene.Venue.BaseUrl.Port });
        await scene.UntilAsync(() => scene.Events.OfType<ConnectionStateChanged>().Any(change => change.State == ConnectionState.Reconnected), "the reconnect");
        second.PushQuote(TektiiScene.Symbol, 101.00m, 101.02m);
        var again = scene.Submit(scene.Market(quantity: "4"));
        await scene.UntilAsync(() => again.IsClosed, "the second fill");
        Assert.Equal((first.VenueOrderId, 3m, 4m), (again.VenueOrderId, first.FilledQty.Value, again.FilledQty.Value));
    }

    [Fact]
    public async Task A_trade_of_somebody_else_waits_for_no_request_that_was_made_after_it()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST", After = 1, Times = 1 });
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldRequest, Method = "POST", Delay = TimeSpan.FromSeconds(1) });
        var first = scene.Submit(scene.Limit1(quantity: "1"));
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "POST"), "the first order at the venue");
        await using (var heard = scene.Client.StrategyEvents(static heard => heard is TektiiTradeEvent).GetAsyncEnumerator())
        {
            scene.Venue.PlaceByOthers(new TektiiOrderRequest { Symbol = TektiiScene.Symbol, Side = TektiiSide.Buy, Type = TektiiOrderType.Market, Quantity = 7 });
            Assert.True(await heard.MoveNextAsync());
        }

        Assert.Empty(scene.Events.OfType<FillReport>());
        scene.Submit(scene.Limit1(quantity: "1"));
        await scene.UntilAsync(() => scene.Events.OfType<FillReport>().Any(), "the trade of the other");
        Assert.Equal(OrderStatus.Accepted, first.Status);
        scene.Venue.Faults.Release();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exit_is_changed_only_in_the_price_that_it_has(bool isStop)
    {
        await using var scene = await TektiiScene.StartAsync();
        var (_, exit) = await BracketAsync(scene, isStop);
        scene.Client.ModifyOrder(isStop ? scene.Factory.Modify(exit, price: Price.Parse("97.00")) : scene.Factory.Modify(exit, triggerPrice: Price.Parse("97.00")));
        await scene.UntilAsync(() => scene.Events.OfType<OrderModifyRejected>().Any(), "the refusal");
        Assert.DoesNotContain(scene.Venue.Requests, request => request.Method == "PATCH");
    }

    [Fact]
    public async Task An_exit_that_the_venue_does_not_make_is_told_of_and_no_longer_reported()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 201, Method = "POST", Body = """{"id":"x-1","status":"OPEN"}""" });
        var (entry, exit) = await BracketAsync(scene, isStop: true);
        Assert.Equal(exit.ClientOrderId, (await ReportsAsync(scene)).Single(report => report.OrderType == OrderType.StopMarket).ClientOrderId);
        scene.Venue.Faults.PushFrame($$$"""{"type":"trade","event":"TRADE_FILLED","timestamp":"{{{Now}}}","trade":{"id":"t-1","order_id":"x-1","symbol":"S:AAPL","side":"BUY","quantity":"10","price":"100.02","commission":"0","commission_currency":"USD","timestamp":"{{{Now}}}"}}""");
        await scene.UntilAsync(() => scene.Events.OfType<VenueAlert>().Any(alert => alert.Code == "EXIT_MISSING"), "the alert");
        Assert.Equal(OrderStatus.Filled, entry.Status);
        Assert.Empty(await ReportsAsync(scene));
        scene.Cancel(exit);
        await scene.UntilAsync(() => scene.Events.OfType<OrderCancelRejected>().Any(), "the refusal");
        Assert.Contains("EXIT_MISSING", scene.Events.OfType<OrderCancelRejected>().Single().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_somebody_else_that_is_no_unicode_keeps_nobody_from_going_live()
    {
        await using var scene = await TektiiScene.StartAsync();
        scene.Venue.Faults.Arm(new TektiiRequestFault
        {
            Kind = TektiiRequestFaultKind.Answer,
            Status = 200,
            Method = "GET",
            Path = "/v1/orders",
            Times = null,
            Body = """[{"id":"x-1","client_order_id":"\ud800","symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","quantity":"1","filled_quantity":"0","status":"OPEN","time_in_force":"GTC","limit_price":"1","created_at":"2026-01-05T14:30:00Z","updated_at":"2026-01-05T14:30:00Z"}]""",
        });
        scene.Venue.Faults.CutStreams();
        await scene.UntilAsync(() => scene.Events.OfType<ConnectionStateChanged>().Any(change => change.State == ConnectionState.Reconnected), "the session");
    }

    /// <summary>Something happens while a change is on its way.</summary>
    private static async Task WhileChangedAsync(TektiiScene scene, Order order, Action meanwhile)
    {
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldRequest, Method = "PATCH" });
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Method == "PATCH"), "the change at the venue");
        meanwhile();

        // Frames come in order: a quote behind it has been heard, so it has been too.
        var heard = scene.Client.StrategyEvents(static heard => heard is TektiiQuoteEvent { Quote.Bid: 99.00m }).GetAsyncEnumerator();
        scene.Venue.PushQuote(TektiiScene.Symbol, 99.00m, 99.02m);
        Assert.True(await heard.MoveNextAsync());
        await heard.DisposeAsync();
        scene.Venue.Faults.Release();
    }

    private static async Task<(Order Entry, Order Exit)> BracketAsync(TektiiScene scene, bool isStop)
    {
        var list = new OrderListId("L-1");
        var entry = scene.Limit1(price: "99.00") with { ContingencyType = ContingencyType.OTO, OrderListId = list };
        var exit = (isStop ? scene.Factory.StopMarket(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("95.00"))
            : scene.Factory.Limit(TektiiScene.Aapl, OrderSide.Sell, Quantity.Parse("10"), Price.Parse("110.00"))) with
        { ParentOrderId = entry.ClientOrderId, OrderListId = list, ReduceOnly = true };
        Order[] orders = [scene.Cache.AddOrder(entry), scene.Cache.AddOrder(exit)];
        scene.Client.SubmitOrderList(scene.Factory.SubmitList([entry, exit]));
        await scene.UntilAsync(() => orders[1].Status == OrderStatus.Accepted, "the exit as a term");
        return (orders[0], orders[1]);
    }

    private static Task<IReadOnlyList<OrderStatusReport>> ReportsAsync(TektiiScene scene) => scene.Client.GenerateOrderStatusReportsAsync(
        new GenerateOrderStatusReports { TraderId = new TraderId("TRADER-001"), CommandId = Uuid4.New(), TsInit = default, OpenOnly = true });

    private static string Row(string change, string id, Order order, string status, string side = "BUY", string? parent = null) => $$$"""
        {"type":"order","event":"{{{change}}}","timestamp":"{{{Now}}}","order":{"id":"{{{id}}}","client_order_id":"{{{order.ClientOrderId}}}",{{{(parent is null ? "" : $"\"parent_order_id\":\"{parent}\",")}}}
        "symbol":"S:AAPL","side":"{{{side}}}","order_type":"LIMIT","quantity":"4","filled_quantity":"0","remaining_quantity":"4","limit_price":"91.00","status":"{{{status}}}","time_in_force":"GTC",
        "created_at":"{{{Now}}}","updated_at":"{{{Now}}}"}}
        """;
}
