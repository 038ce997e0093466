using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>After a loss: what happens before the client is connected again, and how transactions without news are settled.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task It_is_connected_again_only_after_what_was_missed_could_be_asked_for()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load("""{"faults":[{"fault":"refuse_request","path":"trades","status":500,"times":null}]}""");
        var before = Asked(harness, "trades");
        harness.Venue.Faults.DropConnections();
        await harness.UntilAsync(() => Asked(harness, "trades") >= before + 2, "the question for trades");
        Assert.False(harness.Client.IsConnected);

        // Orders and modifications are not sent on a view that may be old; a way out is.
        var denied = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        await harness.NextAsync<OrderModifyRejected>();
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel");
        Assert.Equal(["Denied"], harness.Story(denied));
        Assert.DoesNotContain(harness.Events<ConnectionStateChanged>(), change => change.State == ConnectionState.Reconnected);

        harness.Venue.Faults.Clear();
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
    }

    [Fact]
    public async Task Missed_fills_and_ends_are_told_before_the_client_is_connected_again()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_trades","cut_after_ms":0},{"fault":"drop_frame","channel":"account_all_orders"}]}""");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        Assert.Equal(OrderStatus.Filled, order.Status);
        var events = harness.Events().ToList();
        Assert.True(events.FindIndex(seen => seen is OrderFilled) < events.FindIndex(seen => seen is ConnectionStateChanged { State: ConnectionState.Reconnected }));
    }

    [Fact]
    public async Task A_transaction_lost_on_the_way_is_asked_for_before_the_client_is_connected_again()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.CloseAfterNextTransaction(execute: true);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.Single(harness.Received());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancel_lost_on_the_way_is_settled_by_what_the_venue_did(bool executed)
    {
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { TransactionLifetime = TimeSpan.FromSeconds(1), VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.MarkPendingCancel(order);
        harness.Venue.Faults.CloseAfterNextTransaction(execute: executed);
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        if (executed)
        {
            await harness.UntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel");
            Assert.Empty(harness.Events<OrderCancelRejected>());
        }
        else
        {
            Assert.Contains("NOT_SENT", (await harness.NextAsync<OrderCancelRejected>()).Reason, StringComparison.Ordinal);
            Assert.Equal(OrderStatus.Accepted, order.Status);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_modify_lost_on_the_way_is_settled_by_what_the_venue_did(bool executed)
    {
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { TransactionLifetime = TimeSpan.FromSeconds(1), VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
        harness.Venue.Faults.CloseAfterNextTransaction(execute: executed);
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        await harness.NextAsync<OrderEvent>(told => told is OrderUpdated or OrderModifyRejected);
        await harness.UntilAsync(() => harness.Client.IsConnected, "the reconnect");
        await harness.SettleAsync();
        Assert.Equal(executed ? ["Submitted", "Accepted", "Updated"] : ["Submitted", "Accepted", "ModifyRejected"], harness.Story(order));
        Assert.Equal(executed ? 2010m : 2000m, order.Price!.Value.Value);
    }

    [Theory]
    [InlineData("account_all_orders")]
    [InlineData("account_all_trades")]
    public async Task What_the_streams_swallowed_on_a_living_connection_is_asked_for(string channel)
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        harness.Venue.Faults.Load("{\"faults\":[{\"fault\":\"drop_frame\",\"channel\":\"" + channel + "\",\"times\":null}]}");
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0200", "2000.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(order));
        Assert.Single(harness.Events<ConnectionStateChanged>());
    }

    [Fact]
    public async Task A_create_that_dies_in_the_sequencer_is_rejected_with_its_reason_also_without_the_transaction_stream()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { VerdictTimeout = TimeSpan.FromMilliseconds(200) });
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_tx","times":null}]}""");
        var order = Orders.Limit(OrderSide.Buy, "50000.0000", "2000.00");
        harness.Cache.AddOrder(order);
        harness.Client.SubmitOrderList(Orders.SubmitList(order));
        var rejected = await harness.NextAsync<OrderRejected>();
        Assert.Contains("sequencer", rejected.Reason, StringComparison.Ordinal);
        Assert.Single(harness.Received());
    }

    [Fact]
    public async Task A_token_that_is_refused_at_the_reconnect_is_replaced()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"stale_token","times":3}]}""");
        harness.Venue.Faults.DropConnections();
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        await harness.SettleAsync();
    }

    [Fact]
    public async Task A_day_of_restarts_ends_with_the_right_books()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            var order = await harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00");
            await harness.Venue.RestartAsync(TimeSpan.FromMilliseconds(50));
            await harness.UntilAsync(() => harness.Client.IsConnected && harness.Events<ConnectionStateChanged>().Count(change => change.State == ConnectionState.Reconnected) == i + 1, "the reconnect");
            await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
            await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        }

        Assert.Equal(3, harness.Events<OrderFilled>().Count);
        Assert.Equal(0.06m, harness.Cache.Position(Orders.Eth)!.SignedQty);
    }

    private static int Asked(ClientHarness harness, string endpoint) => harness.Venue.Requests.Count(request => request.Path == "/api/v1/" + endpoint);
}
