using ExecutionAdapters.Venues.Hosting;
using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Rest;
using ExecutionAdapters.Venues.Tektii.Stream;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// A Tektii venue to run here: the gateway's REST and stream on a loopback port, a broker behind them that matches on quotes and
/// keeps exact books, or a backtest that replays candles in simulated time and waits for acknowledgements, in the gateway's dialect
/// and in the engine's own.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Backtests are deterministic: same candles, same messages between them, same books.</para>
/// <para>Matching. Who comes to the market takes the quote; a resting limit order fills at its limit. In a backtest an order meets
/// the next candle: first its open, then the way from there to the low and the high (first the high when the candle falls) and to
/// the close; bid and ask are the same. What a candle causes is sent before the candle.</para>
/// <para>What it leaves out: market depth, market hours, interest, and liquidation; one account, in USD, contract size one. It
/// keeps every order and trade, and the latest 10,000 requests and acknowledgements.</para>
/// </remarks>
public sealed class TektiiVenue : IAsyncDisposable
{
    private readonly VenueCore _core;
    private readonly LoopbackServer _server;
    private readonly ITimer? _flow;

    private TektiiVenue(VenueCore core, LoopbackServer server, ITimer? flow)
    {
        _core = core;
        _server = server;
        _flow = flow;
        Faults = new TektiiVenueFaults(core);
        BaseUrl = server.Url;
        StreamUrl = new Uri($"ws://{server.Url.Authority}{StreamServer.GatewayPath}");
        EngineStreamUrl = new Uri($"ws://{server.Url.Authority}{StreamServer.EnginePath}");
    }

    /// <summary>http://127.0.0.1:port, below which the gateway's API is at /v1.</summary>
    public Uri BaseUrl { get; }

    /// <summary>ws://127.0.0.1:port/v1/ws.</summary>
    public Uri StreamUrl { get; }

    /// <summary>http://127.0.0.1:port, below which a backtest engine's own API is at /api/v1.</summary>
    public Uri EngineBaseUrl => BaseUrl;

    /// <summary>ws://127.0.0.1:port/ws, the stream of a backtest engine.</summary>
    public Uri EngineStreamUrl { get; }

    /// <summary>Misbehaviour to order.</summary>
    public TektiiVenueFaults Faults { get; }

    /// <summary>Orders, trades, positions and account at one moment.</summary>
    public TektiiBooks Books => _core.Run(_core.Snapshot);

    /// <summary>The latest requests and stream connections, in order of arrival.</summary>
    public IReadOnlyList<TektiiRequest> Requests => _core.Run(() => _core.Requests);

    /// <summary>The latest acknowledgements, in order of arrival, also those that were refused.</summary>
    public IReadOnlyList<TektiiAck> Acks => _core.Run(() => _core.Acks);

    /// <summary>Streams that are open.</summary>
    public int StreamCount => _core.Run(() => _core.Hub.Count);

    /// <summary>The simulated time in a backtest, otherwise the clock's.</summary>
    public DateTimeOffset Now => _core.Run(() => _core.Now);

    /// <summary>How far the backtest has come.</summary>
    /// <exception cref="InvalidOperationException">The venue was started without one.</exception>
    public TektiiBacktestProgress Backtest => _core.Run(() => Run.Progress);

    /// <summary>Completes when the backtest has ended, with how it did; it is never cancelled and never fails.</summary>
    /// <exception cref="InvalidOperationException">The venue was started without one.</exception>
    public Task<TektiiBacktestState> BacktestEnded => Run.Ended;

    private Backtest.BacktestRun Run => _core.Backtest ?? throw new InvalidOperationException("The venue was started without a backtest.");

    /// <summary>Starts a venue.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The venue, once it can be reached.</returns>
    /// <exception cref="VenueStartException">The port is taken.</exception>
    /// <exception cref="ArgumentException">An option is out of range; the text names it.</exception>
    public static async Task<TektiiVenue> StartAsync(TektiiVenueOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ILogger logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<TektiiVenue>();
        var core = new VenueCore(options, logger);
        LoopbackServer server;
        try
        {
            server = await LoopbackServer.StartAsync(ServerOptions(options, core, logger), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            core.Dispose();
            throw;
        }

        Log.Started(logger, server.Url);
        return new TektiiVenue(core, server, options.SyntheticFlow && !options.IsBacktest ? StartFlow(options, core, logger) : null);
    }

    /// <summary>Moves a market: the quote is told, then what it causes.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="bid">Above zero.</param>
    /// <param name="ask">The bid or more.</param>
    /// <exception cref="ArgumentException">The symbol is unknown or the prices are none.</exception>
    /// <exception cref="InvalidOperationException">The venue replays a backtest.</exception>
    public void PushQuote(string symbol, decimal bid, decimal ask)
    {
        if (bid <= 0 || ask < bid)
        {
            throw new ArgumentException($"Bid {bid} and ask {ask} are no quote.", nameof(bid));
        }

        RefuseInBacktest();
        _core.Run(() => _core.PushQuote(Market(symbol), bid, ask));
    }

    /// <summary>Sends a candle, and keeps it for GET /v1/bars; it moves no price.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="candle">One minute.</param>
    /// <exception cref="ArgumentException">The symbol is unknown or the candle is none.</exception>
    /// <exception cref="InvalidOperationException">The venue replays a backtest.</exception>
    public void PushCandle(string symbol, TektiiCandle candle)
    {
        if (candle.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(candle));
        }

        RefuseInBacktest();
        _core.Run(() =>
        {
            Market market = Market(symbol);
            market.Add(candle);
            _core.Publisher.Candle(market, candle);
        });
    }

