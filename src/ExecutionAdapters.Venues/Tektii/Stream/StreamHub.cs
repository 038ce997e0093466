using System.Net.WebSockets;
using ExecutionAdapters.Venues.Tektii.Faults;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>The open streams, with the frame faults in front of them.</summary>
internal sealed class StreamHub(FaultPlan faults)
{
    private readonly List<StrategyConnection> _sessions = [];

    public int Count => _sessions.Count;

    /// <summary>The dialect of who listens: a backtest has one stream, and without a backtest all speak the gateway's.</summary>
    public Dialect Dialect => _sessions.Count > 0 ? _sessions[0].Dialect : Dialect.Gateway;

    /// <summary>While set, frames go to this stream alone.</summary>
    public StrategyConnection? Only { get; set; }

    public void Add(StrategyConnection session) => _sessions.Add(session);

    public void Remove(StrategyConnection session) => _sessions.Remove(session);

    public void Send(string type, string? eventName, ReadOnlySpan<byte> frame)
    {
        TektiiFrameFaultKind? fault = faults.TakeFrame(type, eventName);
        foreach (StrategyConnection session in _sessions)
        {
            if (Only is not null && session != Only)
            {
                continue;
            }

            switch (fault)
            {
                case TektiiFrameFaultKind.Drop:
                    break;
                case TektiiFrameFaultKind.CutBefore:
                    session.Abort("cut by a fault");
                    break;
                case TektiiFrameFaultKind.CutAfter:
                    session.Send(frame);
                    session.Close(WebSocketCloseStatus.EndpointUnavailable, "closed by a fault");
                    break;
                case TektiiFrameFaultKind.Truncate:
                    session.Send(frame[..(frame.Length / 2)]);
                    break;
                case TektiiFrameFaultKind.Duplicate:
                    session.Send(frame);
                    session.Send(frame);
                    break;
                default:
                    session.Send(frame);
                    break;
            }
        }
    }

    public void CloseAll(WebSocketCloseStatus status, string reason)
    {
        foreach (StrategyConnection session in _sessions)
        {
            session.Close(status, reason);
        }
    }

    public void AbortAll(string reason)
    {
        foreach (StrategyConnection session in _sessions)
        {
            session.Abort(reason);
        }
    }
}
