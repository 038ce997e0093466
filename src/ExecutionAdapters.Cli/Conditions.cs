namespace ExecutionAdapters.Cli;

/// <summary>Conditions that somebody waits for; they are looked at when <see cref="Recheck"/> says that something has changed.</summary>
internal sealed class Conditions
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];

    /// <summary>Waits until the condition holds or the time is over; whether it holds.</summary>
    public async Task<bool> TryWaitAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(condition, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (condition())
            {
                return true;
            }

            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Done.Task.WaitAsync(limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                return condition();
            }
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    public void Recheck()
    {
        lock (_lock)
        {
            foreach (var waiter in _waiters.Where(waiter => waiter.Condition()))
            {
                waiter.Done.TrySetResult();
            }
        }
    }

    private sealed record Waiter(Func<bool> Condition, TaskCompletionSource Done);
}
