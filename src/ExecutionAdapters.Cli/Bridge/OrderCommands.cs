using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>The commands that place, change and cancel orders, with what a strategy does to the cache beside them.</summary>
/// <remarks>With an engine, that does: it adds the orders, marks requests as pending, and sends.</remarks>
internal sealed class OrderCommands(BridgeSession session, IExecutionClient client, ExecutionCache cache, ExecutionEngine? engine, TraderId traderId)
{
    // Until their first event is read, the cache cannot tell them from orders that were only added; one whose terms were wrong is never in it.
    private readonly HashSet<ClientOrderId> _submitted = [];

    private static UnixNanos Now => UnixNanos.Now(TimeProvider.System);

    public void AddOrder(BridgeRequest request)
    {
        if (engine is not null)
        {
            session.Answer(request, "with a journal the bridge keeps the orders: those of an engine that keeps its own cannot be added");
            return;
        }

        var fields = request.Fields.Object("order") ?? throw request.Fields.Missing("order");
        var order = ReadNewOrder(fields, listId: null);
        if (cache.Order(order.ClientOrderId) is not null)
        {
            throw request.Fields.Error("order.client_order_id", $"{order.ClientOrderId} is a duplicate: there is an order of that id already");
        }

        _ = fields.Texts("params");
        request.Fields.RequireNoOthers();
        if (order.Validate() is { } error)
        {
            throw request.Fields.Error("order", error);
        }

        cache.AddOrder(order);
        session.Answer(request);
    }

    public void SubmitOrder(BridgeRequest request)
    {
        var fields = request.Fields.Object("order") ?? throw request.Fields.Missing("order");
        var order = ReadNewOrder(fields, listId: null);
        var command = new SubmitOrder
        {
            TraderId = traderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            Order = order,
            Params = fields.Texts("params"),
        };
        request.Fields.RequireNoOthers();
        Submit(request, [order], () => client.SubmitOrder(command), () => engine!.SubmitOrder(command));
    }

    public void SubmitOrderList(BridgeRequest request)
    {
        var listId = request.Fields.RequireOrderListId();
        var items = request.Fields.RequireObjects("orders");
        if (items.Count == 0)
        {
            throw request.Fields.Error("orders", "must hold at least one order");
        }

        var orders = items.Select(item => ReadNewOrder(item, listId)).ToList();
        if (orders.DistinctBy(order => order.ClientOrderId).Count() != orders.Count)
        {
            throw request.Fields.Error("orders", "a client_order_id stands twice");
        }

        var command = new SubmitOrderList
        {
            TraderId = traderId,
            StrategyId = orders[0].StrategyId,
            InstrumentId = orders[0].InstrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            OrderListId = listId,
            Orders = orders,
            Params = ReadCommonParams(items),
        };
        request.Fields.RequireNoOthers();
        Submit(request, orders, () => client.SubmitOrderList(command), () => engine!.SubmitOrderList(command));
    }

    public void ModifyOrder(BridgeRequest request)
    {
        var fields = request.Fields;
        var (clientOrderId, instrumentId, order) = ReadTarget(fields);
        var command = new ModifyOrder
        {
            TraderId = traderId,
            StrategyId = order?.StrategyId ?? OrderReader.DefaultStrategy,
            InstrumentId = instrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            ClientOrderId = clientOrderId,
            VenueOrderId = fields.VenueOrderId() ?? order?.VenueOrderId,
            Quantity = fields.Quantity("quantity"),
            Price = fields.Price("price"),
            TriggerPrice = fields.Price("trigger_price"),
            Params = fields.Texts("params"),
        };
        fields.RequireNoOthers();
        HandOver(request, () => client.ModifyOrder(command), () => engine!.ModifyOrder(command), order is { IsOpen: true } ? [PendingUpdate(order)] : []);
    }

    public void CancelOrder(BridgeRequest request)
    {
        var command = ReadCancel(request.Fields, out var order);
        HandOver(request, () => client.CancelOrder(command), () => engine!.CancelOrder(command), order is { IsOpen: true } ? [PendingCancel(order)] : []);
    }

    public void CancelAllOrders(BridgeRequest request)
    {
        var command = new CancelAllOrders
        {
            TraderId = traderId,
            StrategyId = OrderReader.DefaultStrategy,
            InstrumentId = request.Fields.RequireInstrumentId(),
            CommandId = Uuid4.New(),
            TsInit = Now,
            OrderSide = request.Fields.Enum<OrderSide>("order_side") ?? OrderSide.NoOrderSide,
        };
        request.Fields.RequireNoOthers();
        HandOver(request, () => client.CancelAllOrders(command), () => engine!.CancelAllOrders(command), []);
    }

    public void BatchCancelOrders(BridgeRequest request)
    {
        var instrumentId = request.Fields.RequireInstrumentId();
        var cancels = new List<CancelOrder>();
        var pending = new List<OrderEvent>();
        foreach (var item in request.Fields.RequireObjects("cancels"))
        {
            cancels.Add(ReadCancel(item, out var order, instrumentId));
            if (order is { IsOpen: true })
            {
                pending.Add(PendingCancel(order));
            }
        }

        if (cancels.Count == 0 || cancels.DistinctBy(cancel => cancel.ClientOrderId).Count() != cancels.Count)
        {
            throw request.Fields.Error("cancels", "must hold at least one order, and each only once");
        }

        var command = new BatchCancelOrders
        {
            TraderId = traderId,
            StrategyId = cancels[0].StrategyId,
            InstrumentId = instrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            Cancels = cancels,
        };
        request.Fields.RequireNoOthers();
        HandOver(request, () => client.BatchCancelOrders(command), () => engine!.BatchCancelOrders(command), pending);
    }

