using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>The backtest engine's own dialect.</summary>
internal sealed class EngineProtocol : TektiiProtocol
{
    private static readonly HashSet<OrderType> Types = [OrderType.Market, OrderType.Limit, OrderType.StopMarket, OrderType.StopLimit];

    public override string Root => "/api/v1/";

    public override bool HasHistory => false;

    public override bool IsRich => false;

    public override TektiiCapabilities DefaultCapabilities { get; } = new() { OrderTypes = Types, IsHedging = true, Features = new HashSet<string> { "reduce_only" } };

    public override byte[] WriteOrder(OrderRequest order) => Write(writer =>
    {
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("side", order.Side == OrderSide.Buy ? "buy" : "sell");
        writer.WriteString("order_type", NameOf(order.OrderType)!.ToLowerInvariant());
        writer.WriteString("quantity", Text(order.Quantity));
        if (order.LimitPrice is { } limit)
        {
            writer.WriteString("limit_price", Text(limit));
        }

        if (order.StopPrice is { } stop)
        {
            writer.WriteString("stop_price", Text(stop));
        }

        writer.WriteString("client_order_id", order.ClientOrderId);
        if (order.PositionId is { } position)
        {
            writer.WriteString("position_id", position);
        }

        writer.WriteBoolean("reduce_only", order.ReduceOnly);
        writer.WriteString("time_in_force", order.TimeInForce == TimeInForce.IOC ? "ioc" : "gtc");
    });

    public override TektiiOrder ReadOrder(Row row)
    {
        var type = ReadType(row.Text("order_type"));
        var filled = row.OptionalDecimal("filled_quantity") ?? 0;
        var status = ReadStatus(row.Text("status"));
        var created = row.OptionalTime("created_at") ?? default;

        // One price for both: the limit of a limit order, the stop of one that waits for it.
        var price = row.OptionalDecimal("price") is > 0 and var told ? told : (decimal?)null;
        return new TektiiOrder
        {
            Id = new VenueOrderId(row.Text("id")),
            Symbol = row.Text("symbol"),
            Side = ReadSide(row.Text("side")),
            OrderType = type,
            Quantity = row.Decimal("quantity"),
            FilledQuantity = filled,
            Status = status == TektiiOrderStatus.Open && filled > 0 ? TektiiOrderStatus.PartiallyFilled : status,
            TimeInForce = row.OptionalText("time_in_force") is { } time ? ReadTimeInForce(time) : TimeInForce.GTC,
            CreatedAt = created,
            UpdatedAt = row.OptionalTime("cancelled_at") ?? row.OptionalTime("rejected_at") ?? row.OptionalTime("executed_at") ?? created,
            ClientOrderId = row.OptionalText("client_order_id"),
            LimitPrice = row.OptionalDecimal("limit_price") ?? (type == OrderType.Limit ? price : null),
            StopPrice = row.OptionalDecimal("stop_price") ?? (type is OrderType.StopMarket or OrderType.StopLimit ? price : null),
            AverageFillPrice = row.OptionalDecimal("average_fill_price"),
            RejectReason = row.OptionalText("reject_reason"),
            PositionId = row.OptionalText("position_id"),
            ReduceOnly = row.Flag("reduce_only"),
        };
    }

    public override TektiiTrade ReadTrade(Row row) => new()
    {
        Id = row.Text("id"),
        OrderId = new VenueOrderId(row.Text("order_id")),
        Symbol = row.Text("symbol"),
        Side = ReadSide(row.Text("side")),
        Quantity = row.Decimal("quantity"),
        Price = row.Decimal("price"),
        Commission = row.OptionalDecimal("commission") ?? 0,
        CommissionCurrency = row.OptionalText("commission_currency") ?? "USD",
        Timestamp = row.Time("timestamp"),
        PositionId = row.OptionalText("position_id"),
        IsLiquidation = row.Flag("liquidation"),
    };

