using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Clients;

/// <summary>
/// What every client has around its connection to a venue, whatever is spoken on it: one connect or disconnect at a time; a disconnect ends connects that are
/// still under way; whoever connects waits until the session is live, which the client says when everything is there that it needs; a tick, and work in
/// the background, that end with the connection.
/// </summary>
/// <remarks>
/// <see cref="Begin"/>, <see cref="GoLive"/> and <see cref="Lose"/> are called on the client's loop, the rest from any thread. Between <see cref="Begin"/> and
/// <see cref="EndAsync"/> a connection may be lost and found again: that is <see cref="Lose"/> and <see cref="GoLive"/>.
/// </remarks>
public sealed class ClientSession : IAsyncDisposable
{
    private readonly string _venue;
    private readonly Func<CancellationToken, Task> _connect;
    private readonly Func<Task> _disconnect;
    private readonly ClientLoop _loop;
    private readonly ExecutionEventEmitter _emitter;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TaskCompletionSource _live = NewSignal();
    private Task _ticking = Task.CompletedTask;
    private volatile CancellationTokenSource _stop = new();
    private volatile bool _isLive;
    private volatile bool _isDisposed;

    // Cancelled, and replaced, by each disconnect: it ends connects that are still under way.
    private CancellationTokenSource _connects = new();

    /// <summary>Creates it; there is no connection yet.</summary>
    /// <param name="venue">The venue's name, for messages.</param>
    /// <param name="connect">Opens a connection, or waits for the one that is there; its token is cancelled by a disconnect too.</param>
    /// <param name="disconnect">Closes the connection, if there is one.</param>
    /// <param name="loop">The client's loop.</param>
    /// <param name="emitter">Where connects and answers of queries are told.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where to log.</param>
    public ClientSession(
        string venue, Func<CancellationToken, Task> connect, Func<Task> disconnect, ClientLoop loop, ExecutionEventEmitter emitter, TimeProvider timeProvider, ILogger logger)
    {
        _venue = venue;
        _connect = connect;
        _disconnect = disconnect;
        _loop = loop;
        _emitter = emitter;
        _timeProvider = timeProvider;
        _logger = logger;
        _stop.Cancel();
    }

    /// <summary>Everything that the client needs to trade is there.</summary>
    public bool IsLive => _isLive;

    /// <summary>The client was disposed: it takes nothing any more.</summary>
    public bool IsDisposed => _isDisposed;

    /// <summary>This connect has not been live yet: nothing can have been missed since it began.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>Cancelled when the client disconnects, and before it first connects; not when a connection is lost.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Connects, when nobody else connects or disconnects.</summary>
    /// <param name="cancellationToken">Cancels waiting and connecting.</param>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    /// <exception cref="ExecutionClientException">The client was disconnected meanwhile.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Volatile.Read(ref _connects).Token);
        try
        {
            await ExclusivelyAsync(
                () =>
                {
                    ObjectDisposedException.ThrowIf(_isDisposed, this);
                    return _connect(linked.Token);
                },
                linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ExecutionClientException($"{_venue} connect: the client was disconnected meanwhile.", exception);
        }
    }

    /// <summary>Ends connects that are under way, then disconnects. Does nothing on a client that was disposed.</summary>
    /// <param name="cancellationToken">Cancels waiting for a connect that is under way; what is begun is ended.</param>
    public Task DisconnectAsync(CancellationToken cancellationToken) => _isDisposed ? Task.CompletedTask : DisconnectCoreAsync(cancellationToken);

    /// <summary>Does something while nobody connects or disconnects.</summary>
    public async Task ExclusivelyAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A connect begins: from now on work in the background runs, and nothing is live yet.</summary>
    public void Begin()
    {
        _stop = new CancellationTokenSource();
        _live = NewSignal();
        IsFirst = true;
    }

    /// <summary>Calls <paramref name="onTick"/> on the loop, again and again until the connection ends.</summary>
    public void Tick(TimeSpan interval, Action onTick) => _ticking = TickAsync(interval, onTick, Stop);

    /// <summary>Everything is there: who waits for the session goes on, and it is told.</summary>
    public void GoLive()
    {
        _isLive = true;
        _emitter.EmitConnection(IsFirst ? ConnectionState.Connected : ConnectionState.Reconnected);
        IsFirst = false;
        _live.TrySetResult();
    }

    /// <summary>Something is missing now: who connects waits for the next session. Says whether it was live.</summary>
    public bool Lose()
    {
        var wasLive = _isLive;
        _isLive = false;
        _live = _live.Task.IsCompleted ? NewSignal() : _live;
        return wasLive;
    }

    /// <summary>Waits until the session, the present one or the next after a loss, is live.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="describeMissing">What is still missing, such as "no answer to …"; called on the loop.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <exception cref="ExecutionClientException">It was not live in time; the message says what was missing.</exception>
    public async Task WaitUntilLiveAsync(TimeSpan limit, Func<string> describeMissing, CancellationToken cancellationToken)
    {
        var live = await _loop.RunAsync(() => _live.Task).ConfigureAwait(false);
        try
        {
            await live.WaitAsync(limit, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            var missing = await _loop.RunAsync(describeMissing).ConfigureAwait(false);
            throw new ExecutionClientException($"{_venue} connect: {missing} within {limit.TotalSeconds:0.#} s.", exception);
        }
    }

    /// <summary>Ends the work in the background, and the tick.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _ticking.ConfigureAwait(false);
    }

    /// <summary>Runs work that ends with the connection. Its own failures must be handled inside; cancellation is not one.</summary>
    public void RunInBackground(Func<CancellationToken, Task> work)
    {
        var stop = Stop;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await work(stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Disconnected: nobody needs the result any more.
                }
                catch (Exception exception)
                {
                    Log.ClientWorkFailed(_logger, _venue, exception);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Asks the venue in the background; the answer is emitted. That there is none is only logged: nothing follows from it.</summary>
    /// <param name="what">What is asked for, for messages: "The query of …".</param>
    /// <param name="query">Asks; null: the venue does not know it.</param>
    public void RunQuery(string what, Func<CancellationToken, Task<ExecutionEvent?>> query)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RunInBackground(async stop =>
        {
            try
            {
                stop.ThrowIfCancellationRequested();
                if (await query(stop).ConfigureAwait(false) is { } answer)
                {
                    _loop.Post(() => _emitter.Send(answer));
                }
                else
                {
                    Log.QueryUnanswered(_logger, _venue, what, "the venue does not know it");
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Whoever asked would wait for the answer in vain.
                Log.QueryUnanswered(_logger, _venue, what, "the client is not connected. Connect and query again, or generate a report");
            }
            catch (ExecutionClientException exception)
            {
                Log.QueryUnanswered(_logger, _venue, what, exception.Message);
            }
        });
    }

    /// <summary>Disconnects, for good: connects that wait fail, and later ones.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await DisconnectCoreAsync(CancellationToken.None).ConfigureAwait(false);
            _gate.Dispose();
        }
    }

    private async Task DisconnectCoreAsync(CancellationToken cancellationToken)
    {
        await Interlocked.Exchange(ref _connects, new CancellationTokenSource()).CancelAsync().ConfigureAwait(false);
        await ExclusivelyAsync(_disconnect, cancellationToken).ConfigureAwait(false);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TickAsync(TimeSpan interval, Action onTick, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                _loop.Post(onTick);
            }
        }
        catch (OperationCanceledException)
        {
            // Disconnected.
        }
    }
}
