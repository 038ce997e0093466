using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>New orders: checked, told as submitted, sent once; an answer that did not come is looked up, never guessed.</content>
public sealed partial class TektiiExecutionClient
{
    private static readonly TimeSpan[] LookUpDelays =
        [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    /// <summary>How often the venue must say that it has no such order, before one that it refused for too many requests counts as refused.</summary>
    private const int EnoughAbsences = 2;

    /// <inheritdoc/>
    public void SubmitOrder(SubmitOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() => Submit(command.Order, list: null, command.PositionId, command.Params, exits: []));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Three forms are taken: an entry with a stop loss, a take profit or both that wait for it (the venue makes these of the entry when that fills); orders of which one
    /// cancels the others; and independent orders, sent one after the other.
    /// </remarks>
    public void SubmitOrderList(SubmitOrderList command)
    {
        ArgumentNullException.ThrowIfNull(command);
        Post(() =>
        {
            var denial = WhyNotAsList(command.Orders) is { } refusal ? DenialReason.Format(DenialReason.UnsupportedOrderList, refusal) : WhyNoGroup(command);
            if (denial is not null)
            {
                foreach (var order in command.Orders)
                {
                    _emitter.EmitDenied(KeyOf(order), denial);
                }

                return;
            }

            foreach (var order in command.Orders.Where(order => order.ParentOrderId is null))
            {
                Submit(order, command.OrderListId, command.PositionId, command.Params, [.. command.Orders.Where(exit => exit.ParentOrderId == order.ClientOrderId)]);
            }
        });
    }

    /// <summary>Of orders that cancel each other none is sent alone: that one would have nothing that ends it.</summary>
    private string? WhyNoGroup(SubmitOrderList command)
    {
        foreach (var order in command.Orders.Where(order => order is { ContingencyType: ContingencyType.OCO, ParentOrderId: null }))
        {
            if (Translate(order, command.OrderListId, command.PositionId, command.Params, exits: [], out _, out var denial) is null)
            {
                return denial;
            }
        }

        return null;
    }

    private static OrderKey KeyOf(OrderInitialized order) => new(order.ClientOrderId, order.InstrumentId, order.StrategyId);

    private string? WhyNotAsList(IReadOnlyList<OrderInitialized> orders)
    {
        var exits = orders.Where(order => order.ParentOrderId is not null).ToList();
        var isOco = orders.Any(order => order.ContingencyType == ContingencyType.OCO && order.ParentOrderId is null);
        if (!_protocol.IsRich && (exits.Count > 0 || isOco))
        {
            return "the engine takes no contingent orders";
        }

        if (exits.Count > 0 && !_capabilities.Has("bracket_orders", "brackets", "bracket"))
        {
            return "the venue has no brackets";
        }

        if (isOco && !_capabilities.HasOco)
        {
            return OrderTranslator.NoOco;
        }

        foreach (var exit in exits)
        {
            if (orders.FirstOrDefault(order => order.ClientOrderId == exit.ParentOrderId) is not { ParentOrderId: null } entry)
            {
                return $"exit {exit.ClientOrderId} names an entry that is not in the list";
            }

            if (exit.Side == entry.Side || exit.Quantity != entry.Quantity || exit.InstrumentId != entry.InstrumentId)
            {
                return $"exit {exit.ClientOrderId} must be on the other side of {entry.ClientOrderId}, in the same instrument and quantity";
            }

            if (exit.OrderType is not (OrderType.StopMarket or OrderType.Limit))
            {
                return $"exit {exit.ClientOrderId} is {exit.OrderType.ToWireString()}: a stop loss is STOP_MARKET, a take profit is LIMIT";
            }
        }

        return isOco && orders.Count(order => order.ContingencyType == ContingencyType.OCO && order.ParentOrderId is null) < 2 ? "a group of which one cancels the others has at least two orders"
            : exits.GroupBy(exit => (exit.ParentOrderId, exit.OrderType)).Any(group => group.Count() > 1) ? "an entry has at most one stop loss and one take profit" : null;
    }

    private void Submit(OrderInitialized order, OrderListId? list, PositionId? position, IReadOnlyDictionary<string, string>? parameters, IReadOnlyList<OrderInitialized> exits)
    {
        OrderInitialized[] all = [order, .. exits];
        if (all.FirstOrDefault(one => _orders.TryFind(one.ClientOrderId, out _)) is { } known)
        {
            Log.DuplicateSubmit(_logger, known.ClientOrderId.Value);
            return;
        }

        if (Translate(order, list, position, parameters, exits, out var instrument, out var denial) is not { } request)
        {
            foreach (var one in all)
            {
                _emitter.EmitDenied(KeyOf(one), denial!);
            }

            return;
        }

        var tracked = Track(order, instrument!, entry: null);
        foreach (var exit in exits)
        {
            Track(exit, instrument!, order.ClientOrderId);
        }

        var ticket = _requests.Begin();
        var body = _protocol.WriteOrder(request);
        _ = Send(
            _lane,
            tracked.Symbol,
            order.ReduceOnly ? LaneRule.AfterEarlier : LaneRule.Free,
            () => _http.SendAsync(HttpMethod.Post, "orders", body, CancellationToken.None),
            answer => OnSubmitAnswer(tracked, answer, ticket),
            isCancel: false);
    }

    /// <summary>Sends a request when its turn comes, and deals with the answer on the loop.</summary>
    /// <param name="lane">Its turn.</param>
    /// <param name="symbol">What it is about.</param>
    /// <param name="rule">How it stands to other requests about that; in a backtest one always follows the other.</param>
    /// <param name="request">The request.</param>
    /// <param name="onAnswer">What to do then.</param>
    /// <param name="isCancel">A cancel is still wanted however late it is, and also when nobody would hear what becomes of it.</param>
    /// <returns>Ends with the answer.</returns>
    private Task Send(CommandLane lane, string symbol, LaneRule rule, Func<Task<Answer>> request, Action<Answer> onAnswer, bool isCancel)
    {
        // By the simulated clock no time passes while a request waits.
        var givenAt = _timeProvider.GetTimestamp();
        var isPaced = _isPaced;
        return lane.Add(
            symbol,
            isPaced ? LaneRule.Strict : rule,
            async () =>
            {
                Answer answer;
                try
                {
                    answer = !isCancel && !isPaced && _timeProvider.GetElapsedTime(givenAt) > _options.QueueTimeout ? new Answer(new SendOutcome.NotSent($"it waited longer than {_options.QueueTimeout.TotalSeconds:0.#} s for the requests before it"))
                        : !isCancel && !_session.IsLive ? new Answer(new SendOutcome.NotSent("the stream was lost before it left"))
                        : await request().ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    answer = new Answer(new SendOutcome.Unknown(exception.Message));
                }

                _loop.Post(() => onAnswer(answer));
            });
    }

    private OrderRequest? Translate(
        OrderInitialized order,
        OrderListId? list,
        PositionId? position,
        IReadOnlyDictionary<string, string>? parameters,
        IReadOnlyList<OrderInitialized> exits,
        out Instrument? instrument,
        out string? denial)
    {
        instrument = Find(order.InstrumentId);
        if (instrument is null)
        {
            denial = DenialReason.Format(DenialReason.InstrumentNotFound, $"{order.InstrumentId} is neither subscribed nor among the options' instruments");
            return null;
        }

        if (!_session.IsLive)
        {
            denial = DenialReason.Format(DenialReason.StreamReconciling, "the connection to Tektii is not live; nothing was sent");
            return null;
        }

        if (order.ParentOrderId is not null)
        {
            denial = DenialReason.Format(DenialReason.ValidationFailed, $"it is an exit of {order.ParentOrderId}: submit both in one list");
            return null;
        }

        (var request, denial) = OrderTranslator.Translate(order, list, position, instrument, _protocol, _capabilities, parameters);
        foreach (var exit in exits)
        {
            denial ??= OrderTranslator.Translate(exit, list, position, instrument, _protocol, _capabilities, parameters: null).Denial;
            if (denial is not null)
            {
                return null;
            }

            request = exit.OrderType == OrderType.Limit ? request! with { TakeProfit = exit.Price?.Value } : request! with { StopLoss = exit.TriggerPrice?.Value };
        }

        return request;
    }

    private TrackedOrder Track(OrderInitialized order, Instrument instrument, ClientOrderId? entry)
    {
        var tracked = new TrackedOrder
        {
            Key = KeyOf(order),
            Side = order.Side,
            OrderType = order.OrderType,
            Symbol = instrument.RawSymbol.Value,
            Quantity = order.Quantity,
            Price = order.Price,
            TriggerPrice = order.TriggerPrice,
            Entry = entry,
            IsTermOfEntry = entry is not null,
        };
        _orders.Add(tracked);
        _emitter.EmitSubmitted(tracked.Key);
        return tracked;
    }

    private void OnSubmitAnswer(TrackedOrder order, Answer answer, long ticket)
    {
        switch (answer.Outcome)
        {
            case SendOutcome.Admitted:
                OnHandle(order, answer, ticket);
                return;
            case SendOutcome.Refused refused:
                Reject(order, $"Tektii venue rejected the order (HTTP {refused.Code}): {refused.Message}", _emitter.Now, answer.Refusal.RejectCode ?? refused.Message);
                break;
            case SendOutcome.NotSent notSent:
                Reject(order, "NOT_SENT: " + notSent.Reason, _emitter.Now, null);
                break;
            case SendOutcome.Unknown unknown:
                LookUp(order, unknown.Cause, answer.IsTooMany, ticket);
                return;
            default:
                break;
        }

        OnAnswered(ticket);
    }

    private void OnHandle(TrackedOrder order, Answer answer, long ticket)
    {
        TektiiOrderHandle handle;
        try
        {
            handle = TektiiProtocol.ReadHandle(new Row(answer.Body));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            LookUp(order, $"the answer cannot be read: {exception.Message}", isTooMany: false, ticket);
            return;
        }

        if (handle.Status is TektiiOrderStatus.Pending or TektiiOrderStatus.Rejected)
        {
            Identify(order, handle.Id);
        }
        else
        {
            Accept(order, handle.Id, _venueTime.Value > 0 ? _venueTime : _emitter.Now);
        }

        OnAnswered(ticket);
        if (handle.Status is TektiiOrderStatus.Rejected or TektiiOrderStatus.Filled or TektiiOrderStatus.Cancelled or TektiiOrderStatus.Expired && !order.IsClosed)
        {
            // The handle says that it is over, the row says how.
            AskFor(order);
        }
    }

    /// <summary>Whether the order arrived is not known: the venue is asked for our id, among the open orders and the closed ones.</summary>
    private void LookUp(TrackedOrder order, string cause, bool isTooMany, long ticket)
    {
        Log.UnknownOutcome(_logger, "the submission", order.Key.ClientOrderId.Value, cause);
        _session.RunInBackground(async stop =>
        {
            try
            {
                var absent = 0;
                foreach (var delay in LookUpDelays)
                {
                    await Task.Delay(delay, _timeProvider, stop).ConfigureAwait(false);
                    var (isAnswered, row) = await TryFindAsync(order, byVenueId: true, stop).ConfigureAwait(false);
                    if (row is not null)
                    {
                        _loop.Post(() => OnOrder(row, isNews: false));
                        return;
                    }

                    if (await _loop.RunAsync(() => order.VenueOrderId is not null || order.IsClosed).ConfigureAwait(false))
                    {
                        return;
                    }

                    absent += isAnswered ? 1 : 0;
                    if (isTooMany && absent == EnoughAbsences)
                    {
                        _loop.Post(() => Reject(order, $"Tektii venue rejected the order: {cause}", _emitter.Now, code: null));
                        return;
                    }
                }

                // Absent so far proves nothing: the engine's reconciliation decides when it can no longer arrive.
                Log.NotFoundYet(_logger, order.Key.ClientOrderId.Value);
            }
            finally
            {
                _loop.Post(() => OnAnswered(ticket));
            }
        });
    }

    /// <summary>Asks for the order as it is, in the background; without an answer nothing is concluded.</summary>
    private void AskFor(TrackedOrder order, Action? then = null) => _session.RunInBackground(async stop =>
    {
        var (_, row) = await TryFindAsync(order, byVenueId: true, stop).ConfigureAwait(false);
        _loop.Post(() =>
        {
            if (row is not null)
            {
                OnOrder(row, isNews: false);
            }

            then?.Invoke();
        });
    });

    /// <summary>The order, if there is one; a question that is not answered says nothing of that.</summary>
    private async Task<(bool IsAnswered, TektiiOrder? Row)> TryFindAsync(TrackedOrder order, bool byVenueId, CancellationToken stop)
    {
        try
        {
            return (true, await FindOrderAsync(byVenueId ? order.VenueOrderId : null, order.Key.ClientOrderId, stop).ConfigureAwait(false));
        }
        catch (ExecutionClientException exception)
        {
            Log.QueryFailed(_logger, $"The question for order {order.Key.ClientOrderId}", exception.Message);
            return (false, null);
        }
    }
}
