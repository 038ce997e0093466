using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>Cancels, and where changes begin. Both need the venue's id of the order: those given before it is known wait for it.</content>
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
            if (command.OrderSide == OrderSide.NoOrderSide && open.TrueForAll(order => order is { VenueOrderId: not null, Modifications: 0 }))
            {
                CancelAll(instrument, open);
                return;
            }

            foreach (var order in open)
            {
                CancelNow(order);
            }
        });
    }

    /// <summary>Sent once. Orders that are given later wait for its answer: they are not to be cancelled with the others.</summary>
    private void CancelAll(Instrument instrument, List<TrackedOrder> open)
    {
        var symbol = instrument.RawSymbol.Value;
        var answered = Send(
            CancelLane,
            symbol,
            LaneRule.Free,
            () => _http.SendOnceAsync(HttpMethod.Delete, "orders" + Query(SymbolQuery(instrument.Id)), body: null, CancellationToken.None),
            answer => OnAllCancelled(open, answer),
            isCancel: true);
        _lane.Hold(symbol, answered);
    }

    private void OnAllCancelled(List<TrackedOrder> open, Answer answer)
    {
        var failed = answer.Outcome is SendOutcome.Admitted ? FailedIdsOf(answer.Body) : [];
        foreach (var order in open.Where(order => !order.IsClosed && order.VenueOrderId is not null))
        {
            // The answer only counts: what became of each is asked, and whoever waits for a cancel that came to nothing is told.
            var isRefused = answer.IsRefused || answer.Outcome is SendOutcome.NotSent || failed.Contains(order.VenueOrderId!.Value.Value);
            AskFor(order, isRefused ? () => RefuseCancel(order.Key, order.VenueOrderId, order, failed.Count > 0 ? "the venue did not cancel it" : TektiiHttp.Describe(answer.Outcome)) : null);
        }
    }

    private static HashSet<string> FailedIdsOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("failed_order_ids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Select(Row.TextOf).OfType<string>()]
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
                _emitter.EmitCancelRejected(order.Key, order.VenueOrderId, order.IsMissing ? MissingExit : TermOfEntry, _emitter.Now);
                return;
            }

            CancelNow(order);
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

    /// <summary>Does not wait for a modification that is not answered: should that give the order another id, it is cancelled under that one as well.</summary>
    private void CancelNow(TrackedOrder order)
    {
        if (order.VenueOrderId is { } id)
        {
            SendCancel(order.Key, id, order);
        }
        else
        {
            WhenIdentified(order, () => CancelNow(order));
        }
    }

    private void SendCancel(OrderKey key, VenueOrderId id, TrackedOrder? order)
    {
        var sent = id;
        _ = Send(
            CancelLane,
            order?.Symbol ?? "",
            LaneRule.Free,
            () =>
            {
                // The order may have been replaced while this waited.
                sent = order?.VenueOrderId ?? id;
                return _http.SendAsync(HttpMethod.Delete, PathOf(sent), body: null, CancellationToken.None);
            },
            answer => OnCancelAnswer(key, sent, order, answer),
            isCancel: true);
    }

    private static string PathOf(VenueOrderId id) => "orders/" + Uri.EscapeDataString(id.Value);

    private void OnCancelAnswer(OrderKey key, VenueOrderId id, TrackedOrder? order, Answer answer)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                var isRefused = OnCancelled(order, answer.Body);
                CancelAgain(order, id, isRefused ? () => RefuseCancel(key, id, order, "the venue did not cancel it") : null);
                break;
            case SendOutcome.Refused or SendOutcome.Unknown when order is not null && answer.IsRefused:
                // It may be over: then how is what counts.
                CancelAgain(order, id, () => AskFor(order, () => RefuseCancel(key, id, order, TektiiHttp.Describe(answer.Outcome))));
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

                CancelAgain(order, id, otherwise: null);
                break;
            default:
                break;
        }
    }

    /// <summary>The answer was about an id that the order has no more, or may lose by a modification under way: under the new one it still works.</summary>
    private void CancelAgain(TrackedOrder? order, VenueOrderId id, Action? otherwise)
    {
        if (order is { Modifications: > 0, IsClosed: false })
        {
            AfterModification(order, () => CancelAgain(order, id, otherwise));
        }
        else if (order is { IsClosed: false, VenueOrderId: { } present } && present != id)
        {
            SendCancel(order.Key, present, order);
        }
        else
        {
            otherwise?.Invoke();
        }
    }

    /// <summary>Whether the venue says that it did not cancel it.</summary>
    private bool OnCancelled(TrackedOrder? order, JsonElement body)
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

            return isWrapped && new Row(body).OptionalFlag("success") == false;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            Log.UnreadableRow(_logger, "a cancel", TektiiProtocol.Bounded(exception.Message));
            if (order is not null)
            {
                AskFor(order);
            }

            return false;
        }
    }

    private const string MissingExit = "EXIT_MISSING: its entry is filled, and the venue has told of no such order: look at the position, it may be without protection";
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

    /// <summary>Runs when the venue's id is known; not at all when the order ends before it has one, which its owner hears then.</summary>
    private static void WhenIdentified(TrackedOrder order, Action act) => (order.OnVenueOrderId ??= []).Add(act);

    /// <summary>Runs when no modification is under way any more, whatever has become of the order by then.</summary>
    private static void AfterModification(TrackedOrder order, Action act) => (order.AfterModification ??= new Queue<Action>()).Enqueue(act);
}
