using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;
using ExecutionAdapters.Tektii.Strategy;

namespace ExecutionAdapters.Tektii;

/// <content>What comes from the socket: first what it means for orders, then to the strategy, and an acknowledgement when both are done with it.</content>
public sealed partial class TektiiExecutionClient
{
    private readonly HashSet<string> _unknownTypes = new(StringComparer.Ordinal);
    private StrategyEvents? _strategy;
    private UnixNanos _venueTime;

    // A backtest repeats itself exactly only when its commands arrive in one order.
    private bool _isPaced;
    private bool _isComplete;
    private volatile bool _isHalted;
    private string? _stalled;
    private readonly List<TektiiEvent> _untilLive = [];

    void IWebSocketHandler.OnMessage(ReadOnlySpan<byte> message)
    {
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        TektiiEvent? heard;
        string? problem;
        try
        {
            heard = _protocol.ReadFrame(message, out var isPing, out problem);
            if (isPing)
            {
                _loop.Post(() => _socket?.TrySend(_connection, TektiiProtocol.Pong));
            }
        }
        catch (FormatException exception)
        {
            (heard, problem) = (null, exception.Message);
        }

        if (problem is not null)
        {
            TektiiTelemetry.UnreadableFrames.Add(1);
            Log.UnreadableFrame(_logger, TektiiProtocol.Bounded(problem));
        }

        if (heard is not null)
        {
            _loop.Post(() => OnEvent(heard));
        }
    }

    private void OnEvent(TektiiEvent heard)
    {
        _isPaced |= heard.EventId is not null;
        if (heard is TektiiConnectionEvent { Change: "BROKER_DISCONNECTED" or "BROKER_RECONNECTED" } connection)
        {
            // Before its own time counts as heard: what was missed began before it.
            _missedSince ??= _venueTime.Value > 0 ? _venueTime : connection.Timestamp - (connection.Gap ?? TimeSpan.Zero);
        }

        NoteTime(heard.Timestamp);
        try
        {
            OnExecution(heard);
        }
        catch (Exception exception)
        {
            TektiiTelemetry.UnreadableFrames.Add(1);
            Log.UnreadableRow(_logger, heard.GetType().Name, TektiiProtocol.Bounded(exception.Message));
        }

        if (heard.EventId is not null && _session is { IsLive: false, IsFirst: true })
        {
            // Simulated time stands still until orders are taken: otherwise it would depend on this machine how many events a strategy misses.
            _untilLive.Add(heard);
        }
        else
        {
            Deliver(heard);
        }

        if (heard is TektiiBacktestCompleteEvent)
        {
            _isComplete = _isOver = true;
            Log.BacktestComplete(_logger, _acks.Count);
            _socket?.Finish();
            Volatile.Read(ref _strategy)?.Complete();
        }
    }

    /// <summary>A clock that goes ahead must not make us believe that we have heard of what is still to come.</summary>
    private void NoteTime(UnixNanos time)
    {
        if (time > _venueTime && (_isPaced || time <= _emitter.Now + TimeSpan.FromSeconds(5)))
        {
            _venueTime = time;
        }
    }

    private void Deliver(TektiiEvent heard)
    {
        var isRead = Volatile.Read(ref _strategy)?.TryWrite(heard) == true;
        if (heard.EventId is not { } id)
        {
            return;
        }

        if (isRead)
        {
            _acks.Hold(id);
        }

        // What nobody reads is done with; so is what comes while the handler of an earlier event waits for it: it is read later, and holds nothing up.
        if (isRead ? IsStalled : !_isHalted)
        {
            _acks.Release(id);
        }
    }

    private void DeliverHeld()
    {
        var held = _untilLive.ToList();
        _untilLive.Clear();
        held.ForEach(Deliver);
    }

    private void OnCommandStalled() => Alert(
        "COMMAND_STALLED",
        $"The venue has not answered a command for {_options.HandlerLimit!.Value.TotalSeconds:0.#} s; a backtest stands still meanwhile. Events are acknowledged without that answer now.");

