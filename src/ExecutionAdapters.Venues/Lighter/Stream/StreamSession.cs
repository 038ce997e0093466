using System.Net.WebSockets;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Faults;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>Where a session's frames go. The socket in the server, a list in tests.</summary>
internal interface IStreamOutput
{
    /// <summary>When the client last sent anything, in µs since 1970.</summary>
    long LastActivityUs { get; }

    /// <summary>Queues a frame; never blocks. Too many queued frames end the connection.</summary>
    void Send(ReadOnlyMemory<byte> frame);

    /// <summary>Sends what is queued, then closes.</summary>
    void Close(WebSocketCloseStatus status, string reason);

    /// <summary>Cuts the connection.</summary>
    void Abort(string reason);
}

/// <summary>A connection as the loop sees it.</summary>
internal sealed class StreamSession(string id, ScriptedOutput output, bool isReadOnly)
{
    public string Id { get; } = id;

    public ScriptedOutput Output { get; } = output;

    /// <summary>Opened with readonly=true: data only, no transactions.</summary>
    public bool IsReadOnly { get; } = isReadOnly;

    /// <summary>Subscribed channels; those in <see cref="Withheld"/> have not been given their first frame yet.</summary>
    public HashSet<StreamChannel> Subscriptions { get; } = [];

    public HashSet<StreamChannel> Withheld { get; } = [];

    /// <summary>False once the connection has ended: its output must not be used any more.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>True once the venue has begun to close the connection.</summary>
    public bool IsClosing { get; set; }

    public RollingMinute Messages { get; } = new(RateLimits.StreamMessagesPerMinute);

    public long LastPingUs { get; set; }
}
