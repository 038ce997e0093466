using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;
using ExecutionAdapters.Tektii.Strategy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Tektii;

/// <summary>
/// One account behind Tektii's trading gateway, live, paper or in a backtest, or at its backtest engine itself.
/// </summary>
/// <remarks>
/// <para>Orders go by REST, one after the other; what becomes of them comes on one WebSocket, which also has prices: <see cref="StrategyEvents"/>.</para>
/// <para>
/// In a backtest simulated time waits for the acknowledgement of each event. The client sees to it: an event is acknowledged once, when the strategy asks for the next
/// one, after the orders that it gave meanwhile have been answered; without a strategy, when the client has dealt with it.
/// </para>
/// <para>
/// By file: <c>.Connect.cs</c> opens and closes, <c>.Frames.cs</c> hears, <c>.Commands.cs</c>, <c>.Amendments.cs</c> and <c>.Modify.cs</c> send, <c>.Orders.cs</c> and <c>.Terms.cs</c> say what rows and trades mean,
/// <c>.Recovery.cs</c> reads again what was missed, <c>.Reports.cs</c> answers, <c>.Positions.cs</c> closes and protects positions.
/// </para>
/// </remarks>
public sealed partial class TektiiExecutionClient : IExecutionClient, IWebSocketHandler
{
    private static readonly IEnumerable<OrderType> AllOrderTypes =
        [OrderType.Market, OrderType.Limit, OrderType.StopMarket, OrderType.StopLimit, OrderType.TrailingStopMarket];

    private static readonly TimeInForce[] GatewayTimes = [TimeInForce.GTC, TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK];
    private static readonly TimeInForce[] EngineTimes = [TimeInForce.GTC, TimeInForce.IOC];

    private readonly TektiiOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly IExecutionCacheView? _cache;
    private readonly TektiiProtocol _protocol;
    private readonly TektiiHttp _http;
    private readonly ClientLoop _loop;
    private readonly ExecutionEventEmitter _emitter;
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<InstrumentId, Instrument> _instrumentsById = new();
    private volatile TektiiCapabilities _capabilities;
    private int _disposals;
    private long _heardAt;

    // Only the loop touches these.
    private readonly OrderTracker _orders = new();

    // By order too: a trade of the account with itself is one trade of two orders.
    private readonly ExpiringSet<(InstrumentId, VenueOrderId, int Owner, TradeId)> _trades;
    private readonly CommandLane _lane;
    private readonly CommandLane _cancelLane;
    private readonly AckPump _acks;

    /// <summary>Creates the client; nothing is connected.</summary>
    /// <param name="options">Settings; validated here.</param>
    /// <param name="cache">The engine's books: orders from before this process are taken up from it. Null: there are none.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="random">For the jitter of reconnects; null: one seeded by the clock.</param>
    /// <param name="logger">Where to log; null: nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TektiiExecutionClient(
        TektiiOptions options, IExecutionCacheView? cache = null, TimeProvider? timeProvider = null, Random? random = null, ILogger<TektiiExecutionClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _cache = cache;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _random = random ?? new Random(unchecked((int)_timeProvider.GetTimestamp()));
        _logger = (ILogger?)logger ?? NullLogger.Instance;
        _protocol = TektiiProtocol.Of(options.Dialect);
        _capabilities = _protocol.DefaultCapabilities;
        _http = new TektiiHttp(options, _protocol, _timeProvider);
        _loop = options.AllowSynchronousContinuations
            ? new ClientLoop(_logger, () => Volatile.Read(ref _strategy)?.HandOver())
            : new ClientLoop(_logger);
        _emitter = new ExecutionEventEmitter(options.TraderId, ClientId, AccountId, AccountType, _timeProvider, _logger);
        _session = new ClientSession("Tektii", OpenOrWaitAsync, CloseOpenAsync, _loop, _emitter, _timeProvider, _logger);
        _trades = new ExpiringSet<(InstrumentId, VenueOrderId, int Owner, TradeId)>(_timeProvider, options.TradeIdRetention);

        // A reduce-only order that has waited for those before it must still have time to wait for a place.
        _lane = new CommandLane(options.QueueTimeout / 2, _timeProvider);
        _cancelLane = new CommandLane(options.QueueTimeout / 2, _timeProvider);

        // What is paced leaves by one lane, one after the other.
        _acks = new AckPump(_loop, () => _lane.Tail, SendAck, options.HandlerLimit, OnCommandStalled, _timeProvider);
        foreach (var instrument in options.Instruments)
        {
            _instruments[instrument.RawSymbol.Value] = instrument;
            _instrumentsById[instrument.Id] = instrument;
        }

