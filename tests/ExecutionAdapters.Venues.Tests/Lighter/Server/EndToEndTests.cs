using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class EndToEndTests
{
    private static readonly string[] Kinds =
        ["account_all_orders", "account_all_trades", "account_all_positions", "account_all_assets", "user_stats", "account_tx"];

    [Fact]
    public async Task A_signed_order_is_acknowledged_streamed_filled_and_found_over_REST()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        await using var client = new VenueClient(venue);
        await client.ConnectAsync();
        foreach (string kind in Kinds)
        {
            JsonObject first = await client.SubscribeAsync($"{kind}/12345");
            Assert.Equal($"{kind}:12345", (string)first["channel"]!);
        }

        JsonObject ack = await client.SendTxAsync(client.Limit(isAsk: false, 5_000, 236_131, clientIndex: 77), "a1");
        Assert.Equal((200, "a1"), ((int)ack["code"]!, (string)ack["id"]!));
        string hash = (string)ack["tx_hash"]!;
        JsonObject open = await client.UpdateAsync("update/account_all_orders");
        JsonNode row = Assert.Single(VenueClient.Rows(open, "orders"))!;
        Assert.Equal(("open", "buy"), ((string)row["status"]!, (string)row["side"]!));
        Assert.Equal(("2361.31", "0.5000"), ((string)row["price"]!, (string)row["initial_base_amount"]!));
        Assert.Equal((77, "77"), ((long)row["client_order_index"]!, (string)row["client_order_id"]!));
        JsonObject executed = await client.WaitAsync(frame =>
            (string?)frame["type"] == "update/account_tx" && (int)frame["txs"]![0]!["status"]! == 2);
        Assert.Equal(hash, (string)executed["txs"]![0]!["hash"]!);

        await venue.PlaceHouseOrderAsync(0, isAsk: true, 0.2m, 2361.00m, LighterTimeInForce.ImmediateOrCancel);
        JsonObject traded = await client.UpdateAsync("update/account_all_trades");
        JsonNode trade = Assert.Single(VenueClient.Rows(traded, "trades"))!;
        Assert.Equal(("0.2000", "2361.31", "472.262000"), ((string)trade["size"]!, (string)trade["price"]!, (string)trade["usd_amount"]!));
        Assert.Equal((40, false), ((int)trade["maker_fee"]!, trade.AsObject().ContainsKey("taker_fee")));
        JsonObject positions = await client.UpdateAsync("update/account_all_positions");
        Assert.Equal("0.2000", (string)positions["positions"]!["0"]!["position"]!);

        JsonObject active = await client.GetAsync("/api/v1/accountActiveOrders?account_index=12345");
        Assert.Equal("0.3000", (string)active["orders"]![0]!["remaining_base_amount"]!);
        JsonObject tx = await client.GetAsync($"/api/v1/tx?by=hash&value={hash}", withAuth: false);
        Assert.Equal(2, (int)tx["status"]!);
        JsonObject nonce = await client.GetAsync("/api/v1/nextNonce?account_index=12345&api_key_index=5", withAuth: false);
        Assert.Equal(2, (long)nonce["nonce"]!);
        CapturedTransaction captured = Assert.Single(venue.Transactions);
        Assert.Equal((LighterTransport.WebSocket, (byte)14), (captured.Transport, captured.TransactionType));
        Assert.Equal((200, hash), (captured.OutcomeCode, captured.TransactionHash));
    }
}
