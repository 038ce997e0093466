using System.Net.WebSockets;
using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Faults;
using ExecutionAdapters.Venues.Lighter.Rows;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>The sessions and who is subscribed to what. Owned by the venue's loop.</summary>
internal sealed class StreamHub
{
    /// <summary>Connections at a time (the venue's documented limit per address).</summary>
    public const int MaximumSessions = 255;

    private const long PingIntervalUs = 60_000_000;
    private const long UpkeepIntervalUs = 1_000_000;
    private const long SilenceLimitUs = 120_000_000;

    private readonly VenueCore _core;
    private readonly ILogger _logger;
    private readonly List<StreamSession> _sessions = [];
    private readonly Dictionary<StreamChannel, List<StreamSession>> _subscribers = [];
    private readonly StreamPublisher _publisher;
    private readonly StreamProtocol _protocol;
    private long _sessionCount;
    private long _lastUpkeepUs;

    public StreamHub(VenueCore core, ILogger logger)
    {
        _core = core;
        _logger = logger;
        _publisher = new StreamPublisher(core, this);
        _protocol = new StreamProtocol(core, this);
    }

    /// <summary>Greets a new connection; null when there are too many.</summary>
    public StreamSession? Open(IStreamOutput output, bool isReadOnly)
    {
        if (_sessions.Count >= MaximumSessions)
        {
            return null;
        }

        string id = $"{_core.Options.Seed:x16}-{++_sessionCount}";
        var session = new StreamSession(id, new ScriptedOutput(output, _core.Faults), isReadOnly)
        {
            LastPingUs = _core.Exchange.State.NowUs,
        };
        _sessions.Add(session);
        session.Output.Send(JsonText.Object(json =>
        {
            json.WriteString("type"u8, "connected");
            json.WriteString("session_id"u8, id);
        }));
        return session;
    }

    public void Remove(StreamSession session)
    {
        _sessions.Remove(session);
        session.IsOpen = false;
        session.Output.End();
        foreach (StreamChannel channel in session.Subscriptions.ToArray())
        {
            Unsubscribe(session, channel);
        }
    }

    /// <summary>Handles a message; the next one is to be read when the returned task has completed.</summary>
    public Task Receive(StreamSession session, ReadOnlyMemory<byte> message)
    {
        _protocol.Receive(session, message);
        return _core.Faults.Take(FaultKind.PauseReading, _ => true) is { } pause
            ? _core.Faults.HoldAsync(pause, pause.DelayMs)
            : Task.CompletedTask;
    }

    public void Subscribe(StreamSession session, StreamChannel channel)
    {
        session.Subscriptions.Add(channel);
        if (_core.Faults.Take(FaultKind.WithholdFirstFrame, rule => rule.MatchesChannel(channel.Name)) is { } withhold)
        {
            session.Withheld.Add(channel);
            _core.Faults.Hold(withhold, withhold.DelayMs, () => Release(session, channel));
            return;
        }

        Begin(session, channel);
    }

    public void Unsubscribe(StreamSession session, StreamChannel channel)
    {
        session.Subscriptions.Remove(channel);
        session.Withheld.Remove(channel);
        if (_subscribers.TryGetValue(channel, out List<StreamSession>? sessions) && sessions.Remove(session) && sessions.Count == 0)
        {
            _subscribers.Remove(channel);
        }
    }

    /// <summary>Sends a first frame that was withheld.</summary>
    private void Release(StreamSession session, StreamChannel channel)
    {
        if (session.IsOpen && session.Withheld.Remove(channel))
        {
            Begin(session, channel);
        }
    }

    public bool HasSubscribers(StreamChannel channel) => _subscribers.ContainsKey(channel);

    public IEnumerable<StreamChannel> SubscribedChannels => _subscribers.Keys;

    /// <summary>Builds an update frame if anybody wants it, and sends it to all who do. A frame that fails is left out and logged.</summary>
    public void Update(StreamChannel channel, Action<Utf8JsonWriter> writePayload)
    {
        if (!_subscribers.TryGetValue(channel, out List<StreamSession>? sessions))
        {
            return;
        }

        byte[] frame;
        try
        {
            frame = Frame("update", channel, writePayload);
        }
#pragma warning disable CA1031 // One frame that cannot be written must not keep the others from their subscribers.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.FrameFailed(_logger, channel.Name, exception);
            return;
        }

        foreach (StreamSession session in sessions)
        {
            session.Output.Send(frame);
        }
    }

    /// <summary>Sends a raw frame to the subscribers of a channel named as in the venue's frames; to all sessions for null.</summary>
    public void Push(string? channelName, ReadOnlyMemory<byte> frame)
    {
        foreach (StreamSession session in _sessions)
        {
            if (channelName is null || session.Subscriptions.Any(channel => channel.Name == channelName))
            {
                session.Output.Send(frame);
            }
        }
    }

    public void DropAll(string reason)
    {
        foreach (StreamSession session in _sessions)
        {
            session.Output.Abort(reason);
        }
    }

    public void Publish() => _publisher.Publish();

    /// <summary>Once a second: pings, silent connections, statistics that move with the mark price.</summary>
    public void Tick()
    {
        long nowUs = _core.Exchange.State.NowUs;
        if (nowUs - _lastUpkeepUs < UpkeepIntervalUs)
        {
            return;
        }

        _lastUpkeepUs = nowUs;
        _publisher.PublishPeriodic();
        foreach (StreamSession session in _sessions.Where(session => !session.IsClosing))
        {
            if (nowUs - session.Output.LastActivityUs > SilenceLimitUs)
            {
                session.IsClosing = true;
                Log.ConnectionDropped(_logger, session.Id, "no frame from the client for 2 minutes");
                session.Output.Close(WebSocketCloseStatus.PolicyViolation, "no frame received for 2 minutes");
            }
            else if (nowUs - session.LastPingUs >= PingIntervalUs)
            {
                session.LastPingUs = nowUs;
                session.Output.Send("""{"type":"ping"}"""u8.ToArray());
            }
        }
    }

    public static byte[] Frame(string verb, StreamChannel channel, Action<Utf8JsonWriter> writePayload) => JsonText.Object(json =>
    {
        json.WriteString("type"u8, $"{verb}/{channel.KindText}");
        json.WriteString("channel"u8, channel.Name);
        writePayload(json);
    });

    private void Begin(StreamSession session, StreamChannel channel)
    {
        if (!_subscribers.TryGetValue(channel, out List<StreamSession>? sessions))
        {
            sessions = [];
            _subscribers.Add(channel, sessions);
        }

        sessions.Add(session);
        session.Output.Send(_publisher.FirstFrame(channel));
    }
}
