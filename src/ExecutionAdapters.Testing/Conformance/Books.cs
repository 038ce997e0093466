using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>An engine's books held against the venue's.</summary>
internal static class Books
{
    /// <summary>What differs, one line each; nothing when they agree and nothing awaits an answer.</summary>
    public static IReadOnlyList<string> Differences(ExecutionEngine engine, IExecutionClient client, InstrumentId instrument, VenueTruth truth) => engine.Cache.Read(cache =>
    {
        var differences = engine.Quarantined.Select(quarantined => $"put aside: {quarantined.Event}: {quarantined.Reason}").ToList();
        if (!client.IsConnected || !engine.CanTrade(client.AccountId))
        {
            differences.Add("the account is not connected, or does not agree");
        }

        CompareOrders(cache.Orders(), truth, differences);
        CompareTrades(cache.Orders(), truth, differences);
        var here = cache.Position(client.AccountId, instrument)?.SignedQty ?? 0;
        var there = truth.Positions.Where(position => position.InstrumentId == instrument).Sum(position => position.SignedQty);
        if (here != there)
        {
            differences.Add($"position {here} here, {there} at the venue");
        }

        CompareBalances(cache.Account(client.AccountId), truth, differences);
        return differences;
    });

    /// <summary>A venue that replaces an order to modify it has several for one of ours: their fills are its fills, and the last one is what works.</summary>
    private static void CompareOrders(IReadOnlyList<Order> orders, VenueTruth truth, List<string> differences)
    {
        var left = truth.Orders.ToDictionary(order => order.Id);
        foreach (var order in orders)
        {
            if (order.IsInFlight)
            {
                differences.Add($"{order} awaits an answer");
            }

            var there = order.VenueOrderIds.Where(left.ContainsKey).Select(id => left[id]).ToList();
            there.ForEach(row => left.Remove(row.Id));
            if (there.Count == 0)
            {
                if (order.VenueOrderId is not null || !order.IsClosed || order.FilledQty.IsPositive)
                {
                    differences.Add($"{order} is not at the venue");
                }
            }
            else if (there.Exists(row => row.IsOpen) != order.IsOpen || there.Sum(row => row.FilledQty) != order.FilledQty.Value
                || (order.IsOpen && (Differ(there[^1].Price, order.Price) || Differ(there[^1].TriggerPrice, order.TriggerPrice))))
            {
                differences.Add($"{order} is {there[^1]} at the venue");
            }
        }

        differences.AddRange(left.Values.Where(row => row.IsOpen || row.FilledQty > 0).Select(row => $"not in the books: {row}"));
    }

    private static bool Differ(decimal? there, Price? here) => there is { } price && here is { } own && price != own.Value;

    private static void CompareTrades(IReadOnlyList<Order> orders, VenueTruth truth, List<string> differences)
    {
        var here = Text(orders.SelectMany(order => order.Events).OfType<OrderFilled>().Select(fill => (fill.VenueOrderId, fill.LastQty.Value, fill.LastPx.Value)));
        var there = Text(truth.Trades.Select(trade => (trade.OrderId, trade.Quantity, trade.Price)));
        if (here != there)
        {
            differences.Add($"trades [{here}] here, [{there}] at the venue");
        }
    }

    private static string Text(IEnumerable<(VenueOrderId Order, decimal Quantity, decimal Price)> trades) => string.Join(
        "; ",
        trades.Select(trade => string.Create(CultureInfo.InvariantCulture, $"{trade.Order}: {trade.Quantity:0.################} @ {trade.Price:0.################}"))
            .Order(StringComparer.Ordinal));

    private static void CompareBalances(Account? account, VenueTruth truth, List<string> differences)
    {
        foreach (var (currency, there) in truth.Balances)
        {
            var here = account?.Balance(currency)?.Total.Amount ?? 0;
            if (here != decimal.Round(there, currency.Precision, MidpointRounding.ToEven))
            {
                differences.Add($"balance {here} {currency} here, {there} at the venue");
            }
        }
    }
}
