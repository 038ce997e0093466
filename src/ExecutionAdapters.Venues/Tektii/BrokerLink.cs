using ExecutionAdapters.Venues.Tektii.Stream;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>The gateway's connection to its broker, which only faults break, and which quotes are late.</summary>
internal sealed class BrokerLink(FramePublisher publisher, IReadOnlyList<string> symbols, string provider, Func<DateTimeOffset> now)
{
    private DateTimeOffset _since;

    public bool IsConnected { get; private set; } = true;

    /// <summary>Symbols whose quotes are late.</summary>
    public IReadOnlyList<string> Stale { get; private set; } = [];

    public void Disconnect(string? error)
    {
        _since = now();
        IsConnected = false;
        publisher.Connection("BROKER_DISCONNECTED", provider, error);
        MarkStale(symbols);
    }

    public void Reconnect()
    {
        IsConnected = true;
        publisher.Connection("RECONNECTING", provider);
        publisher.Connection("BROKER_RECONNECTED", provider, gapMs: (long)(now() - _since).TotalMilliseconds);
        MarkFresh();
        publisher.Connection("CONNECTED");
    }

    public void Fail(string error)
    {
        IsConnected = false;
        publisher.Connection("BROKER_CONNECTION_FAILED", provider, error);
    }

    public void MarkStale(IReadOnlyList<string> late)
    {
        Stale = late;
        _since = now();
        TellStale();
    }

    public void MarkFresh()
    {
        publisher.Staleness("FRESH", Stale, since: null);
        Stale = [];
    }

    /// <summary>What a new stream is told first when quotes are late.</summary>
    public void TellStale()
    {
        if (Stale.Count > 0)
        {
            publisher.Staleness("STALE", Stale, _since);
        }
    }
}
