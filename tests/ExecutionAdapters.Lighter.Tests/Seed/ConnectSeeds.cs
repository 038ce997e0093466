using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class ConnectSeeds
{
    public static TheoryData<string> AccountStreams() => new(SeedHarness.AccountStreams);

    /// <summary>test_connect_disconnect_lifecycle.</summary>
    [Fact]
    public async Task Connect_opens_one_connection_and_subscribes_to_five_streams_with_a_token_and_disconnect_ends_it()
    {
        await using var harness = await SeedHarness.StartAsync();
        Assert.False(harness.Client.IsConnected);
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
        Assert.Single(harness.Requests("/stream"));
        Assert.All(SeedHarness.AccountStreams, stream => SeedHarness.AssertToken(Assert.Single(harness.Subscriptions(stream))));
        Assert.Single(SeedHarness.AccountStreams.Select(stream => harness.Subscriptions(stream)[0].Authorization).Distinct());
        await harness.Client.DisconnectAsync();
        Assert.False(harness.Client.IsConnected);
        await harness.Client.DisconnectAsync();
        Assert.False(harness.Client.IsConnected);
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
        Assert.Equal(2, harness.Requests("/stream").Count);
    }

    /// <summary>connect_returns_only_after_each_distinct_stream_marks_its_own_flag, five cases.</summary>
    [Theory]
    [MemberData(nameof(AccountStreams))]
    public async Task Connect_is_pending_with_four_of_five_first_frames_and_returns_with_the_fifth(string stream)
    {
        await using var harness = await SeedHarness.StartAsync();
        harness.Venue.Faults.WithholdFirstFrame(stream);
        var connecting = harness.Client.ConnectAsync();
        await harness.UntilAsync(() => SeedHarness.AccountStreams.All(each => harness.Subscriptions(each).Count == 1), "five subscriptions");
        await Task.WhenAny(connecting, Task.Delay(250));
        Assert.False(connecting.IsCompleted);
        Assert.False(harness.Client.IsConnected);
        harness.Venue.Faults.Release(stream);
        await connecting.WaitAsync(TimeSpan.FromSeconds(2));
        Assert.True(harness.Client.IsConnected);
    }

    /// <summary>connect_clears_prior_position_cache_across_reconnect.</summary>
    [Fact]
    public async Task A_second_connect_starts_without_positions_and_reports_none_as_flat()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        await harness.PushPositionsAsync(SeedHarness.PositionRow("1.5000"));
        await harness.NextAsync<PositionStatusReport>();
        Assert.Equal(1.5m, Assert.Single(await harness.PositionReportsAsync()).Quantity.Value);
        await harness.Client.DisconnectAsync();
        await harness.ConnectClientAsync();
        Assert.Empty(await harness.PositionReportsAsync());
        await harness.MarkAsync();
        Assert.Equal(PositionSide.Long, Assert.Single(harness.Events<PositionStatusReport>()).PositionSide);
    }

    /// <summary>test_connect_without_credentials_fails_fast.</summary>
    [Fact]
    public async Task Connect_without_credentials_fails_before_any_network_access()
    {
        await using var harness = await SeedHarness.StartAsync();
        await using var client = WithoutCredentials(harness);
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => client.ConnectAsync());
        Assert.Contains("requires credentials", exception.Message, StringComparison.Ordinal);
        Assert.False(client.IsConnected);
        Assert.Empty(harness.Venue.Requests);
    }

    /// <summary>test_submit_order_without_credentials_errors_synchronously.</summary>
    [Fact]
    public async Task Submit_without_credentials_throws_at_once_and_emits_nothing()
    {
        await using var harness = await SeedHarness.StartAsync();
        var client = WithoutCredentials(harness);
        var exception = Assert.Throws<ExecutionClientException>(() => client.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31"))));
        Assert.Contains("cannot submit without credentials", exception.Message, StringComparison.Ordinal);
        await client.DisposeAsync();
        Assert.False(await client.Events.WaitToReadAsync());
        Assert.Empty(harness.Received());
    }

    private static LighterExecutionClient WithoutCredentials(ClientHarness harness) =>
        new(new LighterOptions { Deployment = LighterDeployment.Local(harness.Venue.RestUrl, harness.Venue.StreamUrl) });
}
