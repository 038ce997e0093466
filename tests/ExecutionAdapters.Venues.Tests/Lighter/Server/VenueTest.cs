using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>A quiet venue (no synthetic flow) on a clock turned by hand, and a connected client.</summary>
public abstract class VenueTest : IAsyncLifetime
{
    private protected ManualTimeProvider Clock { get; } = new();

    private protected LighterVenue Venue { get; private set; } = null!;

    private protected VenueClient Client { get; private set; } = null!;

    private protected virtual LighterVenueOptions Options => new() { SyntheticFlow = false, TimeProvider = Clock };

    public async Task InitializeAsync()
    {
        Venue = await LighterVenue.StartAsync(Options);
        Client = new VenueClient(Venue, Clock);
        await Client.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await Venue.DisposeAsync();
    }

    /// <summary>Sends a transaction that must be admitted; returns its outcome in the sequencer: 0, or the code of its failure.</summary>
    private protected async Task<int> ExecuteAsync(ILighterTransaction transaction)
    {
        JsonObject ack = await Client.SendTxAsync(transaction);
        Assert.True((int)ack["code"]! == 200, ack.ToJsonString());
        return await OutcomeAsync((string)ack["tx_hash"]!);
    }

    /// <summary>What became of an admitted transaction: 0, or the code of its failure.</summary>
    private protected async Task<int> OutcomeAsync(string hash)
    {
        JsonObject tx = await Client.GetAsync($"/api/v1/tx?by=hash&value={hash}", withAuth: false);
        string failure = (string)JsonNode.Parse((string)tx["event_info"]!)!["ae"]!;
        Assert.Equal(failure.Length == 0 ? 2 : 0, (int)tx["status"]!);
        return failure.Length == 0 ? 0 : (int)JsonNode.Parse(failure)!["code"]!;
    }

    /// <summary>Sends a transaction that must be refused and checks that it left no trace; returns the code.</summary>
    private protected async Task<int> RefusedAsync(ILighterTransaction transaction)
    {
        long nonceBefore = await NextNonceAsync();
        JsonObject answer = await Client.SendTxAsync(transaction);
        Assert.NotEqual(200, (int)answer["code"]!);
        Assert.Equal("t", (string)answer["id"]!);
        Assert.False(string.IsNullOrEmpty((string)answer["message"]!));
        Assert.Equal(nonceBefore, await NextNonceAsync());
        Client.NextNonce = nonceBefore;
        return (int)answer["code"]!;
    }

    private protected async Task<long> NextNonceAsync() =>
        (long)(await Client.GetAsync("/api/v1/nextNonce?account_index=12345&api_key_index=5", withAuth: false))["nonce"]!;

    private protected async Task<JsonArray> ActiveOrdersAsync() =>
        (await Client.GetAsync("/api/v1/accountActiveOrders?account_index=12345"))["orders"]!.AsArray();

    private protected async Task<JsonArray> InactiveOrdersAsync() =>
        (await Client.GetAsync("/api/v1/accountInactiveOrders?account_index=12345&limit=100"))["orders"]!.AsArray();
}
