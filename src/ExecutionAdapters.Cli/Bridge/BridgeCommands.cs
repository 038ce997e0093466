using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// What each command does. A command is read whole before anything happens: one with a bad field changes nothing.
/// The reports are in <see cref="ReportCommands"/>.
/// </summary>
internal sealed class BridgeCommands(BridgeSession session, LighterExecutionClient client, ExecutionCache cache, TraderId traderId)
{
    private static readonly string[] Names =
    [
        "connect", "disconnect", "stop", "add_order", "submit_order", "submit_order_list", "modify_order", "cancel_order", "cancel_all_orders",
        "batch_cancel_orders", "query_order", "query_account", "set_quote", "order_status_reports", "fill_reports", "position_status_reports",
        "mass_status", "orders", "positions", "account",
    ];

    private readonly ReportCommands _reports = new(session, client, cache, traderId);

    private static UnixNanos Now => UnixNanos.Now(TimeProvider.System);

    /// <exception cref="FieldException">The command is not known, or a field is bad; nothing has happened then.</exception>
    public void Handle(BridgeRequest request)
    {
        Action<BridgeRequest> handle = request.Command switch
        {
            "connect" => Connect,
            "disconnect" => Disconnect,
            "stop" => Stop,
            "add_order" => AddOrder,
            "submit_order" => SubmitOrder,
            "submit_order_list" => SubmitOrderList,
            "modify_order" => ModifyOrder,
            "cancel_order" => CancelOrder,
            "cancel_all_orders" => CancelAllOrders,
            "batch_cancel_orders" => BatchCancelOrders,
            "query_order" => QueryOrder,
            "query_account" => QueryAccount,
            "set_quote" => SetQuote,
            "order_status_reports" => _reports.OrderStatusReports,
            "fill_reports" => _reports.FillReports,
            "position_status_reports" => _reports.PositionStatusReports,
            "mass_status" => _reports.MassStatus,
            "orders" => _reports.Orders,
            "positions" => _reports.Positions,
            "account" => _reports.Account,
            _ => throw request.Fields.Error("cmd", "must be one of " + string.Join(", ", Names)),
        };
        handle(request);
    }

    private void Connect(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        session.Start(
            request,
            async stop =>
            {
                await client.ConnectAsync(stop).ConfigureAwait(false);
                foreach (var instrument in client.Instruments)
                {
                    cache.AddInstrument(instrument);
                }

                return default;
            },
            holdsEvents: !session.IsOpen);
    }

    private void Disconnect(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        session.Start(
            request,
            async stop =>
            {
                await client.DisconnectAsync(stop).ConfigureAwait(false);
                return default;
            },
            holdsEvents: true);
    }

    private void Stop(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        session.Answer(request);
        session.Stop();
    }

    private void AddOrder(BridgeRequest request)
    {
        var fields = request.Fields.Object("order") ?? throw request.Fields.Missing("order");
        var order = ReadNewOrder(fields, listId: null);
        _ = fields.Texts("params");
        request.Fields.RequireNoOthers();
        cache.AddOrder(order);
        session.Answer(request);
    }

