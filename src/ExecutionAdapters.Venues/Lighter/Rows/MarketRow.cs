using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's descriptions of a market: orderBooks and orderBookDetails, and the market_stats channel.</summary>
internal static class MarketRow
{
    /// <summary>OrderBook.</summary>
    public static void Write(Utf8JsonWriter json, MarketDefinition market)
    {
        json.WriteStartObject();
        WriteCommon(json, market);
        json.WriteEndObject();
    }

    /// <summary>PerpsOrderBookDetail or SpotOrderBookDetail.</summary>
    public static void WriteDetails(Utf8JsonWriter json, Market market)
    {
        MarketDefinition definition = market.Definition;
        json.WriteStartObject();
        WriteCommon(json, definition);
        json.WriteNumber("size_decimals"u8, definition.SizeDecimals);
        json.WriteNumber("price_decimals"u8, definition.PriceDecimals);
        json.WriteAmountNumber("last_trade_price"u8, market.LastTradePrice, definition.PriceDecimals);
        WriteDay(json, market);
        json.WriteStartObject("daily_chart"u8);
        json.WriteEndObject();
        if (!definition.IsSpot)
        {
            WritePerp(json, market);
        }

        json.WriteEndObject();
    }

    /// <summary>The market_stats object of the stream; prices as text, volumes as numbers.</summary>
    public static void WriteStatistics(Utf8JsonWriter json, Market market)
    {
        MarketDefinition definition = market.Definition;
        json.WriteStartObject();
        json.WriteString("symbol"u8, definition.Symbol);
        json.WriteNumber("market_id"u8, definition.Id);
        json.WriteAmount("index_price"u8, market.MarkPrice, definition.PriceDecimals);
        json.WriteAmount("mark_price"u8, market.MarkPrice, definition.PriceDecimals);
        json.WriteString("open_interest"u8, "0");
        json.WriteAmount("last_trade_price"u8, market.LastTradePrice, definition.PriceDecimals);
        json.WriteString("current_funding_rate"u8, "0.0000");
        json.WriteString("funding_rate"u8, "0.0000");
        json.WriteNumber("funding_timestamp"u8, 0);
        WriteDay(json, market);
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, MarketDefinition market)
    {
        json.WriteString("symbol"u8, market.Symbol);
        json.WriteNumber("market_id"u8, market.Id);
        json.WriteString("market_type"u8, market.IsSpot ? "spot" : "perp");
        json.WriteNumber("base_asset_id"u8, market.BaseAssetId);
        json.WriteNumber("quote_asset_id"u8, market.IsSpot ? Asset.UsdcId : 0);
        json.WriteString("status"u8, "active");
        json.WriteAmount("taker_fee"u8, MarketDefinition.TakerFee, 4); // percent text: 280 ppm = "0.0280"
        json.WriteAmount("maker_fee"u8, MarketDefinition.MakerFee, 4);
        json.WriteString("liquidation_fee"u8, "1.0000");
        json.WriteAmount("min_base_amount"u8, market.MinimumBase, market.SizeDecimals);
        json.WriteUsdc("min_quote_amount"u8, market.MinimumQuote);
        json.WriteNumber("supported_size_decimals"u8, market.SizeDecimals);
        json.WriteNumber("supported_price_decimals"u8, market.PriceDecimals);
        json.WriteNumber("supported_quote_decimals"u8, MarketDefinition.QuoteDecimals);
        json.WriteUsdc("order_quote_limit"u8, MarketDefinition.OrderQuoteLimit);
        json.WriteBoolean("is_maker_fee_enabled"u8, true);
        json.WriteBoolean("is_taker_fee_enabled"u8, true);
    }

    private static void WriteDay(Utf8JsonWriter json, Market market)
    {
        MarketDefinition definition = market.Definition;
        MarketStatistics day = market.Statistics;
        long change = day.First == 0 ? 0 : Amounts.Share((long)market.LastTradePrice - day.First, 10_000, day.First);
        json.WriteNumber("daily_trades_count"u8, day.TradeCount);
        json.WriteAmountNumber("daily_base_token_volume"u8, day.BaseVolume, definition.SizeDecimals);
        json.WriteAmountNumber("daily_quote_token_volume"u8, day.QuoteVolume, MarketDefinition.QuoteDecimals);
        json.WriteAmountNumber("daily_price_low"u8, day.Low, definition.PriceDecimals);
        json.WriteAmountNumber("daily_price_high"u8, day.High, definition.PriceDecimals);
        json.WriteAmountNumber("daily_price_change"u8, change, 2);
    }

    private static void WritePerp(Utf8JsonWriter json, Market market)
    {
        MarketDefinition definition = market.Definition;
        json.WriteNumber("quote_multiplier"u8, 1);
        json.WriteNumber("default_initial_margin_fraction"u8, definition.DefaultInitialMarginFraction);
        json.WriteNumber("min_initial_margin_fraction"u8, definition.MinimumInitialMarginFraction);
        json.WriteNumber("maintenance_margin_fraction"u8, definition.MaintenanceMarginFraction);
        json.WriteNumber("closeout_margin_fraction"u8, definition.CloseoutMarginFraction);
        json.WriteNumber("open_interest"u8, 0);
        json.WriteNumber("strategy_index"u8, 0);
        json.WriteString("funding_clamp_small"u8, "0.0500");
        json.WriteString("funding_clamp_big"u8, "4.0000");
        json.WriteString("base_interest_rate"u8, "0.0100");
        json.WriteStartObject("market_config"u8);
        json.WriteNumber("market_margin_mode"u8, 0);
        json.WriteNumber("insurance_fund_account_index"u8, 1);
        json.WriteNumber("liquidation_mode"u8, 0);
        json.WriteBoolean("force_reduce_only"u8, false);
        json.WriteBoolean("funding_fee_discounts_enabled"u8, false);
        json.WriteString("trading_hours"u8, "");
        json.WriteBoolean("hidden"u8, false);
        json.WriteBoolean("rfq_enabled"u8, false);
        json.WriteEndObject();
    }
}
