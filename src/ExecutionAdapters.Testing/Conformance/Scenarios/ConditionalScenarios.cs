using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G3: orders that wait for their trigger price.</summary>
internal static class ConditionalScenarios
{
    private const string Group = "Stop and conditional orders";
    private const int TriggerTicks = 100;
    private const int LimitTicks = 110;

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        New("TC-E20", "A stop-market buy above the ask waits", OrderType.StopMarket, OrderSide.Buy),
        New("TC-E21", "A stop-market sell below the bid waits", OrderType.StopMarket, OrderSide.Sell),
        New("TC-E22", "A stop-limit buy above the ask waits", OrderType.StopLimit, OrderSide.Buy),
        New("TC-E23", "A stop-limit sell below the bid waits", OrderType.StopLimit, OrderSide.Sell),
        New("TC-E24", "A market-if-touched buy below the bid waits", OrderType.MarketIfTouched, OrderSide.Buy),
        New("TC-E25", "A market-if-touched sell above the ask waits", OrderType.MarketIfTouched, OrderSide.Sell),
        New("TC-E26", "A limit-if-touched buy below the bid waits", OrderType.LimitIfTouched, OrderSide.Buy),
        New("TC-E27", "A limit-if-touched sell above the ask waits", OrderType.LimitIfTouched, OrderSide.Sell),
    ];

    /// <summary>A conditional order that the market is a hundred ticks away from. Stops are on the far side of it, the touched kinds on the near one.</summary>
    public static OrderInitialized Waiting(Tester t, OrderType type, OrderSide side)
    {
        var isStop = type is OrderType.StopMarket or OrderType.StopLimit;
        var quoteSide = isStop ? Tester.Opposite(side) : side;
        var (trigger, limit) = (t.Away(quoteSide, TriggerTicks), t.Away(quoteSide, LimitTicks));
        return type switch
        {
            OrderType.StopMarket => t.Factory.StopMarket(t.Traits.InstrumentId, side, t.Traits.Quantity, trigger),
            OrderType.StopLimit => t.Factory.StopLimit(t.Traits.InstrumentId, side, t.Traits.Quantity, limit, trigger),
            OrderType.MarketIfTouched => t.Factory.MarketIfTouched(t.Traits.InstrumentId, side, t.Traits.Quantity, trigger),
            _ => t.Factory.LimitIfTouched(t.Traits.InstrumentId, side, t.Traits.Quantity, limit, trigger),
        };
    }

    /// <summary>The client's report of open orders, since some venues list those that wait for a trigger elsewhere.</summary>
    public static Task<IReadOnlyList<OrderStatusReport>> OpenReportsAsync(Tester t, CancellationToken stop) => t.Client.GenerateOrderStatusReportsAsync(
        new GenerateOrderStatusReports { TraderId = new TraderId("TRADER-001"), CommandId = Uuid4.New(), TsInit = t.Now, OpenOnly = true }, stop);

    private static ConformanceScenario New(string id, string title, OrderType type, OrderSide side) => new(
        id, Group, title + ", and a reconciliation finds it open", (t, stop) => WaitAsync(t, Waiting(t, type, side), stop), Needs.Type(type));

    private static async Task WaitAsync(Tester t, OrderInitialized initialized, CancellationToken stop)
    {
        var order = await t.RestAsync(initialized).ConfigureAwait(false);
        var truth = await t.TruthAsync().ConfigureAwait(false);
        var there = truth.OpenOrders.SingleOrDefault(row => row.Id == order.VenueOrderId);
        Require.That(there is not null, $"{order} is not open at the venue");
        Require.Equal((initialized.Side, initialized.TriggerPrice?.Value), (there!.Side, there.TriggerPrice), "side and trigger at the venue");
        if (initialized.Price is { } limit)
        {
            Require.Equal(limit.Value, there.Price, "limit at the venue");
        }

        var report = (await OpenReportsAsync(t, stop).ConfigureAwait(false)).SingleOrDefault(row => row.VenueOrderId == order.VenueOrderId);
        Require.That(report is not null, $"{order} is not among the client's reports of open orders");
        Require.Equal((order.OrderType, order.TriggerPrice, order.Price), (report!.OrderType, report.TriggerPrice, initialized.Price is null ? null : report.Price), "type, trigger and limit of its report");
        var reconciled = await t.ReconcileAsync().ConfigureAwait(false);
        Require.That(reconciled is { IsComplete: true, Events.Count: 0 }, $"a reconciliation changed something: {string.Join("; ", reconciled.Events)} {string.Join("; ", reconciled.Unresolved)}");
    }
}
