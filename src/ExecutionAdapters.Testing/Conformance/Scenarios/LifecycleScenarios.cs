using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G9: beginning and ending, and what an engine without memory finds.</summary>
internal static class LifecycleScenarios
{
    private const string Group = "Lifecycle and reconciliation";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-E80", Group, "A position is opened at the start before limit orders are kept", OpenAtStartAsync),
        new("TC-E81", Group, "At the stop all own orders are canceled", CancelAtStopAsync),
        new("TC-E82", Group, "At the stop the position is closed", CloseAtStopAsync),
        new(
            "TC-E83", Group, "After an unsubscribe no data comes", (_, _) => Task.CompletedTask,
            Needs.Trait(nameof(VenueTraits.Capabilities), _ => false, "execution clients subscribe no market data that could be unsubscribed")),
        new("TC-E84", Group, "Open orders of an earlier session are taken over with their terms and can be canceled", TakeOverOrdersAsync),
        new("TC-E85", Group, "Filled orders of an earlier session are known with price, quantity and commission", TakeOverFillsAsync),
        new("TC-E86", Group, "A long position of an earlier session is known and can be closed", (t, _) => TakeOverPositionAsync(t, OrderSide.Buy), Needs.Netting),
        new("TC-E87", Group, "A short position of an earlier session is known and can be closed", (t, _) => TakeOverPositionAsync(t, OrderSide.Sell), Needs.Netting),
    ];

    private static async Task OpenAtStartAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false);
    }

    private static async Task CancelAtStopAsync(Tester t, CancellationToken stop)
    {
        await AmendmentScenarios.CancelAllAsync(t, stop).ConfigureAwait(false);
        await t.EndAsync().ConfigureAwait(false);
        Require.Equal(0, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Count(), "open orders at the venue");
    }

    private static async Task CloseAtStopAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Taking(OrderSide.Sell)).ConfigureAwait(false);
        await t.FillAsync(Closing(t, OrderSide.Buy)).ConfigureAwait(false);
        await t.EndAsync().ConfigureAwait(false);
        Require.Equal(0, (await t.TruthAsync().ConfigureAwait(false)).Positions.Count, "positions at the venue");
    }

    private static OrderInitialized Closing(Tester t, OrderSide side) => t.Taking(side) with { ReduceOnly = t.Traits.Capabilities.ReduceOnly };

    private static async Task TakeOverOrdersAsync(Tester t, CancellationToken stop)
    {
        var orders = new List<Order> { await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false), await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false) };
        if (t.Traits.Capabilities.OrderTypes.Contains(OrderType.StopMarket))
        {
            orders.Add(await t.RestAsync(ConditionalScenarios.Waiting(t, OrderType.StopMarket, OrderSide.Buy)).ConfigureAwait(false));
        }

        await t.EndAsync().ConfigureAwait(false);
        await using var next = t.Next(keepsBooks: false);
        await next.StartAsync().ConfigureAwait(false);
        Require.Equal(orders.Count, next.Engine.Cache.Orders().Count, "orders in the books");
        foreach (var order in orders)
        {
            var taken = next.Engine.Cache.Order(next.Client.AccountId, order.InstrumentId, order.VenueOrderId!.Value);
            Require.That(taken is not null, $"{order} was not taken over");
            Require.Equal(
                (OrderStatus.Accepted, order.Side, order.OrderType, order.Quantity, order.Price, order.TriggerPrice, Tester.Strategy),
                (taken!.Status, taken.Side, taken.OrderType, taken.Quantity, taken.Price, taken.TriggerPrice, taken.StrategyId),
                "what was taken over");
        }

        var first = next.Engine.Cache.Order(next.Client.AccountId, orders[0].InstrumentId, orders[0].VenueOrderId!.Value)!;
        next.Engine.CancelOrder(next.Factory.Cancel(first));
        await next.UntilAsync(() => first.Status == OrderStatus.Canceled, $"{first} to be canceled").ConfigureAwait(false);
        await next.FinishAsync().ConfigureAwait(false);
    }

    private static async Task TakeOverFillsAsync(Tester t, CancellationToken stop)
    {
        var orders = new[] { await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false), await t.FillAsync(t.Taking(OrderSide.Sell)).ConfigureAwait(false) };
        await t.EndAsync().ConfigureAwait(false);
        await using var next = t.Next(keepsBooks: false);
        await next.StartAsync().ConfigureAwait(false);
        foreach (var order in orders)
        {
            var taken = next.Engine.Cache.Order(next.Client.AccountId, order.InstrumentId, order.VenueOrderId!.Value);
            Require.That(taken is not null, $"{order} is not known");
            Require.Equal(
                (OrderStatus.Filled, order.AvgPx, order.FilledQty, order.TradeIds.Count), (taken!.Status, taken.AvgPx, taken.FilledQty, taken.TradeIds.Count), "status, price, quantity and fills");
            Require.Sequence(order.Commissions.Values, taken.Commissions.Values, "commission");
            Require.That(!taken.Events.OfType<OrderFilled>().Any(fill => fill.IsInferred), $"a fill of {taken} was made up");
        }

        await next.FinishAsync().ConfigureAwait(false);
    }

    private static async Task TakeOverPositionAsync(Tester t, OrderSide side)
    {
        await t.FillAsync(t.Taking(side)).ConfigureAwait(false);
        await t.EndAsync().ConfigureAwait(false);
        await using var next = t.Next(keepsBooks: false);
        await next.StartAsync().ConfigureAwait(false);
        RequirePosition(next, await t.TruthAsync().ConfigureAwait(false));
        await next.FillAsync(Closing(next, Tester.Opposite(side))).ConfigureAwait(false);
        Require.Equal(0, (await t.TruthAsync().ConfigureAwait(false)).Positions.Count, "positions at the venue");
        await next.FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Side, quantity and entry price are the venue's. Venues round the price.</summary>
    public static void RequirePosition(Tester t, VenueTruth truth)
    {
        const decimal Rounding = 0.000001m;
        var there = truth.Positions.Single();
        var here = t.Engine.Cache.Position(t.Client.AccountId, t.Traits.InstrumentId);
        Require.Equal(there.SignedQty, here?.SignedQty, "position");
        Require.That(Math.Abs(there.AvgPxOpen - here!.AvgPxOpen) <= Rounding, $"entry price {here.AvgPxOpen} here, {there.AvgPxOpen} at the venue");
    }
}
