using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Commands: to the client that handles them. Each that leads nowhere ends in an event that says so.</content>
public sealed partial class ExecutionEngine
{
    private const string NotTaken = "the client did not take the command";

    /// <summary>Adds the order to the books and sends it; denied when no client handles it or its account takes no orders.</summary>
    /// <exception cref="ArgumentException">Its terms are wrong, or its client order id was used before: nothing was done.</exception>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void SubmitOrder(SubmitOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Add(command.Order);
        Post(() => Submit([command.Order], command, client => client.SubmitOrder(command)));
    }

    /// <summary>Adds the orders to the books and sends them together; each is denied when one cannot be sent.</summary>
    /// <exception cref="ArgumentException">There is none, terms are wrong, or one of the client order ids was used before: nothing was done.</exception>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void SubmitOrderList(SubmitOrderList command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        if (command.Orders.Count == 0)
        {
            throw new ArgumentException("The list has no orders.", nameof(command));
        }

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

        Post(() => Submit(added, command, client => client.SubmitOrderList(command)));
    }

    /// <summary>Asks for other terms; <see cref="OrderPendingUpdate"/> first, <see cref="OrderModifyRejected"/> when it leads nowhere.</summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void ModifyOrder(ModifyOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Post(() => Modify([command], command, (client, _) => client.ModifyOrder(command)));
    }

    /// <summary>Asks for other terms of several orders, each on its own.</summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void BatchModifyOrders(BatchModifyOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Post(() => Modify(command.Modifies, command, (client, some) => client.BatchModifyOrders(command with { Modifies = some })));
    }

    /// <summary>
    /// Asks for the end of an order; <see cref="OrderPendingCancel"/> first, <see cref="OrderCancelRejected"/> when it leads nowhere. One that the books do not
    /// have is asked for all the same when its venue order id is given.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void CancelOrder(CancelOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Post(() => Cancel([command], command, (client, _) => client.CancelOrder(command)));
    }

    /// <summary>Asks for the end of several orders at once.</summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void BatchCancelOrders(BatchCancelOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Post(() => Cancel(command.Cancels, command, (client, some) => client.BatchCancelOrders(command with { Cancels = some })));
    }

    /// <summary>
    /// Asks for the end of every open order of the instrument, or those of one side: of the client that is named, else of every client of the venue.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void CancelAllOrders(CancelAllOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
        Post(() =>
        {
            var clients = _clients.FindAll(client => command.ClientId is { } id ? client.Client.ClientId == id : client.Client.Venue == command.InstrumentId.Venue);
            if (clients.Count == 0)
            {
                Log.NoClient(_logger, command.ToString());
            }

            // A cancel-all goes to the venue even where the books have nothing open: the venue may.
            clients.ForEach(client => CancelAll(client, command));
        });
    }

    /// <summary>Asks the venue for an order. Without a client for it nothing happens, and the log says so.</summary>
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void QueryOrder(QueryOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
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
    /// <exception cref="InvalidOperationException">The engine is not started, or has ended: nothing was done.</exception>
    public void QueryAccount(QueryAccount command)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireStarted();
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

    /// <summary>
    /// Ends when every command that was given before has been handed to its client. For a handler that paces a backtest: its orders are with the client then, and the client acknowledges
    /// the event only after their answers.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Task WhenHandedOverAsync() => _loop.RunAsync(() => true);

    /// <summary>Whether the id is taken: by an order in the books, or by one in the journal, of whatever run.</summary>
    public bool IsUsed(ClientOrderId clientOrderId) => Cache.Order(clientOrderId) is not null || _journal?.IsUsed(clientOrderId) == true;

    private UnixNanos Now => UnixNanos.Now(_timeProvider);

    /// <summary>Before the journal is read nobody knows which orders there are.</summary>
    private void RequireStarted()
    {
        if (!_takesCommands)
        {
            throw new InvalidOperationException("The engine takes commands once StartAsync has read the journal and connected, and until it is disposed of.");
        }
    }

    private void Add(OrderInitialized order)
    {
        if (_journal?.IsUsed(order.ClientOrderId) == true)
        {
            throw new ArgumentException($"An order with client order id {order.ClientOrderId} is in the journal already, of this run or one before.", nameof(order));
        }

        Cache.AddOrder(order);
    }

    private void Post(Action work)
    {
        if (!_loop.Post(work))
        {
            throw new InvalidOperationException("The engine has ended.");
        }
    }

    private void Submit(List<OrderInitialized> orders, OrderCommand command, Action<IExecutionClient> send)
    {
        var client = Route(command, orders[0].InstrumentId, order: null);
        orders.ForEach(order => Tell(order, client?.Client.AccountId));
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

    private void Modify(IReadOnlyList<ModifyOrder> modifies, OrderCommand command, Action<IExecutionClient, IReadOnlyList<ModifyOrder>> send) => Ask(
        command,
        [.. modifies.Select(modify => new Request<ModifyOrder>(modify, modify.InstrumentId, modify.VenueOrderId, Cache.Order(modify.ClientOrderId)))],
        (order, account) => LocalEvents.PendingUpdate(order, account, Now),
        (modify, order, reason) => order is null ? LocalEvents.ModifyRejected(modify, reason, Now) : LocalEvents.ModifyRejected(order, reason, modify.CommandId, Now),
        send);

    private void Cancel(IReadOnlyList<CancelOrder> cancels, OrderCommand command, Action<IExecutionClient, IReadOnlyList<CancelOrder>> send) => Ask(
        command,
        [.. cancels.Select(cancel => new Request<CancelOrder>(cancel, cancel.InstrumentId, cancel.VenueOrderId, Cache.Order(cancel.ClientOrderId)))],
        (order, account) => LocalEvents.PendingCancel(order, account, Now),
        (cancel, order, reason) => order is null ? LocalEvents.CancelRejected(cancel, reason, Now) : LocalEvents.CancelRejected(order, reason, cancel.CommandId, Now),
        send);

    /// <summary>Each client gets its own orders of the command, and only those that nobody has been told a refusal of.</summary>
    private void Ask<T>(
        OrderCommand command,
        IReadOnlyList<Request<T>> requests,
        Func<Order, AccountId, OrderEvent> pending,
        Func<T, Order?, string, OrderEvent> refusal,
        Action<IExecutionClient, IReadOnlyList<T>> send)
    {
        var asked = new List<(EngineClient Client, Request<T> Request)>();
        foreach (var request in requests)
        {
            var client = Route(command, request.Order?.InstrumentId ?? request.InstrumentId, request.Order);
            var problem = client is null ? $"{DenialReason.NoExecutionClient}: no client handles {request.InstrumentId}"
                : request.Order is { } order ? WhyNotPending(pending(order, client.Client.AccountId))
                : request.VenueOrderId is null ? "the order is not in the books"
                : null;
            if (problem is null)
            {
                asked.Add((client!, request));
            }
            else
            {
                Refuse(refusal(request.Command, request.Order, problem));
            }
        }

        foreach (var part in asked.GroupBy(one => one.Client, one => one.Request))
        {
            if (TrySend(part.Key, client => send(client, [.. part.Select(one => one.Command)]), NotTaken) is { } failure)
            {
                foreach (var request in part)
                {
                    Refuse(refusal(request.Command, request.Order, failure));
                }
            }
        }
    }

    private void CancelAll(EngineClient client, CancelAllOrders command)
    {
        var account = client.Client.AccountId;
        var asked = Cache.OrdersOpen(command.InstrumentId, command.OrderSide)
            .Where(order => order.AccountId == account && WhyNotPending(LocalEvents.PendingCancel(order, account, Now)) is null).ToList();
        if (TrySend(client, to => to.CancelAllOrders(command), NotTaken) is { } failure)
        {
            asked.ForEach(order => Refuse(LocalEvents.CancelRejected(order, failure, command.CommandId, Now)));
        }
    }

    /// <summary>Marks a request as pending; or says why it leads nowhere.</summary>
    private string? WhyNotPending(OrderEvent request)
    {
        if (Cache.Apply(request) is { } problem)
        {
            return problem;
        }

        Tell(request);
        return null;
    }

    /// <summary>Where the order takes no refusal, or the books do not have it, it is told all the same: its owner waits.</summary>
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
        if (order?.AccountId is { } account && _clients.Find(client => client.Client.AccountId == account) is { } owner)
        {
            return owner;
        }

        if (command.ClientId is { } id)
        {
            return _clients.Find(client => client.Client.ClientId == id);
        }

        var ofVenue = _clients.FindAll(client => client.Client.Venue == instrument.Venue);
        return ofVenue.Count == 1 ? ofVenue[0] : null;
    }

    /// <summary>One order of a command that asks for its change or end; the order is null when the books do not have it.</summary>
    private sealed record Request<T>(T Command, InstrumentId InstrumentId, VenueOrderId? VenueOrderId, Order? Order);
}
