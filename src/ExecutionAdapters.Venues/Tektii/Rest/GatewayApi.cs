using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Rows;
using ExecutionAdapters.Venues.Tektii.Trading;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>/v1: the gateway's dialect. Lists are oldest first, and a limit keeps the oldest, so that since pages through them.</summary>
internal sealed class GatewayApi(VenueCore core)
{
    private readonly CircuitBreakers _breakers = new();

    /// <exception cref="RefusedException">The request is refused.</exception>
    public RestReply Handle(RestRequest request) => (request.Method, request.Path) switch
    {
        ("GET", ["account"]) => RestReply.Object(json => GatewayRows.Account(json, core.Ledger.Account())),
        ("POST", ["orders"]) => Handle(core.Desk.Place(ReadOrder(request.ReadBody())), status: 201),
        ("GET", ["orders"]) => Orders(request, isWorking: true),
        ("GET", ["orders", "history"]) => Orders(request, isWorking: false),
        ("DELETE", ["orders"]) => CancelAll(request),
        ("GET", ["orders", var id]) => RestReply.Object(json => GatewayRows.Order(json, Order(id))),
        ("PATCH", ["orders", var id]) => Modify(id, request.ReadBody()),
        ("DELETE", ["orders", var id]) => Cancel(id),
        ("GET", ["positions"]) => RestReply.Array(Positions(request).Select(holding => holding.Snapshot()), GatewayRows.Position),
        ("DELETE", ["positions"]) => CloseAll(request),
        ("GET", ["positions", var id]) => RestReply.Object(json => GatewayRows.Position(json, Position(id).Snapshot())),
        ("PATCH", ["positions", var id]) => MoveExits(id, request.ReadBody()),
        ("DELETE", ["positions", var id]) => ClosePosition(id, request),
        ("GET", ["trades"]) => Trades(request),
        ("GET", ["quotes", var symbol]) => RestReply.Object(json => GatewayRows.Quote(json, Quoted(symbol), core.Options.ProviderName)),
        ("GET", ["bars", var symbol]) => Bars(symbol, request),
        ("GET", ["capabilities"]) => RestReply.Object(json => CapabilitiesRow.Write(json, core.Options)),
        ("GET", ["status"]) => RestReply.Object(WriteStatus),
        ("GET", ["circuit-breakers"]) => RestReply.Object(CircuitBreakers.Write),
        ("POST", ["circuit-breakers", "reset"]) => ResetBreakers(),
        _ => throw new RefusedException(ApiErrors.NotFound),
    };

    private static TektiiOrderRequest ReadOrder(RestBody body) => new()
    {
        Symbol = body.RequiredText("symbol"),
        Side = body.RequiredWord("side", Words.Side.FromUpper),
        Type = body.RequiredWord("order_type", Words.OrderType.FromUpper),
        Quantity = body.RequiredDecimal("quantity"),
        LimitPrice = body.Decimal("limit_price"),
        StopPrice = body.Decimal("stop_price"),
        TrailingDistance = body.Decimal("trailing_distance"),
        TrailingType = body.Word("trailing_type", Words.TrailingType.FromUpper),
        StopLoss = body.Decimal("stop_loss"),
        TakeProfit = body.Decimal("take_profit"),
        PositionId = body.Text("position_id"),
        ReduceOnly = body.Flag("reduce_only"),
        PostOnly = body.Flag("post_only"),
        Hidden = body.Flag("hidden"),
        DisplayQuantity = body.Decimal("display_quantity"),
        MarginMode = body.Text("margin_mode"),
        Leverage = body.Decimal("leverage"),
        ClientOrderId = body.Text("client_order_id"),
        OcoGroupId = body.Text("oco_group_id"),
        TimeInForce = body.Word("time_in_force", Words.TimeInForce.FromUpper) ?? TektiiTimeInForce.Gtc,
    };

    private static RestReply Handle(TektiiOrder order, int status) => RestReply.Object(json => GatewayRows.Handle(json, order), status);

    private RestReply Orders(RestRequest request, bool isWorking)
    {
        string? symbol = request.Text("symbol");
        string? clientId = request.Text("client_order_id");
        string? group = request.Text("oco_group_id");
        IReadOnlyList<TektiiOrderStatus>? statuses = request.Words("status", Words.OrderStatus);
        IReadOnlyList<TektiiSide>? sides = request.Words("side", Words.Side);
        DateTimeOffset since = request.Time("since") ?? DateTimeOffset.MinValue;
        DateTimeOffset until = request.Time("until") ?? DateTimeOffset.MaxValue;
        IEnumerable<TektiiOrder> orders = core.Desk.Orders.Where(order =>
            order.IsWorking == isWorking
            && (symbol ?? order.Request.Symbol) == order.Request.Symbol
            && (clientId is null || clientId == order.Request.ClientOrderId)
            && (group is null || group == order.Request.OcoGroupId)
            && (statuses is null || statuses.Contains(order.Status))
            && (sides is null || sides.Contains(order.Request.Side))
            && order.CreatedAt >= since && order.CreatedAt < until);
        return RestReply.Array(orders.Take(request.Limit()), GatewayRows.Order);
    }

    private RestReply Modify(string id, RestBody body)
    {
        (TektiiOrder order, string? previousId) = core.Desk.Modify(id, new Modification
        {
            LimitPrice = body.Decimal("limit_price"),
            StopPrice = body.Decimal("stop_price"),
            Quantity = body.Decimal("quantity"),
            StopLoss = body.Decimal("stop_loss"),
            TakeProfit = body.Decimal("take_profit"),
            TrailingDistance = body.Decimal("trailing_distance"),
        });
        return RestReply.Object(json =>
        {
            WriteOrder(json, order);
            json.WriteOptional("previous_order_id"u8, previousId);
        });
    }

