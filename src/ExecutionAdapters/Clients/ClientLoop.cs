using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Clients;

/// <summary>
/// The one writer of a client: everything that touches the client's state is posted here and runs one after the other, in the order
/// of the posts. It has no thread of its own: who posts while nothing runs does that work at once, on its own thread, and so no command and
/// no frame waits for another thread to wake up. Whoever posts meanwhile only leaves work behind, which the thread pool then does: nobody is
/// kept for the work of others.
/// </summary>
public sealed class ClientLoop : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private readonly WaitCallback _runOnPool;
    private readonly Action? _whenIdle;
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Creates the loop.</summary>
    /// <param name="logger">Told about work that throws.</param>
    /// <param name="whenIdle">
    /// Called whenever the loop has nothing left to do, by the thread that did the last work; that is outside the loop, where others may post and run meanwhile. So it may
    /// be called by several threads at once.
    /// </param>
    public ClientLoop(ILogger logger, Action? whenIdle = null)
    {
        _logger = logger;
        _whenIdle = whenIdle;
        _runOnPool = _ => RunAll();
    }

    /// <summary>
    /// Posts work, and does it before returning when nothing else is running. Returns false when the loop has been disposed: the work
    /// will not run. Never throws what the work throws.
    /// </summary>
    public bool Post(Action work)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            if (_isRunning)
            {
                _work.Enqueue(work);
                return true;
            }

            _isRunning = true;
        }

        Run(work);
        if (HasMore())
        {
            ThreadPool.UnsafeQueueUserWorkItem(_runOnPool, null);
        }
        else if (_whenIdle is not null)
        {
            Run(_whenIdle);
        }

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

    private void RunAll()
    {
        while (TakeNext() is { } work)
        {
            Run(work);
        }

        if (_whenIdle is not null)
        {
            Run(_whenIdle);
        }
    }

    private void Run(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            // One bad frame or command must not end the client: the state it left is what the next one finds.
            Complain(exception);
        }
    }

    private void Complain(Exception exception)
    {
        try
        {
            Log.LoopWorkFailed(_logger, exception);
        }
        catch (Exception)
        {
            // A log that cannot be written must not end the client either, nor reach a caller whose order has left.
        }
    }

    private bool HasMore()
    {
        lock (_lock)
        {
            if (_work.Count > 0)
            {
                return true;
            }

            EndRun();
            return false;
        }
    }

    private Action? TakeNext()
    {
        lock (_lock)
        {
            if (_work.TryDequeue(out var work))
            {
                return work;
            }

            EndRun();
            return null;
        }
    }

    /// <summary>Nothing runs any more. Called under the lock.</summary>
    private void EndRun()
    {
        _isRunning = false;
        if (_isClosed)
        {
            _ended.TrySetResult();
        }
    }
}
