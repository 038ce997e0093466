using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>Public endpoints: markets, assets, system.</summary>
internal static class MarketEndpoints
{
    private const int MaximumBookOrders = 250;
    private const int MaximumTrades = 100;

    public static void OrderBookDetails(RestContext context, Utf8JsonWriter json)
    {
        Func<MarketDefinition, bool> filter = context.MarketFilter("filter");
        foreach (bool isSpot in (ReadOnlySpan<bool>)[false, true])
        {
            json.WriteStartArray(isSpot ? "spot_order_book_details"u8 : "order_book_details"u8);
            foreach (Market market in context.State.Markets.Values.Where(market => filter(market.Definition)))
            {
                if (market.Definition.IsSpot == isSpot)
                {
                    MarketRow.WriteDetails(json, market);
                }
            }

            json.WriteEndArray();
        }
    }

    public static void OrderBooks(RestContext context, Utf8JsonWriter json)
    {
        Func<MarketDefinition, bool> filter = context.MarketFilter("filter");
        json.WriteStartArray("order_books"u8);
        foreach (Market market in context.State.Markets.Values.Where(market => filter(market.Definition)))
        {
            MarketRow.Write(json, market.Definition);
        }

        json.WriteEndArray();
    }

    public static void OrderBookOrders(RestContext context, Utf8JsonWriter json)
    {
        Market market = context.RequiredMarket();
        int limit = context.Request.Limit(MaximumBookOrders);
        WriteSide(json, market.Book.Asks, limit, "total_asks"u8, "asks"u8);
        WriteSide(json, market.Book.Bids, limit, "total_bids"u8, "bids"u8);
    }

    /// <summary>A market without trades answers without the list, as the venue may.</summary>
    public static void RecentTrades(RestContext context, Utf8JsonWriter json)
    {
        Market market = context.RequiredMarket();
        int limit = context.Request.Limit(MaximumTrades);
        if (market.RecentTrades.Count == 0)
        {
            return;
        }

        json.WriteStartArray("trades"u8);
        foreach (Trade trade in market.RecentTrades.TakeLast(limit).Reverse())
        {
            TradeRow.Write(json, trade);
        }

        json.WriteEndArray();
    }

    public static void AssetDetails(RestContext context, Utf8JsonWriter json)
    {
        long id = context.Request.Integer("asset_id", 0);
        json.WriteStartArray("asset_details"u8);
        foreach (Asset asset in Asset.All.Where(asset => id == 0 || asset.Id == id))
        {
            AssetRow.WriteDetails(json, asset);
        }

        json.WriteEndArray();
    }

    public static void SystemConfig(RestContext context, Utf8JsonWriter json)
    {
        json.WriteNumber("liquidity_pool_index"u8, 281_474_976_710_654);
        json.WriteNumber("staking_pool_index"u8, 281_474_976_710_653);
        json.WriteNumber("funding_fee_rebate_account_index"u8, 0);
        json.WriteNumber("liquidity_pool_cooldown_period"u8, 300_000);
        json.WriteNumber("staking_pool_lockup_period"u8, 0);
        json.WriteNumber("max_integrator_perps_maker_fee"u8, AdmissionRules.MaximumIntegratorFee);
        json.WriteNumber("max_integrator_perps_taker_fee"u8, AdmissionRules.MaximumIntegratorFee);
        json.WriteNumber("max_integrator_spot_maker_fee"u8, AdmissionRules.MaximumIntegratorFee);
        json.WriteNumber("max_integrator_spot_taker_fee"u8, AdmissionRules.MaximumIntegratorFee);
        json.WriteNumber("market_maker_incentive_account_index"u8, 0);
    }

    private static void WriteSide(Utf8JsonWriter json, BookSide side, int limit, ReadOnlySpan<byte> totalName, ReadOnlySpan<byte> listName)
    {
        List<Order> orders = [];
        for (int depth = 0; depth < side.LevelCount && orders.Count < limit; depth++)
        {
            for (Order? order = side[depth].First; order is not null && orders.Count < limit; order = order.Next)
            {
                orders.Add(order);
            }
        }

        json.WriteNumber(totalName, orders.Count);
        json.WriteStartArray(listName);
        foreach (Order order in orders)
        {
            OrderRow.WriteBookEntry(json, order);
        }

        json.WriteEndArray();
    }
}
