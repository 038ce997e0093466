using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing.Conformance;

namespace ExecutionAdapters.Cli.Conformance;

/// <summary>
/// The books of a Lighter venue as conformance scenarios read them, with code of its own, so that an error in the client's readers cannot hide itself.
/// </summary>
internal static class LighterTruth
{
    /// <param name="account">The account in the venue's state.</param>
    /// <param name="instrument">The instrument that scenarios trade.</param>
    /// <param name="market">Its number at the venue.</param>
    public static VenueTruth Read(JsonElement account, InstrumentId instrument, short market)
    {
        var index = account.GetProperty("account_index").GetInt64();
        return new VenueTruth
        {
            Orders = [.. account.GetProperty("orders").EnumerateArray().Select(ReadOrder)],
            Trades = [.. account.GetProperty("trades").EnumerateArray().SelectMany(row => ReadTrade(row, index))],
            Positions =
            [
                .. account.GetProperty("positions").EnumerateArray()
                    .Where(row => row.GetProperty("market_id").GetInt16() == market && Number(row, "position") != 0)
                    .Select(row => new VenuePosition(instrument, Number(row, "position") * row.GetProperty("sign").GetInt32(), Number(row, "avg_entry_price"))),
            ],
            Balances = account.GetProperty("assets").EnumerateArray().ToDictionary(
                row => Currency.GetOrCreateCrypto(row.GetProperty("symbol").GetString()!), row => Number(row, "balance") + Number(row, "margin_balance")),
        };
    }

    private static VenueOrder ReadOrder(JsonElement row)
    {
        var type = row.GetProperty("type").GetString()!;
        var expiry = row.GetProperty("order_expiry").GetInt64();
        return new VenueOrder(
            new VenueOrderId(row.GetProperty("order_id").GetString()!),
            row.GetProperty("is_ask").GetBoolean() ? OrderSide.Sell : OrderSide.Buy,
            Number(row, "initial_base_amount"),
            Number(row, "filled_base_amount"),
            IsOpen: row.GetProperty("status").GetString() is "open" or "pending")
        {
            // Of the others it is the worst price that they may trade at.
            Price = type.EndsWith("limit", StringComparison.Ordinal) ? Number(row, "price") : null,
            TriggerPrice = Number(row, "trigger_price") is > 0 and var trigger ? trigger : null,
            PostOnly = row.GetProperty("time_in_force").GetString() == "post-only",
            ReduceOnly = row.GetProperty("reduce_only").GetBoolean(),
            ExpireTime = expiry > 0 ? UnixNanos.FromMilliseconds(expiry) : null,
        };
    }

    private static IEnumerable<VenueTrade> ReadTrade(JsonElement row, long account)
    {
        foreach (var side in new[] { "ask", "bid" })
        {
            if (row.GetProperty(side + "_account_id").GetInt64() == account)
            {
                yield return new VenueTrade(new VenueOrderId(row.GetProperty(side + "_id_str").GetString()!), Number(row, "size"), Number(row, "price"));
            }
        }
    }

    private static decimal Number(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
