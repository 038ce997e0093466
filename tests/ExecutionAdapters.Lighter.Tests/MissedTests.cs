using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>What happened while nobody listened, also where this machine's clock is wrong, and what only a refusal gives away.</summary>
public sealed class MissedTests
{
    private const string NextFillLost = """{"faults":[{"fault":"drop_frame","channel":"account_all_trades","cut_after_ms":0},{"fault":"drop_frame","channel":"account_all_orders"}]}""";

    [Theory]
    [InlineData(-90)]
    [InlineData(-10)]
    [InlineData(90)]
    public async Task A_fill_during_a_loss_is_told_whatever_this_machines_clock_says(int secondsFast)
    {
        await using var harness = await ClientHarness.ConnectAsync(clock: new SkewedClock(TimeSpan.FromSeconds(secondsFast)));
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load(NextFillLost);
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(order));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(-10)]
    [InlineData(90)]
    public async Task An_end_during_a_loss_is_told_whatever_this_machines_clock_says(int secondsFast)
    {
        await using var harness = await ClientHarness.ConnectAsync(clock: new SkewedClock(TimeSpan.FromSeconds(secondsFast)));
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_orders","cut_after_ms":0,"times":2}]}""");
        other.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, order.VenueOrderId!.Value.Value));
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        Assert.Equal(["Submitted", "Accepted", "Canceled"], harness.Story(order));
    }

    [Theory]
    [InlineData(-90)]
    [InlineData(0)]
    public async Task A_mass_status_holds_what_closed_a_moment_ago_whatever_this_machines_clock_says(int secondsFast)
    {
        await using var harness = await ClientHarness.ConnectAsync(clock: new SkewedClock(TimeSpan.FromSeconds(secondsFast)));
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        var status = await harness.Client.GenerateMassStatusAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(OrderStatus.Canceled, status.OrderReports[order.VenueOrderId!.Value].OrderStatus);
    }

    [Fact]
    public async Task The_end_of_somebody_elses_order_during_a_loss_is_reported()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        var (theirs, venueOrderId) = await RestForOtherAsync(harness, other);
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_orders","cut_after_ms":0,"times":2}]}""");
        other.CancelOrder(Orders.Cancel(theirs.ClientOrderId.Value));
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        Assert.Equal(OrderStatus.Canceled, LastReport(harness, venueOrderId).OrderStatus);
    }

    [Fact]
    public async Task An_order_of_somebody_else_whose_cancel_was_executed_unseen_is_asked_for_and_then_left_alone()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        var (_, venueOrderId) = await RestForOtherAsync(harness, other);
        await other.DisconnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_orders"}]}""");
        harness.Client.CancelAllOrders(Orders.CancelAll());
        await harness.UntilAsync(() => LastReport(harness, venueOrderId).OrderStatus == OrderStatus.Canceled, "the report of its end");
        await harness.UntilSettledAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancel_refused_because_the_order_is_over_has_its_end_asked_for(bool filled)
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_orders","times":2},{"fault":"drop_frame","channel":"account_all_trades","times":2}]}""");
        if (filled)
        {
            await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        }
        else
        {
            other.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, order.VenueOrderId!.Value.Value));
        }

        await UntilNothingIsOpenAsync(harness);
        harness.MarkPendingCancel(order);
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the end of the order");
        Assert.Equal(filled ? OrderStatus.Filled : OrderStatus.Canceled, order.Status);
        Assert.Single(harness.Events<OrderCancelRejected>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_ended_while_no_process_ran_tells_its_end_at_connect(bool filled)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await harness.Client.DisconnectAsync();
        if (filled)
        {
            await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        }
        else
        {
            await using var other = harness.ClientWith();
            await other.ConnectAsync();
            other.CancelOrder(Orders.Cancel(order.ClientOrderId.Value, order.VenueOrderId!.Value.Value));
            await UntilNothingIsOpenAsync(harness);
        }

        await using var second = harness.ClientWith(harness.Cache);
        await second.ConnectAsync();
        var story = new List<OrderEvent>();
        while (second.Events.TryRead(out var next) && next is not ConnectionStateChanged { State: ConnectionState.Connected })
        {
            story.AddRange(new[] { next }.OfType<OrderEvent>());
        }

        var told = Assert.Single(story);
        Assert.Equal(order.ClientOrderId, told.ClientOrderId);
        Assert.True(filled ? told is OrderFilled { LastQty.Value: 0.05m } : told is OrderCanceled, told.ToString());
    }

    private static async Task<(OrderInitialized Order, VenueOrderId VenueOrderId)> RestForOtherAsync(ClientHarness harness, LighterExecutionClient other)
    {
        var theirs = Orders.Limit(OrderSide.Buy, "0.0500", "2000.00");
        other.SubmitOrder(Orders.Submit(theirs));
        var open = await harness.NextAsync<OrderStatusReport>(report => report.OrderStatus == OrderStatus.Accepted);
        return (theirs, open.VenueOrderId);
    }

    private static async Task UntilNothingIsOpenAsync(ClientHarness harness)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await harness.TruthAsync()).GetProperty("orders").EnumerateArray().Any(row => row.GetProperty("status").GetString() == "open"))
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private static OrderStatusReport LastReport(ClientHarness harness, VenueOrderId venueOrderId) =>
        harness.Events<OrderStatusReport>().Last(report => report.VenueOrderId == venueOrderId);

    /// <summary>The machine's clock, wrong by a constant.</summary>
    private sealed class SkewedClock(TimeSpan fast) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + fast;
    }
}
