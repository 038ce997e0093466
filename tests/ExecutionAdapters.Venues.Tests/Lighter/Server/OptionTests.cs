using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class OptionTests
{
    private readonly ManualTimeProvider _clock = new();

    private LighterVenueOptions Options => new() { SyntheticFlow = false, TimeProvider = _clock };

    [Fact]
    public async Task Keys_begin_with_the_initial_nonce()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(Options with { InitialNonce = 42 });
        await using var client = new VenueClient(venue, _clock) { NextNonce = 41 };
        Assert.Equal(42, await NextNonceAsync(client));
        (_, JsonObject refused) = await client.PostTxAsync(client.Limit(false, 5_000, 236_000));
        Assert.Equal(21104, (int)refused["code"]!);
        Assert.Equal(200, (await client.PostTxAsync(client.Limit(false, 5_000, 236_000))).Status);
        Assert.Equal(43, await NextNonceAsync(client));
        await Assert.ThrowsAsync<ArgumentException>(() => LighterVenue.StartAsync(Options with { InitialNonce = -1 }));
    }

    [Fact]
    public async Task The_test_account_may_have_a_key_of_your_own()
    {
        const string Key = "0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb8b16dc4fa9d7c2e1d3a8b1f0e8d3a4c5b6e7f001";
        await using LighterVenue venue = await LighterVenue.StartAsync(
            Options with { TestAccount = LighterTestAccount.FromPrivateKey(Key) });
        Assert.Equal((12_345, (byte)5, Key), (venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, venue.TestAccount.PrivateKey));
        await using var client = new VenueClient(venue, _clock);
        Assert.Equal(200, (await client.PostTxAsync(client.Limit(false, 5_000, 236_000))).Status);
    }

    [Fact]
    public async Task An_integrator_that_was_approved_from_the_start_may_be_used_and_revoked()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(Options with { ApprovedIntegrators = [723_813] });
        await using var client = new VenueClient(venue, _clock);
        Assert.Equal(723_813, Assert.Single(await IntegratorsAsync(client)));
        Assert.Equal(200, (await SendAsync(client)).Status);

        var past = new ApproveIntegratorTransaction { Header = client.Header(), IntegratorAccountIndex = 723_813, ApprovalExpiry = client.NowMs - 1 };
        Assert.Equal(200, (await client.PostTxAsync(past)).Status);

        Assert.Empty(await IntegratorsAsync(client));
        (_, JsonObject refused) = await SendAsync(client);
        Assert.Equal(21149, (int)refused["code"]!);
    }

    [Theory]
    [InlineData(LighterAccountTier.Standard, "standard", 0, 0)]
    [InlineData(LighterAccountTier.Premium, "premium", 280, 40)]
    [InlineData(LighterAccountTier.Plus, "plus", 50, 50)]
    public async Task The_tier_is_told_with_its_fees(LighterAccountTier tier, string name, int taker, int maker)
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(Options with { Tier = tier });
        await using var client = new VenueClient(venue, _clock);
        JsonObject limits = await client.GetAsync("/api/v1/accountLimits?account_index=12345");
        Assert.Equal(
            (name, taker, maker),
            ((string)limits["user_tier"]!, (int)limits["current_taker_fee_tick"]!, (int)limits["current_maker_fee_tick"]!));
    }

    [Fact]
    public async Task A_standard_account_has_sixty_requests_and_sixty_transactions_a_minute()
    {
        await using LighterVenue venue = await LighterVenue.StartAsync(
            Options with { Tier = LighterAccountTier.Standard, RateLimits = true });
        await using var client = new VenueClient(venue, _clock);
        await client.ConnectAsync();
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(200, (await client.GetRawAsync("/api/v1/orderBooks", client.Token())).Status);
            Assert.Equal(200, (int)(await client.SendTxAsync(client.Limit(false, 5_000, 236_000)))["code"]!);
        }

        Assert.Equal(429, (await client.GetRawAsync("/api/v1/orderBooks", client.Token())).Status);
        Assert.Equal(23000, (int)(await client.SendTxAsync(client.Limit(false, 5_000, 236_000)))["code"]!);
        client.NextNonce--;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await client.GetRawAsync("/api/v1/orderBooks", client.Token())).Status);
        Assert.Equal(200, (int)(await client.SendTxAsync(client.Limit(false, 5_000, 236_000)))["code"]!);
    }

    private static async Task<long> NextNonceAsync(VenueClient client) =>
        (long)(await client.GetAsync("/api/v1/nextNonce?account_index=12345&api_key_index=5", withAuth: false))["nonce"]!;

    private static async Task<long[]> IntegratorsAsync(VenueClient client)
    {
        JsonObject account = await client.GetAsync("/api/v1/account?by=index&value=12345");
        return [.. account["accounts"]![0]!["approved_integrators"]!.AsArray().Select(row => (long)row!["account_index"]!)];
    }

    private static Task<(int Status, JsonObject Body)> SendAsync(VenueClient client)
    {
        LighterOrderInfo order = client.Limit(false, 5_000, 236_000).Order;
        client.NextNonce--;
        return client.PostTxAsync(client.Create(order, default(TransactionAttributes).Integrator(723_813, 10, 10)));
    }
}