    /// <summary>An order that somebody else places at the same account.</summary>
    /// <param name="order">The order.</param>
    /// <returns>The order after it has met the market.</returns>
    /// <exception cref="ArgumentException">The venue refuses it; the text says why.</exception>
    public TektiiOrder PlaceByOthers(TektiiOrderRequest order) => Command(() => _core.Desk.Place(order));

    /// <summary>Cancels a working order as somebody else at the account, or the broker, would.</summary>
    /// <param name="orderId">The order.</param>
    /// <returns>False when it was not working any more.</returns>
    /// <exception cref="ArgumentException">The order is unknown.</exception>
    public bool CancelByOthers(string orderId) => Command(() => _core.Desk.Cancel(orderId));

    /// <summary>Fills a working order, whatever the quote is.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="quantity">Above zero, at most what is left; null for all of it.</param>
    /// <param name="price">The price; null for its limit, or the quote.</param>
    /// <exception cref="ArgumentException">The order is not working, or has less left.</exception>
    public void FillNow(string orderId, decimal? quantity = null, decimal? price = null) =>
        _core.Run(() => _core.Desk.FillNow(orderId, quantity, price));

    /// <summary>Charges or pays financing: the streams are told, and of the balance.</summary>
    /// <param name="symbol">For which instrument.</param>
    /// <param name="amount">In USD; negative is a charge.</param>
    public void PushFinancing(string symbol, decimal amount) => _core.Run(() =>
    {
        _core.Ledger.Finance(amount);
        _core.Publisher.Financing(symbol, amount);
        _core.Publisher.Account("BALANCE_UPDATED", _core.Ledger.Account());
    });

    /// <summary>
    /// Restarts the venue's servers: all connections are cut and the port is closed for a while, then opened again at the same
    /// addresses. The books are kept; a backtest that was running has lost its strategy.
    /// </summary>
    /// <param name="downtime">How long nobody can connect, 0 or more.</param>
    /// <param name="cancellationToken">Ends the downtime early.</param>
    /// <returns>Completes when the venue can be reached again.</returns>
    /// <exception cref="OperationCanceledException">The downtime was ended early; the venue can be reached again.</exception>
    /// <exception cref="ObjectDisposedException">The venue has been stopped.</exception>
    public Task RestartAsync(TimeSpan downtime, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(downtime, TimeSpan.Zero);
        return _server.RestartAsync(downtime, cancellationToken);
    }

    /// <summary>
    /// Shuts down as the gateway does: the streams are told (DISCONNECTING), requests are refused (503 SHUTTING_DOWN), and after the
    /// shutdown delay the streams close with 1001. The port stays open until the venue is disposed.
    /// </summary>
    /// <param name="cancellationToken">Ends the delay early.</param>
    /// <returns>Completes when the streams are closed.</returns>
    public async Task ShutDownAsync(CancellationToken cancellationToken = default)
    {
        _core.Run(_core.BeginShutdown);
        await Task.Delay(_core.Options.ShutdownDelay, _core.Options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _core.Run(_core.EndShutdown);
    }

    /// <summary>Stops the venue: connections are cut and the port is freed.</summary>
    /// <returns>Completes when everything has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_flow is not null)
        {
            await _flow.DisposeAsync().ConfigureAwait(false);
        }

        _core.Run(_core.Faults.Clear); // nobody waits for what is held back
        await _server.DisposeAsync().ConfigureAwait(false);
        _core.Dispose();
    }

    private static LoopbackServerOptions ServerOptions(TektiiVenueOptions options, VenueCore core, ILogger logger) => new()
    {
        Venue = typeof(TektiiVenue),
        Port = options.Port,
        TimeProvider = options.TimeProvider,
        Logger = logger,
        LoggerFactory = options.LoggerFactory,
        RunsInline = true,
        Configure = application =>
        {
            var keys = new ApiKeyCheck(options.ApiKey);
            var rest = new RestServer(core, keys, logger);
            var stream = new StreamServer(core, keys, logger);
            application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
            application.Run(context => context.Request.Path.Value switch
            {
                StreamServer.GatewayPath => stream.HandleAsync(context),
                StreamServer.EnginePath when options.IsBacktest => stream.HandleAsync(context),
                _ => rest.HandleAsync(context),
            });
        },
    };

    private static ITimer StartFlow(TektiiVenueOptions options, VenueCore core, ILogger logger)
    {
        var flow = new SyntheticFlow(core, options.Seed);
        core.Run(flow.Step); // there are quotes before the first client comes
        return options.TimeProvider.CreateTimer(
            _ =>
            {
                try
                {
                    core.Run(flow.Step);
                }
#pragma warning disable CA1031 // An exception on a timer would end the process that hosts the venue; it is logged as an error.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    Log.TimerFailed(logger, exception);
                }
            },
            null,
            options.SyntheticInterval,
            options.SyntheticInterval);
    }

    private T Command<T>(Func<T> work)
    {
        try
        {
            return _core.Run(work);
        }
        catch (RefusedException refused)
        {
            throw new ArgumentException(refused.Message, refused);
        }
    }

    private Market Market(string symbol) => _core.Markets.TryGetValue(symbol, out Market? market)
        ? market
        : throw new ArgumentException($"There is no symbol '{symbol}'; there are {string.Join(", ", _core.Markets.Keys)}.", nameof(symbol));

    private void RefuseInBacktest()
    {
        if (_core.Options.IsBacktest)
        {
            throw new InvalidOperationException("In a backtest only the candles move the price.");
        }
    }
}
