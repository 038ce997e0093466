namespace ExecutionAdapters.Tektii.Execution;

/// <summary>Requests that leave in the order in which they were given, a few at a time. Belongs to the loop.</summary>
internal sealed class CommandLane : IDisposable
{
    /// <summary>Enough to keep a venue busy that is far away, few enough for one that is slow.</summary>
    private const int MostAtOnce = 8;

    // Who waits longest goes first.
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <summary>Ends when everything that was given until now has been answered.</summary>
    public Task Tail { get; private set; } = Task.CompletedTask;

    /// <summary>Gives one more. What it throws does not keep the others.</summary>
    /// <param name="request">What to send; ends with the answer.</param>
    /// <param name="isStrict">It leaves only after the answers to all before it.</param>
    public void Add(Func<Task> request, bool isStrict)
    {
        var before = Tail;
        var running = isStrict ? AfterAsync(before, request) : InPlaceAsync(request);
        Tail = before.IsCompleted ? running : Task.WhenAll(before, running);
    }

    public void Dispose() => _places.Dispose();

    private static async Task AfterAsync(Task before, Func<Task> request)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await request().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task InPlaceAsync(Func<Task> request)
    {
        await _places.WaitAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await request().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _places.Release();
        }
    }
}
