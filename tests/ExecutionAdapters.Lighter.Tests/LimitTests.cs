using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>The account's tier, quotas on the running venue, and what the venue says when it was too much.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task The_tier_is_reported_as_the_venue_names_it()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(logger: log.CreateLogger<LighterExecutionClient>());
        Assert.Equal("premium", harness.Client.Tier!.Name);
        Assert.Equal(24_000, harness.Client.Tier.RestQuotaPerMinute);
        Assert.Equal(4_000, harness.Client.Tier.TransactionQuotaPerMinute);
        Assert.Equal(280, harness.Client.Tier.TakerFeePpm);
        Assert.Contains(log.Lines, line => line.Contains("tier premium", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tier_that_cannot_be_asked_for_is_told_and_does_not_keep_the_client_from_connecting()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.StartAsync(logger: log.CreateLogger<LighterExecutionClient>());
        harness.Venue.Faults.RefuseRest("accountLimits", 404, 404, "not found", times: 10);
        await harness.ConnectClientAsync();
        Assert.Null(harness.Client.Tier);
        Assert.Contains(log.Lines, line => line.Contains("standard account are kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_configured_quota_that_differs_from_the_tier_is_pointed_out()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { TransactionQuotaPerMinute = 10_000, RestQuotaPerMinute = 70 }, logger: log.CreateLogger<LighterExecutionClient>());
        Assert.Contains(log.Lines, line => line.Contains("the venue may refuse", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("more would be allowed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancel_leaves_while_creates_wait_for_quota()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { TransactionQuotaPerMinute = 20 });
        var first = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var others = Enumerable.Range(0, 30).Select(i => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"))).ToList();
        harness.Client.CancelOrder(Orders.Cancel(first.ClientOrderId.Value));
        await harness.UntilAsync(() => first.IsClosed, "the cancel");
        Assert.Equal(18, harness.Received().Count(transaction => transaction.Type == 14));
        Assert.Equal(17, others.Count(order => order.Status == OrderStatus.Accepted));
    }

    [Fact]
    public async Task A_create_that_waits_for_quota_and_is_canceled_never_leaves()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { TransactionQuotaPerMinute = 1 });
        var first = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var waiting = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        harness.Client.CancelOrder(Orders.Cancel(waiting.ClientOrderId.Value));
        await harness.UntilAsync(() => waiting.IsClosed, "the end of the order");
        Assert.Equal(["Submitted", "Rejected"], harness.Story(waiting));
        Assert.Contains("NOT_SENT", harness.Events<OrderRejected>()[0].Reason, StringComparison.Ordinal);
        Assert.Single(harness.Received());
        Assert.True(first.IsOpen);
    }

    [Fact]
    public async Task A_create_that_waits_too_long_is_told_as_not_sent()
    {
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { TransactionQuotaPerMinute = 1, QueueTimeout = TimeSpan.FromMilliseconds(500) });
        await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        var rejected = await harness.NextAsync<OrderRejected>();
        Assert.Contains("NOT_SENT", rejected.Reason, StringComparison.Ordinal);
        Assert.Single(harness.Received());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task A_request_that_was_too_much_is_asked_again_after_the_time_that_the_venue_named(int? retryAfter)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var wait = retryAfter is { } seconds ? $",\"retry_after_s\":{seconds}" : "";
        harness.Venue.Faults.Load("{\"faults\":[{\"fault\":\"refuse_request\",\"path\":\"trades\",\"status\":429" + wait + "}]}");
        var started = TimeProvider.System.GetTimestamp();
        var before = Asked(harness);
        Assert.Empty(await harness.Client.GenerateFillReportsAsync(new GenerateFillReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default }));
        Assert.Equal(before + 2, Asked(harness));
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(retryAfter ?? 0));

        static int Asked(ClientHarness harness) => harness.Venue.Requests.Count(request => request.Path == "/api/v1/trades");
    }

    [Fact]
    public async Task The_volume_quota_is_what_the_venues_latest_answer_said()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        Assert.Null(harness.Client.VolumeQuotaRemaining);
        await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var after = harness.Client.VolumeQuotaRemaining;
        await harness.RestAsync(OrderSide.Buy, "0.0100", "1990.00");
        Assert.Equal(after - 1, harness.Client.VolumeQuotaRemaining);
    }

    [Fact]
    public async Task Within_the_limits_of_its_tier_a_client_is_never_refused()
    {
        await using var harness = await ClientHarness.ConnectAsync(venueOptions: new LighterVenueOptions { SyntheticFlow = false, RateLimits = true });
        for (var i = 0; i < 300; i++)
        {
            harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        }

        await harness.UntilAsync(() => harness.Cache.Orders().All(order => order.Status == OrderStatus.Accepted), "all orders");
        Assert.DoesNotContain(harness.Received(), transaction => transaction.Code == 23000);
    }
}
