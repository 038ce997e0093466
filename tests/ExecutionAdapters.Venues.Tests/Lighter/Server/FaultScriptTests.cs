using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class FaultScriptTests : VenueTest
{
    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{\"faults\":", "no JSON document")]
    [InlineData("{\"rules\":[]}", "'rules'")]
    [InlineData("{\"seed\":-1}", "seed")]
    [InlineData("{\"faults\":[{\"fault\":\"explode\"}]}", "faults[0]: 'explode' is no fault")]
    [InlineData("{\"faults\":[{\"fault\":\"lose_ack\"},{\"fault\":\"lose_ack\",\"channel\":\"x\"}]}", "faults[1]: lose_ack has no member 'channel'")]
    [InlineData("{\"faults\":[{\"fault\":\"delay_frame\"}]}", "delay_frame needs the member delay_ms")]
    [InlineData("{\"faults\":[{\"fault\":\"lose_ack\",\"times\":0}]}", "lose_ack: times must be an integer from 1")]
    [InlineData("{\"faults\":[{\"fault\":\"lose_ack\",\"probability\":1.5}]}", "probability must be a number from 0 to 1")]
    [InlineData("{\"faults\":[{\"fault\":\"close_connection\",\"when\":\"never\"}]}", "when must be one of before_execution")]
    public void What_a_script_may_not_say_is_refused_by_name(string script, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Venue.Faults.Load(script)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_script_that_is_too_large_is_refused() => Assert.Contains(
        "larger than", Assert.Throws<FormatException>(() => Venue.Faults.Load(new string(' ', 300_000))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Scripts_are_loaded_shown_and_cleared_over_HTTP()
    {
        using HttpContent script = new StringContent("{\"faults\":[{\"fault\":\"refuse_transaction\",\"code\":21702,\"after\":1,\"times\":2}]}", Encoding.UTF8);
        Assert.Equal(200, (await Client.PostAsync("/control/faults", script)).Status);
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, 1));
        Assert.Equal(21702, await RefusedAsync(Client.Limit(false, 5_000, 236_000, 2)));

        JsonNode shown = Assert.Single((await Client.GetAsync("/control/faults", withAuth: false))["faults"]!.AsArray())!;
        Assert.Equal("refuse_transaction", (string)shown["fault"]!);
        Assert.Equal((21702, 2, 1, true), ((int)shown["code"]!, (int)shown["matched"]!, (int)shown["fired"]!, (bool)shown["armed"]!));
        Assert.Equal(2, (int)shown["times"]!);

        Assert.Equal(200, await Client.DeleteAsync("/control/faults"));
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, 2));
        Assert.Empty((await Client.GetAsync("/control/faults", withAuth: false))["faults"]!.AsArray());
        using HttpContent wrong = new StringContent("{\"faults\":[{\"fault\":\"x\"}]}", Encoding.UTF8);
        (int status, JsonObject body) = await Client.PostAsync("/control/faults", wrong);
        Assert.Equal(400, status);
        Assert.Contains("'x' is no fault", (string)body["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_frame_is_gone_and_the_cut_that_follows_lets_a_client_heal()
    {
        await Client.SubscribeAsync("account_all_orders/12345");
        Arm("{\"fault\":\"drop_frame\",\"channel\":\"account_all_orders\",\"cut_after_ms\":200}");
        JsonObject ack = await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000));
        Assert.Equal(200, (int)ack["code"]!);
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", (string)(await Client.NextAsync())["type"]!); // no update came before it

        Clock.Advance(TimeSpan.FromMilliseconds(250));

        await Assert.ThrowsAnyAsync<WebSocketException>(Client.NextTextAsync);
        await Client.ReconnectAsync();
        Assert.Single(VenueClient.Rows(await Client.SubscribeAsync("account_all_orders/12345"), "orders"));
    }

    [Fact]
    public async Task A_delayed_frame_holds_up_what_comes_behind_it()
    {
        await Client.SubscribeAsync("account_all_orders/12345");
        Arm("{\"fault\":\"delay_frame\",\"type\":\"jsonapi/sendtx\",\"delay_ms\":1000}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        await Client.SendAsync("{\"type\":\"ping\"}");
        while ((await ActiveOrdersAsync()).Count == 0)
        {
        }

        Task<JsonObject> next = Client.NextAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(900));
        await Venue.GetStateAsync();
        Assert.False(next.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(150));

        string[] types = [(string)(await next)["type"]!, await TypeAsync(), await TypeAsync()];
        Assert.Equal(["jsonapi/sendtx", "update/account_all_orders", "pong"], types);
    }

    [Fact]
    public async Task A_frame_can_come_twice_or_behind_the_next_one()
    {
        await Client.SubscribeAsync("account_all_orders/12345");
        Arm("{\"fault\":\"duplicate_frame\",\"channel\":\"account_all_orders:12345\"}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        Assert.Equal(["jsonapi/sendtx", "update/account_all_orders", "update/account_all_orders"], [await TypeAsync(), await TypeAsync(), await TypeAsync()]);

        Arm("{\"fault\":\"reorder_frame\",\"type\":\"jsonapi/sendtx\"}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        Assert.Equal(["update/account_all_orders", "jsonapi/sendtx"], [await TypeAsync(), await TypeAsync()]);
    }

    [Fact]
    public async Task A_reordered_frame_that_nothing_overtakes_comes_a_second_later()
    {
        Arm("{\"fault\":\"reorder_frame\"}");
        await Client.SendAsync("{\"type\":\"ping\"}");
        Task<string> pong = TypeAsync();
        await Client.SendAsync("{\"type\":\"pong\"}"); // not answered
        await Fired("reorder_frame");
        Clock.Advance(TimeSpan.FromMilliseconds(1_050));
        Assert.Equal("pong", await pong);
    }

    [Fact]
    public async Task The_connection_can_close_after_a_frame()
    {
        Arm("{\"fault\":\"close_after_frame\",\"type\":\"pong\"}");
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", await TypeAsync());
        Assert.Null(await Client.NextTextAsync());
    }

    [Theory]
    [InlineData("before_execution", false, 0)]
    [InlineData("after_execution", false, 1)]
    [InlineData("after_ack", true, 1)]
    public async Task The_connection_closes_before_or_after_execution_or_acknowledgement(string when, bool acknowledged, int orders)
    {
        Arm($"{{\"fault\":\"close_connection\",\"when\":\"{when}\"}}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        if (acknowledged)
        {
            Assert.Equal("jsonapi/sendtx", await TypeAsync());
        }

        Assert.Null(await Client.NextTextAsync());
        Assert.Equal(orders, (await ActiveOrdersAsync()).Count);
    }

    [Fact]
    public async Task An_acknowledgement_can_be_late()
    {
        Arm("{\"fault\":\"withhold_ack\",\"transport\":\"stream\",\"delay_ms\":500}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)), "late");
        JsonObject second = await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000), "second");
        Assert.Equal("second", (string)second["id"]!);
        Clock.Advance(TimeSpan.FromMilliseconds(550));
        Assert.Equal("late", (string)(await Client.NextAsync())["id"]!);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_batch_fails_with_HTTP_429_executed_or_not(bool execute, int orders)
    {
        Arm($"{{\"fault\":\"refuse_request\",\"path\":\"/api/v1/sendTxBatch\",\"status\":429,\"retry_after_s\":7,\"execute\":{(execute ? "true" : "false")}}}");
        (string types, string infos) = Client.Lists(Client.Limit(false, 5_000, 236_000));
        using var form = new FormUrlEncodedContent([new("tx_types", types), new("tx_infos", infos)]);
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.PostAsync(new Uri(Venue.RestUrl, "/api/v1/sendTxBatch"), form);

        Assert.Equal((429, "7"), ((int)response.StatusCode, response.Headers.RetryAfter!.ToString()));
        Assert.Contains("23000", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(orders, (await ActiveOrdersAsync()).Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_batch_that_is_never_answered_ends_when_the_faults_are_cleared(bool execute, int orders)
    {
        Arm($"{{\"fault\":\"delay_request\",\"path\":\"sendTxBatch\",\"delay_ms\":null,\"execute\":{(execute ? "true" : "false")}}}");
        (string types, string infos) = Client.Lists(Client.Limit(false, 5_000, 236_000));
        Task<(int Status, JsonObject Body)> posted = Client.PostAsync("/api/v1/sendTxBatch", ("tx_types", types), ("tx_infos", infos));
        await Fired("delay_request");
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(orders, (await ActiveOrdersAsync()).Count);
        Assert.False(posted.IsCompleted);

        Venue.Faults.Clear();

        if (execute)
        {
            Assert.Equal(200, (await posted).Status);
        }
        else
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => posted);
        }
    }

    [Fact]
    public async Task A_stale_token_is_refused_as_an_expired_one_is()
    {
        Arm("{\"fault\":\"stale_token\",\"transport\":\"stream\"},{\"fault\":\"stale_token\",\"transport\":\"http\"}");
        await Client.SendAsync($"{{\"type\":\"subscribe\",\"channel\":\"user_stats/12345\",\"auth\":\"{Client.Token()}\"}}");
        JsonNode refused = (await Client.NextAsync())["error"]!;
        (int status, JsonObject body) = await Client.GetRawAsync("/api/v1/accountActiveOrders?account_index=12345", Client.Token());
        (_, JsonObject expired) = await Client.GetRawAsync("/api/v1/accountActiveOrders?account_index=12345", Client.Token(-5));

        Assert.Equal((20013, "invalid auth: the token has expired"), ((int)refused["code"]!, (string)refused["message"]!));
        Assert.Equal((400, expired.ToJsonString()), (status, body.ToJsonString()));
        await Client.SubscribeAsync("user_stats/12345");
    }

    [Fact]
    public async Task The_venue_can_read_slowly()
    {
        Arm("{\"fault\":\"pause_reading\",\"delay_ms\":2000}");
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", await TypeAsync());
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        Task<string> ack = TypeAsync();
        Clock.Advance(TimeSpan.FromMilliseconds(1_900));
        Assert.Empty(await ActiveOrdersAsync());
        Clock.Advance(TimeSpan.FromMilliseconds(150));
        Assert.Equal("jsonapi/sendtx", await ack);
    }

    [Fact]
    public async Task Connections_are_cut_and_frames_pushed_by_the_clock()
    {
        Arm("{\"fault\":\"push_frame\",\"every_ms\":1000,\"frame\":{\"type\":\"ours\"},\"times\":2},{\"fault\":\"drop_connections\",\"every_ms\":5000}");
        await Venue.GetStateAsync();
        for (int second = 0; second < 2; second++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1_050));
            Assert.Equal("ours", await TypeAsync());
        }

        Clock.Advance(TimeSpan.FromMilliseconds(4_000));
        await Assert.ThrowsAnyAsync<WebSocketException>(Client.NextTextAsync);
    }

    [Fact]
    public async Task The_same_seed_hits_the_same_transactions()
    {
        Assert.Equal(await RefusedOfFortyAsync(), await RefusedOfFortyAsync());

        async Task<string> RefusedOfFortyAsync()
        {
            Venue.Faults.Clear();
            Venue.Faults.Load("{\"seed\":5,\"faults\":[{\"fault\":\"refuse_transaction\",\"code\":21104,\"probability\":0.5,\"times\":null}]}");
            var pattern = new StringBuilder();
            for (int i = 0; i < 40; i++)
            {
                Client.NextNonce = await NextNonceAsync();
                JsonObject answer = await Client.SendTxAsync(Client.Limit(false, 5_000, 200_000));
                pattern.Append((int)answer["code"]! == 200 ? '.' : 'x');
            }

            Assert.Contains('x', pattern.ToString());
            Assert.Contains('.', pattern.ToString());
            return pattern.ToString();
        }
    }

    [Fact]
    public async Task Random_faults_stop_when_they_are_cleared()
    {
        Assert.Equal(LighterVenueFaults.RandomScript(3), LighterVenueFaults.RandomScript(3));
        Assert.NotEqual(LighterVenueFaults.RandomScript(3), LighterVenueFaults.RandomScript(4));
        for (ulong seed = 0; seed < 20; seed++)
        {
            Venue.Faults.Load(LighterVenueFaults.RandomScript(seed));
        }

        Venue.Faults.Clear();

        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        Assert.Equal("{\"code\":200,\"faults\":[]}", await Venue.Faults.DescribeAsync());
    }

    private void Arm(string faults) => Venue.Faults.Load($"{{\"faults\":[{faults}]}}");

    private async Task<string> TypeAsync() => (string)(await Client.NextAsync())["type"]!;

    /// <summary>Waits until a fault has fired.</summary>
    private async Task Fired(string fault)
    {
        while (!JsonNode.Parse(await Venue.Faults.DescribeAsync())!["faults"]!.AsArray()
            .Any(shown => (string)shown!["fault"]! == fault && (int)shown["fired"]! > 0))
        {
        }
    }
}
