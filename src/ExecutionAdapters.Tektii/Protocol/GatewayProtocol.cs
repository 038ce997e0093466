using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>The gateway's dialect.</summary>
internal sealed class GatewayProtocol : TektiiProtocol
{
    public override string Root => "/v1/";

    public override bool HasHistory => true;

    public override bool IsRich => true;

    public override TektiiCapabilities DefaultCapabilities { get; } = new();

    public override byte[] WriteOrder(OrderRequest order) => Write(writer =>
    {
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("side", order.Side == OrderSide.Buy ? "BUY" : "SELL");
        writer.WriteString("quantity", Text(order.Quantity));
        writer.WriteString("order_type", NameOf(order.OrderType));
        WriteDecimal(writer, "limit_price", order.LimitPrice);
        WriteDecimal(writer, "stop_price", order.StopPrice);
        if (order.TrailingDistance is { } distance)
        {
            writer.WriteString("trailing_distance", Text(distance));
            writer.WriteString("trailing_type", order.IsTrailingPercent ? "PERCENT" : "ABSOLUTE");
        }

        WriteDecimal(writer, "stop_loss", order.StopLoss);
        WriteDecimal(writer, "take_profit", order.TakeProfit);
        WriteText(writer, "position_id", order.PositionId);
        WriteFlag(writer, "reduce_only", order.ReduceOnly);
        WriteFlag(writer, "post_only", order.PostOnly);
        WriteFlag(writer, "hidden", order.Hidden);
        WriteDecimal(writer, "display_quantity", order.DisplayQuantity);
        WriteText(writer, "margin_mode", order.MarginMode);
        WriteDecimal(writer, "leverage", order.Leverage);
        writer.WriteString("client_order_id", order.ClientOrderId);
        WriteText(writer, "oco_group_id", order.OcoGroupId);
        writer.WriteString("time_in_force", order.TimeInForce.ToWireString());
    });

    public static byte[] WriteChange(OrderChange change) => Write(writer =>
    {
        WriteDecimal(writer, "limit_price", change.LimitPrice);
        WriteDecimal(writer, "stop_price", change.StopPrice);
        WriteDecimal(writer, "quantity", change.Quantity);
        WriteDecimal(writer, "stop_loss", change.StopLoss);
        WriteDecimal(writer, "take_profit", change.TakeProfit);
    });

    public static byte[] WriteExits(decimal? stopLoss, decimal? takeProfit) => Write(writer =>
    {
        WriteDecimal(writer, "stop_loss", stopLoss);
        WriteDecimal(writer, "take_profit", takeProfit);
    });

    public static byte[] WriteClose(decimal? quantity, decimal? limitPrice) => Write(writer =>
    {
        WriteDecimal(writer, "quantity", quantity);
        writer.WriteString("order_type", limitPrice is null ? "MARKET" : "LIMIT");
        WriteDecimal(writer, "limit_price", limitPrice);
    });

    public override TektiiOrder ReadOrder(Row row) => new()
    {
        Id = new VenueOrderId(row.Text("id")),
        Symbol = row.Text("symbol"),
        Side = ReadSide(row.Text("side")),
        OrderType = ReadType(row.Text("order_type")),
        Quantity = row.Decimal("quantity"),
        FilledQuantity = row.Decimal("filled_quantity"),
        Status = ReadStatus(row.Text("status")),
        TimeInForce = ReadTimeInForce(row.Text("time_in_force")),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
        ClientOrderId = row.OptionalText("client_order_id"),
        LimitPrice = row.OptionalDecimal("limit_price"),
        StopPrice = row.OptionalDecimal("stop_price"),
        StopLoss = row.OptionalDecimal("stop_loss"),
        TakeProfit = row.OptionalDecimal("take_profit"),
        TrailingDistance = row.OptionalDecimal("trailing_distance"),
        IsTrailingPercent = row.OptionalText("trailing_type") == "PERCENT",
        AverageFillPrice = row.OptionalDecimal("average_fill_price"),
        RejectReason = row.OptionalText("reject_reason"),
        PositionId = row.OptionalText("position_id"),
        ParentOrderId = row.OptionalText("parent_order_id"),
        OcoGroupId = row.OptionalText("oco_group_id"),
        ReduceOnly = row.Flag("reduce_only"),
        PostOnly = row.Flag("post_only"),
        Hidden = row.Flag("hidden"),
        DisplayQuantity = row.OptionalDecimal("display_quantity"),
    };

    public override TektiiTrade ReadTrade(Row row) => new()
    {
        Id = row.Text("id"),
        OrderId = new VenueOrderId(row.Text("order_id")),
        Symbol = row.Text("symbol"),
        Side = ReadSide(row.Text("side")),
        Quantity = row.Decimal("quantity"),
        Price = row.Decimal("price"),
        Commission = row.Decimal("commission"),
        CommissionCurrency = row.Text("commission_currency"),
        Timestamp = row.Time("timestamp"),
        IsMaker = row.OptionalFlag("is_maker"),
        PositionId = row.OptionalText("position_id"),
    };

    public override TektiiPosition ReadPosition(Row row) => new()
    {
        Id = row.Text("id"),
        Symbol = row.Text("symbol"),
        IsLong = row.Text("side") switch
        {
            "LONG" => true,
            "SHORT" => false,
            var side => throw new FormatException($"position side '{Bounded(side)}' is not known"),
        },
        Quantity = row.Decimal("quantity"),
        AverageEntryPrice = row.Decimal("average_entry_price"),
        CurrentPrice = row.OptionalDecimal("current_price") ?? 0,
        UnrealizedPnl = row.OptionalDecimal("unrealized_pnl") ?? 0,
        RealizedPnl = row.OptionalDecimal("realized_pnl") ?? 0,
        UpdatedAt = row.OptionalTime("updated_at"),
    };