    private void Submit(BridgeRequest request, IReadOnlyList<OrderInitialized> orders, Action submit, Action submitByEngine)
    {
        if (engine is not null)
        {
            // Its books take no order whose terms are wrong; without them a client would deny it.
            if (orders.Select(order => order.Validate()).FirstOrDefault(error => error is not null) is { } wrong)
            {
                throw request.Fields.Error("order", wrong);
            }

            session.HandOver(request, submitByEngine);
            return;
        }

        // In the cache first: the client may ask for them as soon as it has the command. One that is no order at all is denied by it.
        foreach (var order in orders.Where(order => order.Validate() is null))
        {
            cache.RemoveOrder(order.ClientOrderId);
            cache.AddOrder(order);
        }

        if (session.HandOver(request, submit))
        {
            _submitted.UnionWith(orders.Select(order => order.ClientOrderId));
            return;
        }

        foreach (var order in orders)
        {
            cache.RemoveOrder(order.ClientOrderId);
        }
    }

    /// <summary>Gives a command to the client and answers; events of the strategy side come between the two.</summary>
    private void HandOver(BridgeRequest request, Action command, Action commandByEngine, List<OrderEvent> pending)
    {
        if (engine is not null)
        {
            session.HandOver(request, commandByEngine);
            return;
        }

        foreach (var orderEvent in pending)
        {
            if (cache.Apply(orderEvent) is { } problem)
            {
                session.Answer(request, problem);
                return;
            }
        }

        if (pending.Count == 0)
        {
            session.HandOver(request, command);
            return;
        }

        // Only a client without credentials refuses a command on the spot, and it has no open orders.
        session.Answer(request);
        foreach (var orderEvent in pending)
        {
            session.Write(orderEvent);
        }

        command();
    }

    private OrderInitialized ReadNewOrder(JsonFields fields, OrderListId? listId)
    {
        var order = OrderReader.Read(fields, traderId, Now, listId);
        var known = cache.Order(order.ClientOrderId);
        var isFree = engine is not null
            ? !engine.IsUsed(order.ClientOrderId)
            : known is null or { Lifecycle: OrderLifecycle.Initialized } && !_submitted.Contains(order.ClientOrderId);
        return isFree ? order
            : throw fields.Error("client_order_id", $"{order.ClientOrderId} is a duplicate: there is an order of that id already");
    }

    /// <summary>The client takes one set of parameters for a list, so orders that ask for different ones cannot be one list.</summary>
    private static IReadOnlyDictionary<string, string>? ReadCommonParams(IReadOnlyList<JsonFields> orders)
    {
        var first = orders[0].Texts("params");
        foreach (var order in orders.Skip(1))
        {
            var others = order.Texts("params");
            var isSame = (others?.Count ?? 0) == (first?.Count ?? 0) && (others is null || first is null || !others.Except(first).Any());
            if (!isSame)
            {
                throw order.Error("params", "must be the same for all orders of a list");
            }
        }

        return first;
    }

    private CancelOrder ReadCancel(JsonFields fields, out Order? order, InstrumentId? common = null)
    {
        (var clientOrderId, var instrumentId, order) = ReadTarget(fields, common);
        var command = new CancelOrder
        {
            TraderId = traderId,
            StrategyId = order?.StrategyId ?? OrderReader.DefaultStrategy,
            InstrumentId = instrumentId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            ClientOrderId = clientOrderId,
            VenueOrderId = fields.VenueOrderId() ?? order?.VenueOrderId,
        };
        fields.RequireNoOthers();
        return command;
    }

    /// <summary>Which order a command means. An order that is not known here needs its instrument to be named.</summary>
    private (ClientOrderId ClientOrderId, InstrumentId InstrumentId, Order? Order) ReadTarget(JsonFields fields, InstrumentId? common = null)
    {
        var clientOrderId = fields.RequireClientOrderId();
        var order = cache.Order(clientOrderId);
        var given = fields.InstrumentId() ?? common;
        if (given is { } instrument && order is not null && instrument != order.InstrumentId)
        {
            throw fields.Error(CommandFields.InstrumentName, $"order {clientOrderId} is of {order.InstrumentId}");
        }

        return (clientOrderId, given ?? order?.InstrumentId ?? throw fields.Error(CommandFields.InstrumentName, $"is missing, and order {clientOrderId} is not known here"), order);
    }

    private OrderPendingUpdate PendingUpdate(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        AccountId = client.AccountId,
        EventId = Uuid4.New(),
        TsEvent = Now,
        TsInit = Now,
    };

    private OrderPendingCancel PendingCancel(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = order.VenueOrderId,
        AccountId = client.AccountId,
        EventId = Uuid4.New(),
        TsEvent = Now,
        TsInit = Now,
    };
}
