using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Commands: to the client that handles them. Each that leads nowhere ends in an event that says so.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Adds the order to the books and sends it; denied when no client handles it or its account takes no orders.</summary>
    /// <exception cref="ArgumentException">Its terms are wrong, or an order of its client order id is in the books: nothing was done.</exception>
    public void SubmitOrder(SubmitOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Cache.AddOrder(command.Order);
        Post(() =>
        {
            _subscribers.Publish(command.Order);
            Submit([command.Order], command, client => client.SubmitOrder(command));
        });
    }

    /// <summary>Adds the orders to the books and sends them together; each is denied when one cannot be sent.</summary>
    /// <exception cref="ArgumentException">Terms are wrong, or an order of one of the client order ids is in the books: nothing was done.</exception>
    public void SubmitOrderList(SubmitOrderList command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var added = new List<OrderInitialized>();
        try
        {
            foreach (var order in command.Orders)
            {
                Cache.AddOrder(order);
                added.Add(order);
            }
        }
        catch (ArgumentException)
        {
            added.ForEach(order => Cache.RemoveOrder(order.ClientOrderId));
            throw;
        }

        Post(() =>
        {
            added.ForEach(_subscribers.Publish);
            Submit(added, command, client => client.SubmitOrderList(command));
        });
    }

    /// <summary>Asks for other terms; <see cref="OrderPendingUpdate"/> first, <see cref="OrderModifyRejected"/> when it leads nowhere.</summary>
    public void ModifyOrder(ModifyOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Change(command, command.ClientOrderId, PendingUpdate, ModifyRejected, client => client.ModifyOrder(command)));
    }

    /// <summary>Asks for the end of an order; <see cref="OrderPendingCancel"/> first, <see cref="OrderCancelRejected"/> when it leads nowhere.</summary>
    public void CancelOrder(CancelOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Change(command, command.ClientOrderId, PendingCancel, CancelRejected, client => client.CancelOrder(command)));
    }

    /// <summary>Asks for the end of several orders at once.</summary>
    public void BatchCancelOrders(BatchCancelOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            var orders = command.Cancels.Select(cancel => Cache.Order(cancel.ClientOrderId)).OfType<Order>().ToList();
            CancelTogether(orders, command, client => client.BatchCancelOrders(command));
        });
    }

    /// <summary>Asks for the end of every open order of the instrument, or those of one side.</summary>
    public void CancelAllOrders(CancelAllOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => CancelTogether(
            Cache.OrdersOpen(command.InstrumentId, command.OrderSide), command, client => client.CancelAllOrders(command)));
    }

    /// <summary>Asks the venue for an order.</summary>
    public void QueryOrder(QueryOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Route(command, command.InstrumentId, Cache.Order(command.ClientOrderId))?.Client.QueryOrder(command));
    }

    /// <exception cref="ObjectDisposedException">The engine is disposed: the command is not taken.</exception>
    private void Post(Action work) => ObjectDisposedException.ThrowIf(!_loop.Post(work), this);

    private void Submit(List<OrderInitialized> orders, OrderCommand command, Action<IExecutionClient> send)
    {
        var client = Route(command, orders[0].InstrumentId, order: null);
        var denial = client is null ? DenialReason.Format(DenialReason.NoExecutionClient, $"instrument={orders[0].InstrumentId}, client={command.ClientId?.ToString() ?? "any"}")
            : orders.Find(order => order.InstrumentId.Venue != client.Client.Venue) is { } foreign
                ? DenialReason.Format(DenialReason.ClientVenueMismatch, $"client={client.Client.ClientId}, instrument={foreign.InstrumentId}")
            : !client.CanTrade ? DenialReason.Format(DenialReason.TradingHalted, $"account {client.Client.AccountId} does not agree with its venue, or is not connected")
            : null;
        if (denial is null)
        {
            try
            {
                send(client!.Client);
                return;
            }
            catch (Exception exception)
            {
                // A client that throws has emitted nothing and sent nothing.
                denial = DenialReason.Format(DenialReason.SubmitFailed, exception.Message);
            }
        }

        foreach (var order in orders)
        {
            Apply(Denied(order, denial));
        }
    }

    private void Change(
        OrderCommand command,
        ClientOrderId id,
        Func<Order, AccountId, OrderEvent> pending,
        Func<OrderCommand, ClientOrderId, Order?, string, OrderEvent> rejected,
        Action<IExecutionClient> send)
    {
        var order = Cache.Order(id);
        var client = Route(command, command.InstrumentId, order);
        var problem = order is null ? "the order is not in the books"
            : client is null ? $"{DenialReason.NoExecutionClient}: no client handles {command.InstrumentId}"
            : Cache.Apply(pending(order, client.Client.AccountId));
        if (problem is null)
        {
            _subscribers.Publish(order!.Events[^1]);
            try
            {
                send(client!.Client);
                return;
            }
            catch (Exception exception)
            {
                problem = "the client did not take the command: " + exception.Message;
            }
        }

        // An order that is not there, or that takes no refusal, is told all the same: its owner waits.
        var rejection = rejected(command, id, order, problem);
        if (order is not null)
        {
            Cache.Apply(rejection);
        }

        _subscribers.Publish(rejection);
    }

    private void CancelTogether(IReadOnlyList<Order> orders, OrderCommand command, Action<IExecutionClient> send)
    {
        var client = Route(command, command.InstrumentId, orders.Count > 0 ? orders[0] : null);
        var asked = orders.Where(order => client is not null && Apply(PendingCancel(order, client.Client.AccountId))).ToList();
        string? problem = null;
        try
        {
            if (client is null)
            {
                problem = $"{DenialReason.NoExecutionClient}: no client handles {command.InstrumentId}";
            }
            else
            {
                send(client.Client);
            }
        }
        catch (Exception exception)
        {
            problem = "the client did not take the command: " + exception.Message;
        }

        if (problem is not null)
        {
            foreach (var order in client is null ? orders : asked)
            {
                Apply(CancelRejected(command, order.ClientOrderId, order, problem));
            }
        }
    }

    /// <summary>By the client that is named, by the account of the order, by the venue of the instrument.</summary>
    private EngineClient? Route(OrderCommand command, InstrumentId instrument, Order? order)
    {
        if (command.ClientId is { } id)
        {
            return _clients.Find(client => client.Client.ClientId == id);
        }

        return order?.AccountId is { } account && _clients.Find(client => client.Client.AccountId == account) is { } owner
            ? owner
            : _clients.Find(client => client.Client.Venue == instrument.Venue);
    }

    private OrderDenied Denied(OrderInitialized order, string reason)
    {
        var now = UnixNanos.Now(_timeProvider);
        return new OrderDenied
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
            Reason = reason,
        };
    }

    private OrderEvent PendingUpdate(Order order, AccountId account)
    {
        var now = UnixNanos.Now(_timeProvider);
        return new OrderPendingUpdate
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = account,
            VenueOrderId = order.VenueOrderId,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
        };
    }

    private OrderEvent PendingCancel(Order order, AccountId account)
    {
        var now = UnixNanos.Now(_timeProvider);
        return new OrderPendingCancel
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = account,
            VenueOrderId = order.VenueOrderId,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
        };
    }

    private OrderEvent ModifyRejected(OrderCommand command, ClientOrderId id, Order? order, string reason)
    {
        var now = UnixNanos.Now(_timeProvider);
        return new OrderModifyRejected
        {
            TraderId = command.TraderId,
            StrategyId = order?.StrategyId ?? command.StrategyId,
            InstrumentId = order?.InstrumentId ?? command.InstrumentId,
            ClientOrderId = id,
            VenueOrderId = order?.VenueOrderId,
            AccountId = order?.AccountId,
            EventId = Uuid4.New(),
            CausationId = command.CommandId,
            TsEvent = now,
            TsInit = now,
            Reason = reason,
        };
    }

    private OrderEvent CancelRejected(OrderCommand command, ClientOrderId id, Order? order, string reason)
    {
        var now = UnixNanos.Now(_timeProvider);
        return new OrderCancelRejected
        {
            TraderId = command.TraderId,
            StrategyId = order?.StrategyId ?? command.StrategyId,
            InstrumentId = order?.InstrumentId ?? command.InstrumentId,
            ClientOrderId = id,
            VenueOrderId = order?.VenueOrderId,
            AccountId = order?.AccountId,
            EventId = Uuid4.New(),
            CausationId = command.CommandId,
            TsEvent = now,
            TsInit = now,
            Reason = reason,
        };
    }
}
