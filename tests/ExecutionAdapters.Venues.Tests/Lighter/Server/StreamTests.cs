using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class StreamTests : VenueTest
{
    [Theory]
    [InlineData("not json", 30000)]
    [InlineData("[]", 30001)]
    [InlineData("{}", 30001)]
    [InlineData("{\"type\":\"nonsense\"}", 30001)]
    [InlineData("{\"type\":\"ping\",\"type\":\"ping\"}", 30000)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"nonsense/1\"}", 30005)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"order_book/9\"}", 30005)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"order_book/x\"}", 30005)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"market_stats/2048\"}", 30005)] // a spot market
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"spot_market_stats/0\"}", 30005)] // a perp market
    [InlineData("{\"type\":\"subscribe\"}", 30005)]
    [InlineData("{\"type\":\"unsubscribe\",\"channel\":\"order_book/0\"}", 30002)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"account_all_orders/12345\"}", 20013)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"account_all_orders/12345\",\"auth\":\"1:2:3:4\"}", 20013)]
    public async Task A_message_that_makes_no_sense_is_answered_with_an_error(string message, int code)
    {
        await Client.SendAsync(message);
        JsonObject answer = await Client.NextAsync();
        Assert.Equal(code, (int)answer["error"]!["code"]!);
        Assert.False(answer.ContainsKey("type"));
    }

    [Fact]
    public async Task Deeply_nested_messages_are_refused()
    {
        await Client.SendAsync("{\"type\":" + new string('[', 100) + new string(']', 100) + "}");
        Assert.Equal(30000, (int)(await Client.NextAsync())["error"]!["code"]!);
    }

    [Fact]
    public async Task An_oversized_message_ends_the_connection()
    {
        await Client.SendAsync(new string(' ', 300_000));
        Assert.Null(await Client.NextTextAsync());
    }

    [Fact]
    public async Task Ping_is_answered_and_the_venue_pings_too()
    {
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", (string)(await Client.NextAsync())["type"]!);
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("ping", (string)(await Client.NextAsync())["type"]!);
    }

    [Fact]
    public async Task Two_minutes_of_silence_end_the_connection_and_any_frame_prevents_it()
    {
        Clock.Advance(TimeSpan.FromSeconds(100));
        await Client.SendAsync("{\"type\":\"pong\"}");
        await Client.SendAsync("{\"type\":\"ping\"}");
        await Client.UpdateAsync("pong");
        Clock.Advance(TimeSpan.FromSeconds(100));
        await Client.SendAsync("{\"type\":\"ping\"}");
        await Client.UpdateAsync("pong");

        Clock.Advance(TimeSpan.FromSeconds(122));

        string? last = "";
        while (last is not null)
        {
            last = await Client.NextTextAsync();
        }
    }

    [Fact]
    public async Task Subscribing_twice_is_30003_and_unsubscribing_ends_the_updates()
    {
        await Client.SubscribeAsync("ticker/0", withAuth: false);
        await Client.SendAsync("{\"type\":\"subscribe\",\"channel\":\"ticker/0\"}");
        JsonObject again = await Client.NextAsync();
        Assert.Equal((30003, "Already Subscribed to ticker:0"), ((int)again["error"]!["code"]!, (string)again["error"]!["message"]!));
        await Client.SendAsync("{\"type\":\"unsubscribe\",\"channel\":\"ticker/0\"}");
        JsonObject gone = await Client.NextAsync();
        Assert.Equal(("unsubscribed", "ticker:0"), ((string)gone["type"]!, (string)gone["channel"]!));

        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);
        await Client.SendAsync("{\"type\":\"ping\"}");

        Assert.Equal("pong", (string)(await Client.NextAsync())["type"]!);
    }

    [Fact]
    public async Task A_read_only_connection_sends_no_transactions()
    {
        await using var reader = new VenueClient(Venue, Clock);
        await reader.ConnectAsync("?readonly=true");
        JsonObject answer = await reader.SendTxAsync(reader.Limit(false, 5_000, 236_000));
        Assert.Equal(30006, (int)answer["error"]!["code"]!);
        Assert.Empty(Venue.Transactions);
    }

    [Fact]
    public async Task A_transaction_needs_a_number_and_an_object()
    {
        await Client.SendAsync("{\"type\":\"jsonapi/sendtx\",\"data\":{\"id\":\"x\",\"tx_type\":14,\"tx_info\":\"{}\"}}");
        JsonObject answer = await Client.NextAsync();
        Assert.Equal((21501, "x"), ((int)answer["code"]!, (string)answer["id"]!));
        await Client.SendAsync("{\"type\":\"jsonapi/sendtx\"}");
        Assert.Equal(30007, (int)(await Client.NextAsync())["code"]!);
    }

    [Fact]
    public async Task The_first_frames_of_the_account_channels_carry_the_state_and_orders_without_a_side()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);
        await ExecuteAsync(Client.Limit(false, 5_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel));
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));

        JsonNode order = VenueClient.Rows(await Client.SubscribeAsync("account_all_orders/12345"), "orders")[0]!;
        Assert.Equal(("", false), ((string)order["side"]!, (bool)order["is_ask"]!));
        JsonObject one = await Client.SubscribeAsync("account_orders/0/12345");
        Assert.Equal(("account_orders:0:12345", 12_345), ((string)one["channel"]!, (long)one["account"]!));
        Assert.Single((await Client.SubscribeAsync("account_all_trades/12345"))["trades"]!.AsArray()); // a list; updates are maps
        JsonNode position = (await Client.SubscribeAsync("account_all_positions/12345"))["positions"]!["0"]!;
        Assert.Equal(("0.5000", 1), ((string)position["position"]!, (int)position["sign"]!));
        Assert.Equal("2361.000000", (string)position["avg_entry_price"]!);
        JsonNode asset = (await Client.SubscribeAsync("account_all_assets/12345"))["assets"]!["3"]!;
        Assert.Equal(("USDC", "100000.000000"), ((string)asset["symbol"]!, (string)asset["balance"]!));
        JsonNode stats = (await Client.SubscribeAsync("user_stats/12345"))["stats"]!;
        Assert.Equal(
            "account_trading_mode,available_balance,buying_power,collateral,cross_stats,leverage,margin_usage,portfolio_value,total_stats",
            string.Join(',', stats.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)));
        JsonObject control = await Client.SubscribeAsync("account_tx/12345");
        Assert.Equal(("subscribed", 2), ((string)control["type"]!, control.Count));
    }

    [Fact]
    public async Task A_book_kept_from_frames_is_the_venues_book_and_its_nonces_are_gapless()
    {
        await using Venues.Lighter.LighterVenue busy = await Venues.Lighter.LighterVenue.StartAsync(new() { TimeProvider = Clock });
        await using var client = new VenueClient(busy, Clock);
        await client.ConnectAsync();
        JsonObject first = await client.SubscribeAsync("order_book/0", withAuth: false);
        var book = new Dictionary<(string, string), string>();
        long nonce = Apply(book, first);
        for (int i = 0; i < 50; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await client.SendAsync("{\"type\":\"ping\"}");
            for (JsonObject frame = await client.NextAsync(); (string)frame["type"]! != "pong"; frame = await client.NextAsync())
            {
                Assert.Equal(nonce, (long)frame["order_book"]!["begin_nonce"]!);
                nonce = Apply(book, frame);
            }
        }

        JsonObject orders = await client.GetAsync("/api/v1/orderBookOrders?market_id=0&limit=250", withAuth: false);
        foreach (string side in new[] { "asks", "bids" })
        {
            var expected = orders[side]!.AsArray().GroupBy(order => (string)order!["price"]!)
                .ToDictionary(level => level.Key, level => level.Sum(order => decimal.Parse((string)order!["remaining_base_amount"]!)));
            var kept = book.Where(level => level.Key.Item1 == side)
                .ToDictionary(level => level.Key.Item2, level => decimal.Parse(level.Value));
            Assert.Equal(expected.OrderBy(level => level.Key), kept.OrderBy(level => level.Key));
        }
    }

    [Fact]
    public async Task Ticker_trades_statistics_and_height_are_published()
    {
        JsonObject empty = await Client.SubscribeAsync("ticker/0", withAuth: false);
        Assert.Equal("", (string)empty["ticker"]!["a"]!["price"]!);
        await Client.SubscribeAsync("trade/0", withAuth: false);
        await Client.SubscribeAsync("market_stats/all", withAuth: false);
        JsonObject stats = await Client.SubscribeAsync("market_stats/1", withAuth: false);
        Assert.Equal("87642.0", (string)stats["market_stats"]!["mark_price"]!);
        await Client.SubscribeAsync("height", withAuth: false);

        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);
        JsonObject ticker = await Client.UpdateAsync("update/ticker");
        Assert.Equal(("2361.00", "1.0000"), ((string)ticker["ticker"]!["a"]!["price"]!, (string)ticker["ticker"]!["a"]!["size"]!));
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel)));
        JsonObject trades = await Client.UpdateAsync("update/trade");
        Assert.Equal("0.5000", (string)trades["trades"]![0]!["size"]!);
        Assert.Empty(trades["liquidation_trades"]!.AsArray());

        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True((long)(await Client.UpdateAsync("update/height"))["height"]! > 1);
        JsonObject all = await Client.WaitAsync(frame =>
            (string?)frame["type"] == "update/market_stats" && (string)frame["channel"]! == "market_stats:all");
        Assert.Equal(["0", "1", "2"], all["market_stats"]!.AsObject().Select(market => market.Key));
    }

    [Fact]
    public async Task User_stats_follow_the_mark_price()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 10m, 2361m);
        await ExecuteAsync(Client.Limit(false, 100_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel));
        await Client.SubscribeAsync("user_stats/12345");

        await Venue.SetMarkPriceAsync(0, 2461m);

        JsonNode stats = (await Client.UpdateAsync("update/user_stats"))["stats"]!;
        Assert.Equal("999993.389200", (string)stats["collateral"]!); // 23610 USDC × 280 ppm paid
        Assert.Equal("1000993.389200", (string)stats["portfolio_value"]!); // 10 ETH × 100 USDC won
        Assert.Equal(("0.02", "0.12"), ((string)stats["leverage"]!, (string)stats["margin_usage"]!));
    }

    [Theory]
    [InlineData("market_stats/0", "market_stats:0")]
    [InlineData("spot_market_stats/2048", "spot_market_stats:2048")]
    [InlineData("spot_market_stats/all", "spot_market_stats:all")]
    public async Task Statistics_are_for_markets_of_their_kind(string channel, string name) =>
        Assert.Equal(name, (string)(await Client.SubscribeAsync(channel, withAuth: false))["channel"]!);

    [Fact]
    public async Task An_account_that_has_lost_more_than_everything_still_gets_its_frames()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: false, 5_000m, 2361m);
        Assert.Equal(0, await ExecuteAsync(Client.Limit(true, 50_000_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel)));
        await Client.SubscribeAsync("user_stats/12345");

        await Venue.SetMarkPriceAsync(0, 10_700_000m);

        JsonNode stats = (await Client.UpdateAsync("update/user_stats"))["stats"]!;
        Assert.Equal(("999999.99", "999999.99"), ((string)stats["leverage"]!, (string)stats["margin_usage"]!));
        await Venue.SetMarkPriceAsync(0, 2361.4m);
        stats = (await Client.UpdateAsync("update/user_stats"))["stats"]!;
        Assert.Equal("11.87", (string)stats["leverage"]!); // 11,807,000 over 1,000,000 − 3,305.4 fee − 2,000 lost
    }

    [Fact]
    public async Task Messages_beyond_the_documented_rate_are_answered_with_30009()
    {
        await using Venues.Lighter.LighterVenue limited = await Venues.Lighter.LighterVenue.StartAsync(
            new() { SyntheticFlow = false, TimeProvider = Clock, RateLimits = true });
        await using var client = new VenueClient(limited, Clock);
        await client.ConnectAsync();
        for (int i = 0; i < 201; i++)
        {
            await client.SendAsync("{\"type\":\"ping\"}");
        }

        for (int i = 0; i < 200; i++)
        {
            Assert.Equal("pong", (string)(await client.NextAsync())["type"]!);
        }

        Assert.Equal(30009, (int)(await client.NextAsync())["error"]!["code"]!);
        JsonObject ack = await client.SendTxAsync(client.Limit(false, 5_000, 236_000)); // transactions have their own bucket
        Assert.Equal(200, (int)ack["code"]!);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped()
    {
        string frame = $"{{\"type\":\"filler\",\"text\":\"{new string('x', 1_000_000)}\"}}";
        for (int i = 0; i < 80; i++)
        {
            await Venue.Faults.PushFrameAsync(null, frame);
        }

        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while (await Client.NextTextAsync() is not null)
            {
            }
        });
    }

    private static long Apply(Dictionary<(string Side, string Price), string> book, JsonObject frame)
    {
        foreach (string side in new[] { "asks", "bids" })
        {
            foreach (JsonNode? level in frame["order_book"]![side]!.AsArray())
            {
                var key = (side, (string)level!["price"]!);
                if (decimal.Parse((string)level["size"]!) == 0)
                {
                    book.Remove(key);
                }
                else
                {
                    book[key] = (string)level["size"]!;
                }
            }
        }

        return (long)frame["order_book"]!["nonce"]!;
    }
}
