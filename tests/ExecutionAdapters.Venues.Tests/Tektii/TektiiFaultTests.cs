using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class TektiiFaultTests : TektiiVenueTest
{
    private const string MarketOrder = """{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"1","client_order_id":"c-1"}""";

    [Theory]
    [InlineData(TektiiRequestFaultKind.DropRequest, 0)]
    [InlineData(TektiiRequestFaultKind.DropResponse, 1)]
    public async Task A_lost_request_does_nothing_and_a_lost_response_has_done_it(TektiiRequestFaultKind kind, int orders)
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        Venue.Faults.Arm(new TektiiRequestFault { Kind = kind, Method = "POST", Path = "/v1/orders" });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync("POST", "/v1/orders", MarketOrder));
        Assert.Equal(orders, Venue.Books.Orders.Count);
        Assert.Equal(orders, (await client.GetAsync("/v1/orders/history?client_order_id=c-1")).AsArray().Count);
        Assert.Equal(201, (await client.SendAsync("POST", "/v1/orders", MarketOrder)).Status);
    }

    [Fact]
    public async Task A_fill_can_reach_the_client_before_the_response_of_its_order()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Quote(99m, 100m);
        Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "POST" });
        Task<Answer> posting = client.SendAsync("POST", "/v1/orders", MarketOrder);
        Assert.Equal("c-1", (string)(await client.WaitAsync("order"))["order"]!["client_order_id"]!);
        await client.WaitAsync("trade");
        Assert.False(posting.IsCompleted);
        Venue.Faults.Release();
        Assert.Equal("FILLED", (string)(await posting).Body!["status"]!);
    }

    [Fact]
    public async Task What_happens_meanwhile_overtakes_a_request_that_is_held_on_its_way()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        TektiiOrder order = Limit(Buy, 10, 98m);
        Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldRequest, Method = "DELETE" });
        Task<Answer> cancelling = client.SendAsync("DELETE", "/v1/orders/" + order.Id);
        await TektiiTestClient.EventuallyAsync(() => Venue.Requests.Any(request => request.Method == "DELETE"));
        Assert.Equal(TektiiOrderStatus.Open, Order(order.Id).Status);
        Venue.FillNow(order.Id, 4);
        Assert.False(cancelling.IsCompleted);
        Venue.Faults.Release();
        Assert.True((bool)(await cancelling).Body!["success"]!);
        Assert.Equal((TektiiOrderStatus.Cancelled, 4m), (Order(order.Id).Status, Order(order.Id).FilledQuantity));
    }

    [Theory]
    [InlineData(429, "RATE_LIMITED", 3)]
    [InlineData(500, "INTERNAL_ERROR", null)]
    [InlineData(502, "PROVIDER_ERROR", null)]
    [InlineData(503, "PROVIDER_UNAVAILABLE", null)]
    public async Task Requests_can_be_answered_with_an_error_as_often_as_wanted(int status, string code, int? retryAfter)
    {
        await using var client = new TektiiTestClient(Venue);
        Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = status, RetryAfterSeconds = retryAfter, After = 1, Times = 2 });
        Assert.Equal(200, (await client.SendAsync("GET", "/v1/account")).Status);
        for (int i = 0; i < 2; i++)
        {
            Answer answer = await client.SendAsync("GET", "/v1/account");
            Assert.Equal((status, code), (answer.Status, answer.Code));
            Assert.Equal(retryAfter, (int?)answer.Headers.RetryAfter?.Delta?.TotalSeconds);
        }

        Assert.Equal(200, (await client.SendAsync("GET", "/v1/account")).Status);
    }

    [Fact]
    public async Task A_truncated_answer_is_no_JSON()
    {
        await using var client = new TektiiTestClient(Venue);
        Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.TruncateResponse });
        await Assert.ThrowsAnyAsync<JsonException>(() => client.SendAsync("GET", "/v1/account"));
    }

    [Fact]
    public async Task Frames_come_twice_or_not_at_all_or_broken_or_last()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Drop, Type = "quote" });
        Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Duplicate, Type = "trade" });
        Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Truncate, Type = "position" });
        Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.CutAfter, Type = "order", Event = "ORDER_CREATED", After = 1 });
        Quote(99m, 100m);
        Place(Buy, 1);
        Assert.Equal("ORDER_CREATED", (string)(await client.NextAsync("order"))["event"]!);
        await client.NextAsync("order");
        JsonObject trade = await client.NextAsync("trade");
        Assert.True(JsonNode.DeepEquals(trade, await client.NextAsync("trade")));
        string half = (await client.NextTextAsync())!;
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(half));
        await client.NextAsync("account");
        Place(Sell, 1);
        await client.NextAsync("order");
        Assert.Null(await client.NextTextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        Assert.Empty(Venue.Books.Positions);
    }

    [Fact]
    public async Task A_cut_before_a_frame_loses_it()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.CutBefore, Type = "trade" });
        Quote(99m, 100m);
        Place(Buy, 1);
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                Assert.NotEqual("trade", (string)(await client.NextAsync())["type"]!);
            }
        });
        await TektiiTestClient.EventuallyAsync(() => Venue.StreamCount == 0);
    }

    [Fact]
    public async Task An_order_can_be_taken_and_rejected_later()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Quote(99m, 100m);
        Venue.Faults.RejectNextOrderLater(TektiiRejectReason.MarketClosed);
        Answer taken = await client.SendAsync("POST", "/v1/orders", MarketOrder);
        Assert.Equal((201, "PENDING"), (taken.Status, (string)taken.Body!["status"]!));
        Assert.Equal("ORDER_CREATED", (string)(await client.WaitAsync("order"))["event"]!);
        JsonObject rejected = await client.NextAsync("order");
        Assert.Equal(("ORDER_REJECTED", "MARKET_CLOSED"), ((string)rejected["event"]!, (string)rejected["order"]!["reject_reason"]!));
    }

    [Fact]
    public async Task A_restart_keeps_the_books_and_the_address()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Limit(Buy, 1, 90m);
        Task restart = Venue.RestartAsync(TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<Exception>(() => client.WaitAsync("nothing"));
        await restart;
        Assert.Single((await client.GetAsync("/v1/orders")).AsArray());
        await using TektiiTestClient again = await TektiiTestClient.ConnectAsync(Venue);
        Venue.Faults.PushFrame("{\"type\":\"news\"}");
        await again.NextAsync("news");
    }
}
