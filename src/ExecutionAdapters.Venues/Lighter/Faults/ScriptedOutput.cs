using System.Net.WebSockets;
using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Stream;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>
/// A session's way out with the frame faults on it: every frame of a connection passes here. What is delayed holds up what
/// comes behind it, as on a real connection; only a reordered frame is overtaken. Used by the venue's loop alone.
/// </summary>
internal sealed class ScriptedOutput(IStreamOutput inner, FaultPlan faults) : IStreamOutput
{
    /// <summary>How long a frame waits for one that overtakes it.</summary>
    private const long LongestOvertakingMs = 1_000;

    private static readonly FaultKind[] FrameFaults =
    [
        FaultKind.DropFrame, FaultKind.DelayFrame, FaultKind.ReorderFrame, FaultKind.DuplicateFrame, FaultKind.CloseAfterFrame,
    ];

    private readonly Queue<Action> _waiting = new();
    private long _lastDueUs;
    private ReadOnlyMemory<byte>? _overtaken;
    private bool _ended;

    public long LastActivityUs => inner.LastActivityUs;

    public void Send(ReadOnlyMemory<byte> frame)
    {
        if (!faults.HasAny(FrameFaults))
        {
            Pass(frame, delayMs: 0);
            return;
        }

        (string? type, string? channel) = Head(frame);
        bool Matches(FaultRule rule) => (rule.Type is null || rule.Type == type) && rule.MatchesChannel(channel);
        if (faults.Take(FaultKind.DropFrame, Matches) is { } dropped)
        {
            CutLater(dropped);
            return;
        }

        if (_overtaken is null && faults.Take(FaultKind.ReorderFrame, Matches) is { } reordered)
        {
            _overtaken = frame;
            faults.Hold(reordered, LongestOvertakingMs, SendOvertaken);
            return;
        }

        long delayMs = faults.Take(FaultKind.DelayFrame, Matches)?.DelayMs ?? 0;
        Pass(frame, delayMs);
        if (faults.Take(FaultKind.DuplicateFrame, Matches) is not null)
        {
            Pass(frame, delayMs: 0);
        }

        if (faults.Take(FaultKind.CloseAfterFrame, Matches) is not null)
        {
            Close(WebSocketCloseStatus.EndpointUnavailable, "closed by script");
        }
    }

    public void Close(WebSocketCloseStatus status, string reason) => Queue(() => inner.Close(status, reason), delayMs: 0);

    public void Abort(string reason)
    {
        End();
        inner.Abort(reason);
    }

    /// <summary>The connection is gone: what waits is dropped, and the socket is not touched any more.</summary>
    public void End()
    {
        _ended = true;
        _waiting.Clear();
    }

    private void Pass(ReadOnlyMemory<byte> frame, long delayMs)
    {
        Queue(() => inner.Send(frame), delayMs);
        SendOvertaken();
    }

    private void SendOvertaken()
    {
        if (_overtaken is { } late)
        {
            _overtaken = null;
            Queue(() => inner.Send(late), delayMs: 0);
        }
    }

    /// <summary>At once when nothing is ahead; otherwise in its turn.</summary>
    private void Queue(Action send, long delayMs)
    {
        if (_ended)
        {
            return;
        }

        if (_waiting.Count == 0 && delayMs == 0)
        {
            send();
            return;
        }

        if (_waiting.Count >= StreamConnection.MaximumQueuedFrames)
        {
            Abort("more delayed frames than a connection may have waiting");
            return;
        }

        _lastDueUs = Math.Max(_lastDueUs, faults.NowUs + (delayMs * 1_000));
        _waiting.Enqueue(send);
        faults.Hold(null, Math.Max(0, (_lastDueUs - faults.NowUs) / 1_000), SendNext);
    }

    private void SendNext()
    {
        if (!_ended && _waiting.TryDequeue(out Action? send))
        {
            send();
        }
    }

    private void CutLater(FaultRule dropped)
    {
        if (dropped.CutAfterMs is { } delay)
        {
            faults.Hold(dropped, delay, () =>
            {
                if (!_ended)
                {
                    Abort("cut by script after a dropped frame");
                }
            });
        }
    }

    private static (string? Type, string? Channel) Head(ReadOnlyMemory<byte> frame)
    {
        string? type = null;
        string? channel = null;
        try
        {
            var reader = new Utf8JsonReader(frame.Span);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && (type is null || channel is null))
            {
                bool isType = reader.ValueTextEquals("type"u8);
                bool isChannel = reader.ValueTextEquals("channel"u8);
                reader.Read();
                type = isType && reader.TokenType == JsonTokenType.String ? reader.GetString() : type;
                channel = isChannel && reader.TokenType == JsonTokenType.String ? reader.GetString() : channel;
                reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A raw frame that a test pushes may be anything; it has no type and no channel then.
        }

        return (type, channel);
    }
}
