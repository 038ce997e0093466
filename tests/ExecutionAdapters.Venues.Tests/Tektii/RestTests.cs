using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class RestTests : TektiiVenueTest
{
    private static readonly string[] OrderMembers =
        ["id", "symbol", "side", "order_type", "quantity", "filled_quantity", "remaining_quantity", "status", "time_in_force", "created_at", "updated_at"];

    [Fact]
    public async Task An_order_is_answered_201_with_its_handle_and_can_be_read_back()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        Answer created = await client.SendAsync("POST", "/v1/orders", """
            {"symbol":"S:AAPL","side":"SELL","order_type":"STOP_LIMIT","quantity":"10","stop_price":95,"limit_price":"94.50","client_order_id":"c-9","time_in_force":"DAY"}
            """);
        Assert.Equal(201, created.Status);
        Assert.Equal("""{"id":"o-1","client_order_id":"c-9","status":"OPEN"}""", created.Body!.ToJsonString());

        JsonNode order = await client.GetAsync("/v1/orders/o-1");
        Assert.All(OrderMembers, member => Assert.NotNull(order[member]));
        Assert.Equal(("10", "95", "94.50", "DAY", "2026-01-01T00:00:00Z"), ((string)order["quantity"]!, (string)order["stop_price"]!, (string)order["limit_price"]!, (string)order["time_in_force"]!, (string)order["created_at"]!));
        Assert.Null(order["average_fill_price"]);
        Assert.Equal("o-1", (string)Assert.Single((await client.GetAsync("/v1/orders?client_order_id=c-9&status=OPEN,PARTIALLY_FILLED&side=SELL&symbol=S%3AAAPL")).AsArray())!["id"]!);
        Assert.Empty((await client.GetAsync("/v1/orders/history?client_order_id=c-9")).AsArray());

        JsonNode cancelled = (await client.SendAsync("DELETE", "/v1/orders/o-1")).Body!;
        Assert.True((bool)cancelled["success"]!);
        Assert.Equal("CANCELLED", (string)cancelled["order"]!["status"]!);
        Assert.False((bool)(await client.SendAsync("DELETE", "/v1/orders/o-1")).Body!["success"]!);
        Assert.Empty((await client.GetAsync("/v1/orders?client_order_id=c-9")).AsArray());
        Assert.Single((await client.GetAsync("/v1/orders/history?client_order_id=c-9")).AsArray());
    }

    [Theory]
    [InlineData("{", 400, "INVALID_REQUEST")]
    [InlineData("[]", 400, "INVALID_REQUEST")]
    [InlineData("""{"side":"BUY","order_type":"MARKET","quantity":"1"}""", 400, "INVALID_REQUEST")]
    [InlineData("""{"symbol":"S:AAPL","side":"buy","order_type":"MARKET","quantity":"1"}""", 400, "INVALID_VALUE")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"-1"}""", 400, "INVALID_VALUE")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"x"}""", 400, "INVALID_VALUE")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"1","limit_price":"5"}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","quantity":"1"}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"TRAILING_STOP","quantity":"1","trailing_distance":"100","trailing_type":"PERCENT"}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"5","display_quantity":"5"}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"symbol":"S:NONE","side":"BUY","order_type":"MARKET","quantity":"1"}""", 422, "ORDER_REJECTED")]
    [InlineData("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"100000"}""", 422, "ORDER_REJECTED")]
    public async Task A_wrong_order_is_refused_by_name(string body, int status, string code)
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        Answer refused = await client.SendAsync("POST", "/v1/orders", body);
        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.False(string.IsNullOrEmpty((string)refused.Body!["message"]!));
        Assert.Empty(Venue.Books.Orders);
    }

    [Theory]
    [InlineData("GET", "/v1/orders/o-7", "ORDER_NOT_FOUND", "id")]
    [InlineData("DELETE", "/v1/orders/o-7", "ORDER_NOT_FOUND", "resource")]
    [InlineData("GET", "/v1/positions/p-7", "POSITION_NOT_FOUND", "id")]
    [InlineData("DELETE", "/v1/positions/p-7", "POSITION_NOT_FOUND", "id")]
    [InlineData("GET", "/v1/quotes/S%3ANONE", "SYMBOL_NOT_FOUND", "symbol")]
    [InlineData("GET", "/v1/bars/S%3ANONE?timeframe=1m", "SYMBOL_NOT_FOUND", "symbol")]
    public async Task What_is_not_there_is_404_with_its_details(string method, string path, string code, string detail)
    {
        await using var client = new TektiiTestClient(Venue);
        Answer missing = await client.SendAsync(method, path);
        Assert.Equal((404, code), (missing.Status, missing.Code));
        Assert.NotNull(missing.Body!["details"]![detail]);
    }

    [Fact]
    public async Task A_position_can_be_read_and_closed_in_parts_and_its_trades_are_listed()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        Place(TektiiSide.Buy, 10);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Quote(110m, 111m);
        JsonNode position = await client.GetAsync("/v1/positions/p-1");
        Assert.Equal(("LONG", "10", "100", "110", "100"), ((string)position["side"]!, (string)position["quantity"]!, (string)position["average_entry_price"]!, (string)position["current_price"]!, (string)position["unrealized_pnl"]!));
        JsonNode account = await client.GetAsync("/v1/account");
        Assert.Equal(("100000", "100100", "110", "99990", "USD"), ((string)account["balance"]!, (string)account["equity"]!, (string)account["margin_used"]!, (string)account["margin_available"]!, (string)account["currency"]!));

        Answer part = await client.SendAsync("DELETE", "/v1/positions/p-1", """{"quantity":"4"}""");
        Assert.Equal((200, "FILLED"), (part.Status, (string)part.Body!["status"]!));
        Answer resting = await client.SendAsync("DELETE", "/v1/positions/p-1", """{"order_type":"LIMIT","limit_price":"120"}""");
        Assert.Equal("OPEN", (string)resting.Body!["status"]!);
        Assert.Single((await client.SendAsync("DELETE", "/v1/positions?symbol=S%3AAAPL")).Body!.AsArray());
        Assert.Empty((await client.SendAsync("DELETE", "/v1/positions")).Body!.AsArray());
        Assert.Equal(100_100m, Venue.Books.Account.Balance);

        Assert.Equal(["t-1", "t-2", "t-3"], (await client.GetAsync("/v1/trades?symbol=S%3AAAPL")).AsArray().Select(trade => (string)trade!["id"]!));
        Assert.Equal(["t-2"], (await client.GetAsync("/v1/trades?since=2026-01-01T00:00:01Z&limit=1")).AsArray().Select(trade => (string)trade!["id"]!));
        Assert.Equal(["t-1"], (await client.GetAsync("/v1/trades?until=2026-01-01T00:00:01Z&order_id=o-1")).AsArray().Select(trade => (string)trade!["id"]!));
        JsonNode cancelled = (await client.SendAsync("DELETE", "/v1/orders?symbol=S%3AAAPL")).Body!;
        Assert.Equal((1, 0), ((int)cancelled["cancelled_count"]!, (int)cancelled["failed_count"]!));
    }

    [Fact]
    public async Task Quotes_bars_and_what_the_venue_is_can_be_asked()
    {
        await using var client = new TektiiTestClient(Venue);
        Assert.Equal(404, (await client.SendAsync("GET", "/v1/quotes/S%3AAAPL")).Status);
        for (int minute = 0; minute < 4; minute++)
        {
            Quote(99m + minute, 100m + minute);
            Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(("102", "103", "102.5"), ((string)(await client.GetAsync("/v1/quotes/S%3AAAPL"))["bid"]!, (string)(await client.GetAsync("/v1/quotes/S%3AAAPL"))["ask"]!, (string)(await client.GetAsync("/v1/quotes/S%3AAAPL"))["last"]!));
        JsonArray bars = (await client.GetAsync("/v1/bars/S%3AAAPL?timeframe=2m")).AsArray();
        Assert.Equal([("2026-01-01T00:00:00Z", "99.5", "100.5"), ("2026-01-01T00:02:00Z", "101.5", "101.5")], bars.Select(bar => ((string)bar!["timestamp"]!, (string)bar["open"]!, (string)bar["close"]!)));
        Assert.Equal(400, (await client.SendAsync("GET", "/v1/bars/S%3AAAPL")).Status);
        Assert.Equal(400, (await client.SendAsync("GET", "/v1/bars/S%3AAAPL?timeframe=3m")).Status);

        JsonNode capabilities = await client.GetAsync("/v1/capabilities");
        Assert.Equal("NETTING", (string)capabilities["position_mode"]!);
        Assert.Equal(["MARKET", "LIMIT", "STOP", "STOP_LIMIT", "TRAILING_STOP"], capabilities["supported_order_types"]!.AsArray().Select(type => (string)type!));
        Assert.Equal(["STOCK", "CRYPTO", "FOREX"], capabilities["supported_asset_classes"]!.AsArray().Select(type => (string)type!));
        Assert.True((bool)(await client.GetAsync("/v1/status"))["connected"]!);
        Assert.Equal(0, (int)(await client.GetAsync("/v1/circuit-breakers"))["adapter"]!["failure_count"]!);
        Assert.Equal(200, (await client.SendAsync("POST", "/v1/circuit-breakers/reset")).Status);
        Assert.Equal("RESET_COOLDOWN", (await client.SendAsync("POST", "/v1/circuit-breakers/reset")).Code);
        Assert.Equal("connected", (string)(await client.GetAsync("/health"))["status"]!);
        Assert.True((bool)(await client.GetAsync("/readyz"))["ready"]!);
        Assert.Equal(404, (await client.SendAsync("GET", "/v1/nothing")).Status);
        Assert.Equal(404, (await client.SendAsync("GET", "/api/v1/account")).Status); // the engine's dialect is a backtest's
    }

    [Theory]
    [InlineData(TektiiDuplicateIds.Accept, 201, "o-2")]
    [InlineData(TektiiDuplicateIds.ReturnExisting, 201, "o-1")]
    [InlineData(TektiiDuplicateIds.Reject, 422, null)]
    public async Task A_client_order_id_used_before_is_treated_as_the_broker_does(TektiiDuplicateIds mode, int status, string? id)
    {
        await using TektiiVenue venue = await TektiiVenue.StartAsync(Options with { DuplicateClientOrderIds = mode });
        await using var client = new TektiiTestClient(venue);
        const string Order = """{"symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","quantity":"1","limit_price":"90","client_order_id":"c"}""";
        await client.SendAsync("POST", "/v1/orders", Order);
        Answer again = await client.SendAsync("POST", "/v1/orders", Order);
        Assert.Equal((status, id), (again.Status, (string?)again.Body!["id"]));
    }

    [Fact]
    public async Task What_is_not_offered_is_501()
    {
        await using TektiiVenue venue = await TektiiVenue.StartAsync(Options with { Features = [TektiiFeatures.ReduceOnly], OrderTypes = [TektiiOrderType.Market, TektiiOrderType.Limit] });
        await using var client = new TektiiTestClient(venue);
        Answer stop = await client.SendAsync("POST", "/v1/orders", """{"symbol":"S:AAPL","side":"BUY","order_type":"STOP","quantity":"1","stop_price":"9"}""");
        Answer postOnly = await client.SendAsync("POST", "/v1/orders", """{"symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","quantity":"1","limit_price":"9","post_only":true}""");
        Assert.Equal((501, "UNSUPPORTED_OPERATION"), (stop.Status, stop.Code));
        Assert.Equal((501, "post_only"), (postOnly.Status, (string)postOnly.Body!["details"]!["operation"]!));
    }
}