    private void OnExecution(TektiiEvent heard)
    {
        switch (heard)
        {
            case TektiiOrderEvent { Order: var row }:
                OnOrder(row, isNews: true);
                break;
            case TektiiTradeEvent { Trade: var trade }:
                OnTrade(trade);
                break;
            case TektiiAccountEvent { Account: var account } change:
                OnAccount(account, heard.Timestamp);
                if (change.Change is "MARGIN_CALL" or "MARGIN_WARNING")
                {
                    Alert(change.Change, $"Margin used {account.MarginUsed}, available {account.MarginAvailable} {account.Currency}.");
                }

                break;
            case TektiiErrorEvent error:
                OnError(error);
                break;
            case TektiiConnectionEvent connection:
                OnConnectionEvent(connection);
                break;
            case TektiiUnknownEvent unknown when _unknownTypes.Count < 100 && _unknownTypes.Add(unknown.Type):
                Log.UnknownFrame(_logger, unknown.Type);
                break;
            default:
                break;
        }
    }

    private void OnAccount(TektiiAccount account, UnixNanos time)
    {
        var (balances, margins) = ReportFactory.Balances(account);
        _emitter.EmitAccountState(balances, margins, time);
    }

    private void OnError(TektiiErrorEvent error)
    {
        var message = TektiiProtocol.Bounded(error.Message) + (error.Details is { } details ? " " + TektiiProtocol.Bounded(details) : "");
        if (error.IsHighSeverity)
        {
            Alert(error.Code, message);
        }
        else
        {
            Log.Alert(_logger, error.Code, message);
        }
    }

    private void OnConnectionEvent(TektiiConnectionEvent connection)
    {
        switch (connection.Change)
        {
            case "CONNECTED":
                _isConfirmed = true;
                CompleteSession(_connection);
                break;
            case "BROKER_DISCONNECTED" or "BROKER_CONNECTION_FAILED":
                Alert(connection.Change, $"The gateway has no connection to its broker {connection.Broker}: {TektiiProtocol.Bounded(connection.Error ?? "no reason given")}");
                break;
            case "BROKER_RECONNECTED":
                // What happened at the broker meanwhile is not told again.
                Deliver(new TektiiGapEvent(connection.Gap ?? TimeSpan.Zero, "the gateway had no connection to its broker") { Timestamp = connection.Timestamp });
                Recover();
                break;
            default:
                break;
        }
    }

    private void Alert(string code, string message)
    {
        Log.Alert(_logger, code, message);
        _emitter.Send(new VenueAlert(ClientId, AccountId, code, message, _emitter.Now));
    }

    private bool SendAck(IReadOnlyList<string> eventIds)
    {
        var isSent = _socket?.TrySend(_connection, _protocol.WriteAck(eventIds, Uuid4.New(), _timeProvider.GetUtcNow().ToUnixTimeMilliseconds())) == true;
        TektiiTelemetry.Acknowledged.Add(isSent ? eventIds.Count : 0);
        return isSent;
    }

    /// <summary>Called by the strategy's own thread.</summary>
    private void OnHandled(TektiiEvent handled, bool isDone)
    {
        if (!isDone && _options.AckPolicy == TektiiAckPolicy.OnSuccess)
        {
            // Until somebody else reads, nothing is acknowledged: the engine is to halt.
            _isHalted = true;
        }

        if (handled.EventId is { } id && !_isHalted)
        {
            _loop.Post(() => _acks.Release(id));
        }
    }

    private void OnReaderEnded(StrategyEvents strategy) => Interlocked.CompareExchange(ref _strategy, null, strategy);

    private bool IsStalled => _stalled is { } stalled && Volatile.Read(ref _strategy)?.Unhandled?.EventId == stalled;

    /// <summary>
    /// A handler that waits for the outcome of its own order waits for ever: the outcome comes when time moves on, and time waits for the handler. Everything that is held is
    /// acknowledged for it until it comes back, and somebody is told.
    /// </summary>
    private void LookAtHandler()
    {
        if (_isPaced && Volatile.Read(ref _strategy)?.Unhandled is { } held && held.For >= _options.HandlerLimit && _stalled != held.EventId)
        {
            _stalled = held.EventId;
            Alert(
                "HANDLER_STALLED",
                $"The strategy has {(held.IsRead ? "held" : "not read")} event {held.EventId} for {held.For.TotalSeconds:0.#} s; a backtest stands still meanwhile. Until it asks for the next event, events are acknowledged for it. Do not wait inside a handler for what later events bring, or raise {nameof(TektiiOptions.HandlerLimit)}.");
            _acks.ReleaseHeld();
        }
    }
}
