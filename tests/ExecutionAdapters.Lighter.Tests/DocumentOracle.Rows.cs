using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Tests;

/// <content>The rows.</content>
internal static partial class DocumentOracle
{
    private static OrderRow ReadOrder(JsonElement row)
    {
        // order_id is the text form of order_index: the text survives JSON readers that round large numbers.
        var index = OptionalInteger(row, "order_id") ?? Integer(row, "order_index");
        var trigger = OptionalDecimal(row, "trigger_price");
        var updated = Milliseconds(row, "updated_at");
        var timestamp = updated != 0 ? updated : Milliseconds(row, "timestamp");
        var created = Milliseconds(row, "created_at");
        return new OrderRow
        {
            OrderIndex = index,
            ClientOrderIndex = OptionalInteger(row, "client_order_index") ?? OptionalInteger(row, "client_order_id") ?? 0,
            MarketIndex = Market(row, "market_index"),
            InitialBaseAmount = NonNegative(row, "initial_base_amount"),
            FilledBaseAmount = OptionalDecimal(row, "filled_base_amount") ?? 0,
            FilledQuoteAmount = OptionalDecimal(row, "filled_quote_amount") ?? 0,
            Price = OptionalDecimal(row, "price") ?? 0,
            TriggerPrice = trigger is 0 ? null : trigger,
            IsAsk = ReadIsAsk(row),
            ReduceOnly = Flag(row, "reduce_only"),
            Type = Text(row, "type"),
            TimeInForce = Text(row, "time_in_force"),
            Status = Text(row, "status"),
            TriggerStatus = Text(row, "trigger_status"),
            OrderExpiryMs = OptionalInteger(row, "order_expiry") ?? 0,
            CreatedAtMs = created != 0 ? created : timestamp,
            UpdatedAtMs = timestamp,
            IsUnchangedSinceCreation = created >= 100_000_000_000 && OptionalInteger(row, "created_at") == OptionalInteger(row, "updated_at"),
        };
    }

    private static bool ReadIsAsk(JsonElement row)
    {
        if (TryGet(row, "is_ask", out _))
        {
            return Flag(row, "is_ask");
        }

        // "side" may be "": only a row without is_ask depends on it.
        return Text(row, "side") switch
        {
            "buy" => false,
            "sell" => true,
            _ => throw new RowFormatException("neither 'is_ask' nor 'side' tells the side"),
        };
    }

    private static TradeRow ReadTrade(JsonElement row)
    {
        var size = NonNegative(row, "size");
        var price = NonNegative(row, "price");
        return new TradeRow
        {
            TradeId = OptionalInteger(row, "trade_id_str") ?? Integer(row, "trade_id"),
            Type = Text(row, "type"),
            MarketIndex = Market(row, "market_id"),
            Size = size,
            Price = price,
            UsdAmount = OptionalDecimal(row, "usd_amount") ?? size * price,
            Ask = ReadSide(row, "ask"),
            Bid = ReadSide(row, "bid"),
            IsMakerAsk = Flag(row, "is_maker_ask"),
            TakerFeePpm = OptionalInteger(row, "taker_fee") ?? 0,
            MakerFeePpm = OptionalInteger(row, "maker_fee") ?? 0,
            IntegratorTakerFeePpm = OptionalInteger(row, "integrator_taker_fee") ?? 0,
            IntegratorMakerFeePpm = OptionalInteger(row, "integrator_maker_fee") ?? 0,
            TimestampMs = Milliseconds(row, "timestamp"),
        };
    }

    private static TradeSide ReadSide(JsonElement row, string side) => new(
        Integer(row, side + "_account_id"),
        OptionalInteger(row, side + "_id_str") ?? Integer(row, side + "_id"),
        OptionalInteger(row, side + "_client_id_str") ?? OptionalInteger(row, side + "_client_id") ?? 0);

    private static PositionRow ReadPosition(JsonElement row)
    {
        var size = NonNegative(row, "position");
        var sign = OptionalInteger(row, "sign") ?? 1;
        if (size != 0 && sign is not (1 or -1))
        {
            throw new RowFormatException("'sign' is neither 1 nor -1");
        }

        return new PositionRow(
            Market(row, "market_id"),
            size * sign,
            OptionalDecimal(row, "avg_entry_price") ?? 0,
            Math.Abs(OptionalDecimal(row, "position_value") ?? 0),
            OptionalInteger(row, "margin_mode") == 1);
    }

    private static AssetRow ReadAsset(JsonElement row)
    {
        var symbol = Text(row, "symbol").Trim();
        return new AssetRow(
            Integer(row, "asset_id"),
            symbol.Length > 0 ? symbol : throw new RowFormatException("'symbol' is missing"),
            Decimal(row, "balance"),
            OptionalDecimal(row, "locked_balance") ?? 0,
            OptionalDecimal(row, "margin_balance") ?? 0);
    }

    private static UserStatsRow ReadStats(JsonElement row) => new(
        OptionalDecimal(row, "collateral") ?? 0,
        OptionalDecimal(row, "available_balance") ?? 0);

    private static TransactionRow ReadTransaction(JsonElement row)
    {
        var (code, message) = ReadTransactionError(Text(row, "event_info"));
        return new TransactionRow(Text(row, "hash").ToLowerInvariant(), Integer(row, "status"), code, message);
    }

    private static (int? Code, string? Message) ReadTransactionError(string eventInfo)
    {
        if (!TryParse(eventInfo, out var info) || info.ValueKind != JsonValueKind.Object)
        {
            return (null, null);
        }

        var text = TryGet(info, "ae", out var error) && error.ValueKind == JsonValueKind.Object ? error.GetRawText() : Text(info, "ae");
        if (text.Length == 0)
        {
            return (null, null);
        }

        return TryParse(text, out var detail) && detail.ValueKind == JsonValueKind.Object
            ? ((int?)OptionalInteger(detail, "code"), Text(detail, "message"))
            : (null, text);
    }

    private static bool TryParse(string text, out JsonElement element)
    {
        element = default;
        if (text.Length == 0 || (text[0] != '{' && text[0] != '"'))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            element = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