    public override TektiiPosition ReadPosition(Row row) => new()
    {
        Id = row.Text("id"),
        Symbol = row.Text("symbol"),
        IsLong = row.Text("side") switch
        {
            "long" => true,
            "short" => false,
            var side => throw new FormatException($"position side '{Bounded(side)}' is not known"),
        },
        Quantity = row.Decimal("quantity"),
        AverageEntryPrice = row.Decimal("avg_entry_price"),
        CurrentPrice = row.OptionalDecimal("current_price") ?? 0,
        UnrealizedPnl = row.OptionalDecimal("unrealized_pnl") ?? 0,
    };

    public override TektiiAccount ReadAccount(Row row) => new()
    {
        Balance = row.Decimal("balance"),
        Equity = row.Decimal("equity"),
        MarginUsed = row.Decimal("margin_used"),
        MarginAvailable = row.Decimal("margin_available"),
        UnrealizedPnl = row.OptionalDecimal("unrealized_pnl") ?? 0,
        Currency = "USD",
    };

    public override JsonElement Rows(JsonElement answer, string name) => new Row(answer).Array(name);

    public override VenueRefusal ReadRefusal(int status, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !new Row(body).Has("error"))
        {
            return new VenueRefusal("UNKNOWN", string.Create(CultureInfo.InvariantCulture, $"HTTP {status} without a body that can be read"), null);
        }

        var error = new Row(body).Object("error");
        var message = Bounded(error.OptionalText("message") ?? "no reason given");
        return new VenueRefusal(error.OptionalText("code") ?? (status == 422 ? "ORDER_REJECTED" : "ENGINE_ERROR"), message, error.OptionalText("code"));
    }

    protected override TektiiEvent? ReadEvent(string type, Row row) => type switch
    {
        "candle" => ReadCandle(row),
        "order" => ReadOrderEvent(row),
        "trade" => ReadTrade(row.Object("trade")) is var trade ? new TektiiTradeEvent(trade) { Timestamp = trade.Timestamp } : null,
        "position" => new TektiiPositionEvent("POSITION_CHANGED", ReadPosition(row.Object("position"))) { Timestamp = TimeOf(row) },
        "account" => new TektiiAccountEvent(row.Text("event").ToUpperInvariant(), ReadAccount(row.Object("account"))) { Timestamp = TimeOf(row) },
        "connection" => new TektiiConnectionEvent(row.Text("event").ToUpperInvariant(), null, row.OptionalText("error"), null) { Timestamp = TimeOf(row) },
        "error" => new TektiiErrorEvent(row.OptionalText("code") ?? "UNKNOWN", row.OptionalText("message") ?? "", null) { Timestamp = TimeOf(row) },
        "backtest_complete" => new TektiiBacktestCompleteEvent(null) { Timestamp = TimeOf(row) },
        _ => new TektiiUnknownEvent(Bounded(type), row.Json) { Timestamp = TimeOf(row) },
    };

    protected override void WriteAckTail(Utf8JsonWriter writer, long unixMilliseconds)
    {
        // The engine asks for no time.
    }

    private static UnixNanos TimeOf(Row row) => row.OptionalTime("timestamp") ?? default;

    private static TektiiCandleEvent ReadCandle(Row row)
    {
        var time = row.Time("timestamp");
        return new TektiiCandleEvent(new TektiiCandle
        {
            Symbol = row.Text("symbol"),
            Timeframe = row.Text("timeframe"),
            Timestamp = time,
            Open = row.Decimal("open"),
            High = row.Decimal("high"),
            Low = row.Decimal("low"),
            Close = row.Decimal("close"),
            Volume = row.Decimal("volume"),
        })
        { Timestamp = time };
    }

    private TektiiOrderEvent ReadOrderEvent(Row row)
    {
        var order = ReadOrder(row.Object("order"));
        var change = row.Text("event") switch
        {
            "created" => "ORDER_CREATED",
            "partial_fill" => "ORDER_PARTIALLY_FILLED",
            "filled" => "ORDER_FILLED",
            "cancelled" => "ORDER_CANCELLED",
            "rejected" => "ORDER_REJECTED",
            var other => Bounded(other.ToUpperInvariant()),
        };
        return new TektiiOrderEvent(change, order) { Timestamp = order.UpdatedAt };
    }
}
