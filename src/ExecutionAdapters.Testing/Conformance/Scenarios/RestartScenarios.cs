using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>TC-N07 to TC-N13: restarts, answers that prove nothing, and arithmetic that must be exact.</summary>
internal static class RestartScenarios
{
    private const string Group = "Restarts and exactness";
    private const int ManyOrders = 1_000;
    private const int Writers = 4;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-N07", Group, "A restart with books makes no events, nor does a second reconciliation", WarmAsync),
        new(
            "TC-N08", Group, "A position older than the lookback has the venue's quantity and price", LookbackAsync, Needs.Netting,
            Needs.Trait(nameof(VenueTraits.StepsTime), traits => traits.StepsTime, "the venue's time cannot be moved")),
        new("TC-N09", Group, "Reads that fail, and lists that are empty, end no order", FailReadsAsync, Needs.Fault(VenueFault.FailReads), Needs.Fault(VenueFault.EmptyReads)),
        new("TC-N10", Group, "One order that turns a position closes and opens, with exact profit and loss", FlipAsync, Needs.Netting),
        new("TC-N11", Group, "A thousand orders from several threads arrive once each, in sequence", ManyAsync),
        new(
            "TC-N12", Group, "A trade with oneself is a fill of both orders", SelfTradeAsync,
            Needs.Trait(nameof(VenueTraits.SelfTrades), traits => traits.SelfTrades, "the venue lets no two orders of an account trade with each other")),
        new("TC-N13", Group, "A modification of an order that is filled in part changes what is left, and every fill counts once", ModifyRestAsync, Needs.Modify),
    ];

    private static async Task WarmAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        await t.CancelAsync(await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false)).ConfigureAwait(false);
        await t.AgreeAsync().ConfigureAwait(false);
        await t.EndAsync().ConfigureAwait(false);
        await using var next = t.Next(keepsBooks: true);
        RequireNoEvents((await next.StartAsync().ConfigureAwait(false)).Events, "the start");
        RequireNoEvents((await next.ReconcileAsync().ConfigureAwait(false)).Events, "the second reconciliation");
        RequireNoEvents([.. next.Told.OfType<OrderEvent>()], "the session");
        await next.FinishAsync().ConfigureAwait(false);
    }

    private static void RequireNoEvents(IReadOnlyList<OrderEvent> events, string when) => Require.That(events.Count == 0, $"{when} made events: {string.Join("; ", events)}");

    private static async Task LookbackAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        await t.EndAsync().ConfigureAwait(false);
        t.Venue.Clock.Step(TimeSpan.FromHours(2));
        await using var next = t.Next(keepsBooks: false, lookback: TimeSpan.FromMinutes(10));
        await next.StartAsync().ConfigureAwait(false);
        LifecycleScenarios.RequirePosition(next, await t.TruthAsync().ConfigureAwait(false));
        var second = await next.ReconcileAsync().ConfigureAwait(false);
        Require.That(second.IsComplete, $"the second reconciliation leaves {string.Join("; ", second.Unresolved)}");
        RequireNoEvents(second.Events, "the second reconciliation");
    }

    private static async Task FailReadsAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
        foreach (var fault in new[] { VenueFault.FailReads, VenueFault.EmptyReads })
        {
            await t.InjectAsync(fault).ConfigureAwait(false);
            var report = await t.ReconcileAsync().ConfigureAwait(false);
            Require.That(!report.IsComplete, $"with {fault} a reconciliation says that books and venue agree");
            RequireNoEvents(report.Events, $"a reconciliation with {fault}");
            await t.ClearFaultsAsync().ConfigureAwait(false);
            await t.UntilReconnectedAsync().ConfigureAwait(false);
            await t.ExpectAsync(order, "I S A").ConfigureAwait(false);
        }
    }

    private static async Task FlipAsync(Tester t, CancellationToken stop)
    {
        var buy = await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        var sell = await t.FillAsync(t.Taking(OrderSide.Sell) with { Quantity = Tester.Times(t.Traits.Quantity, 2) }).ConfigureAwait(false);
        var position = t.Engine.Cache.Position(t.Client.AccountId, t.Traits.InstrumentId)!;
        Require.Equal((-t.Traits.Quantity.Value, sell.AvgPx), (position.SignedQty, (decimal?)position.AvgPxOpen), "quantity and entry price");
        LifecycleScenarios.RequirePosition(t, await t.TruthAsync().ConfigureAwait(false));

        var currency = position.SettlementCurrency;
        var commissions = new[] { buy, sell }.Sum(order => order.Commissions.TryGetValue(currency, out var paid) ? paid.Amount : 0);
        var expected = ((sell.AvgPx!.Value - buy.AvgPx!.Value) * t.Traits.Quantity.Value) - commissions;
        var rounding = new decimal(2, 0, 0, isNegative: false, currency.Precision);
        Require.That(
            Math.Abs(expected - position.TotalRealizedPnl.Amount) <= rounding, $"realized {position.TotalRealizedPnl}, expected {expected} of {buy.AvgPx} and {sell.AvgPx} with {commissions} paid");
    }

    private static async Task ManyAsync(Tester t, CancellationToken stop)
    {
        var time = t.Traits.Capabilities.TimesInForce.Contains(TimeInForce.IOC) ? TimeInForce.IOC : TimeInForce.GTC;
        var before = t.Venue.Requests(VenueRequest.Submit).Count;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < ManyOrders / Writers; i++)
                {
                    t.Submit(t.Passive(OrderSide.Buy) with { TimeInForce = time });
                }
            },
            stop))).ConfigureAwait(false);
        await t.UntilAsync(
            () => t.Engine.Cache.Read(cache => cache.Orders().Count(order => time == TimeInForce.IOC ? order.Status == OrderStatus.Canceled : order.Status == OrderStatus.Accepted)) == ManyOrders,
            "a thousand orders to be answered").ConfigureAwait(false);
        Require.Equal(ManyOrders, t.Venue.Requests(VenueRequest.Submit).Count - before, "submits at the venue");
        Require.Equal(ManyOrders, t.Engine.Cache.Orders().Select(order => order.VenueOrderId).Distinct().Count(), "orders at the venue, by id");
        if (t.Traits.SequenceNumbers)
        {
            var numbers = t.Venue.SequenceNumbers;
            Require.That(numbers.Count >= ManyOrders && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second), "the sequence numbers on the wire do not always grow");
        }
    }

    private static async Task SelfTradeAsync(Tester t, CancellationToken stop)
    {
        var buy = await t.RestAsync(t.Inside(OrderSide.Buy, 10)).ConfigureAwait(false);
        var sell = await t.FillAsync(t.Limit(OrderSide.Sell, buy.Price!.Value)).ConfigureAwait(false);
        await t.ExpectAsync(buy, "I S A F+").ConfigureAwait(false);
        Require.Equal((buy.FilledQty, buy.AvgPx), (sell.FilledQty, sell.AvgPx), "quantity and price of both sides");
        Require.Equal(0m, t.Engine.Cache.Position(t.Client.AccountId, t.Traits.InstrumentId)?.SignedQty, "position");

        // Told by the client, both: not found out by a later look.
        Require.That(buy.Events.Concat(sell.Events).OfType<OrderFilled>().All(fill => !fill.Reconciliation), "a side of the trade was not told by the client");
    }

    /// <summary>A venue that makes a new order of what is left begins to count anew; ours goes on.</summary>
    private static async Task ModifyRestAsync(Tester t, CancellationToken stop)
    {
        var one = t.Traits.Quantity;
        var order = await t.RestAsync(t.Inside(OrderSide.Buy, 1) with { Quantity = Tester.Times(one, 2) }).ConfigureAwait(false);
        await t.TradeAsync(order, one).ConfigureAwait(false);
        await t.ExpectAsync(order, "I S A F+").ConfigureAwait(false);

        t.Engine.ModifyOrder(t.Factory.Modify(order, Tester.Times(one, 4), t.Away(OrderSide.Buy, -2)));
        await t.ExpectAsync(order, "I S A F+ PU U").ConfigureAwait(false);
        await RequireLeftAsync(t, order, 3).ConfigureAwait(false);
        await t.TradeAsync(order, one).ConfigureAwait(false);
        await t.ExpectAsync(order, "I S A F+ PU U F+").ConfigureAwait(false);

        t.Engine.ModifyOrder(t.Factory.Modify(order, price: t.Away(OrderSide.Buy, -3)));
        await t.ExpectAsync(order, "I S A F+ PU U F+ PU U").ConfigureAwait(false);
        await RequireLeftAsync(t, order, 2).ConfigureAwait(false);
        await t.TradeAsync(order).ConfigureAwait(false);
        await t.ExpectAsync(order, "I S A F+ PU U F+ PU U F+").ConfigureAwait(false);
        await t.UntilAsync(() => order.Status == OrderStatus.Filled, $"{order} to be filled").ConfigureAwait(false);
        Require.Equal(Tester.Times(one, 4), order.FilledQty, "filled quantity");
    }

    private static async Task RequireLeftAsync(Tester t, Order order, int times)
    {
        var there = (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single();
        var left = Tester.Times(t.Traits.Quantity, times);
        Require.Equal((left, left.Value), (order.LeavesQty, there.Quantity - there.FilledQty), "what is left in the books and at the venue");
        Require.Equal(order.Price!.Value.Value, there.Price, "price at the venue");
    }
}
