using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class StreamTests : TektiiVenueTest
{
    [Fact]
    public async Task A_fill_is_told_as_order_trade_position_and_account_without_event_ids()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Quote(99m, 100m);
        Place(Buy, 10);
        JsonObject quote = await client.NextAsync("quote");
        Assert.Equal(("99", "100", "mock"), ((string)quote["quote"]!["bid"]!, (string)quote["quote"]!["ask"]!, (string)quote["quote"]!["provider"]!));
        Assert.Equal("ORDER_CREATED", (string)(await client.NextAsync("order"))["event"]!);
        JsonObject order = await client.NextAsync("order");
        Assert.Equal(("ORDER_FILLED", "FILLED", "100"), ((string)order["event"]!, (string)order["order"]!["status"]!, (string)order["order"]!["average_fill_price"]!));
        JsonObject trade = await client.NextAsync("trade");
        Assert.Equal(("TRADE_FILLED", "o-1", "10", false), ((string)trade["event"]!, (string)trade["trade"]!["order_id"]!, (string)trade["trade"]!["quantity"]!, (bool)trade["trade"]!["is_maker"]!));
        JsonObject position = await client.NextAsync("position");
        Assert.Equal(("POSITION_OPENED", "LONG"), ((string)position["event"]!, (string)position["position"]!["side"]!));
        JsonObject account = await client.NextAsync("account");
        Assert.Equal(("BALANCE_UPDATED", "100000"), ((string)account["event"]!, (string)account["account"]!["balance"]!));
        Assert.All([quote, order, trade, position, account], frame =>
        {
            Assert.Equal("2026-01-01T00:00:00Z", (string)frame["timestamp"]!);
            Assert.False(frame.ContainsKey("event_id"));
        });
    }

    [Fact]
    public async Task What_a_client_says_is_read_or_skipped_but_never_ends_the_stream()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        foreach (string message in (string[])["", "{", "[]", "7", "{\"type\":7}", "{\"type\":\"subscribe\"}", "{\"type\":\"pong\"}", "{\"type\":\"event_ack\",\"events_processed\":7}"])
        {
            await client.WriteAsync(message);
        }

        await client.AckAsync();
        await TektiiTestClient.EventuallyAsync(() => Venue.Acks.Count == 1);
        Assert.Equal(("c", 1L), (Venue.Acks[0].CorrelationId, Venue.Acks[0].TimestampMs));
        Venue.Faults.PushPing();
        await client.NextAsync("ping");
    }

    [Fact]
    public async Task A_slow_reader_is_dropped_and_the_others_are_not()
    {
        await using TektiiTestClient slow = await TektiiTestClient.ConnectAsync(Venue);
        await using var quick = new TektiiTestClient(Venue);
        await quick.ConnectAsync(Venue.StreamUrl);
        await TektiiTestClient.EventuallyAsync(() => Venue.StreamCount == 2);
        string filler = $"{{\"type\":\"filler\",\"text\":\"{new string('x', 32_000)}\"}}";
        for (int i = 0; i < 20_000 && Venue.StreamCount == 2; i++)
        {
            Venue.Faults.PushFrame(filler);
            await quick.NextAsync("filler");
        }

        await TektiiTestClient.EventuallyAsync(() => Venue.StreamCount == 1);
        Quote(99m, 100m);
        await quick.NextAsync("quote");
    }

    [Fact]
    public async Task A_shutdown_is_told_before_the_stream_closes()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Task shutdown = Venue.ShutDownAsync();
        Assert.Equal("DISCONNECTING", (string)(await client.NextAsync("connection"))["event"]!);
        Assert.Equal((503, "SHUTTING_DOWN"), ((await client.SendAsync("GET", "/v1/account")).Status, (await client.SendAsync("GET", "/v1/account")).Code));
        Clock.Advance(TimeSpan.FromMilliseconds(500));
        await shutdown;
        Assert.Null(await client.NextTextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
    }

    [Fact]
    public async Task A_broker_that_goes_and_comes_back_is_told_with_the_gap()
    {
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(Venue);
        Venue.Faults.DisconnectBroker("link down");
        JsonObject gone = await client.NextAsync("connection");
        Assert.Equal(("BROKER_DISCONNECTED", "link down"), ((string)gone["event"]!, (string)gone["error"]!));
        JsonObject stale = await client.NextAsync("data_staleness");
        Assert.Equal(("STALE", "2026-01-01T00:00:00Z", 3), ((string)stale["event"]!, (string)stale["stale_since"]!, stale["symbols"]!.AsArray().Count));
        Assert.Equal((503, "PROVIDER_UNAVAILABLE"), ((await client.SendAsync("GET", "/v1/account")).Status, (await client.SendAsync("GET", "/v1/account")).Code));
        Assert.Equal("degraded", (string)(await client.GetAsync("/health"))["status"]!);
        Assert.Equal(503, (await client.SendAsync("GET", "/readyz")).Status);
        await using (var late = new TektiiTestClient(Venue))
        {
            await late.ConnectAsync(Venue.StreamUrl);
            Assert.Equal("STALE", (string)(await late.NextAsync("data_staleness"))["event"]!);
        }

        Clock.Advance(TimeSpan.FromSeconds(7));
        Venue.Faults.ReconnectBroker();
        Assert.Equal("RECONNECTING", (string)(await client.NextAsync("connection"))["event"]!);
        JsonObject back = await client.NextAsync("connection");
        Assert.Equal(("BROKER_RECONNECTED", 7_000), ((string)back["event"]!, (int)back["gap_duration_ms"]!));
        Assert.Equal("FRESH", (string)(await client.NextAsync("data_staleness"))["event"]!);
        Assert.Equal("CONNECTED", (string)(await client.NextAsync("connection"))["event"]!);
        Assert.Equal(200, (await client.SendAsync("GET", "/v1/account")).Status);
    }

    [Theory]
    [InlineData("S:AAPL:quote", "quote,order,order,trade,position,account")]
    [InlineData("S:AAPL:candle,C:BTCUSD:quote", "order,order,trade,position,account")]
    [InlineData("""[{"platform":"mock","instrument":"S:AAPL","events":["quotes","trades"]}]""", "quote,trade")]
    [InlineData("""[{"instrument":"*","events":["order_update"]},{"instrument":"C:BTCUSD","events":["account_update"]}]""", "order,order,account")]
    [InlineData("""[{"instrument":"S:AAPL","events":["*"]}]""", "quote,order,order,trade,position,account")]
    public async Task The_subscriptions_of_the_server_filter_frames_but_never_errors(string subscriptions, string types)
    {
        await using TektiiVenue venue = await TektiiVenue.StartAsync(Options with { Subscriptions = subscriptions });
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        venue.PushQuote(Apple, 99m, 100m);
        venue.PlaceByOthers(new TektiiOrderRequest { Symbol = Apple, Side = Buy, Type = TektiiOrderType.Market, Quantity = 1 });
        venue.Faults.PushError("LIQUIDATION", "the last");
        List<string> seen = [];
        for (JsonObject frame = await client.NextAsync(); (string)frame["type"]! != "error"; frame = await client.NextAsync())
        {
            seen.Add((string)frame["type"]!);
        }

        Assert.Equal(types, string.Join(',', seen));
    }

    [Theory]
    [InlineData("AAPL")]
    [InlineData("S:AAPL:trades")]
    [InlineData("[7]")]
    [InlineData("""[{"instrument":"A","events":["candle_3m"]}]""")]
    public async Task Subscriptions_that_are_none_are_refused_at_the_start(string subscriptions) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TektiiVenue.StartAsync(Options with { Subscriptions = subscriptions }));
}
