using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Rows;

/// <summary>
/// The objects of the engine's own dialect: lower-case words, times in ms since 1970. Decimals are strings as in the gateway's;
/// only a candle's volume is a number.
/// </summary>
internal static class EngineRows
{
    public static void Order(Utf8JsonWriter json, TektiiOrder order)
    {
        TektiiOrderRequest request = order.Request;
        json.WriteString("id"u8, order.Id);
        json.WriteOptional("client_order_id"u8, request.ClientOrderId);
        json.WriteString("symbol"u8, request.Symbol);
        json.WriteString("side"u8, Words.Side.Lower(request.Side));
        json.WriteString("order_type"u8, Words.OrderType.Lower(request.Type));
        json.WriteDecimal("quantity"u8, request.Quantity);
        json.WriteDecimal("price"u8, request.StopPrice ?? request.LimitPrice ?? 0);
        json.WriteOptional("limit_price"u8, request.Type == TektiiOrderType.StopLimit ? request.LimitPrice : null);
        json.WriteString("status"u8, Status(order.Status));
        json.WriteDecimal("filled_quantity"u8, order.FilledQuantity);
        json.WriteOptional("average_fill_price"u8, order.AverageFillPrice);
        json.WriteOptional("position_id"u8, order.PositionId ?? request.PositionId);
        json.WriteBoolean("reduce_only"u8, request.ReduceOnly);
        json.WriteString("time_in_force"u8, Words.TimeInForce.Lower(request.TimeInForce));
        json.WriteNumber("created_at"u8, order.CreatedAt.ToUnixTimeMilliseconds());
        if (EndedName(order.Status) is { } ended)
        {
            json.WriteNumber(ended, order.UpdatedAt.ToUnixTimeMilliseconds());
        }

        json.WriteOptional("reject_reason"u8, order.RejectReason is { } reason ? Reason(reason) : null);
    }

    public static void Handle(Utf8JsonWriter json, TektiiOrder order)
    {
        json.WriteString("id"u8, order.Id);
        json.WriteOptional("client_order_id"u8, order.Request.ClientOrderId);
        json.WriteString("status"u8, Status(order.Status));
    }

    public static void Trade(Utf8JsonWriter json, TektiiTrade trade)
    {
        json.WriteString("id"u8, trade.Id);
        json.WriteString("order_id"u8, trade.OrderId);
        json.WriteString("position_id"u8, trade.PositionId);
        json.WriteString("symbol"u8, trade.Symbol);
        json.WriteString("side"u8, Words.Side.Lower(trade.Side));
        json.WriteDecimal("quantity"u8, trade.Quantity);
        json.WriteDecimal("price"u8, trade.Price);
        json.WriteDecimal("base_price"u8, trade.Price);
        json.WriteDecimal("slippage_bps"u8, 0);
        json.WriteDecimal("commission"u8, trade.Commission);
        json.WriteDecimal("realized_pnl"u8, trade.RealizedPnl);
        json.WriteBoolean("liquidation"u8, false);
        json.WriteNumber("timestamp"u8, trade.Timestamp.ToUnixTimeMilliseconds());
    }

    public static void Position(Utf8JsonWriter json, TektiiPosition position)
    {
        json.WriteString("id"u8, position.Id);
        json.WriteString("symbol"u8, position.Symbol);
        json.WriteString("side"u8, Words.PositionSide.Lower(position.Side));
        json.WriteDecimal("quantity"u8, position.Quantity);
        json.WriteDecimal("avg_entry_price"u8, position.AverageEntryPrice);
        json.WriteDecimal("current_price"u8, position.CurrentPrice);
        json.WriteDecimal("unrealized_pnl"u8, position.UnrealizedPnl);
    }

    public static void Account(Utf8JsonWriter json, TektiiAccount account)
    {
        json.WriteDecimal("balance"u8, account.Balance);
        json.WriteDecimal("equity"u8, account.Equity);
        json.WriteDecimal("unrealized_pnl"u8, account.UnrealizedPnl);
        json.WriteDecimal("realized_pnl"u8, account.RealizedPnl);
        json.WriteDecimal("total_commission"u8, account.TotalCommission);
        json.WriteDecimal("margin_used"u8, account.MarginUsed);
        json.WriteDecimal("margin_available"u8, account.MarginAvailable);
    }

    public static void Quote(Utf8JsonWriter json, Market market)
    {
        json.WriteString("symbol"u8, market.Symbol);
        json.WriteDecimal("bid"u8, market.Bid);
        json.WriteDecimal("ask"u8, market.Ask);
        json.WriteDecimal("last"u8, market.Last);
        json.WriteNumber("timestamp"u8, market.QuotedAt.ToUnixTimeMilliseconds());
    }

    public static void Bar(Utf8JsonWriter json, string symbol, string timeframe, in TektiiCandle candle)
    {
        json.WriteString("symbol"u8, symbol);
        json.WriteString("timeframe"u8, timeframe);
        json.WriteNumber("timestamp"u8, candle.TimeMs);
        json.WriteDecimal("open"u8, candle.Open);
        json.WriteDecimal("high"u8, candle.High);
        json.WriteDecimal("low"u8, candle.Low);
        json.WriteDecimal("close"u8, candle.Close);
        json.WriteNumber("volume"u8, candle.Volume);
    }

    public static void Error(Utf8JsonWriter json, ApiError error)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("code"u8, error.Code == "ORDER_REJECTED" ? Code(error) : error.Code.ToLowerInvariant());
        json.WriteEndObject();
    }

    /// <summary>The engine's event for one of the gateway's; null for those that it does not have.</summary>
    public static string? EventName(string gatewayName) => gatewayName switch
    {
        "ORDER_CREATED" or "BRACKET_ORDER_CREATED" => "created",
        "ORDER_PARTIALLY_FILLED" => "partial_fill",
        "ORDER_FILLED" => "filled",
        "ORDER_CANCELLED" or "ORDER_EXPIRED" => "cancelled",
        "ORDER_REJECTED" => "rejected",
        _ => null,
    };

    private static string Code(ApiError error) => error.Details[0].Value switch
    {
        "INSUFFICIENT_FUNDS" => "insufficient_margin",
        "INVALID_PRICE" => "price_out_of_bounds",
        var code => code.ToLowerInvariant(),
    };

    /// <summary>The engine has five states: what is pending is open, what expired is cancelled.</summary>
    private static string Status(TektiiOrderStatus status) => status switch
    {
        TektiiOrderStatus.Pending or TektiiOrderStatus.PendingCancel => "open",
        TektiiOrderStatus.Expired => "cancelled",
        _ => Words.OrderStatus.Lower(status),
    };

    private static string? EndedName(TektiiOrderStatus status) => status switch
    {
        TektiiOrderStatus.Filled => "executed_at",
        TektiiOrderStatus.Cancelled or TektiiOrderStatus.Expired => "cancelled_at",
        TektiiOrderStatus.Rejected => "rejected_at",
        _ => null,
    };

    private static string Reason(TektiiRejectReason reason) => reason switch
    {
        TektiiRejectReason.SymbolNotTradeable => "invalid_symbol",
        TektiiRejectReason.InvalidPrice => "price_out_of_bounds",
        TektiiRejectReason.InsufficientBalance => "insufficient_margin",
        _ => Words.RejectReason.Lower(reason),
    };
}
