using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>TC-N01 to TC-N06: answers, fills and connections in an order that nobody would choose.</summary>
internal static class RaceScenarios
{
    private const string Group = "Races and lost links";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-N01", Group, "An order whose acknowledgement is lost is accepted by what the stream tells", LoseAckAsync, Needs.Fault(VenueFault.LoseAnswer)),
        new("TC-N02", Group, "A fill before the acknowledgement is told after an acceptance", FillFirstAsync, Needs.Fault(VenueFault.HoldAnswer)),
        new("TC-N03", Group, "When a cancel and a fill race, the quantity is exact whoever wins", RaceAsync),
        new("TC-N04", Group, "A link that is cut between submit and acknowledgement loses nothing, and nothing is sent again", CutSubmitAsync),
        new("TC-N05", Group, "Fills while the link is cut, and frames that come twice, are each applied once", CutFillsAsync),
        new("TC-N06", Group, "A token that has ended while the link was cut is replaced", ExpireTokenAsync, Needs.ExpiringTokens, Needs.Fault(VenueFault.ExpireToken)),
    ];

    private static async Task LoseAckAsync(Tester t, CancellationToken stop)
    {
        await t.InjectAsync(VenueFault.LoseAnswer, VenueRequest.Submit).ConfigureAwait(false);
        await t.RestAsync(t.Passive(OrderSide.Buy)).ConfigureAwait(false);
    }

    private static async Task FillFirstAsync(Tester t, CancellationToken stop)
    {
        await t.InjectAsync(VenueFault.HoldAnswer, VenueRequest.Submit).ConfigureAwait(false);
        await t.FillAsync(t.Crossing(OrderSide.Buy)).ConfigureAwait(false);
        await t.ClearFaultsAsync().ConfigureAwait(false);
    }

    private static async Task RaceAsync(Tester t, CancellationToken stop)
    {
        for (var ticks = 1; ticks <= 6; ticks++)
        {
            var order = await RestTwiceAsync(t, ticks).ConfigureAwait(false);
            var traded = TradedOf(t, order, ticks);
            var trade = Task.Run(() => t.TradeAsync(order, traded), stop);
            t.Engine.CancelOrder(t.Factory.Cancel(order));
            await trade.ConfigureAwait(false);
            await t.UntilAsync(() => order is { IsClosed: true, IsInFlight: false }, $"{order} to end").ConfigureAwait(false);
            await t.ExpectAsync(
                order, traded == order.Quantity ? ["I S A PC C", "I S A PC F+", "I S A PC F+ CR", "I S A PC CR F+", "I S A F+ CR"] : ["I S A PC C", "I S A PC F+ C", "I S A F+ PC C"]).ConfigureAwait(false);
            Require.That(order.FilledQty.IsZero || order.FilledQty == traded, $"{order}: {traded} were traded, if anything was");
        }

        if (t.Traits.Faults.Contains(VenueFault.HoldRequest))
        {
            await OvertakeAsync(t, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The fill wins for certain: the cancel is on its way, and arrives after it.</summary>
    private static async Task OvertakeAsync(Tester t, CancellationToken stop)
    {
        for (var ticks = 1; ticks <= 2; ticks++)
        {
            var order = await RestTwiceAsync(t, ticks).ConfigureAwait(false);
            var traded = TradedOf(t, order, ticks);
            await t.InjectAsync(VenueFault.HoldRequest, VenueRequest.Cancel).ConfigureAwait(false);
            var before = t.Venue.Requests(VenueRequest.Cancel).Count;
            t.Engine.CancelOrder(t.Factory.Cancel(order));
            await t.UntilAsync(() => t.Venue.Requests(VenueRequest.Cancel).Count > before, "the cancel to be on its way").ConfigureAwait(false);
            await t.TradeAsync(order, traded).ConfigureAwait(false);
            await t.UntilAsync(() => order.FilledQty == traded, $"{order} to be filled while its cancel is on its way").ConfigureAwait(false);
            await t.ClearFaultsAsync().ConfigureAwait(false);
            await t.UntilAsync(() => order is { IsClosed: true, IsInFlight: false }, $"{order} to end").ConfigureAwait(false);
            await t.ExpectAsync(order, traded == order.Quantity ? ["I S A PC F+", "I S A PC F+ CR"] : ["I S A PC F+ C"]).ConfigureAwait(false);
            Require.Equal(traded, order.FilledQty, "filled quantity");
        }
    }

    private static Task<Order> RestTwiceAsync(Tester t, int ticks) => t.RestAsync(t.Inside(OrderSide.Buy, ticks) with { Quantity = Tester.Times(t.Traits.Quantity, 2) });

    /// <summary>The whole order, and every second time a half of it.</summary>
    private static Quantity TradedOf(Tester t, Order order, int ticks) => ticks % 2 == 0 ? t.Traits.Quantity : order.Quantity;

    private static async Task CutSubmitAsync(Tester t, CancellationToken stop)
    {
        t.Venue.Link.DropsAnswers = true;
        var order = t.Submit(t.Passive(OrderSide.Buy));
        await t.UntilTruthAsync(truth => truth.OpenOrders.Any(), "the order").ConfigureAwait(false);

        // While nothing is heard nothing more is told.
        await t.ExpectAsync(order, "I S").ConfigureAwait(false);
        t.Venue.Link.DropsAnswers = false;
        await t.CutAsync().ConfigureAwait(false);
        await t.ExpectAsync(order, "I S A").ConfigureAwait(false);
        Require.Equal(1, t.Venue.Requests(VenueRequest.Submit).Count, "submits at the venue: nothing is sent twice");
    }

    private static async Task CutFillsAsync(Tester t, CancellationToken stop)
    {
        var orders = new List<Order>();
        for (var ticks = 4; ticks >= 1; ticks--)
        {
            orders.Add(await t.RestAsync(t.Inside(OrderSide.Buy, ticks)).ConfigureAwait(false));
        }

        if (t.Traits.Faults.Contains(VenueFault.DuplicateFrames))
        {
            await t.InjectAsync(VenueFault.DuplicateFrames).ConfigureAwait(false);
        }

        // One fill that may still be on its way when the link is cut, two without a link, one after it is back.
        await t.TradeAsync(orders[0]).ConfigureAwait(false);
        t.Venue.Link.RefusesLinks = true;
        await t.CutAsync().ConfigureAwait(false);
        await t.TradeAsync(orders[1]).ConfigureAwait(false);
        await t.TradeAsync(orders[2]).ConfigureAwait(false);
        t.Venue.Link.RefusesLinks = false;
        await t.UntilReconnectedAsync().ConfigureAwait(false);
        await t.TradeAsync(orders[3]).ConfigureAwait(false);
        foreach (var order in orders)
        {
            await t.ExpectAsync(order, "I S A F+").ConfigureAwait(false);
        }

        await t.AgreeAsync().ConfigureAwait(false);
        Require.Equal((await t.TruthAsync().ConfigureAwait(false)).Trades.Count, t.Told.OfType<OrderFilled>().Count(), "fills that were told");
    }

    private static async Task ExpireTokenAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Sell)).ConfigureAwait(false);
        t.Venue.Link.RefusesLinks = true;
        await t.CutAsync().ConfigureAwait(false);
        await t.InjectAsync(VenueFault.ExpireToken).ConfigureAwait(false);
        t.Venue.Link.RefusesLinks = false;
        await t.UntilReconnectedAsync().ConfigureAwait(false);
        await t.CancelAsync(order).ConfigureAwait(false);
    }
}
