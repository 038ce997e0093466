using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G4 and G5: changing and canceling orders.</summary>
internal static class AmendmentScenarios
{
    private const string Modifying = "Modify";
    private const string Canceling = "Cancel";
    private const int NearerTicks = 490;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-E30", Modifying, "An open buy gets another price", (t, _) => RepriceAsync(t, OrderSide.Buy), Needs.Modify),
        new("TC-E31", Modifying, "An open sell gets another price", (t, _) => RepriceAsync(t, OrderSide.Sell), Needs.Modify),
        new("TC-E32", Modifying, "An open buy is canceled and replaced by another order", (t, _) => ReplaceAsync(t, t.Passive(OrderSide.Buy), t.Limit(OrderSide.Buy, t.Away(OrderSide.Buy, NearerTicks)))),
        new("TC-E33", Modifying, "An open sell is canceled and replaced by another order", (t, _) => ReplaceAsync(t, t.Passive(OrderSide.Sell), t.Limit(OrderSide.Sell, t.Away(OrderSide.Sell, NearerTicks)))),
        new(
            "TC-E34", Modifying, "A waiting stop gets another trigger price", RetriggerAsync, Needs.Type(OrderType.StopMarket), Needs.Modify,
            Needs.Trait(nameof(VenueTraits.ModifiesTriggers), traits => traits.ModifiesTriggers, "trigger prices cannot be modified")),
        new("TC-E35", Modifying, "A waiting stop is canceled and replaced, and exactly one is left", ReplaceStopAsync, Needs.Type(OrderType.StopMarket)),
        new(
            "TC-E36", Modifying, "A modification that the venue cannot do is rejected and the order stays", RefuseModifyAsync,
            Needs.Capability(nameof(ExecutionClientCapabilities.Modify), can => !can.Modify, "orders can be modified")),
        new("TC-E40", Canceling, "One order is canceled", CancelOneAsync),
        new("TC-E41", Canceling, "Cancel-all cancels every order of both sides", CancelAllAsync),
        new("TC-E42", Canceling, "Orders are canceled one by one", CancelEachAsync),
        new(
            "TC-E43", Canceling, "A batch of cancels cancels each of them", CancelBatchAsync,
            Needs.Capability(nameof(ExecutionClientCapabilities.MaxBatchCancelSize), can => can.MaxBatchCancelSize >= 3, "no batches of cancels")),
        new("TC-E44", Canceling, "The cancel of an order that is canceled is rejected with a reason", CancelTwiceAsync),
    ];

    private static async Task RepriceAsync(Tester t, OrderSide side)
    {
        var order = await t.RestAsync(t.Passive(side)).ConfigureAwait(false);
        var price = t.Away(side, NearerTicks);
        t.Engine.ModifyOrder(t.Factory.Modify(order, price: price));
        await t.ExpectAsync(order, "I S A PU U").ConfigureAwait(false);
        Require.Equal((price, OrderStatus.Accepted, false), (order.Price!.Value, order.Status, order.IsPendingUpdate), "price and status in the books");
        Require.Equal(price.Value, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single().Price, "price at the venue");
    }

    private static async Task ReplaceAsync(Tester t, OrderInitialized first, OrderInitialized second)
    {
        await t.CancelAsync(await t.RestAsync(first).ConfigureAwait(false)).ConfigureAwait(false);
        var order = await t.RestAsync(second).ConfigureAwait(false);
        Require.Equal(2, t.Engine.Cache.Orders().Count, "orders in the books");
        Require.Equal(order.VenueOrderId, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single().Id, "the open order at the venue");
    }

    private static async Task RetriggerAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(ConditionalScenarios.Waiting(t, OrderType.StopMarket, OrderSide.Buy)).ConfigureAwait(false);
        var trigger = t.Away(OrderSide.Sell, 120);
        t.Engine.ModifyOrder(t.Factory.Modify(order, triggerPrice: trigger));
        await t.ExpectAsync(order, "I S A PU U").ConfigureAwait(false);
        Require.Equal(trigger, order.TriggerPrice!.Value, "trigger in the books");
        Require.Equal(trigger.Value, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single().TriggerPrice, "trigger at the venue");
    }

    private static async Task ReplaceStopAsync(Tester t, CancellationToken stop)
    {
        var first = ConditionalScenarios.Waiting(t, OrderType.StopMarket, OrderSide.Buy);
        var second = ConditionalScenarios.Waiting(t, OrderType.StopMarket, OrderSide.Buy) with { TriggerPrice = t.Away(OrderSide.Sell, 120) };
        await ReplaceAsync(t, first, second).ConfigureAwait(false);
        var reconciled = await t.ReconcileAsync().ConfigureAwait(false);
        Require.Equal(0, reconciled.Events.Count, "events of a reconciliation");
        Require.Equal(1, t.Engine.Cache.OrdersOpen().Count, "open orders in the books");
        Require.Equal(1, (await ConditionalScenarios.OpenReportsAsync(t, stop).ConfigureAwait(false)).Count, "open orders in the client's reports");
    }

    private static async Task RefuseModifyAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        var price = order.Price;
        t.Engine.ModifyOrder(t.Factory.Modify(order, price: t.Away(OrderSide.Buy, NearerTicks)));
        await t.ExpectAsync(order, "I S A PU MR").ConfigureAwait(false);
        Require.Equal((price, OrderStatus.Accepted), (order.Price, order.Status), "price and status in the books");
        Require.That(t.Told.OfType<OrderModifyRejected>().Single().Reason.Length > 0, "the rejection has no reason");
    }

    private static async Task CancelOneAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        await t.CancelAsync(order).ConfigureAwait(false);
        var canceled = t.Told.OfType<OrderCanceled>().Single();
        Require.Equal((order.ClientOrderId, order.VenueOrderId), (canceled.ClientOrderId, canceled.VenueOrderId), "what the event names");
        Require.Equal(0, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Count(), "open orders at the venue");
    }

    /// <summary>Two buys and a sell.</summary>
    public static async Task<IReadOnlyList<Order>> RestThreeAsync(Tester t) =>
    [
        await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false),
        await t.RestAsync(t.Limit(OrderSide.Buy, t.Away(OrderSide.Buy, NearerTicks))).ConfigureAwait(false),
        await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false),
    ];

    public static async Task CancelAllAsync(Tester t, CancellationToken stop)
    {
        var orders = await RestThreeAsync(t).ConfigureAwait(false);
        t.Engine.CancelAllOrders(t.Factory.CancelAll(t.Traits.InstrumentId));
        foreach (var order in orders)
        {
            await t.ExpectAsync(order, "I S A PC C", "I S A C").ConfigureAwait(false);
        }

        Require.Equal(0, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Count(), "open orders at the venue");
    }

    private static async Task CancelEachAsync(Tester t, CancellationToken stop)
    {
        var orders = await RestThreeAsync(t).ConfigureAwait(false);
        foreach (var order in orders)
        {
            t.Engine.CancelOrder(t.Factory.Cancel(order));
        }

        foreach (var order in orders)
        {
            await t.ExpectAsync(order, "I S A PC C").ConfigureAwait(false);
        }
    }

    private static async Task CancelBatchAsync(Tester t, CancellationToken stop)
    {
        var orders = await RestThreeAsync(t).ConfigureAwait(false);
        t.Engine.BatchCancelOrders(t.Factory.BatchCancel(t.Traits.InstrumentId, orders));
        foreach (var order in orders)
        {
            await t.ExpectAsync(order, "I S A PC C").ConfigureAwait(false);
        }

        Require.Equal(t.Traits.CancelsInOneRequest ? 1 : 3, t.Venue.Requests(VenueRequest.Cancel).Count, "cancel requests at the venue");
    }

    private static async Task CancelTwiceAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        await t.CancelAsync(order).ConfigureAwait(false);
        t.Engine.CancelOrder(t.Factory.Cancel(order));
        await t.ExpectAsync(order, "I S A PC C CR").ConfigureAwait(false);
        Require.Equal(OrderStatus.Canceled, order.Status, "status");
        Require.That(t.Told.OfType<OrderCancelRejected>().Single().Reason.Length > 0, "the rejection has no reason");
    }
}
