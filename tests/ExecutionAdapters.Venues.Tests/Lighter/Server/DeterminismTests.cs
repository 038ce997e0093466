using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class DeterminismTests
{
    [Fact]
    public async Task The_same_seed_clock_and_inputs_give_the_same_frames()
    {
        List<string> first = await RunAsync(seed: 7);
        List<string> second = await RunAsync(seed: 7);

        Assert.Equal(first, second);
        Assert.True(first.Count > 200, $"only {first.Count} frames");
        Assert.Contains(first, frame => frame.Contains("update/account_all_trades", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_seed_gives_another_market() => Assert.NotEqual(await RunAsync(seed: 7), await RunAsync(seed: 8));

    private static async Task<List<string>> RunAsync(ulong seed)
    {
        var clock = new ManualTimeProvider();
        LighterTestAccount account = LighterTestAccount.FromSeed(1);
        await using LighterVenue venue = await LighterVenue.StartAsync(
            new LighterVenueOptions { Seed = seed, TimeProvider = clock, TestAccount = account });
        await using var client = new VenueClient(venue, clock);
        await client.ConnectAsync();
        List<string> frames = [];
        foreach (string channel in new[]
                 {
                     "account_all_orders/12345", "account_all_trades/12345", "account_all_positions/12345", "account_all_assets/12345",
                     "user_stats/12345", "account_tx/12345", "order_book/0", "ticker/1", "trade/0", "market_stats/all", "height",
                 })
        {
            frames.Add((await client.SubscribeAsync(channel)).ToJsonString());
        }

        for (int step = 0; step < 60; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            if (step % 5 == 0)
            {
                await SendAsync(client, account, step);
            }

            await client.SendAsync("{\"type\":\"ping\"}");
            for (JsonObject frame = await client.NextAsync(); (string)frame["type"]! != "pong"; frame = await client.NextAsync())
            {
                frames.Add(frame.ToJsonString());
            }
        }

        frames.Add(await venue.GetStateAsync());
        return frames;
    }

    /// <summary>Signs with a fixed nonce: the signature is part of the frames.</summary>
    private static async Task SendAsync(VenueClient client, LighterTestAccount account, int step)
    {
        bool isAsk = step % 2 == 0;
        LighterTimeInForce timeInForce = step % 3 == 0 ? LighterTimeInForce.GoodTillTime : LighterTimeInForce.ImmediateOrCancel;
        CreateOrderTransaction order = client.Limit(isAsk, 5_000 + step, isAsk ? 235_000u : 237_500u, clientIndex: step + 1, timeInForce);
        using LighterPrivateKey key = LighterPrivateKey.Parse(account.PrivateKey);
        byte[] nonce = new byte[40];
        BitConverter.TryWriteBytes(nonce, step + 1);
        SignedTransaction signed = LighterTransactionSigner.SignWithFixedNonce(300, order, key, nonce);
        string info = Encoding.UTF8.GetString(signed.TxInfo.Span);
        await client.SendAsync($"{{\"type\":\"jsonapi/sendtx\",\"data\":{{\"id\":\"{step}\",\"tx_type\":14,\"tx_info\":{info}}}}}");
    }
}
