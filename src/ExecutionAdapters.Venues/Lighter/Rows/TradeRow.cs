using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's Trade object. Fee rates are parts per million and left out when zero.</summary>
internal static class TradeRow
{
    public static void Write(Utf8JsonWriter json, Trade trade)
    {
        MarketDefinition market = trade.Market.Definition;
        json.WriteStartObject();
        json.WriteNumber("trade_id"u8, trade.Id);
        json.WriteIndexText("trade_id_str"u8, trade.Id);
        json.WriteString("tx_hash"u8, trade.TransactionHash);
        json.WriteString("type"u8, "trade");
        json.WriteNumber("market_id"u8, market.Id);
        json.WriteAmount("size"u8, trade.Size, market.SizeDecimals);
        json.WriteAmount("price"u8, trade.Price, market.PriceDecimals);
        json.WriteUsdc("usd_amount"u8, trade.Quote);
        WriteOrders(json, trade);
        json.WriteBoolean("is_maker_ask"u8, trade.IsMakerAsk);
        json.WriteNumber("block_height"u8, trade.BlockHeight);
        json.WriteNumber("timestamp"u8, trade.TimeUs / 1_000);
        WriteTaker(json, trade.Taker, market.SizeDecimals);
        WriteMaker(json, trade.Maker, market.SizeDecimals);
        json.WriteNumber("transaction_time"u8, trade.TimeUs);
        json.WriteUsdc("bid_account_pnl"u8, trade.Bid.RealizedPnl);
        json.WriteUsdc("ask_account_pnl"u8, trade.Ask.RealizedPnl);
        json.WriteEndObject();
    }

    /// <summary>The short form used in a transaction's event text.</summary>
    public static void WriteEvent(Utf8JsonWriter json, Trade? trade)
    {
        json.WriteStartObject();
        json.WriteNumber("p"u8, trade?.Price ?? 0);
        json.WriteNumber("s"u8, trade?.Size ?? 0);
        json.WriteNumber("tf"u8, trade?.Taker.FeeRate ?? 0);
        json.WriteNumber("mf"u8, trade?.Maker.FeeRate ?? 0);
        json.WriteEndObject();
    }

    private static void WriteOrders(Utf8JsonWriter json, Trade trade)
    {
        json.WriteNumber("ask_id"u8, trade.Ask.OrderIndex);
        json.WriteIndexText("ask_id_str"u8, trade.Ask.OrderIndex);
        json.WriteNumber("bid_id"u8, trade.Bid.OrderIndex);
        json.WriteIndexText("bid_id_str"u8, trade.Bid.OrderIndex);
        json.WriteNumber("ask_client_id"u8, trade.Ask.ClientIndex);
        json.WriteIndexText("ask_client_id_str"u8, trade.Ask.ClientIndex);
        json.WriteNumber("bid_client_id"u8, trade.Bid.ClientIndex);
        json.WriteIndexText("bid_client_id_str"u8, trade.Bid.ClientIndex);
        json.WriteNumber("ask_account_id"u8, trade.Ask.AccountIndex);
        json.WriteNumber("bid_account_id"u8, trade.Bid.AccountIndex);
    }

    private static void WriteTaker(Utf8JsonWriter json, TradeSide taker, int sizeDecimals)
    {
        if (taker.FeeRate != 0)
        {
            json.WriteNumber("taker_fee"u8, taker.FeeRate);
        }

        json.WriteAmount("taker_position_size_before"u8, taker.SizeBefore, sizeDecimals);
        json.WriteUsdc("taker_entry_quote_before"u8, taker.EntryQuoteBefore);
        json.WriteNumber("taker_initial_margin_fraction_before"u8, taker.InitialMarginFractionBefore);
        json.WriteBoolean("taker_position_sign_changed"u8, taker.SignChanged);
        json.WriteNumber("integrator_taker_fee"u8, taker.IntegratorFeeRate);
        json.WriteNumber("integrator_taker_fee_collector_index"u8, taker.IntegratorIndex);
        json.WriteNumber("taker_allocated_margin_usdc_before"u8, taker.AllocatedMarginBefore);
        json.WriteNumber("taker_allocated_margin_usdc_after"u8, taker.AllocatedMarginAfter);
    }

    private static void WriteMaker(Utf8JsonWriter json, TradeSide maker, int sizeDecimals)
    {
        if (maker.FeeRate != 0)
        {
            json.WriteNumber("maker_fee"u8, maker.FeeRate);
        }

        json.WriteAmount("maker_position_size_before"u8, maker.SizeBefore, sizeDecimals);
        json.WriteUsdc("maker_entry_quote_before"u8, maker.EntryQuoteBefore);
        json.WriteNumber("maker_initial_margin_fraction_before"u8, maker.InitialMarginFractionBefore);
        json.WriteBoolean("maker_position_sign_changed"u8, maker.SignChanged);
        json.WriteNumber("integrator_maker_fee"u8, maker.IntegratorFeeRate);
        json.WriteNumber("integrator_maker_fee_collector_index"u8, maker.IntegratorIndex);
        json.WriteNumber("maker_allocated_margin_usdc_before"u8, maker.AllocatedMarginBefore);
        json.WriteNumber("maker_allocated_margin_usdc_after"u8, maker.AllocatedMarginAfter);
    }
}
