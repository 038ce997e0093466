using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Http;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Lighter;

/// <summary>
/// Trades one account at Lighter. Commands become signed transactions on the venue's stream (batches by HTTP); the account's
/// streams come back as events and reports.
/// </summary>
/// <remarks>
/// The parts, by file: <c>.Connect.cs</c> opens and closes, <c>.Integrator.cs</c> sees to approvals, <c>.Session.cs</c> gates and keeps
/// sessions, <c>.Recovery.cs</c> finds out what the streams did not tell; <c>.Commands.cs</c> and <c>.Amendments.cs</c> take orders to the
/// <c>TransactionSequencer</c>, <c>.Account.cs</c> leverage and margin; <c>.Frames.cs</c> brings frames to the
/// <c>AccountStreamProcessor</c>; <c>.Reports.cs</c> asks REST.
/// Everything mutable belongs to one loop; callers, sockets and timers post to it.
/// </remarks>
public sealed partial class LighterExecutionClient : IExecutionClient, IWebSocketHandler, ITransactionTransport
{
    private readonly LighterOptions _options;
    private readonly LighterCredentials? _credentials;
    private readonly IExecutionCacheView? _cache;
    private readonly IClientMemory? _memory;
    private readonly TimeProvider _timeProvider;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly LighterHttp _http;
    private readonly ClientLoop _loop;
    private readonly ExecutionEventEmitter _emitter;
    private readonly ConcurrentDictionary<InstrumentId, QuoteTick> _quotes = new();

    // Only the loop touches these.
    private readonly OrderRegistry _orders;
    private readonly PreparedNonces? _nonces;
    private readonly AccountStreamProcessor _streams;
    private readonly TransactionSequencer? _sequencer;

    private volatile MarketTable _markets = MarketTable.Empty;
    private int _disposals;
    private long _heardAt;

