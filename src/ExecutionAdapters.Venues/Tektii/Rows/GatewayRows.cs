using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Rows;

/// <summary>The objects of the gateway's dialect, in REST and on the stream: the members only, without braces.</summary>
internal static class GatewayRows
{
    public static void Order(Utf8JsonWriter json, TektiiOrder order)
    {
        TektiiOrderRequest request = order.Request;
        json.WriteString("id"u8, order.Id);
        json.WriteOptional("client_order_id"u8, request.ClientOrderId);
        json.WriteString("symbol"u8, request.Symbol);
        json.WriteString("side"u8, Words.Side.Upper(request.Side));
        json.WriteString("order_type"u8, Words.OrderType.Upper(request.Type));
        json.WriteDecimal("quantity"u8, request.Quantity);
        json.WriteDecimal("filled_quantity"u8, order.FilledQuantity);
        json.WriteDecimal("remaining_quantity"u8, order.RemainingQuantity);
        json.WriteOptional("limit_price"u8, request.LimitPrice);
        json.WriteOptional("stop_price"u8, request.StopPrice);
        json.WriteOptional("stop_loss"u8, request.StopLoss);
        json.WriteOptional("take_profit"u8, request.TakeProfit);
        json.WriteOptional("trailing_distance"u8, request.TrailingDistance);
        json.WriteOptional("trailing_type"u8, request.TrailingType is { } trailing ? Words.TrailingType.Upper(trailing) : null);
        json.WriteOptional("average_fill_price"u8, order.AverageFillPrice);
        json.WriteString("status"u8, Words.OrderStatus.Upper(order.Status));
        json.WriteOptional("reject_reason"u8, order.RejectReason is { } reason ? Words.RejectReason.Upper(reason) : null);
        json.WriteOptional("position_id"u8, order.PositionId ?? request.PositionId);
        json.WriteOptional("parent_order_id"u8, order.ParentOrderId);
        json.WriteString("time_in_force"u8, Words.TimeInForce.Upper(request.TimeInForce));
        json.WriteBoolean("reduce_only"u8, request.ReduceOnly);
        json.WriteBoolean("post_only"u8, request.PostOnly);
        json.WriteBoolean("hidden"u8, request.Hidden);
        json.WriteOptional("display_quantity"u8, request.DisplayQuantity);
        json.WriteOptional("oco_group_id"u8, request.OcoGroupId);
        json.WriteTime("created_at"u8, order.CreatedAt);
        json.WriteTime("updated_at"u8, order.UpdatedAt);
    }

    public static void Handle(Utf8JsonWriter json, TektiiOrder order)
    {
        json.WriteString("id"u8, order.Id);
        json.WriteOptional("client_order_id"u8, order.Request.ClientOrderId);
        json.WriteString("status"u8, Words.OrderStatus.Upper(order.Status));
    }

    public static void Trade(Utf8JsonWriter json, TektiiTrade trade)
    {
        json.WriteString("id"u8, trade.Id);
        json.WriteString("order_id"u8, trade.OrderId);
        json.WriteString("symbol"u8, trade.Symbol);
        json.WriteString("side"u8, Words.Side.Upper(trade.Side));
        json.WriteDecimal("quantity"u8, trade.Quantity);
        json.WriteDecimal("price"u8, trade.Price);
        json.WriteDecimal("commission"u8, trade.Commission);
        json.WriteString("commission_currency"u8, "USD"u8);
        json.WriteBoolean("is_maker"u8, trade.IsMaker);
        json.WriteTime("timestamp"u8, trade.Timestamp);
    }

    public static void Position(Utf8JsonWriter json, TektiiPosition position)
    {
        json.WriteString("id"u8, position.Id);
        json.WriteString("symbol"u8, position.Symbol);
        json.WriteString("side"u8, Words.PositionSide.Upper(position.Side));
        json.WriteDecimal("quantity"u8, position.Quantity);
        json.WriteDecimal("average_entry_price"u8, position.AverageEntryPrice);
        json.WriteDecimal("current_price"u8, position.CurrentPrice);
        json.WriteDecimal("unrealized_pnl"u8, position.UnrealizedPnl);
        json.WriteDecimal("realized_pnl"u8, position.RealizedPnl);
        json.WriteOptional("margin_mode"u8, position.MarginMode);
        json.WriteOptional("leverage"u8, position.Leverage);
        json.WriteTime("opened_at"u8, position.OpenedAt);
        json.WriteTime("updated_at"u8, position.UpdatedAt);
    }

    public static void Account(Utf8JsonWriter json, TektiiAccount account)
    {
        json.WriteDecimal("balance"u8, account.Balance);
        json.WriteDecimal("equity"u8, account.Equity);
        json.WriteDecimal("margin_used"u8, account.MarginUsed);
        json.WriteDecimal("margin_available"u8, account.MarginAvailable);
        json.WriteDecimal("unrealized_pnl"u8, account.UnrealizedPnl);
        json.WriteString("currency"u8, "USD"u8);
    }

    public static void Quote(Utf8JsonWriter json, Market market, string provider)
    {
        json.WriteString("symbol"u8, market.Symbol);
        json.WriteString("provider"u8, provider);
        json.WriteDecimal("bid"u8, market.Bid);
        json.WriteDecimal("ask"u8, market.Ask);
        json.WriteDecimal("last"u8, market.Last);
        json.WriteTime("timestamp"u8, market.QuotedAt);
    }

    public static void Bar(Utf8JsonWriter json, string symbol, string provider, string timeframe, in TektiiCandle candle)
    {
        json.WriteString("symbol"u8, symbol);
        json.WriteString("provider"u8, provider);
        json.WriteString("timeframe"u8, timeframe);
        json.WriteTime("timestamp"u8, candle.Time);
        json.WriteDecimal("open"u8, candle.Open);
        json.WriteDecimal("high"u8, candle.High);
        json.WriteDecimal("low"u8, candle.Low);
        json.WriteDecimal("close"u8, candle.Close);
        json.WriteDecimal("volume"u8, candle.Volume);
    }

    public static void Error(Utf8JsonWriter json, ApiError error)
    {
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        if (error.Details.Count == 0 && error.RetryAfterSeconds is null)
        {
            return;
        }

        json.WriteStartObject("details"u8);
        foreach ((string name, string value) in error.Details)
        {
            json.WriteString(name, value);
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            json.WriteNumber("retry_after_seconds"u8, seconds);
        }

        json.WriteEndObject();
    }
}
