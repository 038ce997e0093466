using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Clients;

/// <summary>
/// The one writer of a client: everything that touches the client's state is posted here and runs one after the other, in the order
/// of the posts. It has no thread of its own: who posts while nothing runs does the work at once, on its own thread, and so no command and no
/// frame waits for another thread to wake up. Whoever posts meanwhile only leaves work behind; of that the first thread does a little,
/// then the thread pool goes on.
/// </summary>
public sealed class ClientLoop : IAsyncDisposable, IThreadPoolWorkItem
{
    /// <summary>How much one thread does before it hands over: a caller must not be kept for the work of others.</summary>
    private const int MostAtOnce = 16;

    private readonly Lock _lock = new();
    private readonly Queue<Action> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Creates the loop.</summary>
    public ClientLoop(ILogger logger) => _logger = logger;

    /// <summary>
    /// Posts work, and does it before returning when nothing else is running. Returns false when the loop has been disposed: the work
    /// will not run.
    /// </summary>
    public bool Post(Action work)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _work.Enqueue(work);
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
        }

        Run();
        return true;
    }

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

    /// <summary>Takes no more work; ends when what was posted before has run.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (!_isRunning)
            {
                _ended.TrySetResult();
            }
        }

        await _ended.Task.ConfigureAwait(false);
    }

    void IThreadPoolWorkItem.Execute() => Run();

    private void Run()
    {
        for (var done = 0; done < MostAtOnce; done++)
        {
            if (Next() is not { } work)
            {
                return;
            }

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

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private Action? Next()
    {
        lock (_lock)
        {
            if (_work.TryDequeue(out var work))
            {
                return work;
            }

            _isRunning = false;
            if (_isClosed)
            {
                _ended.TrySetResult();
            }

            return null;
        }
    }
}
