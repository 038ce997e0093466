using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>Changes: of one order one after the other, since each may give it another id.</content>
public sealed partial class TektiiExecutionClient
{
    private void Modify(ModifyOrder command)
    {
        if (!_orders.TryFind(command.ClientOrderId, out var order) || IsOver(order) || WhyNot(order, command) is not null)
        {
            var reason = order is null ? "ORDER_NOT_FOUND: this client does not know the order"
                : IsOver(order) ? "ORDER_CLOSED: the order is over already"
                : WhyNot(order, command)!;
            _emitter.EmitModifyRejected(
                order?.Key ?? new OrderKey(command.ClientOrderId, command.InstrumentId, command.StrategyId), order?.VenueOrderId ?? command.VenueOrderId, reason, _emitter.Now);
            return;
        }

        if (order.IsTermOfEntry)
        {
            ModifyTerm(order, command);
            return;
        }

        if (!WaitsForItsTurn(order, command))
        {
            SendChange(
                order,
                new OrderChange(command.Quantity?.Value - order.FilledBefore, command.Price?.Value, command.TriggerPrice?.Value),
                command.Quantity?.Value,
                (id, updates, answer) => OnModifyAnswer(order, id, updates, answer));
        }
    }

    /// <summary>Also when only its last trades are still to be told.</summary>
    private static bool IsOver(TrackedOrder order) => order.IsClosed || order is { Waiting: not null, Modifications: 0 };

    /// <summary>Whether the venue's id is not known yet, or a change before it may give the order another one. When its turn comes it is looked at anew: the order may be over by then.</summary>
    private bool WaitsForItsTurn(TrackedOrder order, ModifyOrder command)
    {
        if (order.VenueOrderId is null)
        {
            WhenIdentified(order, () => Modify(command));
            return true;
        }

        if (order.Modifications > 0)
        {
            AfterModification(order, () => Modify(command));
            return true;
        }

        return false;
    }

    /// <summary>An exit that is a term of its entry is changed by changing that.</summary>
    private void ModifyTerm(TrackedOrder exit, ModifyOrder command)
    {
        if (exit.Entry is not { } entryId || !_orders.TryFind(entryId, out var entry) || entry.IsClosed)
        {
            _emitter.EmitModifyRejected(exit.Key, exit.VenueOrderId, "ENTRY_CLOSED: its entry is over, and the venue has not made an order of it yet", _emitter.Now);
            return;
        }

        if (!WaitsForItsTurn(entry, command))
        {
            SendChange(
                entry,
                new OrderChange(StopLoss: command.TriggerPrice?.Value, TakeProfit: command.Price?.Value),
                wanted: null,
                (_, updates, answer) => OnTermAnswer(exit, entry, command, updates, answer));
        }
    }

