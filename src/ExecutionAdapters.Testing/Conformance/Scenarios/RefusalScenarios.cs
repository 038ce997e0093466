using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G8: what is refused, by whom, and what is only not known.</summary>
internal static class RefusalScenarios
{
    private const string Group = "Rejects and ambiguity";

    private static readonly OrderType[] AllTypes =
    [
        OrderType.MarketToLimit, OrderType.TrailingStopMarket, OrderType.TrailingStopLimit, OrderType.LimitIfTouched, OrderType.MarketIfTouched, OrderType.StopLimit, OrderType.StopMarket,
        OrderType.Market, OrderType.Limit,
    ];

    private static readonly TimeInForce[] AllTimes =
        [TimeInForce.FOK, TimeInForce.IOC, TimeInForce.GTD, TimeInForce.DAY, TimeInForce.AtTheOpen, TimeInForce.AtTheClose, TimeInForce.GTC];

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-E70", Group, "A post-only order that would cross is rejected for that reason", PostOnlyAsync, Needs.PostOnly),
        new("TC-E71", Group, "A reduce-only order without a position is rejected with a reason", ReduceOnlyAsync, Needs.ReduceOnly),
        new(
            "TC-E72", Group, "An order type that is not supported is denied, and nothing is sent", (t, _) => DenyAsync(t, WithType(t, AllTypes.First(type => !t.Traits.Capabilities.OrderTypes.Contains(type)))),
            Needs.Capability(nameof(ExecutionClientCapabilities.OrderTypes), can => AllTypes.Any(type => !can.OrderTypes.Contains(type)), "all types are supported")),
        new(
            "TC-E73", Group, "A time in force that is not supported is denied, and nothing is sent", (t, _) => DenyAsync(t, WithTime(t, AllTimes.First(time => !t.Traits.Capabilities.TimesInForce.Contains(time)))),
            Needs.Capability(nameof(ExecutionClientCapabilities.TimesInForce), can => AllTimes.Any(time => !can.TimesInForce.Contains(time)), "all times in force are supported")),
        new("TC-E74", Group, "A lost submit is not rejected until it is known that it was not executed; a refused one is, once", SubmitAsync, Needs.Fault(VenueFault.LoseRequest), Needs.Fault(VenueFault.Refuse)),
        new("TC-E75", Group, "A cancel without an answer is not rejected; a refused one is, once", CancelAsync, Needs.Fault(VenueFault.LoseAnswer), Needs.Fault(VenueFault.Refuse)),
        new("TC-E76", Group, "A modification without an answer is not rejected; a refused one is, once", ModifyAsync, Needs.Modify, Needs.Fault(VenueFault.LoseAnswer), Needs.Fault(VenueFault.Refuse)),
        new(
            "TC-E77", Group, "A batch without an answer rejects none of its orders", LoseBatchAsync, Needs.Lists, Needs.Fault(VenueFault.LoseAnswer),
            Needs.Trait(nameof(VenueTraits.SubmitsInOneRequest), traits => traits.SubmitsInOneRequest, "each order of a list is a request of its own")),
        new("TC-E78", Group, "Of a list exactly the order is rejected that the venue refuses", RefuseOneOfListAsync, Needs.Lists, Needs.PostOnly),
    ];

    private static async Task PostOnlyAsync(Tester t, CancellationToken stop)
    {
        var order = t.Submit(t.Crossing(OrderSide.Buy) with { PostOnly = true });
        await t.ExpectAsync(order, "I S R").ConfigureAwait(false);
        var rejected = t.Told.OfType<OrderRejected>().Single();
        Require.That(rejected.DuePostOnly, $"{rejected} does not say that it is due to post-only");
        RequireReason(rejected.Reason);
    }

    private static async Task ReduceOnlyAsync(Tester t, CancellationToken stop)
    {
        var order = t.Submit(t.Taking(OrderSide.Buy) with { ReduceOnly = true });
        await t.ExpectAsync(order, "I S R").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderRejected>().Single().Reason);
    }

    private static OrderInitialized WithType(Tester t, OrderType type) => t.Passive(OrderSide.Buy) with
    {
        OrderType = type,
        TriggerPrice = t.Away(OrderSide.Sell, 100),
        TriggerType = TriggerType.Default,
        TrailingOffset = 100 * t.Traits.Tick.Value,
        TrailingOffsetType = TrailingOffsetType.Price,
        LimitOffset = 10 * t.Traits.Tick.Value,
    };

    private static OrderInitialized WithTime(Tester t, TimeInForce time) => t.Passive(OrderSide.Buy) with
    {
        TimeInForce = time,
        ExpireTime = time == TimeInForce.GTD ? t.Now + t.Traits.GtdLifetime : null,
    };

    private static async Task DenyAsync(Tester t, OrderInitialized initialized)
    {
        await t.ExpectAsync(t.Submit(initialized), "I D").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderDenied>().Single().Reason);
        await t.MarkAsync().ConfigureAwait(false);
        Require.Equal(1, t.Venue.Requests(VenueRequest.Submit).Count, "submits at the venue, one being of an order that came later");
    }

    private static async Task SubmitAsync(Tester t, CancellationToken stop)
    {
        await t.InjectAsync(VenueFault.Refuse, VenueRequest.Submit).ConfigureAwait(false);
        await t.ExpectAsync(t.Submit(t.Passive(OrderSide.Buy)), "I S R").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderRejected>().Single().Reason);

        await t.InjectAsync(VenueFault.LoseRequest, VenueRequest.Submit).ConfigureAwait(false);
        var lost = t.Submit(t.Passive(OrderSide.Sell));
        await t.UntilAsync(() => t.Venue.Requests(VenueRequest.Submit).Count == 2, "the request to be lost").ConfigureAwait(false);
        if (t.Traits.CommandsShareTheStream)
        {
            // What is sent before the loss is noticed is lost as well: a marker among it would wait until neither can be executed any more.
            await t.UntilAsync(() => t.Told.OfType<ConnectionStateChanged>().Any(notice => notice.State != ConnectionState.Connected), "the loss of the connection to be noticed").ConfigureAwait(false);
        }

        await t.MarkAsync().ConfigureAwait(false);
        Require.Equal("I S", t.StoryOf(lost.ClientOrderId), "the story of an order whose fate nobody knows yet");

        // The venue does not have it. Whoever says so then has asked.
        await t.ExpectAsync(lost, "I S R").ConfigureAwait(false);
        Require.That(
            t.Venue.Requests(VenueRequest.Submit).Count <= t.Engine.Cache.Orders().Count, "the venue received more submits than there are orders: something was sent twice");
    }

    private static async Task CancelAsync(Tester t, CancellationToken stop)
    {
        var refused = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        var lost = await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false);
        await t.InjectAsync(VenueFault.Refuse, VenueRequest.Cancel).ConfigureAwait(false);
        t.Engine.CancelOrder(t.Factory.Cancel(refused));
        await t.ExpectAsync(refused, "I S A PC CR").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderCancelRejected>().Single().Reason);

        await t.InjectAsync(VenueFault.LoseAnswer, VenueRequest.Cancel).ConfigureAwait(false);
        t.Engine.CancelOrder(t.Factory.Cancel(lost));
        await t.ExpectAsync(lost, "I S A PC C").ConfigureAwait(false);
    }

    private static async Task ModifyAsync(Tester t, CancellationToken stop)
    {
        var refused = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        var lost = await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false);
        await t.InjectAsync(VenueFault.Refuse, VenueRequest.Modify).ConfigureAwait(false);
        t.Engine.ModifyOrder(t.Factory.Modify(refused, price: t.Away(OrderSide.Buy, 490)));
        await t.ExpectAsync(refused, "I S A PU MR").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderModifyRejected>().Single().Reason);
        Require.Equal(t.Away(OrderSide.Buy, 500), refused.Price, "price of the order whose modification was refused");

        await t.InjectAsync(VenueFault.LoseAnswer, VenueRequest.Modify).ConfigureAwait(false);
        t.Engine.ModifyOrder(t.Factory.Modify(lost, price: t.Away(OrderSide.Sell, 490)));
        await t.ExpectAsync(lost, "I S A PU U").ConfigureAwait(false);
    }

    private static async Task LoseBatchAsync(Tester t, CancellationToken stop)
    {
        await t.InjectAsync(VenueFault.LoseAnswer, VenueRequest.Submit).ConfigureAwait(false);
        foreach (var order in t.SubmitList(t.Passive(OrderSide.Buy), t.Passive(OrderSide.Sell)))
        {
            await t.ExpectAsync(order, "I S A").ConfigureAwait(false);
        }

        Require.Equal(1, t.Venue.Requests(VenueRequest.Submit).Count, "submits at the venue");
    }

    private static async Task RefuseOneOfListAsync(Tester t, CancellationToken stop)
    {
        var orders = t.SubmitList(t.Passive(OrderSide.Buy), t.Crossing(OrderSide.Buy) with { PostOnly = true });
        await t.ExpectAsync(orders[0], "I S A").ConfigureAwait(false);
        await t.ExpectAsync(orders[1], "I S R").ConfigureAwait(false);
        RequireReason(t.Told.OfType<OrderRejected>().Single().Reason);
        if (t.Traits.SubmitsInOneRequest)
        {
            Require.Equal(1, t.Venue.Requests(VenueRequest.Submit).Count, "submits at the venue");
        }
    }

    private static void RequireReason(string reason) => Require.That(reason.Length > 0, "no reason is given");
}
