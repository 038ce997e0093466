using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G6 and G7: an entry with its exits, and what an order's flags do.</summary>
internal static class BracketScenarios
{
    private const string Bracket = "Brackets";
    private const string Flags = "Flags";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        new("TC-E50", Bracket, "A buy with take profit and stop loss is accepted", (t, _) => RestAsync(t, OrderSide.Buy, isPostOnly: false), Needs.Brackets),
        new("TC-E51", Bracket, "A sell with take profit and stop loss is accepted", (t, _) => RestAsync(t, OrderSide.Sell, isPostOnly: false), Needs.Brackets),
        new("TC-E52", Bracket, "When the entry fills, take profit and stop loss work", FillEntryAsync, Needs.Brackets),
        new("TC-E53", Bracket, "A post-only bracket is accepted", (t, _) => RestAsync(t, OrderSide.Buy, isPostOnly: true), Needs.Brackets, Needs.PostOnly),
        new("TC-E60", Flags, "A passive post-only order is accepted and post-only at the venue", PostOnlyAsync, Needs.PostOnly),
        new("TC-E61", Flags, "A reduce-only order closes the position", ReduceOnlyAsync, Needs.ReduceOnly),
        new(
            "TC-E62", Flags, "An order shows its display quantity only", DisplayAsync,
            Needs.Capability(nameof(ExecutionClientCapabilities.DisplayQuantity), can => can.DisplayQuantity, "no display quantities")),
        new(
            "TC-E63", Flags, "A parameter of the command reaches the wire", ParameterAsync,
            Needs.Trait(nameof(VenueTraits.Parameter), traits => traits.Parameter is not null, "the adapter has no parameters")),
    ];

    /// <summary>Entry, take profit and stop loss, linked as the reference links them.</summary>
    private static OrderInitialized[] New(Tester t, OrderInitialized entry)
    {
        var exit = Tester.Opposite(entry.Side);
        var profit = t.Limit(exit, t.Away(exit, 500));
        var loss = t.Factory.StopMarket(t.Traits.InstrumentId, exit, t.Traits.Quantity, t.Away(entry.Side, 1_000));
        return
        [
            entry with { ContingencyType = ContingencyType.OTO, LinkedOrderIds = [profit.ClientOrderId, loss.ClientOrderId] },
            profit with { ContingencyType = ContingencyType.OUO, ParentOrderId = entry.ClientOrderId, LinkedOrderIds = [loss.ClientOrderId], ReduceOnly = true },
            loss with { ContingencyType = ContingencyType.OUO, ParentOrderId = entry.ClientOrderId, LinkedOrderIds = [profit.ClientOrderId], ReduceOnly = true },
        ];
    }

    private static async Task RestAsync(Tester t, OrderSide side, bool isPostOnly)
    {
        var initialized = New(t, t.Passive(side) with { PostOnly = isPostOnly });
        initialized[1] = initialized[1] with { PostOnly = isPostOnly };
        var orders = t.SubmitList(initialized);
        await t.ExpectAsync(orders[0], "I S A").ConfigureAwait(false);
        foreach (var exit in orders.Skip(1))
        {
            await t.ExpectAsync(exit, t.Traits.BracketExitsRestAtOnce ? "I S A" : "I S").ConfigureAwait(false);
            Require.Equal((Tester.Opposite(side), isPostOnly && exit.OrderType == OrderType.Limit), (exit.Side, exit.IsPostOnly), "side and flag of an exit");
        }

        // The exits await nothing but the entry: they end with it.
        t.Engine.CancelOrder(t.Factory.Cancel(orders[0]));
        await t.UntilAsync(() => orders.All(order => order.IsClosed), "the bracket to end with its entry").ConfigureAwait(false);
        foreach (var order in orders)
        {
            t.Release(order);
        }
    }

    private static async Task FillEntryAsync(Tester t, CancellationToken stop)
    {
        var orders = t.SubmitList(New(t, t.Inside(OrderSide.Buy, 10)));
        await t.ExpectAsync(orders[0], "I S A").ConfigureAwait(false);
        await t.TradeAsync(orders[0]).ConfigureAwait(false);
        await t.ExpectAsync(orders[0], "I S A F+").ConfigureAwait(false);
        foreach (var exit in orders.Skip(1))
        {
            await t.ExpectAsync(exit, t.Traits.BracketExitsGetNewIds ? "I S A U" : "I S A").ConfigureAwait(false);
            Require.That(exit.IsOpen, $"{exit} does not work");
        }

        Require.Equal(2, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Count(), "open orders at the venue");
    }

    private static async Task PostOnlyAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(t.Passive(OrderSide.Buy) with { PostOnly = true }).ConfigureAwait(false);
        Require.That(order.IsPostOnly && (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single().PostOnly, "the order is not post-only at the venue");
    }

    private static async Task ReduceOnlyAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Taking(OrderSide.Buy)).ConfigureAwait(false);
        var close = await t.FillAsync(t.Taking(OrderSide.Sell) with { ReduceOnly = true }).ConfigureAwait(false);
        var truth = await t.TruthAsync().ConfigureAwait(false);
        Require.That(truth.Orders.Single(order => order.Id == close.VenueOrderId).ReduceOnly, "the order is not reduce-only at the venue");
        Require.Equal(0, truth.Positions.Count, "positions at the venue");
    }

    private static async Task DisplayAsync(Tester t, CancellationToken stop)
    {
        var display = t.Traits.Quantity;
        await t.RestAsync(t.Passive(OrderSide.Buy) with { Quantity = Tester.Times(display, 4), DisplayQty = display }).ConfigureAwait(false);
        Require.Equal(display.Value, (await t.TruthAsync().ConfigureAwait(false)).OpenOrders.Single().DisplayQty, "what shows at the venue");
    }

    private static async Task ParameterAsync(Tester t, CancellationToken stop)
    {
        var parameter = t.Traits.Parameter!;
        foreach (var isGiven in new[] { false, true })
        {
            var order = t.Submit(
                parameter.OrderType == OrderType.Market ? t.Market(OrderSide.Buy) : t.Passive(OrderSide.Buy),
                isGiven ? new Dictionary<string, string> { [parameter.Name] = parameter.Value } : null);
            await t.ExpectAsync(order, parameter.OrderType == OrderType.Market ? "I S A F+" : "I S A").ConfigureAwait(false);
            Require.Equal(
                isGiven, t.Venue.Requests(VenueRequest.Submit)[^1].Contains(parameter.WireText, StringComparison.Ordinal), $"{parameter.WireText} on the wire{(isGiven ? "" : " without the parameter")}");
        }
    }
}
