using ExecutionAdapters.Testing;
using ExecutionAdapters.Lighter.Signing;
using Microsoft.Extensions.Logging;

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

    [Fact]
    public async Task A_token_that_all_streams_refuse_is_replaced_after_half_a_minute()
    {
        using var log = new CapturedLog();
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(6));
        await using var harness = await ClientHarness.ConnectAsync(clock: clock, logger: log.CreateLogger<LighterExecutionClient>());
        clock.Advance(TimeSpan.FromHours(6));
        await harness.UntilAsync(() => Deadlines(harness).Count == 12, "the fresh subscriptions");
        for (var i = 0; i < 6; i++)
        {
            await harness.Venue.Faults.PushFrameAsync(null, """{"error":{"code":20013,"message":"invalid auth: expired"}}""");
        }

        // What it tells comes behind the six refusals.
        await harness.SettleAsync();
        clock.Advance(TimeSpan.FromSeconds(30));
        await harness.UntilAsync(() => Deadlines(harness).Count == 18, "the subscriptions half a minute later");
        Assert.Contains("00:00:30", Assert.Single(log.Lines, line => line.Contains("Fresh auth tokens", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static List<long> Deadlines(ClientHarness harness) =>
    [
        .. harness.Venue.Requests
            .Where(request => request.Path.StartsWith("/stream/", StringComparison.Ordinal) && request.Authorization is not null)
            .Select(request => LighterAuthToken.TryParse(request.Authorization, out var claims) ? claims.Deadline : 0),
    ];
}
