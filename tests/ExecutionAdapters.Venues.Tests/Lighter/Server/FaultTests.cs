using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class FaultTests : VenueTest
{
    [Fact]
    public async Task A_first_frame_can_be_withheld_and_released()
    {
        Venue.Faults.WithholdFirstFrame("user_stats");
        await Client.SendAsync($"{{\"type\":\"subscribe\",\"channel\":\"user_stats/12345\",\"auth\":\"{Client.Token()}\"}}");
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000)); // would update user_stats
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", (string)(await Client.NextAsync())["type"]!);

        Venue.Faults.Release("user_stats");

        Assert.Equal("subscribed/user_stats", (string)(await Client.NextAsync())["type"]!);
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        Assert.Equal("update/user_stats", (string)(await Client.NextAsync())["type"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_transaction_can_be_refused_with_any_code(bool bare)
    {
        Venue.Faults.AnswerNextTransaction(21029, "insufficient margin", bare);

        JsonObject refused = await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000));

        Assert.Equal(bare, !refused.ContainsKey("type"));
        JsonNode error = bare ? refused["error"]! : refused;
        Assert.Equal((21029, "insufficient margin"), ((int)error["code"]!, (string)error["message"]!));
        Assert.Equal(1, await NextNonceAsync());
        Client.NextNonce = 1;
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        Assert.Equal([21029, 200], Venue.Transactions.Select(transaction => transaction.OutcomeCode));
    }

    [Fact]
    public async Task Acknowledgements_can_be_swallowed_while_the_transactions_execute()
    {
        Venue.Faults.SwallowNextAcknowledgements(2);
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000, clientIndex: 1)), "one");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000, clientIndex: 2)), "two");
        JsonObject third = await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 3), "three");

        Assert.Equal("three", (string)third["id"]!);
        Assert.Equal(3, (await ActiveOrdersAsync()).Count);
    }

    [Fact]
    public async Task A_swallowed_HTTP_answer_cuts_the_connection()
    {
        Venue.Faults.SwallowNextAcknowledgements(1);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostTxAsync(Client.Limit(false, 5_000, 236_000)));
        Assert.Single(await ActiveOrdersAsync());
    }

    [Fact]
    public async Task Batch_answers_can_be_withheld_on_HTTP_and_on_the_stream()
    {
        Venue.Faults.WithholdBatchResponses();
        (string types, string infos) = Client.Lists(Client.Limit(false, 5_000, 236_000));
        Task<(int Status, JsonObject Body)> posted = Client.PostAsync("/api/v1/sendTxBatch", ("tx_types", types), ("tx_infos", infos));
        while ((await ActiveOrdersAsync()).Count == 0)
        {
            Assert.False(posted.IsCompleted);
        }

        Task<JsonObject> streamed = Client.SendBatchAsync(Client.Limit(false, 5_000, 236_000));
        while ((await ActiveOrdersAsync()).Count == 1)
        {
            Assert.False(streamed.IsCompleted);
        }

        Assert.False(posted.IsCompleted);
        Venue.Faults.ReleaseBatchResponses();

        Assert.Equal(200, (await posted).Status);
        Assert.Equal(200, (int)(await streamed)["code"]!);
    }

    [Fact]
    public async Task Hashes_can_be_left_out_of_acknowledgements()
    {
        Venue.Faults.OmitHashInAcknowledgements(true);
        JsonObject ack = await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000));
        Assert.Equal("{\"type\":\"jsonapi/sendtx\",\"code\":200}", ack.ToJsonString());
        Venue.Faults.OmitHashInAcknowledgements(false);
        Assert.True((await Client.SendTxAsync(Client.Limit(false, 5_000, 236_000))).ContainsKey("tx_hash"));
    }

    [Theory]
    [InlineData(true, 1, 200)]
    [InlineData(false, 0, 0)]
    public async Task The_connection_can_close_right_after_a_transaction(bool execute, int orders, int code)
    {
        await Client.SubscribeAsync("account_all_orders/12345"); // an update that follows must not turn the close into a cut
        Venue.Faults.CloseAfterNextTransaction(execute);
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));

        Assert.Null(await Client.NextTextAsync());
        Assert.Equal(orders, (await ActiveOrdersAsync()).Count);
        Assert.Equal(code, Assert.Single(Venue.Transactions).OutcomeCode);
        await Client.ReconnectAsync();
    }

    [Fact]
    public async Task Connections_can_be_dropped()
    {
        Venue.Faults.DropConnections();
        await Assert.ThrowsAnyAsync<WebSocketException>(Client.NextTextAsync);
        await Client.ReconnectAsync();
        await Client.SubscribeAsync("account_all_orders/12345");
    }

    [Fact]
    public async Task Raw_frames_go_to_the_subscribers_of_a_channel_or_to_everybody()
    {
        await using var other = new VenueClient(Venue, Clock);
        await other.ConnectAsync();
        await Client.SubscribeAsync("account_all_orders/12345");

        await Venue.Faults.PushFrameAsync("account_all_orders:12345", "{\"type\":\"mine\"}");
        await Venue.Faults.PushFrameAsync(null, "{\"type\":\"ours\"}");

        Assert.Equal("mine", (string)(await Client.NextAsync())["type"]!);
        Assert.Equal("ours", (string)(await Client.NextAsync())["type"]!);
        Assert.Equal("ours", (string)(await other.NextAsync())["type"]!);
    }

    [Fact]
    public async Task Rest_paths_can_be_refused_a_number_of_times()
    {
        Venue.Faults.RefuseRest("nextNonce", 503, 29500, "internal server error", 2);
        for (int i = 0; i < 2; i++)
        {
            (int status, JsonObject body) = await Client.GetRawAsync("/api/v1/nextNonce?account_index=12345&api_key_index=5", null);
            Assert.Equal((503, 29500), (status, (int)body["code"]!));
        }

        Assert.Equal(1, await NextNonceAsync());
    }

    [Fact]
    public async Task Control_works_over_HTTP_too()
    {
        using HttpContent nothing = new StringContent("", Encoding.ASCII);
        Assert.Equal(200, (await Client.PostAsync("/control/house-order?market_id=0&side=sell&size=1.5&price=2361", nothing)).Status);
        Assert.Equal(200, (await Client.PostAsync("/control/mark?market_id=0&price=2400.5", nothing)).Status);
        Assert.Equal(400, (await Client.PostAsync("/control/mark?market_id=0&price=2400.555", nothing)).Status);
        Assert.Equal(400, (await Client.PostAsync("/control/mark?market_id=77&price=2400", nothing)).Status);
        Assert.Equal(404, (await Client.PostAsync("/control/nothing", nothing)).Status);

        JsonObject state = await Client.GetAsync("/control/state", withAuth: false);
        JsonNode market = state["markets"]![0]!;
        Assert.Equal(("2400.50", "2361.00", ""), ((string)market["mark_price"]!, (string)market["best_ask"]!, (string)market["best_bid"]!));
        Assert.Equal(await Venue.GetStateAsync(), state.ToJsonString());
        Assert.Equal(12_345, (long)Assert.Single(state["accounts"]!.AsArray())!["account_index"]!);
    }
}
