using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class ReconnectSeeds
{
    /// <summary>test_reconnect_replays_authenticated_account_subscriptions.</summary>
    [Fact]
    public async Task After_a_loss_all_account_streams_are_subscribed_again_with_a_token()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync("281476929510110", OrderSide.Buy, "0.0050", "2361.31");
        harness.Venue.Faults.CloseAfterNextTransaction(execute: false);
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, "281476929510110"));
        await harness.UntilAsync(() => harness.Received().Count > 1, "the cancel");
        var lost = TimeProvider.System.GetTimestamp();
        await harness.UntilAsync(() => SeedHarness.AccountStreams.All(stream => harness.Subscriptions(stream).Count >= 2), "the subscriptions");
        Assert.InRange(TimeProvider.System.GetElapsedTime(lost), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        Assert.Equal(15, harness.Received()[1].Type);
        Assert.All(SeedHarness.AccountStreams.SelectMany(harness.Subscriptions), SeedHarness.AssertToken);
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        Assert.Equal(2, harness.Received().Count);
    }
}
