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
                RunInBackground(() => ReconcileAsync(client, LookbackOf(client), _stop.Token));
                return;
            default:
                _subscribers.Publish(executionEvent);
                return;
        }
    }

    /// <summary>
    /// It tells what the books have already, by a reconciliation that was quicker: a trade that was applied or that an inferred fill stands
    /// for, an acknowledgement of an order that is acknowledged, the end of one that is over.
    /// </summary>
    private static bool IsRedundant(Order order, OrderEvent orderEvent) => orderEvent switch
    {
        OrderFilled fill => order.TradeIds.Contains(fill.TradeId) || FillReconciliation.IsCovered(order, fill.TsEvent),
        OrderSubmitted => order.Lifecycle >= OrderLifecycle.Submitted,
        OrderAccepted accepted => order.Lifecycle >= OrderLifecycle.Accepted && order.VenueOrderIds.Contains(accepted.VenueOrderId),
        OrderTriggered => order.IsTriggered || order.IsClosed,
        OrderUpdated or OrderCanceled or OrderExpired => order.IsClosed,
        _ => false,
    };

    /// <summary>
    /// A report of an order that the client does not follow. One that the books do not have either may be over since before this run: the
    /// journal is asked first, away from the loop.
    /// </summary>
    private void OnReport(
        EngineClient client, IReadOnlyList<OrderStatusReport> orders, IReadOnlyList<FillReport> fills, ClientOrderId? id, InstrumentId instrument, VenueOrderId venueOrderId)
    {
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
            if (!isKnown && fills.Count > 0)
            {
                // A trade of an order that nobody told of: its report is asked for, with everything else.
                await ReconcileAsync(client, LookbackOf(client), _stop.Token).ConfigureAwait(false);
            }
        });
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
        (id is { } own && Cache.Order(own) is not null) || Cache.Order(client.Client.AccountId, instrument, venueOrderId) is not null;

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
    private void Tell(OrderEvent orderEvent)
    {
        EngineTelemetry.EventApplied();
        foreach (var client in _clients)
        {
            client.Touched?.Add(orderEvent.ClientOrderId);
        }

        _journal?.Record(
            orderEvent,
            Cache.Order(orderEvent.ClientOrderId)!,
            orderEvent is OrderFilled fill ? Cache.Position(fill.AccountId, fill.InstrumentId)?.Snapshot : null);
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
