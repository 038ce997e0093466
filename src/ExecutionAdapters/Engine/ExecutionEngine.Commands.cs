using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Commands: to the client that handles them. Each that leads nowhere ends in an event that says so.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Adds the order to the books and sends it; denied when no client handles it or its account takes no orders.</summary>
    /// <exception cref="ArgumentException">Its terms are wrong, or its client order id was used before: nothing was done.</exception>
    public void SubmitOrder(SubmitOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Add(command.Order);
        Post(() =>
        {
            Tell(command.Order);
            Submit([command.Order], command, client => client.SubmitOrder(command));
        });
    }

    /// <summary>Adds the orders to the books and sends them together; each is denied when one cannot be sent.</summary>
    /// <exception cref="ArgumentException">Terms are wrong, or one of the client order ids was used before: nothing was done.</exception>
    public void SubmitOrderList(SubmitOrderList command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var added = new List<OrderInitialized>();
        try
        {
            foreach (var order in command.Orders)
            {
                Add(order);
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
            added.ForEach(Tell);
            Submit(added, command, client => client.SubmitOrderList(command));
        });
    }

    /// <summary>Asks for other terms; <see cref="OrderPendingUpdate"/> first, <see cref="OrderModifyRejected"/> when it leads nowhere.</summary>
    public void ModifyOrder(ModifyOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => ModifyTogether([command], command, client => client.ModifyOrder(command)));
    }

    /// <summary>Asks for other terms of several orders, each on its own.</summary>
    public void BatchModifyOrders(BatchModifyOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => ModifyTogether(command.Modifies, command, client => client.BatchModifyOrders(command)));
    }

    /// <summary>Asks for the end of an order; <see cref="OrderPendingCancel"/> first, <see cref="OrderCancelRejected"/> when it leads nowhere.</summary>
    public void CancelOrder(CancelOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => CancelTogether(Known([command]), command, client => client.CancelOrder(command)));
    }

    /// <summary>Asks for the end of several orders at once.</summary>
    public void BatchCancelOrders(BatchCancelOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => CancelTogether(Known(command.Cancels), command, client => client.BatchCancelOrders(command)));
    }

    /// <summary>Asks for the end of every open order of the instrument, or those of one side.</summary>
    public void CancelAllOrders(CancelAllOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => CancelTogether(Cache.OrdersOpen(command.InstrumentId, command.OrderSide), command, client => client.CancelAllOrders(command)));
    }

    /// <summary>Asks the venue for an order. Without a client for it nothing happens, and the log says so.</summary>
    public void QueryOrder(QueryOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            if (Route(command, command.InstrumentId, Cache.Order(command.ClientOrderId)) is { } client)
            {
                client.Client.QueryOrder(command);
            }
            else
            {
                Log.NoClient(_logger, command.ToString());
            }
        });
    }

    /// <summary>Asks the venue for balances and margins. Without a client for the account nothing happens, and the log says so.</summary>
    public void QueryAccount(QueryAccount command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            if (_clients.Find(client => client.Client.AccountId == command.AccountId) is { } client)
            {
                client.Client.QueryAccount(command);
            }
            else
            {
                Log.NoClient(_logger, command.ToString());
            }
        });
    }

    private void Add(OrderInitialized order)
    {
        if (_journal?.IsUsed(order.ClientOrderId) == true)
        {
            throw new ArgumentException($"An order with client order id {order.ClientOrderId} is in the journal already, of this run or one before.", nameof(order));
        }

        Cache.AddOrder(order);
    }

    /// <exception cref="ObjectDisposedException">The engine is disposed: the command is not taken.</exception>
    private void Post(Action work) => ObjectDisposedException.ThrowIf(!_loop.Post(work), this);

    private UnixNanos Now => UnixNanos.Now(_timeProvider);

    private void Submit(List<OrderInitialized> orders, OrderCommand command, Action<IExecutionClient> send)
    {
        var client = Route(command, orders[0].InstrumentId, order: null);
        var denial = DenialOf(orders, command, client) ?? TrySend(client!, send, DenialReason.SubmitFailed);
        if (denial is not null)
        {
            orders.ForEach(order => Apply(LocalEvents.Denied(order, denial, Now)));
        }
    }

    private string? DenialOf(List<OrderInitialized> orders, OrderCommand command, EngineClient? client) =>
        client is null
            ? DenialReason.Format(DenialReason.NoExecutionClient, $"instrument={orders[0].InstrumentId}, client={command.ClientId?.ToString() ?? "any"}")
        : orders.Find(order => order.InstrumentId.Venue != client.Client.Venue) is { } foreign
            ? DenialReason.Format(DenialReason.ClientVenueMismatch, $"client={client.Client.ClientId}, instrument={foreign.InstrumentId}")
        : _journal?.Trouble is { } trouble
            ? DenialReason.Format(DenialReason.TradingHalted, trouble)
        : !client.CanTrade
            ? DenialReason.Format(DenialReason.TradingHalted, $"account {client.Client.AccountId} does not agree with its venue, or is not connected")
        : null;

    private void ModifyTogether(IReadOnlyList<ModifyOrder> modifies, OrderCommand command, Action<IExecutionClient> send)
    {
        var asked = new List<(ModifyOrder Command, Order Order)>();
        foreach (var modify in modifies)
        {
            if (Cache.Order(modify.ClientOrderId) is not { } order)
            {
                _subscribers.Publish(LocalEvents.ModifyRejected(modify, "the order is not in the books", Now));
            }
            else if (WhyNotPending(command, order, account => LocalEvents.PendingUpdate(order, account, Now)) is { } problem)
            {
                Refuse(LocalEvents.ModifyRejected(order, problem, modify.CommandId, Now));
            }
            else
            {
                asked.Add((modify, order));
            }
        }

        if (asked.Count > 0 && TrySend(Route(command, command.InstrumentId, asked[0].Order)!, send, "the client did not take the command") is { } failure)
        {
            asked.ForEach(one => Refuse(LocalEvents.ModifyRejected(one.Order, failure, one.Command.CommandId, Now)));
        }
    }

    private void CancelTogether(IReadOnlyList<Order> orders, OrderCommand command, Action<IExecutionClient> send)
    {
        var asked = new List<Order>();
        foreach (var order in orders)
        {
            if (WhyNotPending(command, order, account => LocalEvents.PendingCancel(order, account, Now)) is { } problem)
            {
                Refuse(LocalEvents.CancelRejected(order, problem, command.CommandId, Now));
            }
            else
            {
                asked.Add(order);
            }
        }

        // A cancel-all goes to the venue even where the books have nothing open: the venue may.
        var isForAll = command is CancelAllOrders;
        if ((asked.Count > 0 || isForAll) && Route(command, command.InstrumentId, asked.Count > 0 ? asked[0] : null) is { } client)
        {
            if (TrySend(client, send, "the client did not take the command") is { } failure)
            {
                asked.ForEach(order => Refuse(LocalEvents.CancelRejected(order, failure, command.CommandId, Now)));
            }
        }
        else if (isForAll)
        {
            Log.NoClient(_logger, command.ToString());
        }
    }

    /// <summary>The orders of the cancels; of those that the books do not have, a refusal is told.</summary>
    private List<Order> Known(IReadOnlyList<CancelOrder> cancels)
    {
        var known = new List<Order>();
        foreach (var cancel in cancels)
        {
            if (Cache.Order(cancel.ClientOrderId) is { } order)
            {
                known.Add(order);
            }
            else
            {
                _subscribers.Publish(LocalEvents.CancelRejected(cancel, "the order is not in the books", Now));
            }
        }

        return known;
    }

    /// <summary>Marks a request as pending; or says why it leads nowhere.</summary>
    private string? WhyNotPending(OrderCommand command, Order order, Func<AccountId, OrderEvent> pending)
    {
        if (Route(command, order.InstrumentId, order) is not { } client)
        {
            return $"{DenialReason.NoExecutionClient}: no client handles {order.InstrumentId}";
        }

        var request = pending(client.Client.AccountId);
        if (Cache.Apply(request) is { } problem)
        {
            return problem;
        }

        Tell(request);
        return null;
    }

    /// <summary>Where the order takes no refusal it is told all the same: its owner waits.</summary>
    private void Refuse(OrderEvent refusal)
    {
        if (Cache.Apply(refusal) is null)
        {
            Tell(refusal);
        }
        else
        {
            _subscribers.Publish(refusal);
        }
    }

    /// <summary>A client that throws has emitted nothing and sent nothing.</summary>
    private static string? TrySend(EngineClient client, Action<IExecutionClient> send, string failure)
    {
        try
        {
            send(client.Client);
            return null;
        }
        catch (Exception exception)
        {
            return $"{failure}: {exception.Message}";
        }
    }

    /// <summary>By the client that is named, by the account of the order, by the venue of the instrument if it is the only one there.</summary>
    private EngineClient? Route(OrderCommand command, InstrumentId instrument, Order? order)
    {
        if (command.ClientId is { } id)
        {
            return _clients.Find(client => client.Client.ClientId == id);
        }

        if (order?.AccountId is { } account && _clients.Find(client => client.Client.AccountId == account) is { } owner)
        {
            return owner;
        }

        var ofVenue = _clients.FindAll(client => client.Client.Venue == instrument.Venue);
        return ofVenue.Count == 1 ? ofVenue[0] : null;
    }
}
