using ExecutionAdapters.Testing;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Six hours pass on the client's clock.</summary>
public sealed class TokenRotationOnTheWireTests
{
    [Fact]
    public async Task After_six_hours_every_account_stream_is_subscribed_with_a_fresh_token_and_trading_goes_on()
    {
        // The client's clock starts six hours behind the venue's: its first tokens are still valid there, and its later ones are fresh.
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(6));
        await using var harness = await ClientHarness.ConnectAsync(clock: clock);
        var first = Deadlines(harness);
        Assert.Equal(6, first.Count);
        clock.Advance(TimeSpan.FromHours(6));
        await harness.UntilAsync(() => Deadlines(harness).Count >= 12, "the fresh subscriptions");
        Assert.All(Deadlines(harness).Skip(6), deadline => Assert.True(deadline == first[0] + 21_600));
        await harness.SettleAsync();
    }

    private static List<long> Deadlines(ClientHarness harness) =>
    [
        .. harness.Venue.Requests
            .Where(request => request.Path.StartsWith("/stream/", StringComparison.Ordinal) && request.Authorization is not null)
            .Select(request => LighterAuthToken.TryParse(request.Authorization, out var claims) ? claims.Deadline : 0),
    ];
}
