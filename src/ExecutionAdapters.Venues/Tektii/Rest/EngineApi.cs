using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Rows;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>/api/v1: the backtest engine's own dialect. Lists are wrapped in an object, oldest first.</summary>
internal sealed class EngineApi(VenueCore core)
{
    private const int MostBars = 10_000;

    /// <exception cref="RefusedException">The request is refused.</exception>
    public RestReply Handle(RestRequest request) => (request.Method, request.Path) switch
    {
        ("GET", ["account"]) => RestReply.Object(json => EngineRows.Account(json, core.Ledger.Account())),
        ("POST", ["orders"]) => Place(ReadOrder(request.ReadBody())),
        ("GET", ["orders"]) => RestReply.Wrapped("orders", Orders(request), EngineRows.Order),
        ("DELETE", ["orders"]) => CancelAll(request),
        ("GET", ["orders", var id]) => RestReply.Object(json => EngineRows.Order(json, Order(id))),
        ("DELETE", ["orders", var id]) => Cancel(id),
        ("GET", ["trades"]) => RestReply.Wrapped("trades", Trades(request), EngineRows.Trade),
        ("GET", ["positions"]) => RestReply.Wrapped("positions", Positions(request), EngineRows.Position),
        ("GET", ["quote"]) => Quote(request.Required("symbol")),
        ("GET", ["bars"]) => Bars(request),
        _ => throw new RefusedException(ApiErrors.NotFound),
    };

    private static TektiiOrderRequest ReadOrder(RestBody body) => new()
    {
        Symbol = body.RequiredText("symbol"),
        Side = body.RequiredWord("side", Words.Side.FromLower),
        Type = body.RequiredWord("order_type", Words.OrderType.FromLower),
        Quantity = body.RequiredDecimal("quantity"),
        LimitPrice = body.Decimal("limit_price"),
        StopPrice = body.Decimal("stop_price"),
        PositionId = body.Text("position_id"),
        ReduceOnly = body.Flag("reduce_only"),
        ClientOrderId = body.Text("client_order_id"),
        TimeInForce = body.Word("time_in_force", Words.TimeInForce.FromLower) ?? TektiiTimeInForce.Gtc,
    };

    private RestReply Place(TektiiOrderRequest request)
    {
        TektiiOrder order = core.Desk.Place(request);
        return RestReply.Object(json => EngineRows.Handle(json, order));
    }

    private IEnumerable<TektiiOrder> Orders(RestRequest request)
    {
        string? symbol = request.Text("symbol");
        IReadOnlyList<TektiiOrderStatus>? statuses = request.Words("status", Words.OrderStatus);
        return core.Desk.Orders.Where(order =>
            (symbol ?? order.Request.Symbol) == order.Request.Symbol && (statuses is null || statuses.Contains(order.Status)));
    }

    private IEnumerable<TektiiTrade> Trades(RestRequest request)
    {
        string? symbol = request.Text("symbol");
        return core.Ledger.Trades.Where(trade => (symbol ?? trade.Symbol) == trade.Symbol);
    }

    private IEnumerable<TektiiPosition> Positions(RestRequest request)
    {
        string? symbol = request.Text("symbol");
        return core.Ledger.Holdings.Where(holding => (symbol ?? holding.Symbol) == holding.Symbol).Select(holding => holding.Snapshot());
    }

    private RestReply Cancel(string id)
    {
        if (!core.Desk.Cancel(id))
        {
            throw new RefusedException(ApiErrors.NotModifiable(id, $"Order {id} is not open"));
        }

        return RestReply.Object(json => EngineRows.Order(json, Order(id)));
    }

    private RestReply CancelAll(RestRequest request)
    {
        int cancelled = core.Desk.CancelAll(request.Text("symbol"));
        return RestReply.Object(json => json.WriteNumber("cancelled_count"u8, cancelled));
    }

    private RestReply Quote(string symbol)
    {
        Market market = Market(symbol);
        return market.HasQuote
            ? RestReply.Object(json => EngineRows.Quote(json, market))
            : throw new RefusedException(ApiErrors.NoQuote(symbol));
    }

    private RestReply Bars(RestRequest request)
    {
        Market market = Market(request.Required("symbol"));
        string name = request.Required("timeframe");
        Timeframe timeframe = Timeframe.Named(name) is { } known && known.Ms >= market.Timeframe.Ms
            ? known
            : throw new RefusedException(ApiErrors.InvalidValue("timeframe", name, $"timeframe must be one of {Timeframe.Names}"));
        int count = request.Limit("count", MostBars);
        return RestReply.Wrapped(
            "bars", timeframe.Aggregate(market.Candles).TakeLast(count), (json, bar) => EngineRows.Bar(json, market.Symbol, timeframe.Name, bar));
    }

    private TektiiOrder Order(string id) => core.Desk.Find(id) ?? throw new RefusedException(ApiErrors.NoOrder(id));

    private Market Market(string symbol) =>
        core.Markets.TryGetValue(symbol, out Market? market) ? market : throw new RefusedException(ApiErrors.NoSymbol(symbol));
}
