using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G1: what trades at once.</summary>
internal static class MarketScenarios
{
    private const string Group = "Market orders";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        New("TC-E01", "A market buy from flat opens a long position", (t, _) => OpenAsync(t, t.Market(OrderSide.Buy))),
        New("TC-E02", "A market sell from flat opens a short position", (t, _) => OpenAsync(t, t.Market(OrderSide.Sell))),
        New("TC-E03", "A market order can be IOC", (t, _) => OpenAsync(t, t.Market(OrderSide.Buy) with { TimeInForce = TimeInForce.IOC }), Needs.Time(TimeInForce.IOC)),
        New("TC-E04", "A market order can be FOK", (t, _) => OpenAsync(t, t.Market(OrderSide.Buy) with { TimeInForce = TimeInForce.FOK }), Needs.Time(TimeInForce.FOK)),
        New(
            "TC-E05", "A quantity in quote currency is filled in base currency", QuoteQuantityAsync,
            Needs.Capability(nameof(ExecutionClientCapabilities.QuoteQuantity), can => can.QuoteQuantity, "no quantities in quote currency")),
        New("TC-E06", "A closing market order leaves nothing held and nothing open", CloseAsync),
    ];

    private static ConformanceScenario New(string id, string title, Func<Tester, CancellationToken, Task> body, params Func<VenueTraits, string?>[] needs) =>
        new(id, Group, title, body, [Needs.Type(OrderType.Market), .. needs]);

    private static async Task OpenAsync(Tester t, OrderInitialized initialized)
    {
        var states = t.Told.OfType<AccountState>().Count();
        var order = await t.FillAsync(initialized).ConfigureAwait(false);
        Require.Equal(t.Traits.Quantity, order.FilledQty, "filled");
        Require.Equal(initialized.TimeInForce, order.TimeInForce, "time in force");
        foreach (var fill in order.Events.OfType<OrderFilled>())
        {
            Require.That(fill.LastPx >= t.Traits.Bid && fill.LastPx <= t.Traits.Ask, $"{fill} is not between {t.Traits.Bid} and {t.Traits.Ask}");
        }

        var signed = initialized.Side == OrderSide.Buy ? t.Traits.Quantity.Value : -t.Traits.Quantity.Value;
        Require.Equal(signed, t.Engine.Cache.Position(t.Client.AccountId, t.Traits.InstrumentId)?.SignedQty, "position");
        await t.UntilAsync(() => t.Told.OfType<AccountState>().Count() > states, "the account's state after the fill").ConfigureAwait(false);
    }

    private static async Task QuoteQuantityAsync(Tester t, CancellationToken stop)
    {
        var quote = t.Traits.Quantity * t.Traits.Ask;
        var order = await t.FillAsync(t.Market(OrderSide.Buy) with { Quantity = new Quantity(decimal.Ceiling(quote), 0), QuoteQuantity = true }).ConfigureAwait(false);
        Require.That(order.FilledQty.Value < quote, $"filled {order.FilledQty}: that is no quantity in base currency, for {quote} in quote currency");
    }

    private static async Task CloseAsync(Tester t, CancellationToken stop)
    {
        await t.FillAsync(t.Market(OrderSide.Buy)).ConfigureAwait(false);
        await t.FillAsync(t.Market(OrderSide.Sell)).ConfigureAwait(false);
        Require.Equal(0m, t.Engine.Cache.Position(t.Client.AccountId, t.Traits.InstrumentId)?.SignedQty, "position");
        var truth = await t.TruthAsync().ConfigureAwait(false);
        Require.Equal(0, truth.Positions.Count + truth.OpenOrders.Count(), "positions and open orders at the venue");
    }
}