    private void OnTermAnswer(TrackedOrder exit, TrackedOrder entry, ModifyOrder command, int updates, Answer answer)
    {
        var before = exit.Updates;
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                if (TakeModified(entry, updates, answer.Body) is not null && exit is { IsTermOfEntry: true, IsClosed: false } && exit.Updates == before)
                {
                    // The row does not name the exits, or as they were: it was asked for, and taken.
                    (exit.Price, exit.TriggerPrice) = (command.Price ?? exit.Price, command.TriggerPrice ?? exit.TriggerPrice);
                    exit.Updates++;
                    _emitter.EmitUpdated(exit.Key, exit.VenueOrderId ?? entry.VenueOrderId!.Value, exit.Quantity, exit.Price, exit.TriggerPrice, _emitter.Now);
                }

                EndModification(entry);
                break;
            case SendOutcome.Refused or SendOutcome.NotSent:
                RefuseChange(exit, exit.VenueOrderId, answer);
                EndModification(entry);
                AskFor(entry);
                break;
            case SendOutcome.Unknown unknown:
                Log.UnknownOutcome(_logger, "the modification", exit.Key.ClientOrderId.Value, unknown.Cause);
                AskForReplacement(entry, updates, answer.IsTooMany ? () => RefuseChange(exit, exit.VenueOrderId, answer) : null);
                break;
            default:
                break;
        }
    }

    private string? WhyNot(TrackedOrder order, ModifyOrder command)
    {
        var instrument = InstrumentOf(order.Symbol);
        return (command.Price is not null && !HasPrice(order.OrderType)) || (command.TriggerPrice is not null && !HasTrigger(order.OrderType))
                ? $"VALIDATION_FAILED: a {order.OrderType.ToWireString()} order has no {(command.Price is not null && !HasPrice(order.OrderType) ? "limit" : "trigger")} price"
            : order.IsTermOfEntry && (command.Quantity is { } total && total != order.Quantity) ? "UNSUPPORTED: the exit has the quantity of its entry: change that"
            : !_protocol.IsRich ? "UNSUPPORTED: the engine changes no orders; cancel the order and submit another"
            : command is { Quantity: null, Price: null, TriggerPrice: null } ? "VALIDATION_FAILED: nothing is to be changed"
            : command.Quantity is { } quantity && (!quantity.IsPositive || quantity.Value < order.Filled) ? $"VALIDATION_FAILED: quantity {quantity} is not above zero, or below the {order.Filled} that are filled"
            : command.Quantity is { } size && size.Value % instrument.SizeIncrement.Value != 0 ? $"VALIDATION_FAILED: quantity {size} is not a multiple of {instrument.SizeIncrement}"
            : new[] { command.Price, command.TriggerPrice }.OfType<Price>().Any(price => !price.IsPositive || price.Value % instrument.PriceIncrement.Value != 0)
                ? $"VALIDATION_FAILED: prices must be above zero and multiples of the tick {instrument.PriceIncrement}"
            : null;
    }

    private static bool HasPrice(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool HasTrigger(OrderType type) => type is OrderType.StopMarket or OrderType.StopLimit;

    /// <param name="order">The order.</param>
    /// <param name="change">The change; its total is that of the venue's order, which may be about the rest alone and so less than ours.</param>
    /// <param name="wanted">The total that is asked for; null: as it is.</param>
    /// <param name="onAnswer">Gets the id that was named, how often terms had been told when it left, and the answer.</param>
    private void SendChange(TrackedOrder order, OrderChange change, decimal? wanted, Action<VenueOrderId, int, Answer> onAnswer)
    {
        order.Modifications++;
        order.ModificationRequest = _requests.Begin();
        order.WantedQuantity = wanted ?? order.Quantity.Value;
        var updates = 0;
        var id = order.VenueOrderId!.Value;
        var body = GatewayProtocol.WriteChange(change);
        _ = Send(
            _lane,
            order.Symbol,
            LaneRule.Free,
            () =>
            {
                // As it is when the change leaves: one before it may have changed it.
                (updates, id) = (order.Updates, order.VenueOrderId!.Value);
                return _http.SendAsync(HttpMethod.Patch, PathOf(id), body, CancellationToken.None);
            },
            answer => onAnswer(id, updates, answer),
            isCancel: false);
    }

    private void OnModifyAnswer(TrackedOrder order, VenueOrderId id, int updates, Answer answer)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                OnModified(order, id, updates, answer);
                EndModification(order);
                break;
            case SendOutcome.Refused or SendOutcome.NotSent:
                RefuseChange(order, id, answer);

                // Not made in one step everywhere: the original may be gone.
                EndModification(order);
                AskFor(order);
                break;
            case SendOutcome.Unknown unknown:
                Log.UnknownOutcome(_logger, "the modification", order.Key.ClientOrderId.Value, unknown.Cause);
                AskForReplacement(order, updates, answer.IsTooMany ? () => RefuseChange(order, id, answer) : null);
                break;
            default:
                break;
        }
    }

    private void RefuseChange(TrackedOrder order, VenueOrderId? id, Answer answer)
    {
        if (!order.IsClosed)
        {
            _emitter.EmitModifyRejected(order.Key, id, TektiiHttp.Describe(answer.Outcome), _emitter.Now);
        }
    }

    private void OnModified(TrackedOrder order, VenueOrderId id, int updates, Answer answer)
    {
        if (TakeModified(order, updates, answer.Body) is not { } row || order.Updates != updates || order.IsClosed)
        {
            return;
        }

        if (row.Status == TektiiOrderStatus.Rejected)
        {
            _emitter.EmitModifyRejected(order.Key, id, $"the broker did not take it: {row.RejectReason ?? "no reason given"}", _emitter.Now);
            AskFor(order);
        }
        else if (!row.IsClosed)
        {
            // The venue took it and left the order as it was; whoever asked must not wait for ever.
            order.Updates++;
            _emitter.EmitUpdated(order.Key, row.Id, order.Quantity, order.Price, order.TriggerPrice, row.UpdatedAt);
        }
    }

    private TektiiOrder? TakeModified(TrackedOrder order, int updates, JsonElement body)
    {
        try
        {
            var row = _protocol.ReadOrder(new Row(body).Object("order"));
            if (order.Updates == updates)
            {
                // Nothing else was told since it left: its answer is how the order stands, whatever clock it has its time from.
                order.TermsAt = default;
            }

            OnOrder(row with { ClientOrderId = order.Key.ClientOrderId.Value }, isNews: false);
            return row;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            Log.UnreadableRow(_logger, "a modification", TektiiProtocol.Bounded(exception.Message));
            AskFor(order);
            return null;
        }
    }

    /// <summary>
    /// Whether it was replaced is not known, and may still happen: it is looked up a few times, and until then the end of the old order is not believed. Our id leads to the order that works
    /// now, if the venue gave the replacement that.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="updates">How often its terms had been told when the change left.</param>
    /// <param name="refuse">The venue said that it did not do it: tells so, once the order proves to be as it was; null: it said nothing of the kind.</param>
    private void AskForReplacement(TrackedOrder order, int updates, Action? refuse) => _session.RunInBackground(async stop =>
    {
        try
        {
            var unchanged = 0;
            foreach (var delay in LookUpDelays)
            {
                await Task.Delay(delay, _timeProvider, stop).ConfigureAwait(false);
                var (_, row) = await TryFindAsync(order, byVenueId: false, stop).ConfigureAwait(false);
                row ??= (await TryFindAsync(order, byVenueId: true, stop).ConfigureAwait(false)).Row;
                if (await _loop.RunAsync(() => TakeReplacement(order, row, updates)).ConfigureAwait(false))
                {
                    return;
                }

                unchanged += row is null ? 0 : 1;
                if (refuse is not null && unchanged == EnoughAbsences)
                {
                    _loop.Post(refuse);
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
        order.WantedQuantity = order.Modifications > 0 ? order.WantedQuantity : null;
        if (order is { Modifications: 0, Waiting: { } row })
        {
            order.Waiting = null;
            Conclude(order, row);
        }

        CloseIfFilled(order);
        OnAnswered(order.ModificationRequest);
        while (order.Modifications == 0 && order.AfterModification?.TryDequeue(out var next) == true)
        {
            next();
        }
    }
}
