using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Faults;

/// <summary>The client's view held against the venue's books, with a reading of them of its own.</summary>
internal static class VenueBooks
{
    /// <summary>Waits until the client is settled and its view equals the venue's, and stays so after everything under way has come in.</summary>
    public static async Task AssertAgreesAsync(ClientHarness harness)
    {
        await UntilAgreesAsync(harness);
        await SettleAsync(harness);
        await UntilAgreesAsync(harness);
        Assert.Empty(await ContradictionsAsync(harness));
    }

    /// <summary>As <see cref="ClientHarness.SettleAsync"/>; a marker that a late cut takes along is followed by another.</summary>
    private static async Task SettleAsync(ClientHarness harness)
    {
        while (true)
        {
            var marker = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1500.00"));
            await harness.UntilAsync(() => marker.IsOpen || marker.IsClosed, "the marker order to rest");
            harness.Client.CancelOrder(Orders.Cancel(marker.ClientOrderId.Value));
            await UntilAgreesAsync(harness);
            if (marker.Status == OrderStatus.Canceled)
            {
                return;
            }
        }
    }

    private static async Task UntilAgreesAsync(ClientHarness harness)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var unsettled = await harness.Client.UnsettledTransactionsAsync();
            var differences = await DifferencesAsync(harness);
            if (harness.Client.IsConnected && unsettled == 0 && differences.Count == 0)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20),
                $"connected {harness.Client.IsConnected}, {unsettled} unsettled; {string.Join("; ", differences)}. Events: {string.Join("; ", harness.Events())}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private static async Task<List<string>> DifferencesAsync(ClientHarness harness)
    {
        var truth = await harness.TruthAsync();
        var differences = new List<string>();
        var rows = truth.GetProperty("orders").EnumerateArray().ToDictionary(row => row.GetProperty("order_id").GetString()!);
        foreach (var order in harness.Cache.Orders())
        {
            if (order.VenueOrderId is { } id && rows.Remove(id.Value, out var row))
            {
                Compare(order, row, differences);
            }
            else if (order.Status is not (OrderStatus.Rejected or OrderStatus.Denied))
            {
                differences.Add($"{order} has no order at the venue");
            }
        }

        differences.AddRange(rows.Values.Where(row => row.GetProperty("status").GetString() != "canceled-post-only")
            .Select(row => "unknown here: " + row.GetRawText()));
        CompareFills(harness, truth, differences);
        foreach (var row in truth.GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("market_id").GetInt32() == 0))
        {
            var there = Number(row, "position") * row.GetProperty("sign").GetInt32();
            var here = harness.Cache.Position(Orders.Eth)?.SignedQty ?? 0;
            if (here != there)
            {
                differences.Add($"position {here} here, {there} there");
            }
        }

        return differences;
    }

    private static void Compare(Order order, JsonElement row, List<string> differences)
    {
        var status = row.GetProperty("status").GetString()!;
        var isOpenThere = status is "open" or "pending";
        if (order.IsOpen != isOpenThere || order.FilledQty.Value != Number(row, "filled_base_amount") || order.Quantity.Value != Number(row, "initial_base_amount")
            || (order.Price is { } price && isOpenThere && price.Value != Number(row, "price")) || order.IsPendingCancel || order.IsPendingUpdate)
        {
            differences.Add($"{order} here (pending cancel {order.IsPendingCancel}, update {order.IsPendingUpdate}), there {row.GetRawText()}");
        }
    }

    private static void CompareFills(ClientHarness harness, JsonElement truth, List<string> differences)
    {
        var here = harness.Events<OrderFilled>().GroupBy(fill => fill.TradeId.Value).ToDictionary(group => group.Key, group => group.Count());
        foreach (var row in truth.GetProperty("trades").EnumerateArray())
        {
            var id = row.GetProperty("trade_id").GetInt64().ToString(CultureInfo.InvariantCulture);
            if (!here.Remove(id, out var times) || times != 1)
            {
                differences.Add($"trade {id} told {times} times");
            }
        }

        differences.AddRange(here.Keys.Select(id => $"trade {id} is not the venue's"));
    }

    /// <summary>Refusals that the venue's books give the lie to.</summary>
    private static async Task<List<string>> ContradictionsAsync(ClientHarness harness)
    {
        var truth = await harness.TruthAsync();
        var rows = truth.GetProperty("orders").EnumerateArray().ToDictionary(row => row.GetProperty("order_id").GetString()!);
        return
        [
            .. harness.Events<OrderCancelRejected>()
                .Where(rejected => rejected.VenueOrderId is { } id && rows.TryGetValue(id.Value, out var row) && row.GetProperty("status").GetString() == "canceled")
                .Select(rejected => $"refused here, executed there: {rejected}"),
        ];
    }

    private static decimal Number(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
