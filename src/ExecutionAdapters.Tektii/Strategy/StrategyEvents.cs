using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ExecutionAdapters.Tektii.Strategy;

/// <summary>
/// The events of a connection for one reader, from the moment it is made. Reading the next event, or stopping to read, says that the one before is done with.
/// </summary>
internal sealed class StrategyEvents : IAsyncEnumerable<TektiiEvent>, IAsyncDisposable
{
    private readonly Channel<TektiiEvent> _channel;
    private readonly ConcurrentQueue<TektiiEvent?> _arrived = new();
    private readonly ConcurrentQueue<Held> _unread = new();
    private readonly Func<TektiiEvent, bool> _isWanted;
    private readonly Action<TektiiEvent, bool> _onDone;
    private readonly Action<StrategyEvents> _onEnded;
    private readonly TimeProvider _timeProvider;
    private readonly int _limit;
    private readonly bool _runsReader;
    private int _waiting;
    private int _isRead;
    private int _isEnded;
    private bool _isHandingOver;
    private bool _isComplete;
    private Exception? _reason;
    private volatile Held? _held;

    /// <param name="isWanted">Which events are read; the others are done with at once.</param>
    /// <param name="onDone">An event is done with; the last argument says whether its handler came to its end.</param>
    /// <param name="onEnded">Nothing is read any more.</param>
    /// <param name="options">Most events that wait, and which thread reads them.</param>
    /// <param name="timeProvider">The clock.</param>
    public StrategyEvents(Func<TektiiEvent, bool> isWanted, Action<TektiiEvent, bool> onDone, Action<StrategyEvents> onEnded, TektiiOptions options, TimeProvider timeProvider)
    {
        _channel = Channel.CreateUnbounded<TektiiEvent>(
            new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = options.AllowSynchronousContinuations });
        _isWanted = isWanted;
        _onDone = onDone;
        _onEnded = onEnded;
        _limit = options.StrategyLimit;
        _runsReader = options.AllowSynchronousContinuations;
        _timeProvider = timeProvider;
    }

    /// <summary>The paced event that its handler holds now, or else one that nobody has read yet, and since when; null: none.</summary>
    public (string EventId, TimeSpan For, bool IsRead)? Unhandled
    {
        get
        {
            var held = _held;
            return (held ?? (_unread.TryPeek(out var unread) ? unread : null)) is { } one ? (one.EventId, _timeProvider.GetElapsedTime(one.Since), held is not null) : null;
        }
    }

    /// <summary>Whether the event will be read: then it is the reader's to be done with. Called by the loop; never throws.</summary>
    public bool TryWrite(TektiiEvent tektiiEvent)
    {
        try
        {
            if (!_isWanted(tektiiEvent))
            {
                return false;
            }
        }
        catch (Exception exception)
        {
            // It is the strategy's own: its reader gets to see it.
            Complete(exception);
            return false;
        }

        if (Interlocked.Increment(ref _waiting) > _limit)
        {
            Complete(new InvalidOperationException(
                $"More than {_limit} events wait for the strategy: it reads slower than they come. Read faster, read fewer types, or raise {nameof(TektiiOptions.StrategyLimit)}."));
            return false;
        }

        if (Volatile.Read(ref _isComplete))
        {
            return false;
        }

        if (tektiiEvent.EventId is { } id)
        {
            _unread.Enqueue(new Held(id, _timeProvider.GetTimestamp()));
        }

        _arrived.Enqueue(tektiiEvent);
        if (!_runsReader)
        {
            HandOver();
        }
        else if (Volatile.Read(ref _isComplete))
        {
            // Reading stopped in this moment; nobody may come by any more.
            HandOverElsewhere();
        }

        return true;
    }

    /// <summary>No more events come.</summary>
    /// <param name="reason">What the reader gets after the last one; null: just the end.</param>
    public void Complete(Exception? reason = null)
    {
        if (Interlocked.Exchange(ref _isComplete, true))
        {
            return;
        }

        _reason = reason;
        _arrived.Enqueue(null);
        if (_runsReader)
        {
            // Not on this thread: it may be the loop's, or that of somebody who disconnects.
            HandOverElsewhere();
        }
        else
        {
            HandOver();
        }
    }

    private void HandOverElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(static events => events.HandOver(), this, preferLocal: false);

    /// <summary>
    /// Gives the reader what was written. With <see cref="TektiiOptions.AllowSynchronousContinuations"/> it runs here, on the caller's thread, so that this must be
    /// called outside the loop; whoever calls it meanwhile leaves the rest to the thread that is here already.
    /// </summary>
    public void HandOver()
    {
        while (!_arrived.IsEmpty && !Interlocked.Exchange(ref _isHandingOver, true))
        {
            while (_arrived.TryDequeue(out var next))
            {
                if (next is null)
                {
                    _channel.Writer.TryComplete(_reason);
                }
                else if (!_channel.Writer.TryWrite(next))
                {
                    _onDone(next, true);
                }
            }

            Interlocked.Exchange(ref _isHandingOver, false);
        }
    }

    public IAsyncEnumerator<TektiiEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isRead, 1) == 0
            ? new Reader(this, cancellationToken)
            : throw new InvalidOperationException("The events are read once: ask the client for them again.");

    /// <summary>Stops reading: what waits is done with.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            Volatile.Write(ref _isComplete, true);
            _channel.Writer.TryComplete();
            _onEnded(this);
            while (_channel.Reader.TryRead(out var left))
            {
                _onDone(left, true);
            }

            HandOver();
        }

        return ValueTask.CompletedTask;
    }

    private sealed record Held(string EventId, long Since);

    /// <summary>Written out, since it must say that it has ended also when nothing was ever read.</summary>
    private sealed class Reader(StrategyEvents events, CancellationToken cancellationToken) : IAsyncEnumerator<TektiiEvent>
    {
        private TektiiEvent? _current;

        public TektiiEvent Current => _current ?? throw new InvalidOperationException("There is no event yet, or none any more.");

        public async ValueTask<bool> MoveNextAsync()
        {
            Finish(isDone: true);
            while (await events._channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (events._channel.Reader.TryRead(out var next))
                {
                    Interlocked.Decrement(ref events._waiting);
                    if (next.EventId is { } id)
                    {
                        events._held = new Held(id, events._timeProvider.GetTimestamp());
                        events._unread.TryDequeue(out _);
                    }

                    _current = next;
                    return true;
                }
            }

            return false;
        }

        public ValueTask DisposeAsync()
        {
            // Who stops in the middle of an event, by break or by an exception, has not come to its end.
            Finish(isDone: false);
            return events.DisposeAsync();
        }

        private void Finish(bool isDone)
        {
            if (_current is { } current)
            {
                _current = null;
                events._held = null;
                events._onDone(current, isDone);
            }
        }
    }
}