    public override TektiiAccount ReadAccount(Row row) => new()
    {
        Balance = row.Decimal("balance"),
        Equity = row.Decimal("equity"),
        MarginUsed = row.Decimal("margin_used"),
        MarginAvailable = row.Decimal("margin_available"),
        UnrealizedPnl = row.Decimal("unrealized_pnl"),
        Currency = row.Text("currency"),
    };

    public static TektiiCapabilities ReadCapabilities(Row row) => new()
    {
        OrderTypes = row.Has("supported_order_types") ? Names(row.Array("supported_order_types")).Select(TypeOrNull).OfType<OrderType>().ToHashSet() : [],
        IsHedging = row.OptionalText("position_mode") == "HEDGING",
        MaxLeverage = row.OptionalDecimal("max_leverage"),
        Features = row.Has("features") ? Names(row.Array("features")).Select(name => name.ToLowerInvariant()).ToHashSet() : [],
    };

    public override JsonElement Rows(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Array ? answer : throw new FormatException($"a list of {name} was expected, found {answer.ValueKind}");

    public override VenueRefusal ReadRefusal(int status, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new VenueRefusal("UNKNOWN", string.Create(CultureInfo.InvariantCulture, $"HTTP {status} without a body that can be read"), null);
        }

        var row = new Row(body);
        var rejectCode = body.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object ? new Row(details).TextOrNumber("reject_code") : null;
        return new VenueRefusal(row.TextOrNumber("code") ?? "UNKNOWN", Bounded(row.TextOrNumber("message") ?? "no reason given"), rejectCode);
    }

    protected override TektiiEvent? ReadEvent(string type, Row row)
    {
        var time = row.OptionalTime("timestamp") ?? default;
        return type switch
        {
            "candle" => new TektiiCandleEvent(ReadCandle(row.Object("bar"))) { Timestamp = time },
            "quote" => new TektiiQuoteEvent(ReadQuote(row.Object("quote"))) { Timestamp = time },
            "order" => new TektiiOrderEvent(row.Text("event"), WithParent(ReadOrder(row.Object("order")), row.OptionalText("parent_order_id"))) { Timestamp = time },
            "position" => new TektiiPositionEvent(row.Text("event"), ReadPosition(row.Object("position"))) { Timestamp = time },
            "account" => new TektiiAccountEvent(row.Text("event"), ReadAccount(row.Object("account"))) { Timestamp = time },
            "trade" => new TektiiTradeEvent(ReadTrade(row.Object("trade"))) { Timestamp = time },
            "connection" => new TektiiConnectionEvent(
                row.Text("event"), row.OptionalText("broker"), row.OptionalText("error"), row.OptionalDecimal("gap_duration_ms") is { } gap ? TimeSpan.FromMilliseconds((double)gap) : null)
            { Timestamp = time },
            "rate_limit" => new TektiiRateLimitEvent(row.Text("event") == "RATE_LIMIT_HIT", row.OptionalInteger("requests_remaining") ?? 0, row.OptionalTime("reset_at")) { Timestamp = time },
            "error" => new TektiiErrorEvent(row.Text("code"), row.OptionalText("message") ?? "", row.Raw("details")) { Timestamp = time },
            "data_staleness" => new TektiiDataStalenessEvent(
                row.Text("event") == "STALE", Names(row.Array("symbols")), row.OptionalTime("stale_since"), row.OptionalText("broker"))
            { Timestamp = time },
            "financing" => new TektiiFinancingEvent(row.Text("symbol"), row.Decimal("amount")) { Timestamp = time },
            "backtest_complete" => new TektiiBacktestCompleteEvent(row.OptionalText("broker")) { Timestamp = time },
            _ => new TektiiUnknownEvent(Bounded(type), row.Json) { Timestamp = time },
        };
    }

    protected override void WriteAckTail(Utf8JsonWriter writer, long unixMilliseconds) => writer.WriteNumber("timestamp", unixMilliseconds);

    private static TektiiOrder WithParent(TektiiOrder order, string? parent) => parent is null ? order : order with { ParentOrderId = parent };

    private static TektiiCandle ReadCandle(Row row) => new()
    {
        Symbol = row.Text("symbol"),
        Timeframe = row.Text("timeframe"),
        Timestamp = row.Time("timestamp"),
        Open = row.Decimal("open"),
        High = row.Decimal("high"),
        Low = row.Decimal("low"),
        Close = row.Decimal("close"),
        Volume = row.Decimal("volume"),
    };

    private static TektiiQuote ReadQuote(Row row) => new()
    {
        Symbol = row.Text("symbol"),
        Bid = row.Decimal("bid"),
        Ask = row.Decimal("ask"),
        BidSize = row.OptionalDecimal("bid_size"),
        AskSize = row.OptionalDecimal("ask_size"),
        Last = row.OptionalDecimal("last"),
        Timestamp = row.Time("timestamp"),
    };

    private static List<string> Names(JsonElement array) => [.. array.EnumerateArray().Select(Row.TextOf).OfType<string>()];

    /// <summary>A type that this client does not know cannot be asked for either.</summary>
    private static OrderType? TypeOrNull(string name)
    {
        try
        {
            return ReadType(name);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void WriteDecimal(Utf8JsonWriter writer, string name, decimal? value)
    {
        if (value is { } number)
        {
            writer.WriteString(name, Text(number));
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, true);
        }
    }
}
