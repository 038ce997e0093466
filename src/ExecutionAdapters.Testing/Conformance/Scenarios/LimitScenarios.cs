using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G2: limit orders and how long they work.</summary>
internal static class LimitScenarios
{
    private const string Group = "Limit orders";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        New("TC-E10", "A passive buy is accepted with its terms and stays open", (t, _) => RestAsync(t, t.Passive(OrderSide.Buy))),
        New("TC-E11", "A passive sell is accepted with its terms and stays open", (t, _) => RestAsync(t, t.Passive(OrderSide.Sell))),
        New("TC-E12", "A buy and a sell at once are accepted independently", BothAsync),
        New("TC-E13", "An IOC order that crosses is filled", (t, _) => t.FillAsync(t.Crossing(OrderSide.Buy) with { TimeInForce = TimeInForce.IOC }), Needs.Time(TimeInForce.IOC)),
        New("TC-E14", "A passive IOC order is canceled, not expired, without a fill", (t, _) => EndAtOnceAsync(t, TimeInForce.IOC), Needs.Time(TimeInForce.IOC)),
        New("TC-E15", "A FOK order within the best price is one fill", FillOrKillAsync, Needs.Time(TimeInForce.FOK)),
        New("TC-E16", "A passive FOK order is canceled, not expired, without a fill", (t, _) => EndAtOnceAsync(t, TimeInForce.FOK), Needs.Time(TimeInForce.FOK)),
        New("TC-E17", "A GTD order has its expiry at the venue", GoodTillDateAsync, Needs.Time(TimeInForce.GTD)),
        New(
            "TC-E18", "A GTD order expires, and is not told as canceled", ExpireAsync, Needs.Time(TimeInForce.GTD),
            Needs.Trait(nameof(VenueTraits.StepsTime), traits => traits.StepsTime, "the venue's time cannot be moved")),
        New("TC-E19", "A DAY order is accepted", (t, _) => RestAsync(t, t.Passive(OrderSide.Buy) with { TimeInForce = TimeInForce.DAY }), Needs.Time(TimeInForce.DAY)),
    ];

    private static ConformanceScenario New(string id, string title, Func<Tester, CancellationToken, Task> body, params Func<VenueTraits, string?>[] needs) =>
        new(id, Group, title, body, [Needs.Type(OrderType.Limit), .. needs]);

    private static async Task RestAsync(Tester t, OrderInitialized initialized)
    {
        var order = await t.RestAsync(initialized).ConfigureAwait(false);
        Require.Equal(
            (OrderStatus.Accepted, initialized.Price, initialized.Quantity, initialized.Side, initialized.TimeInForce),
            (order.Status, order.Price, order.Quantity, order.Side, order.TimeInForce),
            "the order's terms in the books");
        await RequireAtVenueAsync(t, order).ConfigureAwait(false);
    }

    private static async Task RequireAtVenueAsync(Tester t, Order order)
    {
        var truth = await t.TruthAsync().ConfigureAwait(false);
        var there = truth.OpenOrders.SingleOrDefault(row => row.Id == order.VenueOrderId);
        Require.That(there is not null, $"{order} is not open at the venue");
        Require.Equal(
            (order.Side, order.Quantity.Value, order.Price?.Value, 0m), (there!.Side, there.Quantity, there.Price, there.FilledQty), "the order's terms at the venue");
    }

    private static async Task BothAsync(Tester t, CancellationToken stop)
    {
        var buy = t.Submit(t.Passive(OrderSide.Buy));
        var sell = t.Submit(t.Passive(OrderSide.Sell));
        foreach (var order in new[] { buy, sell })
        {
            await t.ExpectAsync(order, "I S A").ConfigureAwait(false);
            await RequireAtVenueAsync(t, order).ConfigureAwait(false);
        }
    }

    private static async Task EndAtOnceAsync(Tester t, TimeInForce time)
    {
        var order = t.Submit(t.Passive(OrderSide.Buy) with { TimeInForce = time });
        await t.ExpectAsync(order, "I S A C").ConfigureAwait(false);
        Require.That(order.FilledQty.IsZero, $"{order} has fills");
    }

    private static async Task FillOrKillAsync(Tester t, CancellationToken stop)
    {
        var order = await t.FillAsync(t.Crossing(OrderSide.Buy) with { TimeInForce = TimeInForce.FOK }).ConfigureAwait(false);
        Require.Equal(1, order.TradeIds.Count, "fills");
    }

    private static OrderInitialized GoodTillDate(Tester t)
    {
        var expiry = UnixNanos.FromMilliseconds((t.Now + t.Traits.GtdLifetime).ToMilliseconds());
        return t.Passive(OrderSide.Buy) with { TimeInForce = TimeInForce.GTD, ExpireTime = expiry };
    }

    private static async Task GoodTillDateAsync(Tester t, CancellationToken stop)
    {
        var initialized = GoodTillDate(t);
        var order = await t.RestAsync(initialized).ConfigureAwait(false);
        Require.Equal(initialized.ExpireTime, order.ExpireTime, "expiry in the books");
        var truth = await t.TruthAsync().ConfigureAwait(false);
        Require.Equal(initialized.ExpireTime!.Value.ToMilliseconds(), truth.OpenOrders.Single().ExpireTime?.ToMilliseconds(), "expiry at the venue, in ms");
    }

    private static async Task ExpireAsync(Tester t, CancellationToken stop)
    {
        var order = await t.RestAsync(GoodTillDate(t)).ConfigureAwait(false);
        t.Venue.Clock.Step(t.Traits.GtdLifetime + TimeSpan.FromSeconds(10));
        await t.ExpectAsync(order, "I S A X").ConfigureAwait(false);
        Require.Equal(OrderStatus.Expired, order.Status, "status");
    }
}
