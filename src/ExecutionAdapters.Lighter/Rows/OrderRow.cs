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

    /// <summary>
    /// The venue told both times, to the millisecond, and they are one: nothing has happened to the order since it came. A row that leaves
    /// one of them out, or tells seconds, proves no such thing.
    /// </summary>
    public required bool IsUnchangedSinceCreation { get; init; }

    /// <summary>The order is over; see <see cref="OrderStatusNames"/>.</summary>
    public bool IsClosed => Status == OrderStatusNames.Filled || Status.StartsWith(OrderStatusNames.Canceled, StringComparison.Ordinal);

    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static OrderRow Read(in JsonRow row)
    {
        // order_id is the text form of order_index: the text survives JSON readers that round large numbers.
        var index = row.OptionalInteger("order_id"u8) ?? row.Integer("order_index"u8);
        var trigger = row.OptionalDecimal("trigger_price"u8);
        var updated = row.Milliseconds("updated_at"u8);
        var timestamp = updated != 0 ? updated : row.Milliseconds("timestamp"u8);
        var created = row.Milliseconds("created_at"u8);
        return new OrderRow
        {
            OrderIndex = index,
            ClientOrderIndex = row.OptionalInteger("client_order_index"u8) ?? row.OptionalInteger("client_order_id"u8) ?? 0,
            MarketIndex = row.Market("market_index"u8),
            InitialBaseAmount = row.NonNegative("initial_base_amount"u8),
            FilledBaseAmount = row.OptionalDecimal("filled_base_amount"u8) ?? 0,
            FilledQuoteAmount = row.OptionalDecimal("filled_quote_amount"u8) ?? 0,
            Price = row.OptionalDecimal("price"u8) ?? 0,
            TriggerPrice = trigger is 0 ? null : trigger,
            IsAsk = ReadIsAsk(row),
            ReduceOnly = row.Flag("reduce_only"u8),
            Type = row.Text("type"u8),
            TimeInForce = row.Text("time_in_force"u8),
            Status = row.Text("status"u8),
            TriggerStatus = row.Text("trigger_status"u8),
            OrderExpiryMs = row.OptionalInteger("order_expiry"u8) ?? 0,
            CreatedAtMs = created != 0 ? created : timestamp,
            UpdatedAtMs = timestamp,
            IsUnchangedSinceCreation = created != 0 && created == updated && row.OptionalInteger("created_at"u8) == created,
        };
    }

    private static bool ReadIsAsk(in JsonRow row)
    {
        var isAsk = row.Find("is_ask"u8);
        if (isAsk.Exists)
        {
            return isAsk.AsFlag();
        }

        // "side" may be "": only a row without is_ask depends on it.
        return row.Text("side"u8) switch
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
    public const string CanceledReduceOnly = "canceled-reduce-only";
    public const string CanceledExpired = "canceled-expired";
}

/// <summary>Trigger statuses of the venue (venue's OpenAPI document).</summary>
internal static class TriggerStatusNames
{
    public const string Ready = "ready";
}
