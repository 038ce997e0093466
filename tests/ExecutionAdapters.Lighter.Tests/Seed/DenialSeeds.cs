using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

/// <summary>What is denied locally: exactly one event, nothing sent, and the call itself returns.</summary>
public sealed class DenialSeeds
{
    /// <summary>test_submit_market_order_without_quote_denies_locally.</summary>
    [Fact]
    public Task A_market_order_without_a_quote_is_denied() =>
        AssertDeniedAsync(Orders.New(OrderType.Market, OrderSide.Buy, "0.0050"), "no cached quote");

    /// <summary>test_submit_fok_limit_order_denies_once_without_error.</summary>
    [Fact]
    public Task A_fill_or_kill_order_is_denied() =>
        AssertDeniedAsync(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31") with { TimeInForce = TimeInForce.FOK }, "fill-or-kill");

    /// <summary>test_submit_unsupported_quantity_options_deny_locally, quote quantity.</summary>
    [Fact]
    public Task A_quote_quantity_is_denied() =>
        AssertDeniedAsync(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31") with { QuoteQuantity = true }, "quote_quantity");

    /// <summary>test_submit_unsupported_quantity_options_deny_locally, display quantity.</summary>
    [Fact]
    public Task A_display_quantity_is_denied() =>
        AssertDeniedAsync(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31") with { DisplayQty = Quantity.Parse("0.0010") }, "display_qty");

    /// <summary>test_submit_conditional_market_ioc_denies_once_without_error.</summary>
    [Theory]
    [InlineData(OrderType.StopMarket)]
    [InlineData(OrderType.MarketIfTouched)]
    public Task A_conditional_market_order_that_is_immediate_or_cancel_is_denied(OrderType type) =>
        AssertDeniedAsync(Orders.New(type, OrderSide.Buy, "0.0050", trigger: "2400.00") with { TimeInForce = TimeInForce.IOC }, "positive expiry");

    /// <summary>test_submit_spot_conditional_order_denies_locally, four cases.</summary>
    [Theory]
    [InlineData(OrderType.StopMarket)]
    [InlineData(OrderType.StopLimit)]
    [InlineData(OrderType.MarketIfTouched)]
    [InlineData(OrderType.LimitIfTouched)]
    public Task A_conditional_order_on_spot_is_denied(OrderType type)
    {
        var price = type is OrderType.StopLimit or OrderType.LimitIfTouched ? "2401.00" : null;
        return AssertDeniedAsync(Orders.New(type, OrderSide.Buy, "0.0050", price, trigger: "2400.00") with { InstrumentId = Orders.EthSpot }, "spot markets");
    }

    private static async Task AssertDeniedAsync(OrderInitialized order, string fragment)
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.Submit(order);
        var denied = await harness.NextAsync<OrderDenied>();
        await harness.MarkAsync();
        Assert.Equal(order.ClientOrderId, denied.ClientOrderId);
        Assert.Contains(fragment, denied.Reason, StringComparison.Ordinal);
        Assert.Single(harness.Events<OrderEvent>());
        Assert.Empty(harness.Received());
    }
}
