using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Who listens: each at its own pace, by reading or by being called.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>
    /// Every event that was applied, in the order of its application, and reports and notices of the clients. Begins with the call, not with the
    /// first read. A subscriber that lets more than <see cref="ExecutionEngineOptions.SubscriberLimit"/> events wait ends with a
    /// <see cref="SlowSubscriberException"/>.
    /// </summary>
    public IAsyncEnumerable<ExecutionEvent> Events(CancellationToken cancellationToken = default) => _subscribers.Subscribe(cancellationToken);

    /// <summary>
    /// As <see cref="Events"/>, for those who would rather be called: one event after the other, on a task of the subscriber's own. What a call throws is
    /// logged, and the next event follows.
    /// </summary>
    /// <returns>Ends the calls when disposed; one that runs is not waited for.</returns>
    public IDisposable Subscribe(Action<ExecutionEvent> onEvent)
    {
        ArgumentNullException.ThrowIfNull(onEvent);
        var ending = new CancellationTokenSource();
        var events = _subscribers.Subscribe(ending.Token);
        lock (_lock)
        {
            _calling.RemoveAll(task => task.IsCompleted);
            _calling.Add(Task.Run(() => CallAsync(events, onEvent), CancellationToken.None));
        }

        return new Subscription(ending);
    }

    private async Task CallAsync(IAsyncEnumerable<ExecutionEvent> events, Action<ExecutionEvent> onEvent)
    {
        try
        {
            await foreach (var executionEvent in events.ConfigureAwait(false))
            {
                Call(onEvent, executionEvent);
            }
        }
        catch (OperationCanceledException)
        {
            // The subscriber wants no more.
        }
        catch (SlowSubscriberException exception)
        {
            Log.SubscriberFailed(_logger, exception);
        }
    }

    private void Call(Action<ExecutionEvent> onEvent, ExecutionEvent executionEvent)
    {
        try
        {
            onEvent(executionEvent);
        }
        catch (Exception exception)
        {
            Log.SubscriberFailed(_logger, exception);
        }
    }

    private sealed class Subscription(CancellationTokenSource ending) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                ending.Cancel();
                ending.Dispose();
            }
        }
    }
}
