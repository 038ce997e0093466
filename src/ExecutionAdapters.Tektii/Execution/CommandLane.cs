namespace ExecutionAdapters.Tektii.Execution;

/// <summary>How a request stands to those before and after it. They travel on connections of their own, so that one given later may arrive first.</summary>
internal enum LaneRule
{
    /// <summary>It leaves at once, but for a place and for what later ones are held for.</summary>
    Free,

    /// <summary>It only makes sense once those before it have arrived: it waits for their answers, for a time.</summary>
    AfterEarlier,

    /// <summary>One after the other.</summary>
    Strict,
}

/// <summary>Requests, a few at a time; those about one symbol in the order that their rules demand. Belongs to the loop.</summary>
/// <param name="patience">How long a request waits for those before it that it should come after. Then it leaves all the same: a protective order that is late is better than none.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class CommandLane(TimeSpan patience, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Enough to keep a venue busy that is far away, few enough for one that is slow.</summary>
    private const int MostAtOnce = 8;

    // Who waits longest goes first.
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly Dictionary<string, (Task Holder, Task Tail)> _bySymbol = new(StringComparer.Ordinal);

    /// <summary>Ends when everything that was given until now has been answered.</summary>
    public Task Tail { get; private set; } = Task.CompletedTask;

    /// <summary>Gives one more. What it throws does not keep the others.</summary>
    /// <param name="symbol">What it is about.</param>
    /// <param name="rule">How it stands to others about that symbol; of strict ones to all.</param>
    /// <param name="request">What to send; ends with the answer.</param>
    /// <returns>Ends as <paramref name="request"/> does; never fails.</returns>
    public Task Add(string symbol, LaneRule rule, Func<Task> request)
    {
        var (holder, tail) = _bySymbol.GetValueOrDefault(symbol, (Task.CompletedTask, Task.CompletedTask));
        var running = rule switch
        {
            LaneRule.Strict => AfterAsync(Tail, request),
            LaneRule.AfterEarlier => InPlaceAsync(Task.WhenAll(holder, Within(patience, tail)), request),
            _ => InPlaceAsync(holder, request),
        };
        _bySymbol[symbol] = (holder, Both(tail, running));
        Tail = Both(Tail, running);
        return running;
    }

    /// <summary>Requests about the symbol that are given later wait for something.</summary>
    public void Hold(string symbol, Task until)
    {
        var (holder, tail) = _bySymbol.GetValueOrDefault(symbol, (Task.CompletedTask, Task.CompletedTask));
        _bySymbol[symbol] = (Both(holder, until), Both(tail, until));
    }

    public void Dispose() => _places.Dispose();

    private static Task Both(Task before, Task running) => before.IsCompleted ? running : Task.WhenAll(before, running);

    private Task Within(TimeSpan limit, Task task) => task.IsCompleted ? task : Task.WhenAny(task, Task.Delay(limit, timeProvider));

    private static async Task AfterAsync(Task before, Func<Task> request)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await request().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task InPlaceAsync(Task before, Func<Task> request)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await _places.WaitAsync().ConfigureAwait(false);
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