    /// <summary>Creates a client; nothing is opened before <see cref="ConnectAsync"/>.</summary>
    /// <param name="options">Settings; validated here.</param>
    /// <param name="cache">The engine's books, for quotes and pending cancels; null when there are none.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="random">Jitter of reconnects; null: seeded from the clock.</param>
    /// <param name="logger">Where to log; null: nowhere.</param>
    /// <param name="memory">Where the highest nonce is kept across restarts; null: nowhere, the venue alone is asked.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public LighterExecutionClient(
        LighterOptions options,
        IExecutionCacheView? cache = null,
        TimeProvider? timeProvider = null,
        Random? random = null,
        ILogger<LighterExecutionClient>? logger = null,
        IClientMemory? memory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        Capabilities = CapabilitiesOf(options);
        _credentials = options.Credentials;
        _cache = cache;
        _memory = memory;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _random = random ?? new Random(unchecked((int)_timeProvider.GetTimestamp()));
        _logger = (ILogger?)logger ?? NullLogger.Instance;
        AccountId = options.AccountId ?? new AccountId(
            "LIGHTER-" + (_credentials?.AccountIndex ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture));
        _limits = SharedLimits.For(options.Deployment, AccountId.Value, _timeProvider);
        _http = new LighterHttp(options.Deployment.RestUrl, options.HttpTimeout, options.AcknowledgementTimeout, NewAuthToken, RequestLimits(), _timeProvider, _logger);
        _subscriptions = new SubscriptionQueue(_timeProvider, frame => _socket?.TrySend(_connection, frame) ?? false, WakeAfter);
        _tokens = new TokenRotation(_timeProvider);
        _unresolved = new UnresolvedTransactions(_timeProvider, options.VerdictTimeout, IsSettled);
        _emitter = new ExecutionEventEmitter(options.TraderId, ClientId, AccountId, AccountType, _timeProvider, _logger);
        _orders = new OrderRegistry(options.ClientOrderIndexBits, _timeProvider);
        _streams = new AccountStreamProcessor(
            _emitter, _orders, new ExpiringSet<(InstrumentId, TradeId)>(_timeProvider, options.TradeIdRetention), _credentials?.AccountIndex ?? 0, AccountId, _complaints, _timeProvider, _logger);
        _sequencer = _credentials is null
            ? null
            : new TransactionSequencer(this, OnOutcome, _credentials, _timeProvider, options, TransactionLimits(), _logger);
        _nonces = _credentials is not null && options.PreparedNonces > 0
            ? new PreparedNonces(_credentials.PrivateKey, options.PreparedNonces, _timeProvider)
            : null;
        _loop = new ClientLoop(_logger);
        _session = new ClientSession("Lighter", OpenOrWaitAsync, CloseOpenAsync, _loop, _emitter, _timeProvider, _logger);
        _wakeTimer = _timeProvider.CreateTimer(_ => _loop.Post(OnAlarm), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private static ExecutionClientCapabilities CapabilitiesOf(LighterOptions options) => new()
    {
        OrderTypes = new[]
        {
            OrderType.Market, OrderType.Limit, OrderType.StopMarket, OrderType.StopLimit, OrderType.MarketIfTouched, OrderType.LimitIfTouched,
        }.ToFrozenSet(),
        TimesInForce = new[] { TimeInForce.GTC, TimeInForce.IOC, TimeInForce.GTD, TimeInForce.DAY }.ToFrozenSet(),
        PostOnly = true,
        ReduceOnly = true,
        Modify = true,
        CancelBeforeAccept = true,
        MaxOrderListSize = LighterProtocol.MaxBatchSize,
        MaxBatchCancelSize = LighterProtocol.MaxBatchSize,
        TradeStream = true,

        // Signed when it leaves; an answer that stays out is waited for once more.
        LongestOrderTransit = options.TransactionLifetime + options.AcknowledgementTimeout,
    };

    /// <summary>The venue's name in instrument ids.</summary>
    public static Venue LighterVenue { get; } = new("LIGHTER");

    /// <inheritdoc/>
    public ClientId ClientId => _options.ClientId;

    /// <inheritdoc/>
    public AccountId AccountId { get; }

    /// <inheritdoc/>
    public Venue Venue => LighterVenue;

    /// <inheritdoc/>
    public OmsType OmsType => OmsType.Netting;

    /// <inheritdoc/>
    public TimeSpan? StreamAge => _session.IsLive ? _timeProvider.GetElapsedTime(Volatile.Read(ref _heardAt)) : null;

    /// <inheritdoc/>
    public AccountType AccountType => AccountType.Margin;

    /// <inheritdoc/>
    public ExecutionClientCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public bool IsConnected => _session.IsLive;

    /// <inheritdoc/>
    public ChannelReader<ExecutionEvent> Events => _emitter.Events;

    /// <inheritdoc/>
    public IReadOnlyCollection<Instrument> Instruments => [.. _markets.All.Select(market => market.Instrument)];

    /// <summary>The latest quote of an instrument whose quotes are subscribed; null before the first.</summary>
    public QuoteTick? LatestQuote(InstrumentId instrumentId) => _quotes.TryGetValue(instrumentId, out var quote) ? quote : null;

    /// <summary>
    /// Subscribes best bid and ask of an instrument, now and after every reconnect. Market orders are priced from the engine's
    /// cached quote if it has one, else from these.
    /// </summary>
    /// <exception cref="ExecutionClientException">The instrument is not known; connect first.</exception>
    public void SubscribeQuotes(InstrumentId instrumentId)
    {
        var market = _markets.Find(instrumentId)
            ?? throw new ExecutionClientException($"Lighter has no instrument {instrumentId}. Instruments come with connect.");
        Post(() =>
        {
            if (_quoteMarkets.Add(market.Index) && _connection != 0)
            {
                _subscriptions.Add(LighterChannels.ForMarket(LighterChannels.Ticker, market.Index), static () => null);
            }
        });
    }

    /// <summary>Disconnects, ends the loop and completes <see cref="Events"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) != 0)
        {
            return;
        }

        await _session.DisposeAsync().ConfigureAwait(false);
        await _wakeTimer.DisposeAsync().ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
        _emitter.Complete();
        _http.Dispose();
        _nonces?.Dispose();
    }

    private void RequireCredentials(string what)
    {
        if (_credentials is null)
        {
            throw new ExecutionClientException(
                $"Lighter requires credentials: cannot {what} without credentials. Set account index, API key index and private key (options, or LIGHTER_[TESTNET_]ACCOUNT_INDEX, …API_KEY_INDEX, …API_SECRET).");
        }
    }
}
