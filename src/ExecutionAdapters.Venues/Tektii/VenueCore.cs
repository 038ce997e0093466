using System.Net.WebSockets;
using ExecutionAdapters.Venues.Tektii.Backtest;
using ExecutionAdapters.Venues.Tektii.Faults;
using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Stream;
using ExecutionAdapters.Venues.Tektii.Trading;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// Everything behind the sockets, put together once. Whoever touches it holds its gate: work is short and never waits, and in a
/// backtest the next candle leaves on the thread that brought the acknowledgement, without a hop to another.
/// </summary>
internal sealed class VenueCore : IDisposable
{
    /// <summary>How many requests and acknowledgements are kept for tests to look at.</summary>
    private const int CaptureLimit = 10_000;

    private readonly ILogger _logger;
    private readonly Queue<TektiiRequest> _requests = new();
    private readonly Queue<TektiiAck> _acks = new();

    public VenueCore(TektiiVenueOptions options, ILogger logger)
    {
        Options = options;
        _logger = logger;
        Markets = Instruments(options).ToDictionary(instrument => instrument.Symbol, instrument => new Market(instrument));
        Hub = new StreamHub(Faults);
        EventPacer? pacer = options.IsBacktest ? new EventPacer() : null;
        Publisher = new FramePublisher(Hub, new SubscriptionFilter(options.Subscriptions), options.ProviderName, pacer, () => Now);
        Ledger = new Ledger(options.InitialBalance, options.Leverage, options.PositionMode);
        Desk = new OrderDesk(options, Ledger, Markets, () => Now, Publisher);
        Broker = new BrokerLink(Publisher, [.. Markets.Keys], options.ProviderName, () => Now);
        if (options.Backtest is { } backtest)
        {
            Market market = Markets[backtest.Symbol];
            market.Load(backtest.Candles, Timeframe.Of(backtest.Candles)!);
            Walk = new CandleWalk(market, Desk);
            Backtest = new BacktestRun(backtest, market, Walk, pacer!, Publisher, options.TimeProvider, Gate, logger);
        }
    }

    /// <summary>Held by whoever touches the venue's state.</summary>
    public Lock Gate { get; } = new();

    public TektiiVenueOptions Options { get; }

    public IReadOnlyDictionary<string, Market> Markets { get; }

    public FaultPlan Faults { get; } = new();

    public StreamHub Hub { get; }

    public FramePublisher Publisher { get; }

    public Ledger Ledger { get; }

    public OrderDesk Desk { get; }

    public BrokerLink Broker { get; }

    /// <summary>Null without a backtest.</summary>
    public BacktestRun? Backtest { get; }

    public bool IsShuttingDown { get; set; }

    public IReadOnlyList<TektiiRequest> Requests => [.. _requests];

    public IReadOnlyList<TektiiAck> Acks => [.. _acks];

    /// <summary>The simulated time in a backtest.</summary>
    public DateTimeOffset Now => Walk?.Time ?? Options.TimeProvider.GetUtcNow();

    private CandleWalk? Walk { get; }

    /// <summary>Everything in the books, at one moment.</summary>
    public TektiiBooks Snapshot() =>
        new([.. Desk.Orders], [.. Ledger.Trades], [.. Ledger.Holdings.Select(holding => holding.Snapshot())], Ledger.Account());

    /// <summary>Does something with the gate held.</summary>
    public void Run(Action work)
    {
        lock (Gate)
        {
            work();
        }
    }

    /// <summary>Asks something with the gate held.</summary>
    public T Run<T>(Func<T> work)
    {
        lock (Gate)
        {
            return work();
        }
    }

    public void Capture(TektiiRequest request) => Keep(_requests, request);

    /// <summary>A quote moves the market, and is told before what it causes.</summary>
    public void PushQuote(Market market, decimal bid, decimal ask)
    {
        if (!Broker.IsConnected)
        {
            return;
        }

        Desk.ExpireDays();
        market.Move(bid, ask, Now);
        Publisher.Quote(market);
        if (market.Build() is { } ended)
        {
            Publisher.Candle(market, ended);
        }

        Desk.MatchAll(market);
    }

    /// <summary>A new stream. False when it is refused: a backtest has one, once.</summary>
    public bool Open(StrategyConnection session)
    {
        if (IsShuttingDown || Backtest is { State: not TektiiBacktestState.Waiting })
        {
            return false;
        }

        Hub.Add(session);
        Hub.Only = session;
        Broker.TellStale();
        Hub.Only = null;
        Backtest?.Start(session);
        return true;
    }

    public void Close(StrategyConnection session)
    {
        Hub.Remove(session);
        Backtest?.Detach(session);
    }

    /// <summary>A client's message; takes the gate itself.</summary>
    public void Receive(StrategyConnection session, ReadOnlySpan<byte> message)
    {
        ClientMessage read = ClientMessage.Read(message);
        lock (Gate)
        {
            switch (read.Type)
            {
                case ClientMessageType.EventAck:
                    Acknowledge(session, read.Ack!);
                    break;
                case ClientMessageType.Ping when session.Dialect == Dialect.Engine:
                    Publisher.Pong();
                    break;
                case ClientMessageType.Pong:
                    break;
                default:
                    Log.UnexpectedMessage(_logger, message.Length);
                    break;
            }
        }
    }

    /// <summary>The first part of a shutdown: the streams are told.</summary>
    public void BeginShutdown()
    {
        IsShuttingDown = true;
        Publisher.Connection("DISCONNECTING");
    }

    public void EndShutdown() => Hub.CloseAll(WebSocketCloseStatus.EndpointUnavailable, "Gateway shutting down");

    public void Dispose()
    {
        Backtest?.Dispose();
        Publisher.Dispose();
    }

    private void Acknowledge(StrategyConnection session, TektiiAck ack)
    {
        Keep(_acks, ack);
        if (session.Dialect == Dialect.Gateway && ack.TimestampMs is null)
        {
            Log.AckWithoutTimestamp(_logger);
        }
        else if (!Faults.IgnoresAcks)
        {
            Backtest?.Acknowledge(ack.EventIds);
        }
    }

    private static void Keep<T>(Queue<T> captured, T item)
    {
        if (captured.Count == CaptureLimit)
        {
            captured.Dequeue();
        }

        captured.Enqueue(item);
    }

    private static IEnumerable<TektiiInstrument> Instruments(TektiiVenueOptions options) => options.Backtest is { } backtest
        ? [options.Instruments.FirstOrDefault(instrument => instrument.Symbol == backtest.Symbol) ?? new TektiiInstrument(backtest.Symbol)]
        : options.Instruments;
}
