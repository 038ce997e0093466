using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class SubmitSeeds
{
    /// <summary>test_submit_limit_order_emits_submitted_and_signs_sendtx.</summary>
    [Fact]
    public async Task A_limit_order_is_submitted_and_leaves_as_one_signed_transaction()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.LoseOrderFrames();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31"));
        await harness.UntilAsync(() => harness.Received().Count > 0, "the transaction");
        await harness.MarkAsync();
        Assert.Equal(order.ClientOrderId, Assert.IsType<OrderSubmitted>(Assert.Single(harness.Events<OrderEvent>())).ClientOrderId);
        var (transport, type, info, code) = Assert.Single(harness.Received());
        Assert.Equal(("WebSocket", 14, 200), (transport, type, code));
        Assert.Equal((0, 0, 236131, 50), (info.Number("MarketIndex"), info.Number("IsAsk"), info.Number("Price"), info.Number("BaseAmount")));
        Assert.Equal((0, 1, 0), (info.Number("ReduceOnly"), info.Number("TimeInForce"), info.Number("TriggerPrice")));
        Assert.Equal((12345, 5, SeedHarness.FirstNonce), (info.Number("AccountIndex"), info.Number("ApiKeyIndex"), info.Number("Nonce")));
    }

    /// <summary>test_submit_post_only_order_carries_post_only_tif.</summary>
    [Fact]
    public async Task A_post_only_order_carries_the_post_only_time_in_force()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31") with { PostOnly = true });
        await harness.UntilAsync(() => harness.Received().Count > 0, "the transaction");
        var (_, type, info, code) = Assert.Single(harness.Received());
        Assert.Equal((14, 2, 200), (type, info.Number("TimeInForce"), code));
    }

    /// <summary>test_submit_reduce_only_flag_propagates_to_sendtx.</summary>
    [Fact]
    public async Task A_reduce_only_order_carries_the_flag()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.Submit(Orders.Limit(OrderSide.Sell, "0.0050", "2361.31") with { ReduceOnly = true });
        await harness.UntilAsync(() => harness.Received().Count > 0, "the transaction");
        var (_, type, info, code) = Assert.Single(harness.Received());
        Assert.Equal((14, 1, 200), (type, info.Number("ReduceOnly"), code));
    }

    /// <summary>test_submit_stop_market_order_uses_ioc_priced_with_slippage.</summary>
    [Theory]
    [InlineData(OrderSide.Buy, 241200)]
    [InlineData(OrderSide.Sell, 238800)]
    public async Task A_stop_market_order_is_immediate_or_cancel_and_priced_on_the_slippage_side_of_its_trigger(OrderSide side, long price)
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.Submit(Orders.New(OrderType.StopMarket, side, "0.0050", trigger: "2400.00"));
        await harness.UntilAsync(() => harness.Received().Count > 0, "the transaction");
        var (_, type, info, _) = Assert.Single(harness.Received());
        Assert.Equal((14, 2, 0), (type, info.Number("Type"), info.Number("TimeInForce")));
        Assert.Equal((240000, price), (info.Number("TriggerPrice"), info.Number("Price")));
    }

    /// <summary>test_submit_order_venue_rejection_emits_order_rejected.</summary>
    [Fact]
    public async Task A_refusal_is_told_once_after_submitted_with_the_venues_code_and_text()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.RefuseNext(21029, "insufficient margin");
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31"));
        await harness.UntilAsync(() => order.IsClosed, "the rejection");
        await harness.MarkAsync();
        Assert.Equal(["Submitted", "Rejected"], harness.Story(order));
        var rejected = Assert.Single(harness.Events<OrderRejected>());
        Assert.Contains("code=21029", rejected.Reason, StringComparison.Ordinal);
        Assert.Contains("insufficient margin", rejected.Reason, StringComparison.Ordinal);
        Assert.False(rejected.DuePostOnly);
        Assert.Single(harness.Received());
    }

    /// <summary>test_submit_order_subscription_error_does_not_reject.</summary>
    [Fact]
    public async Task An_error_about_a_subscription_in_place_of_the_answer_rejects_nothing()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.Venue.Faults.AnswerNextTransaction(30003, "Already Subscribed to account_all_orders", bare: true);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31"));
        await harness.UntilAsync(() => harness.Received().Count > 0, "the transaction");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await harness.MarkAsync();
        Assert.Equal(["Submitted"], harness.Story(order));
        Assert.Single(harness.Events<OrderEvent>());
        Assert.Single(harness.Received());
    }
}
