using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Engine;

/// <summary>An engine's books held against the venue's, with a reading of them of its own.</summary>
internal static class EngineBooks
{
    public static async Task<List<string>> DifferencesAsync(EngineHarness harness)
    {
        using var document = JsonDocument.Parse(await harness.Venue.GetStateAsync());
        var account = document.RootElement.GetProperty("accounts").EnumerateArray()
            .First(candidate => candidate.GetProperty("account_index").GetInt64() == harness.Venue.TestAccount.AccountIndex);
        return harness.Engine.Cache.Read(cache =>
        {
            var differences = harness.Engine.Quarantined.Select(quarantined => $"put aside: {quarantined.Event}: {quarantined.Reason}").ToList();
            if (!harness.Client.IsConnected)
            {
                differences.Add("not connected");
            }

            CompareOrders(cache.Orders(), account, differences);
            CompareTrades(cache.Orders(), account, differences);
            ComparePositions(cache, account, differences);
            CompareBalances(cache.Account(harness.Client.AccountId), account, differences);
            return differences;
        });
    }

    private static void CompareOrders(IReadOnlyList<Order> orders, JsonElement account, List<string> differences)
    {
        var rows = account.GetProperty("orders").EnumerateArray().ToDictionary(row => row.GetProperty("order_id").GetString()!);
        differences.AddRange(rows.Values.GroupBy(row => row.GetProperty("client_order_index").GetInt64()).Where(group => group.Key != 0 && group.Count() > 1)
            .Select(group => $"client order index {group.Key} was sent {group.Count()} times"));
        foreach (var twice in orders.Where(order => order.VenueOrderId is not null).GroupBy(order => order.VenueOrderId).Where(group => group.Count() > 1))
        {
            differences.Add($"order {twice.Key} of the venue is {twice.Count()} orders here");
        }

        CompareRefusals(orders, rows, differences);
        foreach (var order in orders)
        {
            if (order.IsInFlight)
            {
                differences.Add($"{order} awaits an answer");
            }

            if (order.VenueOrderId is not { } id)
            {
                if (!order.IsClosed || order.FilledQty.IsPositive)
                {
                    differences.Add($"{order} has no order at the venue");
                }
            }
            else if (rows.Remove(id.Value, out var row))
            {
                var (isOpen, filled) = (IsOpen(row), Number(row, "filled_base_amount"));
                var price = order.Price;
                if (isOpen != order.IsOpen || (isOpen && price is { } own && own.Value != Number(row, "price")) || filled != order.FilledQty.Value || Number(row, "initial_base_amount") != order.Quantity.Value)
                {
                    differences.Add($"{order} is {row.GetRawText()} at the venue");
                }
            }
            else
            {
                differences.Add($"{order} is not at the venue");
            }
        }

        // An order of others, or one whose name was lost with the process, that was over without a trade is nobody's business.
        differences.AddRange(rows.Values.Where(row => IsOpen(row) || Number(row, "filled_base_amount") > 0).Select(row => "not in the books: " + row.GetRawText()));
    }

    /// <summary>An order that was refused here must not have lived there, under whatever name it came back.</summary>
    private static void CompareRefusals(IReadOnlyList<Order> orders, Dictionary<string, JsonElement> rows, List<string> differences)
    {
        var names = new OrderRegistry(new LighterOptions().ClientOrderIndexBits, TimeProvider.System);
        var byIndex = rows.Values.Where(row => IsOpen(row) || Number(row, "filled_base_amount") > 0).GroupBy(row => row.GetProperty("client_order_index").GetInt64())
            .ToDictionary(group => group.Key, group => group.First());
        foreach (var order in orders.Where(order => order.Lifecycle is OrderLifecycle.Rejected or OrderLifecycle.Denied))
        {
            if (byIndex.TryGetValue(names.DeriveClientOrderIndex(order.ClientOrderId), out var row))
            {
                differences.Add($"{order} was refused here ({order.Events[^1]}) and lived at the venue: {row.GetRawText()}");
            }
        }
    }

    /// <summary>A trade between two orders of ours is one there and two fills here.</summary>
    private static void CompareTrades(IReadOnlyList<Order> orders, JsonElement account, List<string> differences)
    {
        var own = account.GetProperty("account_index").GetInt64();
        var here = orders.SelectMany(order => order.TradeIds).Select(id => id.Value).Order(StringComparer.Ordinal);
        var there = account.GetProperty("trades").EnumerateArray()
            .SelectMany(row => Enumerable.Repeat(
                row.GetProperty("trade_id").GetInt64().ToString(CultureInfo.InvariantCulture),
                new[] { "ask_account_id", "bid_account_id" }.Count(side => row.GetProperty(side).GetInt64() == own)))
            .Order(StringComparer.Ordinal);
        if (!here.SequenceEqual(there, StringComparer.Ordinal))
        {
            differences.Add($"trades [{string.Join(" ", here)}] here, [{string.Join(" ", there)}] at the venue");
        }
    }

    private static void ComparePositions(ExecutionAdapters.Engine.ExecutionCache cache, JsonElement account, List<string> differences)
    {
        var there = account.GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("market_id").GetInt32() == 0)
            .Sum(row => Number(row, "position") * row.GetProperty("sign").GetInt32());
        var here = cache.Position(Orders.Eth)?.SignedQty ?? 0;
        if (here != there)
        {
            differences.Add($"position {here} here, {there} at the venue");
        }
    }

    private static void CompareBalances(Account? account, JsonElement truth, List<string> differences)
    {
        foreach (var row in truth.GetProperty("assets").EnumerateArray())
        {
            var total = Number(row, "balance") + Number(row, "margin_balance");
            var here = account?.Balance(Currency.GetOrCreateCrypto(row.GetProperty("symbol").GetString()!));
            if ((here?.Total.Amount ?? 0) != decimal.Round(total, here?.Total.Currency.Precision ?? 0, MidpointRounding.ToEven))
            {
                differences.Add($"balance {here?.Total.ToString() ?? "none"} here, {row.GetRawText()} at the venue");
            }
        }
    }

    private static bool IsOpen(JsonElement row) => row.GetProperty("status").GetString() is "open" or "pending";

    private static decimal Number(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
