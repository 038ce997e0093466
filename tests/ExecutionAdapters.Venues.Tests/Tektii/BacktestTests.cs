using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class BacktestTests
{
    private const string Apple = "S:AAPL";

    private static readonly long Start = new DateTimeOffset(2026, 1, 5, 14, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task The_next_candle_comes_only_when_everything_before_is_acknowledged()
    {
        await using TektiiVenue venue = await StartAsync(Flat(3));
        Assert.Equal(TektiiBacktestState.Waiting, venue.Backtest.State);
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        JsonObject candle = await client.NextAsync("candle");
        Assert.Equal(("evt-0", "2026-01-05T14:31:00Z"), ((string)candle["event_id"]!, (string)candle["timestamp"]!));
        Assert.Equal(
            """{"symbol":"S:AAPL","provider":"tektii","timeframe":"1m","timestamp":"2026-01-05T14:30:00Z","open":"100","high":"101","low":"99","close":"100","volume":"10"}""",
            candle["bar"]!.ToJsonString());

        Answer order = await client.SendAsync("POST", "/v1/orders", """{"symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","quantity":"1","limit_price":"90"}""");
        Assert.Equal("OPEN", (string)order.Body!["status"]!);
        Assert.Equal("evt-1", (string)(await client.NextAsync("order"))["event_id"]!);
        await client.AckAsync("evt-0", "evt-9", "x"); // the order's event is still out; unknown ids change nothing
        await TektiiTestClient.EventuallyAsync(() => venue.Acks.Count == 1);
        Assert.Equal((1, 1), (venue.Backtest.CandlesSent, venue.Backtest.UnacknowledgedEvents));

        await client.AckAsync("evt-1", "evt-0"); // a duplicate beside it
        Assert.Equal("evt-2", (string)(await client.NextAsync("candle"))["event_id"]!);
        Assert.Equal(2, venue.Backtest.CandlesSent);
    }

    [Fact]
    public async Task A_market_order_fills_at_the_next_open_and_is_told_before_that_candle()
    {
        await using TektiiVenue venue = await StartAsync([Candle(0, 100m, 101m, 99m, 100m), Candle(1, 102m, 103m, 101m, 102m)]);
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await client.NextAsync("candle");
        await client.SendAsync("POST", "/v1/orders", """{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"2","take_profit":"103","stop_loss":"90"}""");
        await client.NextAsync("order");
        await client.AckAsync("evt-1", "evt-0");
        JsonObject filled = await client.NextAsync("order");
        Assert.Equal(("ORDER_FILLED", "102", "2026-01-05T14:31:00Z"), ((string)filled["event"]!, (string)filled["order"]!["average_fill_price"]!, (string)filled["timestamp"]!));
        foreach (string type in (string[])["trade", "position", "account", "order", "order", "order", "trade", "position", "account", "order", "candle"])
        {
            Assert.True((await client.NextAsync(type)).ContainsKey("event_id")); // entry, its two exits, the take profit at the high, the cancelled stop
        }

        TektiiTrade exit = venue.Books.Trades[1];
        Assert.Equal((103m, true), (exit.Price, exit.IsMaker));
        Assert.Equal(100_002m, venue.Books.Account.Equity);
    }

    [Theory]
    [InlineData(100, 104, 96, 103, 98, 0)] // rises: open, low, high, close: the stop below comes first
    [InlineData(100, 104, 96, 97, 102, 1)] // falls: open, high, low, close: the target above comes first
    [InlineData(95, 104, 94, 103, 95, 0)] // a gap below the stop fills at the open
    [InlineData(105, 106, 104, 105, 102, 1)] // a gap above the target fills at the target, as a resting order does
    public async Task Inside_a_candle_the_price_takes_the_documented_way(int open, int high, int low, int close, int price, int winner)
    {
        await using TektiiVenue venue = await StartAsync([Candle(0, 100m, 100m, 100m, 100m), Candle(1, 100m, 100m, 100m, 100m), Candle(2, open, high, low, close)]);
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await client.NextAsync("candle");
        await client.SendAsync("POST", "/v1/orders", """{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"1","stop_loss":"98","take_profit":"102"}""");
        await client.AckAsync("evt-0", "evt-1");
        await client.RunToEndAsync();
        TektiiTrade exit = venue.Books.Trades[1];
        Assert.Equal((price, $"o-{2 + winner}"), (exit.Price, exit.OrderId));
        Assert.Equal(TektiiBacktestState.Completed, await venue.BacktestEnded);
    }

    [Fact]
    public async Task The_end_is_told_and_acknowledged_and_nothing_resumes()
    {
        await using TektiiVenue venue = await StartAsync(Flat(2));
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await using (var second = new TektiiTestClient(venue))
        {
            await Assert.ThrowsAsync<WebSocketException>(() => second.ConnectAsync(venue.StreamUrl));
        }

        List<JsonObject> frames = await client.RunToEndAsync();
        Assert.Equal(["candle", "candle", "backtest_complete"], frames.Select(frame => (string)frame["type"]!));
        Assert.Equal("evt-2", (string)frames[^1]["event_id"]!);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal(TektiiBacktestState.Completed, await venue.BacktestEnded);
        Assert.Equal(("evt-2", 3), (venue.Acks[^1].EventIds[0], venue.Acks.Count));

        await using var third = new TektiiTestClient(venue);
        await Assert.ThrowsAsync<WebSocketException>(() => third.ConnectAsync(venue.StreamUrl));
        Assert.Equal(200, (await third.SendAsync("GET", "/v1/account")).Status);
        Assert.Equal(503, (await third.SendAsync("POST", "/v1/orders", "{}")).Status);
    }

    [Fact]
    public async Task An_end_that_nobody_acknowledges_closes_after_the_flush_window()
    {
        await using TektiiVenue venue = await StartAsync(Flat(1));
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await client.AckAsync("evt-0");
        await client.WaitAsync("backtest_complete");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await client.NextTextAsync());
        Assert.Equal(TektiiBacktestState.Completed, await venue.BacktestEnded);
    }

    [Fact]
    public async Task A_missed_window_lets_the_run_go_on_and_too_many_in_a_row_halt_it()
    {
        await using TektiiVenue venue = await StartAsync(Flat(9), backtest => backtest with { AckWindow = TimeSpan.FromSeconds(5), HaltAfterMisses = 2 });
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await client.NextAsync("candle");
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal((1, 0), (venue.Backtest.CandlesSent, venue.Backtest.MissedWindows));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await client.NextAsync("candle");
        await client.AckAsync("evt-1");
        await client.NextAsync("candle"); // in time: the count begins anew

        venue.Faults.IgnoreAcks();
        await client.AckAsync("evt-2");
        await TektiiTestClient.EventuallyAsync(() => venue.Acks.Count == 2);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await client.NextAsync("candle");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("INTERNAL_ERROR", (string)(await client.NextAsync("error"))["code"]!);
        Assert.Null(await client.NextTextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
        Assert.Equal(TektiiBacktestState.Halted, await venue.BacktestEnded);
        Assert.Equal((4, 3), (venue.Backtest.CandlesSent, venue.Backtest.MissedWindows));
    }

    [Fact]
    public async Task The_gateway_refuses_an_acknowledgement_without_timestamp_and_the_engine_takes_it()
    {
        const string Bare = """{"type":"event_ack","correlation_id":"c","events_processed":["evt-0"]}""";
        await using TektiiVenue gateway = await StartAsync(Flat(2));
        await using TektiiTestClient strategy = await TektiiTestClient.ConnectAsync(gateway);
        await strategy.WriteAsync(Bare);
        await TektiiTestClient.EventuallyAsync(() => gateway.Acks.Count == 1);
        Assert.Equal(1, gateway.Backtest.CandlesSent);

        await using TektiiVenue engine = await StartAsync(Flat(2));
        await using TektiiTestClient native = await TektiiTestClient.ConnectAsync(engine, isEngine: true);
        await native.WriteAsync(Bare);
        await TektiiTestClient.EventuallyAsync(() => engine.Backtest.CandlesSent == 2);
    }

    [Fact]
    public async Task Several_candles_can_be_out_when_the_run_allows_it()
    {
        await using TektiiVenue venue = await StartAsync(Flat(9), backtest => backtest with { CandlesInFlight = 3 });
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        await client.AckAsync("evt-2");
        await TektiiTestClient.EventuallyAsync(() => venue.Backtest.CandlesSent == 4);
        Assert.Equal(3, venue.Backtest.UnacknowledgedEvents);
        Assert.Equal(10, (await client.RunToEndAsync()).Count);
    }

    [Fact]
    public async Task A_strategy_that_goes_away_ends_its_run()
    {
        await using TektiiVenue venue = await StartAsync(Flat(2));
        await using (await TektiiTestClient.ConnectAsync(venue))
        {
        }

        Assert.Equal(TektiiBacktestState.Detached, await venue.BacktestEnded);
    }

    [Theory]
    [InlineData("S:AAPL:candle", 4)]
    [InlineData("S:AAPL:quote", 1)]
    [InlineData("""[{"instrument":"S:AAPL","events":["candles.1m"]}]""", 4)]
    public async Task Events_that_are_filtered_are_not_waited_for(string subscriptions, int frames)
    {
        await using TektiiVenue venue = await TektiiVenue.StartAsync(Options(Flat(3)) with { Subscriptions = subscriptions });
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue);
        Assert.Equal(frames, (await client.RunToEndAsync()).Count);
        Assert.Equal(3, venue.Backtest.CandlesSent);
    }

    [Fact]
    public async Task The_engine_speaks_its_own_dialect()
    {
        await using TektiiVenue venue = await StartAsync(Flat(2));
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue, isEngine: true);
        Assert.Equal(
            $"{{\"type\":\"candle\",\"event_id\":\"evt-0\",\"symbol\":\"S:AAPL\",\"timeframe\":\"1m\",\"timestamp\":{Start},\"open\":\"100\",\"high\":\"101\",\"low\":\"99\",\"close\":\"100\",\"volume\":10}}",
            await client.NextTextAsync());
        await client.WriteAsync("""{"type":"ping","timestamp":1}""");
        Assert.False((await client.NextAsync("pong")).ContainsKey("event_id"));
        Answer handle = await client.SendAsync("POST", "/api/v1/orders", """{"symbol":"S:AAPL","side":"buy","order_type":"market","quantity":"2","client_order_id":"c"}""");
        Assert.Equal("""{"id":"o-1","client_order_id":"c","status":"open"}""", handle.Body!.ToJsonString());
        Answer refused = await client.SendAsync("POST", "/api/v1/orders", """{"symbol":"S:AAPL","side":"sell","order_type":"market","quantity":"2","reduce_only":true}""");
        Assert.Equal((422, "reduce_only_violated"), (refused.Status, (string)refused.Body!["error"]!["code"]!));
        Answer unknown = await client.SendAsync("GET", "/api/v1/quote?symbol=S%3ANONE");
        Assert.StartsWith("Symbol", (string)unknown.Body!["error"]!["message"]!, StringComparison.Ordinal);

        List<JsonObject> frames = await RunNativeAsync(client);
        Assert.Equal(
            ["order:created", "order:filled", "trade:", "position:", "account:balance_updated", "candle:", "backtest_complete:"],
            frames.Select(frame => $"{frame["type"]}:{frame["event"]}"));
        Assert.Equal(Start + 60_000, (long)frames[1]["order"]!["executed_at"]!);
        Assert.Equal(("long", "100"), ((string)frames[3]["position"]!["side"]!, (string)frames[3]["position"]!["avg_entry_price"]!));
        Assert.Equal("o-1", (string)(await client.GetAsync("/api/v1/orders"))["orders"]![0]!["id"]!);
        Assert.Equal("0", (string)(await client.GetAsync("/api/v1/trades"))["trades"]![0]!["slippage_bps"]!);
        Assert.Single((await client.GetAsync("/api/v1/positions"))["positions"]!.AsArray());
        Assert.Single((await client.GetAsync("/api/v1/bars?symbol=S%3AAAPL&timeframe=1m&count=1"))["bars"]!.AsArray());
        Assert.Equal("0", (string)(await client.GetAsync("/api/v1/account"))["total_commission"]!);
        Assert.Equal(404, (await client.SendAsync("GET", "/api/v1/orders/o-9")).Status);
    }

    [Fact]
    public async Task The_same_run_gives_the_same_books_in_both_dialects()
    {
        TektiiBooks first = await TradeAsync(isEngine: false);
        TektiiBooks second = await TradeAsync(isEngine: false);
        TektiiBooks native = await TradeAsync(isEngine: true);
        Assert.True(first.Trades.Count > 20);
        Assert.Equal(first.Trades, second.Trades);
        Assert.Equal(first.Trades, native.Trades);
        Assert.Equal(first.Orders, second.Orders);
        Assert.Equal(first.Account, native.Account);
    }

    /// <summary>Sells into rises and buys into falls, now and then with a limit.</summary>
    private async Task<TektiiBooks> TradeAsync(bool isEngine)
    {
        await using TektiiVenue venue = await StartAsync([.. TektiiCandleGenerator.Generate(3).Take(200)]);
        await using TektiiTestClient client = await TektiiTestClient.ConnectAsync(venue, isEngine);
        int count = 0;
        await client.RunToEndAsync(async frame =>
        {
            if ((string)frame["type"]! == "candle" && ++count % 5 == 0)
            {
                JsonNode bar = frame["bar"] ?? frame;
                bool rises = decimal.Parse((string)bar["close"]!) > decimal.Parse((string)bar["open"]!);
                string side = rises ? "SELL" : "BUY";
                string body = count % 10 == 0
                    ? $"{{\"symbol\":\"S:AAPL\",\"side\":\"{side}\",\"order_type\":\"LIMIT\",\"limit_price\":{bar["close"]!.ToJsonString()},\"quantity\":\"3\"}}"
                    : $"{{\"symbol\":\"S:AAPL\",\"side\":\"{side}\",\"order_type\":\"MARKET\",\"quantity\":\"2\"}}";
                Answer answer = isEngine
                    ? await client.SendAsync("POST", "/api/v1/orders", body.Replace(side, side.ToLowerInvariant()).Replace("LIMIT", "limit").Replace("MARKET", "market"))
                    : await client.SendAsync("POST", "/v1/orders", body);
                Assert.InRange(answer.Status, 200, 201);
            }
        });
        return venue.Books;
    }

    private static async Task<List<JsonObject>> RunNativeAsync(TektiiTestClient client)
    {
        await client.AckAsync("evt-0");
        return await client.RunToEndAsync();
    }

    private Task<TektiiVenue> StartAsync(IReadOnlyList<TektiiCandle> candles, Func<TektiiBacktestOptions, TektiiBacktestOptions>? with = null) =>
        TektiiVenue.StartAsync(Options(candles, with));

    private TektiiVenueOptions Options(IReadOnlyList<TektiiCandle> candles, Func<TektiiBacktestOptions, TektiiBacktestOptions>? with = null)
    {
        var backtest = new TektiiBacktestOptions { Symbol = Apple, Candles = candles };
        return new TektiiVenueOptions { TimeProvider = _clock, Backtest = with is null ? backtest : with(backtest) };
    }

    private static TektiiCandle[] Flat(int count) => [.. Enumerable.Range(0, count).Select(minute => Candle(minute, 100m, 101m, 99m, 100m))];

    private static TektiiCandle Candle(int minute, decimal open, decimal high, decimal low, decimal close) =>
        new(Start + (minute * 60_000L), open, high, low, close, 10m);
}
