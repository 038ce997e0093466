using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <summary>A subscriber of an engine let too many events wait and was cut off: what it knows is out of date.</summary>
public sealed class SlowSubscriberException(int limit)
    : Exception($"More than {limit} events waited for a subscriber. It was cut off; what came later is missing. Subscribe again and read the cache anew.");

/// <summary>Hands events to whoever listens, to each at its own pace: a slow one costs memory up to a limit and keeps nobody.</summary>
internal sealed class EventSubscribers(int limit)
{
    private readonly Lock _lock = new();
    private readonly List<Channel<ExecutionEvent>> _channels = [];
    private bool _isEnded;

    public void Publish(ExecutionEvent executionEvent)
    {
        lock (_lock)
        {
            for (var i = _channels.Count - 1; i >= 0; i--)
            {
                if (!_channels[i].Writer.TryWrite(executionEvent))
                {
                    _channels[i].Writer.TryComplete(new SlowSubscriberException(limit));
                    _channels.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Begins at once, not with the first read.</summary>
    public IAsyncEnumerable<ExecutionEvent> Subscribe(CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ExecutionEvent>(new BoundedChannelOptions(limit) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
        lock (_lock)
        {
            if (_isEnded)
            {
                channel.Writer.TryComplete();
            }
            else
            {
                _channels.Add(channel);
            }
        }

        return ReadAsync(channel, cancellationToken);
    }

    /// <summary>Everybody reads to the end of what was published.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            _channels.ForEach(channel => channel.Writer.TryComplete());
            _channels.Clear();
        }
    }

    private async IAsyncEnumerable<ExecutionEvent> ReadAsync(Channel<ExecutionEvent> channel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var executionEvent in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return executionEvent;
            }
        }
        finally
        {
            lock (_lock)
            {
                _channels.Remove(channel);
            }
        }
    }
}
