using ExecutionAdapters.Clients;

namespace ExecutionAdapters.Tektii.Strategy;

/// <summary>
/// Acknowledges the events that pace a backtest: each once, when whoever handles it is done and every command that was given until then has been answered. Ids that
/// become due together leave in one frame. Belongs to the loop.
/// </summary>
/// <param name="loop">The client's loop.</param>
/// <param name="commandsUnderWay">Ends when every command that was given has been answered.</param>
/// <param name="send">Sends one frame of acknowledgements; says whether it left.</param>
/// <param name="limit">How long answers are waited for; null: for ever.</param>
/// <param name="onStalled">Told when that was not enough: simulated time goes on without them.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class AckPump(
    ClientLoop loop, Func<Task> commandsUnderWay, Func<IReadOnlyList<string>, bool> send, TimeSpan? limit, Action onStalled, TimeProvider timeProvider)
{
    private const int MostRemembered = 10_000;

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Queue<string> _doneInOrder = new();
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private List<string> _due = [];
    private Task? _givenUp;
    private int _session;
    private bool _isWaiting;
    private long _count;

    /// <summary>How many were acknowledged. May be read by any thread.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>A new connection: its ids begin anew, and nobody waits for those of the one before.</summary>
    public void Reset()
    {
        _session++;
        _done.Clear();
        _doneInOrder.Clear();
        _held.Clear();
        _due.Clear();
        _isWaiting = false;
    }

    /// <summary>Somebody handles the event, and will be done with it later.</summary>
    public void Hold(string eventId) => _held.Add(eventId);

    /// <summary>Whatever is held is given up: its handlers wait for what comes after it.</summary>
    public void ReleaseHeld()
    {
        foreach (var eventId in _held.ToList())
        {
            Release(eventId);
        }
    }

    /// <summary>The event is done with.</summary>
    public void Release(string eventId)
    {
        _held.Remove(eventId);

        // A frame that comes twice is answered once, and a handler that was given up is not waited for again.
        if (!_done.Add(eventId))
        {
            return;
        }

        _doneInOrder.Enqueue(eventId);
        if (_doneInOrder.Count > MostRemembered)
        {
            _done.Remove(_doneInOrder.Dequeue());
        }

        _due.Add(eventId);
        if (!_isWaiting)
        {
            Continue();
        }
    }

    /// <summary>What is due is sent now: the connection is about to be closed.</summary>
    public void Flush()
    {
        if (_due.Count > 0)
        {
            var due = _due;
            _due = [];
            if (send(due))
            {
                Interlocked.Add(ref _count, due.Count);
            }
        }
    }

    private void Continue()
    {
        var commands = commandsUnderWay();
        if (commands.IsCompleted || ReferenceEquals(commands, _givenUp))
        {
            Flush();
            return;
        }

        _isWaiting = true;
        _ = WaitAsync(commands, _session);
    }

    private async Task WaitAsync(Task commands, int session)
    {
        await commands.WaitAsync(limit ?? Timeout.InfiniteTimeSpan, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        loop.Post(() =>
        {
            if (session != _session)
            {
                return;
            }

            _isWaiting = false;
            if (!commands.IsCompleted)
            {
                _givenUp = commandsUnderWay();
                onStalled();
            }

            Continue();
        });
    }
}
