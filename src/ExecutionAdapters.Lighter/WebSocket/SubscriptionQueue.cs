using ExecutionAdapters.Lighter.Limits;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>
/// Subscriptions on their way to the venue: no more at a time than it takes, and no more a minute. Belongs to the client's loop.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="send">Hands a frame to the socket; false: not sent, and the next connection subscribes anew.</param>
/// <param name="wakeAfter">Has <see cref="Pump"/> called on the loop after that time.</param>
internal sealed class SubscriptionQueue(TimeProvider timeProvider, Func<byte[], bool> send, Action<TimeSpan> wakeAfter)
{
    /// <summary>Most subscriptions that may be unanswered at a time.</summary>
    public const int MaxUnanswered = 35;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Queue<string> _waiting = new();
    private readonly Dictionary<string, Func<string?>> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _unanswered = new(StringComparer.Ordinal);
    private readonly Action _onFreed = () => wakeAfter(TimeSpan.Zero);
    private SharedLimits? _limits;

    /// <summary>What subscriptions count against. Changes only while none is under way.</summary>
    public SharedLimits? Limits
    {
        get => _limits;
        set
        {
            Clear();
            _limits = value;
        }
    }

    /// <summary>
    /// Queues a subscription; the token is asked for when it leaves. A channel that waits already only gets the newer token, one that is
    /// unanswered is left alone.
    /// </summary>
    public void Add(string channel, Func<string?> token)
    {
        ForgetOverdue();
        if (_unanswered.ContainsKey(channel))
        {
            return;
        }

        if (!_tokens.ContainsKey(channel))
        {
            _waiting.Enqueue(channel);
        }

        _tokens[channel] = token;
        Pump();
    }

    /// <summary>The venue answered, by an acknowledgement or by the channel's first frame.</summary>
    /// <param name="channel">With "/" or ":".</param>
    public void OnAnswered(string channel)
    {
        if (_unanswered.Remove(channel.Replace(':', '/')))
        {
            _limits?.InFlight.Leave();
            Pump();
        }
    }

    /// <summary>An error that names no channel: any of them may be answered by it.</summary>
    public void OnError()
    {
        Release(_unanswered.Count);
        _unanswered.Clear();
        Pump();
    }

    /// <summary>The connection is gone.</summary>
    public void Clear()
    {
        _waiting.Clear();
        _tokens.Clear();
        Release(_unanswered.Count);
        _unanswered.Clear();
    }

    /// <summary>Sends what may leave now.</summary>
    public void Pump()
    {
        ForgetOverdue();
        while (_limits is { } limits && _waiting.TryPeek(out var channel) && _unanswered.Count < MaxUnanswered)
        {
            // The gate first: what was taken of the minute cannot be given back.
            if (!limits.InFlight.TryEnter(_onFreed))
            {
                return;
            }

            if (!limits.StreamMessages.TryTake(1, SharedLimits.StreamMessagesPerMinute, out var wait))
            {
                Release(1);
                wakeAfter(wait);
                return;
            }

            _waiting.Dequeue();
            _tokens.Remove(channel, out var token);
            _unanswered.Add(channel, timeProvider.GetTimestamp());
            if (!send(LighterFrameWriter.Subscribe(channel, token!())))
            {
                Clear();
            }
        }
    }

    private void ForgetOverdue()
    {
        foreach (var overdue in _unanswered.Where(entry => timeProvider.GetElapsedTime(entry.Value) > AnswerTimeout).Select(entry => entry.Key).ToList())
        {
            _unanswered.Remove(overdue);
            Release(1);
        }
    }

    private void Release(int count)
    {
        if (count > 0)
        {
            _limits?.InFlight.Leave(count);
        }
    }
}