        foreach (var subscription in options.Subscriptions.Where(subscription => subscription.Symbol != "*"))
        {
            InstrumentOf(subscription.Symbol);
        }
    }

    /// <summary>The venue's name in instrument ids.</summary>
    public static Venue TektiiVenue { get; } = new("TEKTII");

    /// <inheritdoc/>
    public ClientId ClientId => _options.ClientId;

    /// <inheritdoc/>
    public AccountId AccountId => _options.AccountId;

    /// <inheritdoc/>
    public Venue Venue => TektiiVenue;

    /// <summary>What the venue says at connect; netting before that.</summary>
    public OmsType OmsType => _session.IsLive && _capabilities.IsHedging ? OmsType.Hedging : OmsType.Netting;

    /// <inheritdoc/>
    public AccountType AccountType => AccountType.Margin;

    /// <summary>What the venue says at connect; before that what its dialect has at most.</summary>
    public ExecutionClientCapabilities Capabilities => new()
    {
        OrderTypes = (_capabilities.OrderTypes.Count > 0 ? _capabilities.OrderTypes : AllOrderTypes).ToFrozenSet(),
        TimesInForce = (_protocol.IsRich ? GatewayTimes : EngineTimes).ToFrozenSet(),
        PostOnly = _protocol.IsRich && _capabilities.Has("post_only"),
        ReduceOnly = _capabilities.Has("reduce_only"),
        DisplayQuantity = _protocol.IsRich && _capabilities.Has("iceberg", "display_quantity"),
        Modify = _protocol.IsRich,
        CancelBeforeAccept = true,
        MaxOrderListSize = _protocol.IsRich ? 3 : 0,
        MaxBatchCancelSize = 100,
        TradeStream = true,
        LongestOrderTransit = _options.QueueTimeout + _options.HttpTimeout,
    };

    /// <summary>What the venue said that it and its broker can do; before the first connect what the dialect has at most.</summary>
    public TektiiCapabilities VenueCapabilities => _capabilities;

    /// <inheritdoc/>
    public bool IsConnected => _session.IsLive;

    /// <inheritdoc/>
    public TimeSpan? StreamAge => _session.IsLive ? _timeProvider.GetElapsedTime(Volatile.Read(ref _heardAt)) : null;

    /// <inheritdoc/>
    public ChannelReader<ExecutionEvent> Events => _emitter.Events;

    /// <summary>Those of the options and subscriptions, and those that the venue has named since.</summary>
    public IReadOnlyCollection<Instrument> Instruments => [.. _instrumentsById.Values];

    /// <summary>How many events that pace a backtest were acknowledged.</summary>
    public long AcknowledgedEvents => _acks.Count;

    /// <summary>
    /// Candles, quotes and everything else of the stream, for a strategy: from this call on, so that nothing is missed ask for it before connecting. Each event is acknowledged
    /// when the next one is asked for, or reading stops. A handler must not wait for what only later events bring, such as the fill of its order: see
    /// <see cref="TektiiOptions.HandlerLimit"/>.
    /// </summary>
    /// <param name="isWanted">Which events are read; null: all. The others are acknowledged by themselves.</param>
    /// <exception cref="InvalidOperationException">Somebody reads them already; one at a time, since their reading paces the venue.</exception>
    public IAsyncEnumerable<TektiiEvent> StrategyEvents(Func<TektiiEvent, bool>? isWanted = null)
    {
        ObjectDisposedException.ThrowIf(_session.IsDisposed, this);
        var events = new StrategyEvents(isWanted ?? (static _ => true), OnHandled, OnReaderEnded, _options, _timeProvider);
        if (Interlocked.CompareExchange(ref _strategy, events, null) is not null)
        {
            throw new InvalidOperationException("The strategy events are read already: stop reading them first.");
        }

        _isHalted = false;
        return events;
    }

    /// <summary>Disconnects, ends the loop and completes <see cref="Events"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) != 0)
        {
            return;
        }

        await _session.DisposeAsync().ConfigureAwait(false);
        Volatile.Read(ref _strategy)?.Complete();
        await _loop.DisposeAsync().ConfigureAwait(false);
        _emitter.Complete();
        _http.Dispose();
        _lane.Dispose();
        _cancelLane.Dispose();
    }

    /// <summary>The instrument of a symbol; one that nobody described gets the usual terms of its kind.</summary>
    private Instrument InstrumentOf(string symbol)
    {
        if (!_instruments.TryGetValue(symbol, out var instrument))
        {
            instrument = _instruments.GetOrAdd(symbol, TektiiInstruments.Default);
            _instrumentsById.TryAdd(instrument.Id, instrument);
        }

        return instrument;
    }

    private Instrument? Find(InstrumentId id) => _instrumentsById.GetValueOrDefault(id);

    /// <summary>What the venue calls it: an instrument may have an id of the user's.</summary>
    private string SymbolOf(InstrumentId id) => Find(id)?.RawSymbol.Value ?? id.Symbol.Value;

    /// <exception cref="ObjectDisposedException">The client is disposed: the command is not taken.</exception>
    private void Post(Action work) => ObjectDisposedException.ThrowIf(!_loop.Post(work), this);
}
