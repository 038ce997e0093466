using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>What clients tell: applied whole or put aside with evidence, then published.</content>
public sealed partial class ExecutionEngine
{
    private async Task PumpAsync(EngineClient client)
    {
        try
        {
            await foreach (var executionEvent in client.Client.Events.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                _loop.Post(() => OnEvent(client, executionEvent));
            }
        }
        catch (OperationCanceledException)
        {
            // The engine ends.
        }
    }

    private void OnEvent(EngineClient client, ExecutionEvent executionEvent)
    {
        switch (executionEvent)
        {
            case OrderEvent orderEvent when Cache.Order(orderEvent.ClientOrderId) is { } order && IsRedundant(order, orderEvent):
                EngineTelemetry.EventRedundant();
                return;
            case OrderEvent orderEvent when Cache.Order(orderEvent.ClientOrderId) is null && _journal?.IsUsed(orderEvent.ClientOrderId) == true:
                BringBackFor(client, orderEvent);
                return;
            case OrderModifyRejected or OrderCancelRejected when Cache.Order(((OrderEvent)executionEvent).ClientOrderId) is null:
                // Of an order that the books do not have, and that was named by the venue's id.
                _subscribers.Publish(executionEvent);
                return;
            case OrderEvent or AccountState:
                Apply(executionEvent);
                return;
            case OrderStatusReport report:
                _subscribers.Publish(report);
                OnReport(client, [report], [], report.ClientOrderId, report.InstrumentId, report.VenueOrderId);
                return;
            case FillReport report:
                _subscribers.Publish(report);
                OnReport(client, [], [report], report.ClientOrderId, report.InstrumentId, report.VenueOrderId);
                return;
            case OrderWithFills both:
                _subscribers.Publish(both);
                OnReport(client, [both.Order], both.Fills, both.Order.ClientOrderId, both.Order.InstrumentId, both.Order.VenueOrderId);
                return;
            case ConnectionStateChanged { State: ConnectionState.Reconnected }:
                _subscribers.Publish(executionEvent);
                RunInBackground(() => ReconcileOnceAsync(client));
                return;
            default:
                _subscribers.Publish(executionEvent);
                return;
        }
    }

    /// <summary>
    /// It tells what the books have already, by a reconciliation that was quicker: a trade that was applied or that an inferred fill stands
    /// for, an acknowledgement of an order that is acknowledged, terms that nobody awaits any more, the end of one that is over.
    /// </summary>
    private static bool IsRedundant(Order order, OrderEvent orderEvent) => orderEvent switch
    {
        OrderFilled fill => order.TradeIds.Contains(fill.TradeId) || FillReconciliation.IsCovered(order, fill.TsEvent, fill.LastQty),
        OrderSubmitted => order.Lifecycle >= OrderLifecycle.Submitted,
        OrderAccepted accepted => order.Lifecycle >= OrderLifecycle.Accepted && order.VenueOrderIds.Contains(accepted.VenueOrderId),
        OrderTriggered => order.IsTriggered || order.IsClosed,
        OrderUpdated updated => order.IsClosed || (!order.IsPendingUpdate && HasTerms(order, updated)),
        OrderCanceled or OrderExpired or OrderRejected => order.IsClosed,
        _ => false,
    };

    private static bool HasTerms(Order order, OrderUpdated updated) =>
        updated.Quantity == order.Quantity
        && (updated.Price ?? order.Price) == order.Price
        && (updated.TriggerPrice ?? order.TriggerPrice) == order.TriggerPrice
        && (updated.ProtectionPrice ?? order.ProtectionPrice) == order.ProtectionPrice
        && updated.IsQuoteQuantity == order.IsQuoteQuantity
        && (updated.VenueOrderId ?? order.VenueOrderId) == order.VenueOrderId;

    /// <summary>
    /// A report of an order that the client does not follow. One that the books do not have either may be over since before this run: the
    /// journal is asked first, away from the loop.
    /// </summary>
    private void OnReport(
        EngineClient client, IReadOnlyList<OrderStatusReport> orders, IReadOnlyList<FillReport> fills, ClientOrderId? id, InstrumentId instrument, VenueOrderId venueOrderId)
    {
        if (Cache.Instrument(instrument) is null)
        {
            LearnInstruments(client);
        }

        if (IsKnown(client, id, instrument, venueOrderId))
        {
            ApplyReports(client, orders, fills, NothingSettled);
            return;
        }

        RunInBackground(async () =>
        {
            var settled = await BringBackAsync(client, orders, fills, _stop.Token).ConfigureAwait(false);
            var isKnown = await _loop.RunAsync(() =>
            {
                ApplyReports(client, orders, fills, settled);
                return IsKnown(client, id, instrument, venueOrderId) || settled.ContainsKey((instrument, venueOrderId));
            }).ConfigureAwait(false);
            if (!isKnown && fills.Count > 0 && IsWanted(instrument))
            {
                // A trade of an order that nobody told of: its report is asked for, with everything else.
                await ReconcileOnceAsync(client).ConfigureAwait(false);
            }
        });
    }

