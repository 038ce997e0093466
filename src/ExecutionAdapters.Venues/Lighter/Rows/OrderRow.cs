using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's Order object, the same over REST and the stream.</summary>
internal static class OrderRow
{
    private static readonly string[] StatusTexts =
    [
        "in-progress", "pending", "open", "filled", "canceled", "canceled-post-only", "canceled-reduce-only",
        "canceled-position-not-allowed", "canceled-margin-not-allowed", "canceled-too-much-slippage", "canceled-not-enough-liquidity",
        "canceled-self-trade", "canceled-expired", "canceled-oco", "canceled-child", "canceled-liquidation", "canceled-invalid-balance",
    ];

    private static readonly string[] TypeTexts =
        ["limit", "market", "stop-loss", "stop-loss-limit", "take-profit", "take-profit-limit", "twap"];

    private static readonly string[] TimeInForceTexts = ["immediate-or-cancel", "good-till-time", "post-only"];

    private static readonly string[] TriggerStatusTexts = ["na", "ready", "mark-price"];

    /// <summary>Writes one order. The venue leaves <c>side</c> empty in the first frame of an order channel: so does this one.</summary>
    public static void Write(Utf8JsonWriter json, Order order, bool withSide = true)
    {
        MarketDefinition market = order.Market.Definition;
        json.WriteStartObject();
        WriteIdentity(json, order);
        json.WriteAmount("initial_base_amount"u8, order.InitialBase, market.SizeDecimals);
        json.WriteAmount("price"u8, order.Price, market.PriceDecimals);
        json.WriteNumber("nonce"u8, order.Nonce);
        json.WriteAmount("remaining_base_amount"u8, order.RemainingBase, market.SizeDecimals);
        json.WriteBoolean("is_ask"u8, order.IsAsk);
        json.WriteNumber("base_size"u8, order.InitialBase);
        json.WriteNumber("base_price"u8, order.Price);
        json.WriteAmount("filled_base_amount"u8, order.FilledBase, market.SizeDecimals);
        json.WriteUsdc("filled_quote_amount"u8, order.FilledQuote);
        json.WriteString("side"u8, !withSide ? "" : order.IsAsk ? "sell" : "buy");
        json.WriteString("type"u8, TypeTexts[(int)order.Request.Type]);
        json.WriteString("time_in_force"u8, TimeInForceTexts[(int)order.TimeInForce]);
        json.WriteBoolean("reduce_only"u8, order.ReduceOnly);
        json.WriteAmount("trigger_price"u8, order.TriggerPrice, market.PriceDecimals);
        json.WriteNumber("order_expiry"u8, order.Request.ExpiryMs);
        json.WriteString("status"u8, StatusTexts[(int)order.Status]);
        json.WriteString("trigger_status"u8, TriggerStatusTexts[(int)order.TriggerStatus]);
        json.WriteNumber("trigger_time"u8, order.TriggerTimeMs);
        WriteLinks(json, order);
        json.WriteNumber("block_height"u8, order.BlockHeight);
        json.WriteNumber("timestamp"u8, order.UpdatedUs / 1_000);
        json.WriteNumber("created_at"u8, order.CreatedMs);
        json.WriteNumber("updated_at"u8, order.UpdatedUs / 1_000);
        json.WriteNumber("transaction_time"u8, order.UpdatedUs);
        json.WriteEndObject();
    }

    /// <summary>The short form used in a transaction's event text; amounts in ticks.</summary>
    public static void WriteEvent(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        json.WriteNumber("i"u8, order.Index);
        json.WriteNumber("u"u8, order.Request.ClientIndex);
        json.WriteNumber("a"u8, order.Owner.Index);
        json.WriteNumber("is"u8, order.InitialBase);
        json.WriteNumber("p"u8, order.Price);
        json.WriteNumber("rs"u8, order.RemainingBase);
        json.WriteNumber("ia"u8, order.IsAsk ? 1 : 0);
        json.WriteNumber("ot"u8, (int)order.Request.Type);
        json.WriteNumber("f"u8, (int)order.TimeInForce);
        json.WriteNumber("ro"u8, order.ReduceOnly ? 1 : 0);
        json.WriteNumber("tp"u8, order.TriggerPrice);
        json.WriteNumber("e"u8, order.Request.ExpiryMs);
        json.WriteNumber("st"u8, (int)order.Status);
        json.WriteNumber("ts"u8, (int)order.TriggerStatus);
        json.WriteNumber("t0"u8, 0);
        json.WriteNumber("t1"u8, 0);
        json.WriteNumber("c0"u8, 0);
        json.WriteNumber("ifci"u8, order.Request.Integrator.AccountIndex);
        json.WriteNumber("itf"u8, order.Request.Integrator.TakerFee);
        json.WriteNumber("imf"u8, order.Request.Integrator.MakerFee);
        json.WriteEndObject();
    }

    /// <summary>The row of the level-3 book (orderBookOrders).</summary>
    public static void WriteBookEntry(Utf8JsonWriter json, Order order)
    {
        MarketDefinition market = order.Market.Definition;
        json.WriteStartObject();
        json.WriteNumber("order_index"u8, order.Index);
        json.WriteIndexText("order_id"u8, order.Index);
        json.WriteNumber("owner_account_index"u8, order.Owner.Index);
        json.WriteAmount("initial_base_amount"u8, order.InitialBase, market.SizeDecimals);
        json.WriteAmount("remaining_base_amount"u8, order.RemainingBase, market.SizeDecimals);
        json.WriteAmount("price"u8, order.Price, market.PriceDecimals);
        json.WriteNumber("order_expiry"u8, order.Request.ExpiryMs);
        json.WriteNumber("transaction_time"u8, order.UpdatedUs);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, Order order)
    {
        json.WriteNumber("order_index"u8, order.Index);
        json.WriteNumber("client_order_index"u8, order.Request.ClientIndex);
        json.WriteIndexText("order_id"u8, order.Index);
        json.WriteIndexText("client_order_id"u8, order.Request.ClientIndex);
        json.WriteNumber("market_index"u8, order.Market.Definition.Id);
        json.WriteNumber("owner_account_index"u8, order.Owner.Index);
    }

    private static void WriteLinks(Utf8JsonWriter json, Order order)
    {
        json.WriteNumber("parent_order_index"u8, 0);
        json.WriteString("parent_order_id"u8, "0");
        json.WriteString("to_trigger_order_id_0"u8, "0");
        json.WriteString("to_trigger_order_id_1"u8, "0");
        json.WriteString("to_cancel_order_id_0"u8, "0");
        json.WriteIndexText("integrator_fee_collector_index"u8, order.Request.Integrator.AccountIndex);
        json.WriteIndexText("integrator_taker_fee"u8, order.Request.Integrator.TakerFee);
        json.WriteIndexText("integrator_maker_fee"u8, order.Request.Integrator.MakerFee);
    }
}
