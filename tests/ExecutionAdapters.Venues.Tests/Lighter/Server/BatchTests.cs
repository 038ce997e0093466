using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class BatchTests : VenueTest
{
    [Fact]
    public async Task A_stream_batch_is_acknowledged_with_a_list_of_hashes_and_executed_in_order()
    {
        JsonObject ack = await Client.SendBatchAsync(
            Client.Limit(false, 5_000, 236_000, clientIndex: 1),
            Client.Limit(true, 5_000, 237_000, clientIndex: 2),
            new CancelOrderTransaction { Header = Client.Header(), MarketIndex = 0, Index = 1 });

        Assert.Equal((200, "b"), ((int)ack["code"]!, (string)ack["id"]!));
        Assert.Equal(3, ack["tx_hash"]!.AsArray().Count);
        Assert.Equal(2, (long)Assert.Single(await ActiveOrdersAsync())!["client_order_index"]!);
        Assert.Equal(3, Venue.Transactions.Count(transaction =>
            transaction is { Transport: LighterTransport.WebSocketBatch, BatchId: 1, OutcomeCode: 200 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_HTTP_batch_may_come_urlencoded_or_as_multipart(bool multipart)
    {
        (string types, string infos) = Client.Lists(Client.Limit(false, 5_000, 236_000), Client.Limit(true, 5_000, 237_000));
        using HttpContent content = multipart
            ? new MultipartFormDataContent { { new StringContent(types), "tx_types" }, { new StringContent(infos), "tx_infos" } }
            : new FormUrlEncodedContent([KeyValuePair.Create("tx_types", types), KeyValuePair.Create("tx_infos", infos)]);

        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTxBatch", content);

        Assert.Equal((200, 200, 2), (status, (int)body["code"]!, body["tx_hash"]!.AsArray().Count));
        Assert.All(Venue.Transactions, transaction => Assert.Equal(LighterTransport.HttpBatch, transaction.Transport));
        Assert.Equal(2, (await ActiveOrdersAsync()).Count);
    }

    [Fact]
    public async Task Fifteen_fit_on_the_stream_and_fifty_on_HTTP()
    {
        Assert.Equal(200, await StreamCodeAsync(15));
        Assert.Equal(21514, await StreamCodeAsync(16));
        Client.NextNonce = 16;
        Assert.Equal(200, await HttpCodeAsync(50));
        Assert.Equal(21514, await HttpCodeAsync(51));
    }

    [Fact]
    public async Task One_bad_member_refuses_the_whole_batch_and_consumes_no_nonce()
    {
        JsonObject answer = await Client.SendBatchAsync(Client.Limit(false, 5_000, 236_000), Client.Limit(false, 1, 236_000));

        Assert.Equal(21706, (int)answer["code"]!);
        Assert.Empty(await ActiveOrdersAsync());
        Assert.Equal(1, await NextNonceAsync());
    }

    [Fact]
    public async Task Members_must_share_account_and_key()
    {
        LighterTestAccount second = LighterTestAccount.FromSeed(9, 12_345, 6);
        await Venue.AddAccountAsync(second, 0);
        await using var other = new VenueClient(Venue, Clock, second);
        (string types, string infos) = Client.Lists(Client.Limit(false, 5_000, 236_000));
        (string otherTypes, string otherInfos) = other.Lists(other.Limit(false, 5_000, 236_000));

        (_, JsonObject body) = await Client.PostAsync(
            "/api/v1/sendTxBatch", ("tx_types", Join(types, otherTypes)), ("tx_infos", Join(infos, otherInfos)));

        Assert.Equal(21121, (int)body["code"]!);
    }

    [Fact]
    public async Task Nonces_must_increase()
    {
        CreateOrderTransaction first = Client.Limit(false, 5_000, 236_000);
        Assert.Equal(21105, (int)(await Client.SendBatchAsync(first, first))["code"]!);
    }

    [Theory]
    [InlineData("[14,14]", "[\"{}\"]", 21513)]
    [InlineData("[14]", "{}", 21501)]
    [InlineData("14", "[]", 21501)]
    [InlineData("[14]", "[{}]", 21501)]
    [InlineData("[]", "[]", 21501)]
    [InlineData("not json", "[]", 21501)]
    public async Task Lists_that_are_not_what_they_should_be_are_refused(string types, string infos, int code)
    {
        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTxBatch", ("tx_types", types), ("tx_infos", infos));
        Assert.Equal((400, code), (status, (int)body["code"]!));
    }

    [Fact]
    public async Task What_depends_on_the_account_fails_at_its_turn_and_the_others_are_executed()
    {
        JsonObject ack = await Client.SendBatchAsync(
            Client.Limit(false, 5_000, 236_000, clientIndex: 1),
            Client.Limit(false, 5_000, 236_000, clientIndex: 1),
            Client.Limit(false, 999_999_999, 236_000, clientIndex: 2),
            Client.Limit(false, 5_000, 236_000, clientIndex: 3));

        Assert.Equal(200, (int)ack["code"]!);
        string[] hashes = [.. ack["tx_hash"]!.AsArray().Select(hash => (string)hash!)];
        int[] outcomes = await Task.WhenAll(hashes.Select(OutcomeAsync));
        Assert.Equal(new[] { 0, 21728, 21739, 0 }, outcomes);
        Assert.Equal(5, await NextNonceAsync());
        Assert.Equal(2, (await ActiveOrdersAsync()).Count);
    }

    [Fact]
    public async Task A_quote_can_be_replaced_by_one_batch_even_with_the_same_client_index()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 1));

        JsonObject ack = await Client.SendBatchAsync(
            new CancelOrderTransaction { Header = Client.Header(), MarketIndex = 0, Index = 1 },
            Client.Limit(false, 5_000, 236_100, clientIndex: 1));

        Assert.Equal(200, (int)ack["code"]!);
        Assert.Equal("2361.00", (string)Assert.Single(await ActiveOrdersAsync())!["price"]!);
    }

    private static string Join(string first, string second) => $"{first[..^1]},{second[1..]}";

    private ILighterTransaction[] Cancels(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (ILighterTransaction)Cancel())];

    private CancelOrderTransaction Cancel() => new() { Header = Client.Header(), MarketIndex = 0, Index = 1 };

    private async Task<int> StreamCodeAsync(int count) => (int)(await Client.SendBatchAsync(Cancels(count)))["code"]!;

    private async Task<int> HttpCodeAsync(int count)
    {
        (string types, string infos) = Client.Lists(Cancels(count));
        (_, JsonObject body) = await Client.PostAsync("/api/v1/sendTxBatch", ("tx_types", types), ("tx_infos", infos));
        return (int)body["code"]!;
    }
}
