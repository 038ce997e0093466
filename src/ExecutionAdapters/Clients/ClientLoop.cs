using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Clients;

/// <summary>
/// The one writer of a client: everything that touches the client's state is posted here and runs one after the other, on one task.
/// </summary>
public sealed class ClientLoop : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly ILogger _logger;
    private readonly Task _task;

    /// <summary>Starts the loop.</summary>
    public ClientLoop(ILogger logger)
    {
        _logger = logger;
        _task = Task.Run(RunAsync);
    }

    /// <summary>Posts work. Returns false when the loop has been disposed: the work will not run.</summary>
    public bool Post(Action work) => _work.Writer.TryWrite(work);

    /// <summary>Runs <paramref name="work"/> on the loop and gives back its result.</summary>
    /// <exception cref="ObjectDisposedException">The loop has been disposed.</exception>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        ObjectDisposedException.ThrowIf(!posted, this);
        return done.Task;
    }

    /// <summary>Runs what was posted before, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _task.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // One bad frame or command must not end the client: the state it left is what the next one finds.
                Log.LoopWorkFailed(_logger, exception);
            }
        }
    }
}
