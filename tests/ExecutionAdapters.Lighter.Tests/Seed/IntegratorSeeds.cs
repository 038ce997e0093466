using ExecutionAdapters.Clients;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class IntegratorSeeds
{
    private const long Integrator = 723813;
    private const long FiveYearsMs = 5L * 365 * 86_400_000;

    /// <summary>connect_submits_l2_only_integrator_auto_approval.</summary>
    [Fact]
    public async Task Connect_sends_one_approval_without_fees_by_REST_before_the_stream_opens()
    {
        await using var harness = await SeedHarness.StartAsync(Integrator);
        await harness.ConnectClientAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.True(harness.Client.IsConnected);
        Assert.Single(harness.Requests("sendTx"));
        var (transport, type, info, code) = Assert.Single(harness.Received());
        Assert.Equal(("Http", 45, 200), (transport, type, code));
        Assert.Equal((12345, 5, Integrator), (info.Number("AccountIndex"), info.Number("ApiKeyIndex"), info.Number("IntegratorAccountIndex")));
        string[] caps = ["MaxPerpsTakerFee", "MaxPerpsMakerFee", "MaxSpotTakerFee", "MaxSpotMakerFee"];
        Assert.All(caps, cap => Assert.Equal(0, info.Number(cap)));
        Assert.Equal("", info.GetProperty("L1Sig").GetString());
        Assert.Equal(SeedHarness.FirstNonce, info.Number("Nonce"));
        Assert.InRange(info.Number("ApprovalExpiry"), now + FiveYearsMs - 60_000, now + FiveYearsMs);
        var paths = harness.Venue.Requests.Select(request => request.Path).ToList();
        Assert.InRange(paths.IndexOf("/api/v1/sendTx"), 0, paths.IndexOf("/stream"));
    }

    /// <summary>connect_skips_integrator_auto_approval_for_maker_only_api_key.</summary>
    [Fact]
    public async Task Connect_sends_no_approval_for_a_maker_only_key()
    {
        await using var harness = await SeedHarness.StartAsync(Integrator, makerOnlyKeys: 5);
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
        var asked = Assert.Single(harness.Requests("getMakerOnlyApiKeys"));
        Assert.Equal("?account_index=12345", asked.Query);
        SeedHarness.AssertToken(asked);
        Assert.Empty(harness.Requests("sendTx"));
        Assert.Empty(harness.Received());
    }

    /// <summary>connect_bails_when_integrator_auto_approval_reports_unapproved.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public async Task Connect_fails_without_opening_the_stream_when_the_venue_says_not_approved(int httpStatus)
    {
        await using var harness = await SeedHarness.StartAsync(Integrator);
        harness.Venue.Faults.RefuseRest("sendTx", httpStatus, 21149, "integrator is not approved", times: 10);
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.ConnectAsync());
        Assert.Contains("not integrator-approved (venue 21149)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("orders cannot be placed", exception.Message, StringComparison.Ordinal);
        Assert.False(harness.Client.IsConnected);
        Assert.Single(harness.Requests("getMakerOnlyApiKeys"));
        Assert.Single(harness.Requests("sendTx"));
        Assert.Empty(harness.Requests("/stream"));
    }
}