    /// <summary>Whether an order of others in the instrument is taken over at all.</summary>
    private bool IsWanted(InstrumentId instrument)
    {
        var options = _options.ReconciliationOrDefault;
        return (options.InstrumentIds.Count == 0 || options.InstrumentIds.Contains(instrument))
            && (!options.FilterUnclaimedExternalOrders || options.ExternalOrderClaims.ContainsKey(instrument));
    }

    /// <summary>One reconciliation for all who want one before it begins.</summary>
    private async Task ReconcileOnceAsync(EngineClient client)
    {
        lock (_lock)
        {
            if (client.IsReconciliationWanted)
            {
                return;
            }

            client.IsReconciliationWanted = true;
        }

        try
        {
            await ReconcileAsync(client, LookbackOf(client), _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                client.IsReconciliationWanted = false;
            }
        }
    }

    /// <summary>An event of an order that is over and only in the journal any more, such as a late fill.</summary>
    private void BringBackFor(EngineClient client, OrderEvent orderEvent) => RunInBackground(async () =>
    {
        var stories = await _journal!.FindAsync(client.Client.AccountId, [orderEvent.ClientOrderId], [], _stop.Token).ConfigureAwait(false);
        await _loop.RunAsync(() =>
        {
            foreach (var story in stories.Where(story => !story.Order.IsCompacted))
            {
                Cache.Restore(JournalReader.OrderOf(story));
            }

            if (Cache.Order(orderEvent.ClientOrderId) is null)
            {
                PutAside(orderEvent, "the order is over, and its events were compacted away");
            }
            else
            {
                OnEvent(client, orderEvent);
            }

            return true;
        }).ConfigureAwait(false);
    });

    private bool IsKnown(EngineClient client, ClientOrderId? id, InstrumentId instrument, VenueOrderId venueOrderId) =>
        Cache.Order(client.Client.AccountId, instrument, venueOrderId) is not null
        || (id is { } own && Cache.Order(own) is { VenueOrderId: null } order && order.InstrumentId == instrument);

    /// <summary>Applies and tells; or puts the event aside.</summary>
    private bool Apply(ExecutionEvent executionEvent)
    {
        if (Cache.Apply(executionEvent) is { } problem)
        {
            PutAside(executionEvent, problem);
            return false;
        }

        if (executionEvent is OrderEvent orderEvent)
        {
            Tell(orderEvent);
        }
        else
        {
            _subscribers.Publish(executionEvent);
        }

        return true;
    }

    /// <summary>What was applied goes to the journal and to those who listen.</summary>
    /// <param name="orderEvent">The event.</param>
    /// <param name="account">The account that the order goes to, while its events do not tell.</param>
    private void Tell(OrderEvent orderEvent, AccountId? account = null)
    {
        EngineTelemetry.EventApplied();
        foreach (var client in _clients)
        {
            client.Touched?.Add(orderEvent.ClientOrderId);
        }

        if (!_isPreview)
        {
            _journal?.Record(
                orderEvent,
                Cache.Order(orderEvent.ClientOrderId)!,
                account,
                orderEvent is OrderFilled fill ? Cache.Position(fill.AccountId, fill.InstrumentId)?.Snapshot : null);
        }

        _subscribers.Publish(orderEvent);
    }

    private void PutAside(ExecutionEvent executionEvent, string reason)
    {
        var order = executionEvent is OrderEvent orderEvent ? Cache.Order(orderEvent.ClientOrderId)?.ToString() : null;
        EngineTelemetry.EventPutAside();
        Log.Quarantined(_logger, executionEvent.ToString(), reason);
        lock (_lock)
        {
            _quarantined.Enqueue(new QuarantinedEvent(executionEvent, reason, order, UnixNanos.Now(_timeProvider)));
            if (_quarantined.Count > MostQuarantined)
            {
                _quarantined.Dequeue();
            }
        }
    }
}
