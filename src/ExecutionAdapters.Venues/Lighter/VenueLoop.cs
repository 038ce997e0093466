using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// The one writer. All state of the venue belongs to the task that reads this loop's channel; everybody else posts work.
/// Each piece of work is stamped with the clock when it is posted, so that what it does depends on the inputs and their
/// times, not on how threads were scheduled. Posters wait for their work (one piece per connection), which bounds the channel.
/// </summary>
internal sealed class VenueLoop : IAsyncDisposable
{
    private readonly Channel<(long TimeUs, Action Work)> _work =
        Channel.CreateUnbounded<(long TimeUs, Action Work)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _reader;

    /// <summary>Starts the loop.</summary>
    /// <param name="clock">Stamps the work.</param>
    /// <param name="logger">Told about work that failed.</param>
    /// <param name="begin">Called before each piece of work with its time in µs since 1970.</param>
    /// <param name="end">Called after each piece of work.</param>
    public VenueLoop(TimeProvider clock, ILogger logger, Action<long> begin, Action end)
    {
        _clock = clock;
        _logger = logger;
        _reader = Task.Run(() => RunAsync(begin, end));
    }

    public static long NowUs(TimeProvider clock) => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Posts work that nobody waits for; dropped when the venue has stopped.</summary>
    public void Post(Action work) => _work.Writer.TryWrite((NowUs(_clock), work));

    /// <summary>Posts work and returns its result. Cancellation stops the waiting, not the work.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool posted = _work.Writer.TryWrite((NowUs(_clock), () => Complete(work, done)));
        if (!posted)
        {
            done.SetException(new ObjectDisposedException(nameof(LighterVenue)));
        }

        return done.Task.WaitAsync(cancellationToken);
    }

    public Task RunAsync(Action work, CancellationToken cancellationToken = default) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _reader.ConfigureAwait(false);
    }

    private static void Complete<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
#pragma warning disable CA1031 // The exception belongs to the one who posted the work.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            done.SetException(exception);
        }
    }

    private async Task RunAsync(Action<long> begin, Action end)
    {
        await foreach ((long timeUs, Action work) in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Guard(() => begin(timeUs));
            Guard(work);
            Guard(end);
        }
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
#pragma warning disable CA1031 // One failing step must neither stop the venue nor leave a poster waiting; it is logged as an error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.StepFailed(_logger, exception);
        }
    }
}
