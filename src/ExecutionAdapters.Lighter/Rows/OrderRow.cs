using System.Text.Json;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>One order as the venue writes it, on the stream and by REST alike (venue's OpenAPI document, schema Order).</summary>
internal sealed record OrderRow
{
    public required long OrderIndex { get; init; }

    public required long ClientOrderIndex { get; init; }

    public required short MarketIndex { get; init; }

    public required decimal InitialBaseAmount { get; init; }

    public required decimal FilledBaseAmount { get; init; }

    public required decimal FilledQuoteAmount { get; init; }

    public required decimal Price { get; init; }

    public required decimal? TriggerPrice { get; init; }

    public required bool IsAsk { get; init; }

    public required bool ReduceOnly { get; init; }

    public required string Type { get; init; }

    public required string TimeInForce { get; init; }

    public required string Status { get; init; }

    public required string TriggerStatus { get; init; }

    public required long OrderExpiryMs { get; init; }

    public required long CreatedAtMs { get; init; }

    public required long UpdatedAtMs { get; init; }

    /// <summary>The order is over; see <see cref="OrderStatusNames"/>.</summary>
    public bool IsClosed => Status == OrderStatusNames.Filled || Status.StartsWith(OrderStatusNames.Canceled, StringComparison.Ordinal);

    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static OrderRow Read(JsonElement row)
    {
        // order_id is the text form of order_index: the text survives JSON readers that round large numbers.
        var index = JsonRow.OptionalInteger(row, "order_id") ?? JsonRow.Integer(row, "order_index");
        var trigger = JsonRow.OptionalDecimal(row, "trigger_price");
        var updated = JsonRow.Milliseconds(row, "updated_at");
        var timestamp = updated != 0 ? updated : JsonRow.Milliseconds(row, "timestamp");
        var created = JsonRow.Milliseconds(row, "created_at");
        return new OrderRow
        {
            OrderIndex = index,
            ClientOrderIndex = JsonRow.OptionalInteger(row, "client_order_index") ?? JsonRow.OptionalInteger(row, "client_order_id") ?? 0,
            MarketIndex = JsonRow.Market(row, "market_index"),
            InitialBaseAmount = JsonRow.NonNegative(row, "initial_base_amount"),
            FilledBaseAmount = JsonRow.OptionalDecimal(row, "filled_base_amount") ?? 0,
            FilledQuoteAmount = JsonRow.OptionalDecimal(row, "filled_quote_amount") ?? 0,
            Price = JsonRow.OptionalDecimal(row, "price") ?? 0,
            TriggerPrice = trigger is 0 ? null : trigger,
            IsAsk = ReadIsAsk(row),
            ReduceOnly = JsonRow.Flag(row, "reduce_only"),
            Type = JsonRow.Text(row, "type"),
            TimeInForce = JsonRow.Text(row, "time_in_force"),
            Status = JsonRow.Text(row, "status"),
            TriggerStatus = JsonRow.Text(row, "trigger_status"),
            OrderExpiryMs = JsonRow.OptionalInteger(row, "order_expiry") ?? 0,
            CreatedAtMs = created != 0 ? created : timestamp,
            UpdatedAtMs = timestamp,
        };
    }

    private static bool ReadIsAsk(JsonElement row)
    {
        if (JsonRow.TryGet(row, "is_ask", out _))
        {
            return JsonRow.Flag(row, "is_ask");
        }

        // "side" may be "": only a row without is_ask depends on it.
        return JsonRow.Text(row, "side") switch
        {
            "buy" => false,
            "sell" => true,
            _ => throw new RowFormatException("neither 'is_ask' nor 'side' tells the side"),
        };
    }
}

/// <summary>Order statuses of the venue (venue's OpenAPI document). Unknown ones that begin with "canceled" count as cancelled.</summary>
internal static class OrderStatusNames
{
    public const string InProgress = "in-progress";
    public const string Pending = "pending";
    public const string Open = "open";
    public const string Filled = "filled";
    public const string Canceled = "canceled";
    public const string CanceledPostOnly = "canceled-post-only";
    public const string CanceledExpired = "canceled-expired";
}

/// <summary>Trigger statuses of the venue (venue's OpenAPI document).</summary>
internal static class TriggerStatusNames
{
    public const string Ready = "ready";
}
