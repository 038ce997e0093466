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
            case OrderFilled fill when Cache.Order(fill.ClientOrderId) is { } order && IsKnown(order, fill):
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

    /// <summary>The trade was applied before, or an inferred fill stands for it.</summary>
    private static bool IsKnown(Order order, OrderFilled fill) => order.TradeIds.Contains(fill.TradeId) || FillReconciliation.IsCovered(order, fill.TsEvent);

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
