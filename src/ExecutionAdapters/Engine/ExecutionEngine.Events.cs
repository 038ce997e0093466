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
                return;
            case OrderEvent or AccountState:
                Apply(executionEvent);
                return;
            case OrderStatusReport report:
                _subscribers.Publish(report);
                ApplyReports(client, [report], []);
                return;
            case FillReport report:
                _subscribers.Publish(report);
                ApplyReports(client, [], [report]);
                if (Cache.Order(report.InstrumentId, report.VenueOrderId) is null)
                {
                    // Of an order that nobody told of: its report is asked for, with everything else.
                    RunInBackground(() => ReconcileAsync(client, _options.Lookback, _stop.Token));
                }

                return;
            case ConnectionStateChanged { State: ConnectionState.Reconnected }:
                _subscribers.Publish(executionEvent);
                RunInBackground(() => ReconcileAsync(client, _options.Lookback, _stop.Token));
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

    /// <summary>Applies and publishes; or puts the event aside.</summary>
    private bool Apply(ExecutionEvent executionEvent)
    {
        if (Cache.Apply(executionEvent) is { } problem)
        {
            PutAside(executionEvent, problem);
            return false;
        }

        _subscribers.Publish(executionEvent);
        return true;
    }

    private void PutAside(ExecutionEvent executionEvent, string reason)
    {
        var order = executionEvent is OrderEvent orderEvent ? Cache.Order(orderEvent.ClientOrderId)?.ToString() : null;
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
