using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class StartTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        await using LighterVenue first = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        int port = first.RestUrl.Port;

        VenueStartException failure = await Assert.ThrowsAsync<VenueStartException>(
            () => LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false, Port = port }));

        Assert.Equal($"Port {port} on 127.0.0.1 is taken by another program: choose another port, or 0 for a free one.", failure.Message);
    }

    [Fact]
    public async Task A_stopped_venue_frees_its_port_and_cuts_its_connections()
    {
        LighterVenue venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        await using var client = new VenueClient(venue);
        await client.ConnectAsync();

        await venue.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(client.NextTextAsync);
        using var listener = new TcpListener(IPAddress.Loopback, venue.RestUrl.Port);
        listener.Start();
    }

    [Fact]
    public async Task Unknown_markets_and_bad_numbers_are_refused_by_name()
    {
        ArgumentException market = await Assert.ThrowsAsync<ArgumentException>(
            () => LighterVenue.StartAsync(new LighterVenueOptions { Markets = ["ETH", "DOGE"] }));
        Assert.Contains("'DOGE'", market.Message, StringComparison.Ordinal);
        Assert.Contains("ETH, BTC, SOL, ETH/USDC", market.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => LighterVenue.StartAsync(new LighterVenueOptions { Port = 70_000 }));
        await Assert.ThrowsAsync<ArgumentException>(() => LighterVenue.StartAsync(new LighterVenueOptions { InitialCollateral = -1 }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => LighterVenue.StartAsync(new LighterVenueOptions { SyntheticInterval = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Only_the_chosen_markets_are_offered()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(new LighterVenueOptions { Markets = ["SOL"] });
        await using var client = new VenueClient(venue);
        JsonObject books = await client.GetAsync("/api/v1/orderBooks", withAuth: false);
        Assert.Equal("SOL", (string)Assert.Single(books["order_books"]!.AsArray())!["symbol"]!);
    }

    [Fact]
    public void The_test_account_derives_from_the_seed_and_hides_its_key()
    {
        LighterTestAccount account = LighterTestAccount.FromSeed(7);
        Assert.Equal((12_345, (byte)5), (account.AccountIndex, account.ApiKeyIndex));
        Assert.Equal(account.PrivateKey, LighterTestAccount.FromSeed(7).PrivateKey);
        Assert.NotEqual(account.PrivateKey, LighterTestAccount.FromSeed(8).PrivateKey);
        Assert.Equal(account.PublicKey, LighterTestAccount.FromPrivateKey(account.PrivateKey).PublicKey);
        Assert.DoesNotContain(account.PrivateKey[..8], account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_can_be_added_and_trade_with_each_other()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        LighterTestAccount second = LighterTestAccount.FromSeed(1, 777, 4);
        await venue.AddAccountAsync(second, 5_000m);
        await Assert.ThrowsAsync<ArgumentException>(() => venue.AddAccountAsync(second, 0m));
        Assert.Equal([12_345, 777], venue.Accounts.Select(account => account.AccountIndex));
        await using var maker = new VenueClient(venue);
        await using var taker = new VenueClient(venue, account: second);

        await maker.PostTxAsync(maker.Limit(true, 5_000, 236_000));
        await taker.PostTxAsync(taker.Limit(false, 5_000, 236_000, timeInForce: LighterTimeInForce.ImmediateOrCancel));

        JsonNode trade = (await taker.GetAsync("/api/v1/trades?account_index=777&sort_by=timestamp&limit=1"))["trades"]![0]!;
        Assert.Equal((280, 40), ((int)trade["taker_fee"]!, (int)trade["maker_fee"]!));
        JsonObject state = (JsonObject)JsonNode.Parse(await venue.GetStateAsync())!;
        Assert.Equal("0.377600", (string)state["fees_collected"]!); // 1180 USDC × 320 ppm
    }

    [Fact]
    public async Task Maker_only_keys_take_no_liquidity_and_change_nothing_else()
    {
        var clock = new ManualTimeProvider();
        await using LighterVenue venue = await LighterVenue.StartAsync(
            new LighterVenueOptions { SyntheticFlow = false, TimeProvider = clock, MakerOnlyApiKeys = [5] });
        await using var client = new VenueClient(venue, clock);
        JsonObject keys = await client.GetAsync("/api/v1/getMakerOnlyApiKeys?account_index=12345");
        Assert.Equal([5], keys["api_key_indexes"]!.AsArray().Select(key => (int)key!));

        (_, JsonObject refused) = await client.PostTxAsync(client.Limit(false, 5_000, 236_000));
        client.NextNonce = 1;
        (int status, _) = await client.PostTxAsync(client.Limit(false, 5_000, 236_000, timeInForce: LighterTimeInForce.PostOnly));

        Assert.Equal((62007, 200), ((int)refused["code"]!, status));
    }

    [Fact]
    public async Task A_maker_only_key_modifies_post_only_orders_only()
    {
        var clock = new ManualTimeProvider();
        await using LighterVenue venue = await LighterVenue.StartAsync(
            new LighterVenueOptions { SyntheticFlow = false, TimeProvider = clock, MakerOnlyApiKeys = [5] });
        LighterTestAccount anyOrder = LighterTestAccount.FromSeed(9, 12_345, 6);
        await venue.AddAccountAsync(anyOrder, 0);
        await using var free = new VenueClient(venue, clock, anyOrder);
        await using var maker = new VenueClient(venue, clock);
        Assert.Equal(200, (await free.PostTxAsync(free.Limit(false, 5_000, 236_000, clientIndex: 4))).Status);
        Assert.Equal(200, (await maker.PostTxAsync(maker.Limit(false, 5_000, 235_000, 5, LighterTimeInForce.PostOnly))).Status);

        (int status, JsonObject refused) = await maker.PostTxAsync(Modify(4));

        Assert.Equal((400, 62007), (status, (int)refused["code"]!));
        maker.NextNonce--;
        Assert.Equal(200, (await maker.PostTxAsync(Modify(5))).Status);
        Assert.Equal(200, (await maker.PostTxAsync(Modify(77))).Status); // fails in execution: there is no such order

        ModifyOrderTransaction Modify(long index) =>
            new() { Header = maker.Header(), MarketIndex = 0, Index = index, BaseAmount = 6_000, Price = 235_500 };
    }

    [Fact]
    public async Task An_unknown_market_is_named_in_one_clean_line()
    {
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
            () => LighterVenue.StartAsync(new LighterVenueOptions { Markets = ["ETH", "NOPE"] }));
        Assert.Equal("Unknown market 'NOPE'. Known markets: ETH, BTC, SOL, ETH/USDC.", refused.Message);
    }

    [Fact]
    public async Task Rate_limits_apply_when_switched_on_and_recover_with_the_clock()
    {
        var clock = new ManualTimeProvider();
        await using LighterVenue venue = await LighterVenue.StartAsync(
            new LighterVenueOptions { SyntheticFlow = false, TimeProvider = clock, RateLimits = true });
        await using var client = new VenueClient(venue, clock);
        (int Status, JsonObject Body) last = (0, []);
        for (int i = 0; i < 41; i++)
        {
            last = await client.PostTxAsync(new UpdateLeverageTransaction { Header = client.Header(), InitialMarginFraction = 1_000 });
        }

        Assert.Equal((429, 23000), (last.Status, (int)last.Body["code"]!));
        client.NextNonce--;
        clock.Advance(TimeSpan.FromMinutes(1));
        last = await client.PostTxAsync(new UpdateLeverageTransaction { Header = client.Header(), InitialMarginFraction = 1_000 });
        Assert.Equal(200, last.Status);
        (int Status, JsonObject Body) trades = (0, []);
        for (int i = 0; i < 41; i++)
        {
            trades = await client.GetRawAsync("/api/v1/recentTrades?market_id=0&limit=1", token: null); // weight 600 of 24,000
        }

        Assert.Equal((429, 23000), (trades.Status, (int)trades.Body["code"]!));
        Assert.Equal(200, (await client.GetRawAsync("/api/v1/recentTrades?market_id=0&limit=1", client.Token())).Status);
    }

    [Fact]
    public async Task A_ping_of_the_WebSocket_itself_keeps_the_connection_alive()
    {
        var clock = new ManualTimeProvider();
        await using LighterVenue venue = await LighterVenue.StartAsync(
            new LighterVenueOptions { SyntheticFlow = false, TimeProvider = clock });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, venue.RestUrl.Port);
        NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "GET /stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        await ReadUntilAsync(stream, "session_id");

        for (int i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(100));
            await stream.WriteAsync(new byte[] { 0x89, 0x80, 0, 0, 0, 0 }); // a masked, empty ping frame
            await ReadUntilAsync(stream, "\u008A"); // the pong
        }

        clock.Advance(TimeSpan.FromSeconds(121));
        await ReadUntilAsync(stream, "no frame received for 2 minutes");
    }

    private static async Task ReadUntilAsync(NetworkStream stream, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string received = "";
        var buffer = new byte[1_024];
        while (!received.Contains(text, StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer, patience.Token);
            Assert.NotEqual(0, read);
            received += Encoding.Latin1.GetString(buffer, 0, read);
        }
    }
}