    private RestReply Cancel(string id)
    {
        bool isCancelled = core.Desk.Cancel(id);
        return RestReply.Object(json =>
        {
            json.WriteBoolean("success"u8, isCancelled);
            WriteOrder(json, Order(id));
        });
    }

    private RestReply CancelAll(RestRequest request)
    {
        int cancelled = core.Desk.CancelAll(request.Text("symbol"));
        return RestReply.Object(json =>
        {
            json.WriteNumber("cancelled_count"u8, cancelled);
            json.WriteNumber("failed_count"u8, 0);
        });
    }

    private RestReply MoveExits(string positionId, RestBody body)
    {
        decimal? stopLoss = body.Decimal("stop_loss");
        decimal? takeProfit = body.Decimal("take_profit");
        if (stopLoss is null && takeProfit is null)
        {
            throw new RefusedException(ApiErrors.Validation("stop_loss or take_profit must be given"));
        }

        try
        {
            (IReadOnlyList<string> stops, IReadOnlyList<string> profits) = core.Desk.MoveExits(positionId, stopLoss, takeProfit);
            return RestReply.Object(json =>
            {
                json.WriteString("position_id"u8, positionId);
                WriteExit(json, "stop_loss", stops, stopLoss);
                WriteExit(json, "take_profit", profits, takeProfit);
            });
        }
        catch (RefusedException refused) when (refused.Error == ApiErrors.ExitLost)
        {
            core.Publisher.Error(
                "POSITION_UNPROTECTED", $"Position {positionId} has lost an exit.", new Dictionary<string, string> { ["position_id"] = positionId });
            throw;
        }
    }

    private RestReply ClosePosition(string id, RestRequest request)
    {
        RestBody? body = request.HasBody ? request.ReadBody() : null;
        TektiiOrderType type = body?.Word("order_type", Words.OrderType.FromUpper) ?? TektiiOrderType.Market;
        return Handle(core.Desk.Close(id, body?.Decimal("quantity"), type, body?.Decimal("limit_price")), status: 200);
    }

    private RestReply CloseAll(RestRequest request)
    {
        TektiiOrder[] orders = [.. Positions(request).ToArray().Select(holding => core.Desk.Close(holding.Id, null, TektiiOrderType.Market, null))];
        return RestReply.Array(orders, GatewayRows.Handle);
    }

    private RestReply Trades(RestRequest request)
    {
        string? symbol = request.Text("symbol");
        string? orderId = request.Text("order_id");
        DateTimeOffset since = request.Time("since") ?? DateTimeOffset.MinValue;
        DateTimeOffset until = request.Time("until") ?? DateTimeOffset.MaxValue;
        IEnumerable<TektiiTrade> trades = core.Ledger.Trades.Where(trade =>
            (symbol ?? trade.Symbol) == trade.Symbol && (orderId ?? trade.OrderId) == trade.OrderId
            && trade.Timestamp >= since && trade.Timestamp < until);
        return RestReply.Array(trades.Take(request.Limit()), GatewayRows.Trade);
    }

    private RestReply Bars(string symbol, RestRequest request)
    {
        Market market = Market(symbol);
        string name = request.Required("timeframe");
        Timeframe timeframe = Timeframe.Named(name) is { } known && known.Ms >= market.Timeframe.Ms
            ? known
            : throw new RefusedException(ApiErrors.InvalidValue("timeframe", name, $"timeframe must be one of {Timeframe.Names}, and no shorter than the data"));
        long start = request.Time("start")?.ToUnixTimeMilliseconds() ?? 0;
        long end = request.Time("end")?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        IEnumerable<TektiiCandle> bars = timeframe.Aggregate(market.Candles).Where(bar => bar.TimeMs >= start && bar.TimeMs < end);
        return RestReply.Array(
            bars.Take(request.Limit()), (json, bar) => GatewayRows.Bar(json, symbol, core.Options.ProviderName, timeframe.Name, bar));
    }

    private RestReply ResetBreakers() => _breakers.TryReset(core.Now)
        ? RestReply.Object(CircuitBreakers.Write)
        : throw new RefusedException(ApiErrors.Cooldown);

    private void WriteStatus(Utf8JsonWriter json)
    {
        json.WriteBoolean("connected"u8, core.Broker.IsConnected);
        json.WriteNumber("latency_ms"u8, 0);
        json.WriteTime("last_heartbeat"u8, core.Now);
    }

    private static void WriteOrder(Utf8JsonWriter json, TektiiOrder order)
    {
        json.WriteStartObject("order"u8);
        GatewayRows.Order(json, order);
        json.WriteEndObject();
    }

    private static void WriteExit(Utf8JsonWriter json, string name, IReadOnlyList<string> orderIds, decimal? price)
    {
        if (price is not { } trigger)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteStartArray("order_ids"u8);
        foreach (string id in orderIds)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteDecimal("trigger_price"u8, trigger);
        json.WriteEndObject();
    }

    private IEnumerable<Holding> Positions(RestRequest request)
    {
        string? symbol = request.Text("symbol");
        return core.Ledger.Holdings.Where(holding => (symbol ?? holding.Symbol) == holding.Symbol);
    }

    private TektiiOrder Order(string id) => core.Desk.Find(id) ?? throw new RefusedException(ApiErrors.NoOrder(id));

    private Holding Position(string id) => core.Ledger.Find(id) ?? throw new RefusedException(ApiErrors.NoPosition(id));

    private Market Market(string symbol) =>
        core.Markets.TryGetValue(symbol, out Market? market) ? market : throw new RefusedException(ApiErrors.NoSymbol(symbol));

    private Market Quoted(string symbol) =>
        Market(symbol) is { HasQuote: true } market ? market : throw new RefusedException(ApiErrors.NoQuote(symbol));
}
