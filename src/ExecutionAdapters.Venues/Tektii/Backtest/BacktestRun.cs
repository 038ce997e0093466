using System.Net.WebSockets;
using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Stream;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii.Backtest;

/// <summary>
/// One replay for one strategy. It starts when the stream attaches, sends what a candle causes and then the candle, and waits for
/// the acknowledgements before the next. Orders that arrive meanwhile meet the next candle's open.
/// </summary>
internal sealed class BacktestRun : IDisposable
{
    private readonly TektiiBacktestOptions _options;
    private readonly Market _market;
    private readonly CandleWalk _walk;
    private readonly EventPacer _pacer;
    private readonly FramePublisher _publisher;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource<TektiiBacktestState> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StrategyConnection? _session;
    private TimeSpan _window;
    private long _waitingSince;
    private bool _isTimerSet;
    private int _next;
    private int _missed;
    private int _missedInARow;

    /// <param name="options">What to replay.</param>
    /// <param name="market">The market of its symbol.</param>
    /// <param name="walk">Moves the market.</param>
    /// <param name="pacer">Numbers the events.</param>
    /// <param name="publisher">Sends them.</param>
    /// <param name="clock">The wall clock, for the ack window.</param>
    /// <param name="gate">Held whenever the venue's state is touched; the timer takes it.</param>
    /// <param name="logger">Told about missed windows and the end.</param>
    public BacktestRun(
        TektiiBacktestOptions options, Market market, CandleWalk walk, EventPacer pacer, FramePublisher publisher, TimeProvider clock, Lock gate, ILogger logger)
    {
        _options = options;
        _market = market;
        _walk = walk;
        _pacer = pacer;
        _publisher = publisher;
        _clock = clock;
        _logger = logger;
        _window = options.AckWindow;
        walk.Begin(options.Candles[0].TimeMs);
        _timer = clock.CreateTimer(_ => OnTimer(gate), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TektiiBacktestState State { get; private set; }

    public Task<TektiiBacktestState> Ended => _ended.Task;

    public bool TakesOrders => State is TektiiBacktestState.Waiting or TektiiBacktestState.Running;

    public TektiiBacktestProgress Progress => new(State, _next, _walk.Time, _pacer.Events, _missed);

    public void Start(StrategyConnection session)
    {
        _session = session;
        State = TektiiBacktestState.Running;
        Advance();
    }

    /// <summary>Releases events by their exact ids; what is not waited for is logged and changes nothing.</summary>
    public void Acknowledge(IReadOnlyList<string> eventIds)
    {
        foreach (string id in eventIds)
        {
            if (ClientMessage.EventNumber(id) is not { } number || !_pacer.Acknowledge(number))
            {
                Log.UnknownEvent(_logger);
            }
        }

        if (_pacer.Events == 0)
        {
            _missedInARow = 0;
        }

        Advance();
    }

    /// <summary>The strategy's stream is gone.</summary>
    public void Detach(StrategyConnection session)
    {
        if (session == _session && State is TektiiBacktestState.Running or TektiiBacktestState.Completing)
        {
            End(State == TektiiBacktestState.Completing ? TektiiBacktestState.Completed : TektiiBacktestState.Detached);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Advance()
    {
        while (State == TektiiBacktestState.Running && _pacer.Candles < _options.CandlesInFlight)
        {
            if (_next < _options.Candles.Count)
            {
                Replay(_options.Candles[_next]);
            }
            else if (_pacer.Events == 0)
            {
                Complete();
            }
            else
            {
                return;
            }
        }

        if (State == TektiiBacktestState.Completing && _pacer.Events == 0)
        {
            End(TektiiBacktestState.Completed);
            _session!.Close(WebSocketCloseStatus.NormalClosure, "backtest complete");
        }
    }

    private void Replay(in TektiiCandle candle)
    {
        Wait();
        _pacer.BeginCandle();
        _walk.Go(candle);
        _market.Reveal();
        _next++;
        _publisher.Candle(_market, candle);
    }

    private void Complete()
    {
        State = TektiiBacktestState.Completing;
        _window = _options.FlushWindow;
        _isTimerSet = false;
        Wait();
        _publisher.BacktestComplete();
    }

    /// <summary>The window begins now. A timer that is under way is not set anew: that would be work for each candle.</summary>
    private void Wait()
    {
        _waitingSince = _clock.GetTimestamp();
        if (!_isTimerSet)
        {
            _isTimerSet = true;
            _timer.Change(_window, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer(Lock gate)
    {
        try
        {
            lock (gate)
            {
                OnTimer();
            }
        }
#pragma warning disable CA1031 // An exception on a timer would end the process that hosts the venue; it is logged as an error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.TimerFailed(_logger, exception);
        }
    }

    private void OnTimer()
    {
        _isTimerSet = false;
        if (State is not (TektiiBacktestState.Running or TektiiBacktestState.Completing) || _pacer.Events == 0)
        {
            return;
        }

        TimeSpan left = _window - _clock.GetElapsedTime(_waitingSince);
        if (left > TimeSpan.Zero)
        {
            _isTimerSet = true;
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            return;
        }

        _missed++;
        _missedInARow++;
        Log.WindowMissed(_logger, _missedInARow, _pacer.Events);
        _pacer.Release();
        if (State == TektiiBacktestState.Running && _missedInARow >= _options.HaltAfterMisses)
        {
            End(TektiiBacktestState.Halted);
            _publisher.Error("INTERNAL_ERROR", $"The backtest is halted: {_missedInARow} ack windows in a row were missed.");
            _session!.Close(WebSocketCloseStatus.PolicyViolation, "ack windows were missed");
            return;
        }

        Advance();
    }

    private void End(TektiiBacktestState state)
    {
        State = state;
        Log.BacktestState(_logger, state, _next);
        _ended.TrySetResult(state);
    }
}
