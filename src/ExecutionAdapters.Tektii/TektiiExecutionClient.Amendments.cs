using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>Changes and cancels. Both need the venue's id of the order: those given before it is known wait for it.</content>
public sealed partial class TektiiExecutionClient
{
    /// <inheritdoc/>
    /// <remarks>
    /// The venue may replace the order by another one with an id of its own, and behind an engine not in one step: when the replacement fails the original is cancelled. Both are told.
    /// </remarks>
    public void ModifyOrder(ModifyOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Modify(command));
    }

    /// <inheritdoc/>
    public void BatchModifyOrders(BatchModifyOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            foreach (var modify in command.Modifies)
            {
                Modify(modify);
            }
        });
    }

    /// <inheritdoc/>
    public void CancelOrder(CancelOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Cancel(command));
    }

    /// <inheritdoc/>
    public void BatchCancelOrders(BatchCancelOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            foreach (var cancel in command.Cancels)
            {
                Cancel(cancel);
            }
        });
    }

    /// <inheritdoc/>
    /// <remarks>Both sides go in one request; of one side each order by itself.</remarks>
    public void CancelAllOrders(CancelAllOrders command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            if (Find(command.InstrumentId) is not { } instrument)
            {
                Log.QueryFailed(_logger, "A cancel of all orders", $"{command.InstrumentId} is not known; nothing was sent");
                return;
            }

            var open = _orders.Open.Where(order => !order.IsTermOfEntry && order.Key.InstrumentId == command.InstrumentId && (command.OrderSide == OrderSide.NoOrderSide || order.Side == command.OrderSide)).ToList();
            if (command.OrderSide == OrderSide.NoOrderSide && open.TrueForAll(order => order.VenueOrderId is not null))
            {
                CancelAll(instrument, open);
                return;
            }

            foreach (var order in open)
            {
                WithVenueOrderId(order, id => SendCancel(order.Key, id, order), waitsForModification: true);
            }
        });
    }

    /// <summary>In the lane of new orders, and sent once: one that is given later is not to be cancelled with the others.</summary>
    private void CancelAll(Instrument instrument, List<TrackedOrder> open) => Send(
        _lane,
        () => _http.SendOnceAsync(HttpMethod.Delete, $"orders?symbol={Uri.EscapeDataString(instrument.RawSymbol.Value)}", body: null, CancellationToken.None),
        answer =>
        {
            var failed = answer.Outcome is SendOutcome.Admitted ? FailedIdsOf(answer.Body) : [];
            foreach (var order in open.Where(order => !order.IsClosed && order.VenueOrderId is not null))
            {
                // The answer only counts: what became of each is asked, and whoever waits for a cancel that came to nothing is told.
                var isRefused = answer.Outcome is SendOutcome.Refused or SendOutcome.NotSent || failed.Contains(order.VenueOrderId!.Value.Value);
                AskFor(order, isRefused ? () => RefuseCancel(order.Key, order.VenueOrderId, order, failed.Count > 0 ? "the venue did not cancel it" : TektiiHttp.Describe(answer.Outcome)) : null);
            }
        },
        needsStream: false);

    private static HashSet<string> FailedIdsOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("failed_order_ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)]
            : [];

    private CommandLane CancelLane => _isPaced ? _lane : _cancelLane;

    private void Cancel(CancelOrder command)
    {
        var key = new OrderKey(command.ClientOrderId, command.InstrumentId, command.StrategyId);
        if (_orders.TryFind(command.ClientOrderId, out var order))
        {
            if (order.IsClosed)
            {
                _emitter.EmitCancelRejected(order.Key, order.VenueOrderId, "ORDER_CLOSED: the order is over already", _emitter.Now);
                return;
            }

            if (order.IsTermOfEntry)
            {
                _emitter.EmitCancelRejected(order.Key, order.VenueOrderId, TermOfEntry, _emitter.Now);
                return;
            }

            WithVenueOrderId(order, id => SendCancel(order.Key, id, order), waitsForModification: true);
        }
        else if (command.VenueOrderId is { } id)
        {
            SendCancel(key, id, order: null);
        }
        else
        {
            _emitter.EmitCancelRejected(key, null, "ORDER_NOT_FOUND: this client does not know the order, and no venue order id was given", _emitter.Now);
        }
    }

    private void SendCancel(OrderKey key, VenueOrderId id, TrackedOrder? order) => Send(
        CancelLane,
        () => _http.SendAsync(HttpMethod.Delete, PathOf(order, id), body: null, CancellationToken.None),
        answer => OnCancelAnswer(key, order?.VenueOrderId ?? id, order, answer),
        needsStream: false);

    /// <summary>The order may have been replaced while this waited.</summary>
    private static string PathOf(TrackedOrder? order, VenueOrderId id) => "orders/" + Uri.EscapeDataString((order?.VenueOrderId ?? id).Value);

    private void OnCancelAnswer(OrderKey key, VenueOrderId id, TrackedOrder? order, Answer answer)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                OnCancelled(key, id, order, answer.Body);
                break;
            case SendOutcome.Refused when order is not null:
                // It may be over: then how is what counts.
                AskFor(order, () => RefuseCancel(key, id, order, TektiiHttp.Describe(answer.Outcome)));
                break;
            case SendOutcome.Refused or SendOutcome.NotSent:
                RefuseCancel(key, id, order, TektiiHttp.Describe(answer.Outcome));
                break;
            case SendOutcome.Unknown unknown:
                Log.UnknownOutcome(_logger, "the cancel", key.ClientOrderId.Value, unknown.Cause);
                if (order is not null)
                {
                    AskFor(order);
                }

                break;
            default:
                break;
        }
    }

    private void OnCancelled(OrderKey key, VenueOrderId id, TrackedOrder? order, JsonElement body)
    {
        try
        {
            // The gateway wraps the order and says whether it worked; the engine answers the order, or nothing.
            var isWrapped = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("order", out _);
            if (isWrapped || (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("id", out _)))
            {
                OnOrder(_protocol.ReadOrder(isWrapped ? new Row(body).Object("order") : new Row(body)), isNews: order is null);
            }
            else if (order is not null)
            {
                AskFor(order);
            }

            if (isWrapped && new Row(body).OptionalFlag("success") == false)
            {
                RefuseCancel(key, id, order, "the venue did not cancel it");
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            Log.UnreadableRow(_logger, "a cancel", TektiiProtocol.Bounded(exception.Message));
            if (order is not null)
            {
                AskFor(order);
            }
        }
    }

    private const string TermOfEntry = "EXIT_PENDING: before its entry fills the exit is only a term of it; cancel the entry, or wait";

    private void RefuseCancel(OrderKey key, VenueOrderId? id, TrackedOrder? order, string reason)
    {
        if (order is { IsClosed: true })
        {
            Log.LateRefusal(_logger, "cancel", key.ClientOrderId.Value, reason);
            return;
        }

        _emitter.EmitCancelRejected(key, id, reason, _emitter.Now);
    }

    private void Modify(ModifyOrder command)
    {
        if (!_orders.TryFind(command.ClientOrderId, out var order) || order.IsClosed || WhyNot(order, command) is not null)
        {
            var reason = order is null ? "ORDER_NOT_FOUND: this client does not know the order"
                : order.IsClosed ? "ORDER_CLOSED: the order is over already"
                : WhyNot(order, command)!;
            _emitter.EmitModifyRejected(
                order?.Key ?? new OrderKey(command.ClientOrderId, command.InstrumentId, command.StrategyId), order?.VenueOrderId ?? command.VenueOrderId, reason, _emitter.Now);
            return;
        }

        WithVenueOrderId(order, _ => SendModify(order, command), waitsForModification: true);
    }

    private string? WhyNot(TrackedOrder order, ModifyOrder command)
    {
        var instrument = InstrumentOf(order.Symbol);
        return order.IsTermOfEntry ? TermOfEntry
            : !_protocol.IsRich ? "UNSUPPORTED: the engine changes no orders; cancel the order and submit another"
            : command is { Quantity: null, Price: null, TriggerPrice: null } ? "VALIDATION_FAILED: nothing is to be changed"
            : command.Quantity is { } quantity && (!quantity.IsPositive || quantity.Value < order.Filled) ? $"VALIDATION_FAILED: quantity {quantity} is not above zero, or below the {order.Filled} that are filled"
            : command.Quantity is { } size && size.Value % instrument.SizeIncrement.Value != 0 ? $"VALIDATION_FAILED: quantity {size} is not a multiple of {instrument.SizeIncrement}"
            : new[] { command.Price, command.TriggerPrice }.OfType<Price>().Any(price => !price.IsPositive || price.Value % instrument.PriceIncrement.Value != 0)
                ? $"VALIDATION_FAILED: prices must be above zero and multiples of the tick {instrument.PriceIncrement}"
            : null;
    }

    private void SendModify(TrackedOrder order, ModifyOrder command)
    {
        order.Modifications++;
        _unanswered++;
        var updates = 0;
        var id = order.VenueOrderId!.Value;
        var body = GatewayProtocol.WriteChange(new OrderChange(command.Quantity?.Value, command.Price?.Value, command.TriggerPrice?.Value));
        Send(
            _lane,
            () =>
            {
                // As it is when the change leaves: one before it may have changed it.
                (updates, id) = (order.Updates, order.VenueOrderId!.Value);
                order.WantedQuantity = command.Quantity?.Value ?? order.Quantity.Value;
                return _http.SendAsync(HttpMethod.Patch, PathOf(order, id), body, CancellationToken.None);
            },
            answer => OnModifyAnswer(order, id, updates, answer),
            needsStream: true);
    }

    private void OnModifyAnswer(TrackedOrder order, VenueOrderId id, int updates, Answer answer)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                OnModified(order, updates, answer.Body);
                EndModification(order);
                break;
            case SendOutcome.Refused or SendOutcome.NotSent:
                if (!order.IsClosed)
                {
                    _emitter.EmitModifyRejected(order.Key, id, TektiiHttp.Describe(answer.Outcome), _emitter.Now);
                }

                // Not made in one step everywhere: the original may be gone.
                EndModification(order);
                AskFor(order);
                break;
            case SendOutcome.Unknown unknown:
                Log.UnknownOutcome(_logger, "the modification", order.Key.ClientOrderId.Value, unknown.Cause);
                AskForReplacement(order, updates);
                break;
            default:
                break;
        }
    }

    private void OnModified(TrackedOrder order, int updates, JsonElement body)
    {
        try
        {
            var row = _protocol.ReadOrder(new Row(body).Object("order"));
            OnOrder(row with { ClientOrderId = order.Key.ClientOrderId.Value }, isNews: false);
            if (order.Updates == updates && !order.IsClosed && !row.IsClosed)
            {
                // The venue took it and left the order as it was; whoever asked must not wait for ever.
                order.Updates++;
                _emitter.EmitUpdated(order.Key, row.Id, order.Quantity, order.Price, order.TriggerPrice, row.UpdatedAt);
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            Log.UnreadableRow(_logger, "a modification", TektiiProtocol.Bounded(exception.Message));
            AskFor(order);
        }
    }

    /// <summary>
    /// Whether it was replaced is not known, and may still happen: it is looked up a few times, and until then the end of the old order is not believed. Our id leads to the order that works
    /// now, if the venue gave the replacement that.
    /// </summary>
    private void AskForReplacement(TrackedOrder order, int updates) => _session.RunInBackground(async stop =>
    {
        try
        {
            foreach (var delay in LookUpDelays)
            {
                await Task.Delay(delay, _timeProvider, stop).ConfigureAwait(false);
                var row = await TryFindAsync(order, byVenueId: false, stop).ConfigureAwait(false) ?? await TryFindAsync(order, byVenueId: true, stop).ConfigureAwait(false);
                if (await _loop.RunAsync(() => TakeReplacement(order, row, updates)).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        finally
        {
            _loop.Post(() => EndModification(order));
        }
    });

    /// <summary>Whether it has come to something.</summary>
    private bool TakeReplacement(TrackedOrder order, TektiiOrder? row, int updates)
    {
        if (row is not null)
        {
            OnOrder(row, isNews: false);
        }

        return order.IsClosed || order.Updates != updates;
    }

    private void EndModification(TrackedOrder order)
    {
        order.Modifications--;
        if (order is { Modifications: 0, Waiting: { } row })
        {
            order.Waiting = null;
            Conclude(order, row);
        }

        CloseIfFilled(order);
        OnAnswered();
        while (order.Modifications == 0 && order.AfterModification?.TryDequeue(out var next) == true)
        {
            next();
        }
    }

    /// <summary>Runs when the venue's id is known; not at all when the order ends before it has one, which its owner hears then.</summary>
    private static void WithVenueOrderId(TrackedOrder order, Action<VenueOrderId> act, bool waitsForModification = false)
    {
        if (waitsForModification && order.Modifications > 0)
        {
            (order.AfterModification ??= new Queue<Action>()).Enqueue(() => WithVenueOrderId(order, act, waitsForModification));
            return;
        }

        if (order.VenueOrderId is { } id)
        {
            act(id);
            return;
        }

        (order.OnVenueOrderId ??= []).Add(act);
    }
}