    private void SubmitOrder(BridgeRequest request)
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
        Submit(request, [order], () => client.SubmitOrder(command));
    }

    private void SubmitOrderList(BridgeRequest request)
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
        Submit(request, orders, () => client.SubmitOrderList(command));
    }

    private void ModifyOrder(BridgeRequest request)
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
        HandOver(request, () => client.ModifyOrder(command), order is { IsOpen: true } ? [PendingUpdate(order)] : []);
    }

    private void CancelOrder(BridgeRequest request)
    {
        var command = ReadCancel(request.Fields, out var order);
        HandOver(request, () => client.CancelOrder(command), order is { IsOpen: true } ? [PendingCancel(order)] : []);
    }

    private void CancelAllOrders(BridgeRequest request)
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
        HandOver(request, () => client.CancelAllOrders(command), []);
    }

    private void BatchCancelOrders(BridgeRequest request)
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
        HandOver(request, () => client.BatchCancelOrders(command), pending);
    }

    private void QueryOrder(BridgeRequest request)
    {
        var clientOrderId = request.Fields.RequireClientOrderId();
        var venueOrderId = request.Fields.VenueOrderId();
        var order = cache.Order(clientOrderId);
        var instrumentId = request.Fields.InstrumentId() ?? order?.InstrumentId;
        request.Fields.RequireNoOthers();
        if (instrumentId is not { } known)
        {
            _reports.OrderOfUnknownInstrument(request, clientOrderId, venueOrderId);
            return;
        }

        var command = new QueryOrder
        {
            TraderId = traderId,
            StrategyId = order?.StrategyId ?? OrderReader.DefaultStrategy,
            InstrumentId = known,
            CommandId = Uuid4.New(),
            TsInit = Now,
            ClientOrderId = clientOrderId,
            VenueOrderId = venueOrderId ?? order?.VenueOrderId,
        };
        HandOver(request, () => client.QueryOrder(command), []);
    }

    private void QueryAccount(BridgeRequest request)
    {
        request.Fields.Allow("client_order_id", "venue_order_id");
        request.Fields.RequireNoOthers();
        var command = new QueryAccount { TraderId = traderId, CommandId = Uuid4.New(), TsInit = Now, AccountId = client.AccountId };
        HandOver(request, () => client.QueryAccount(command), []);
    }

    private void SetQuote(BridgeRequest request)
    {
        var fields = request.Fields;
        var now = Now;
        var quote = new QuoteTick
        {
            InstrumentId = fields.RequireInstrumentId(),
            BidPrice = fields.Price("bid_price") ?? throw fields.Missing("bid_price"),
            AskPrice = fields.Price("ask_price") ?? throw fields.Missing("ask_price"),
            BidSize = fields.Quantity("bid_size") ?? default,
            AskSize = fields.Quantity("ask_size") ?? default,
            TsEvent = now,
            TsInit = now,
        };
        fields.RequireNoOthers();
        cache.SetQuote(quote);
        session.Answer(request);
    }

    private void Submit(BridgeRequest request, IReadOnlyList<OrderInitialized> orders, Action submit)
    {
        // In the cache first: the client may ask for them as soon as it has the command.
        foreach (var order in orders)
        {
            cache.AddOrder(order);
        }

        if (!HandOver(request, submit, []))
        {
            foreach (var order in orders)
            {
                cache.RemoveOrder(order.ClientOrderId);
            }
        }
    }

    /// <summary>Gives a command to the client and answers; events of the strategy side come between the two.</summary>
    private bool HandOver(BridgeRequest request, Action command, List<OrderEvent> pending)
    {
        foreach (var orderEvent in pending)
        {
            if (cache.Apply(orderEvent) is { } problem)
            {
                session.Answer(request, problem);
                return false;
            }
        }

        if (pending.Count == 0)
        {
            return HandOver(request, command);
        }

        // Only a client without credentials refuses a command on the spot, and it has no open orders.
        session.Answer(request);
        foreach (var orderEvent in pending)
        {
            session.Write(orderEvent);
        }

        command();
        return true;
    }

    private bool HandOver(BridgeRequest request, Action command)
    {
        try
        {
            command();
        }
        catch (ExecutionClientException exception)
        {
            session.Answer(request, exception.Message);
            return false;
        }

        session.Answer(request);
        return true;
    }

    private OrderInitialized ReadNewOrder(JsonFields fields, OrderListId? listId)
    {
        var order = OrderReader.Read(fields, traderId, Now, listId);
        return cache.Order(order.ClientOrderId) is null ? order
            : throw fields.Error("client_order_id", $"{order.ClientOrderId} is a duplicate: there is an order of that id already");
    }

    /// <summary>The client takes one set of parameters for a list, so orders that ask for different ones cannot be one list.</summary>
    private static IReadOnlyDictionary<string, string>? ReadCommonParams(IReadOnlyList<JsonFields> orders)
    {
        var first = orders[0].Texts("params");
        foreach (var order in orders.Skip(1))
        {
            var others = order.Texts("params");
            if ((others?.Count ?? 0) != (first?.Count ?? 0) || others?.Except(first!).Any() == true)
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
