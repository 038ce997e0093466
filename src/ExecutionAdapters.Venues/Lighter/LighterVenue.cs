using System.Text;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Hosting;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Control;
using ExecutionAdapters.Venues.Lighter.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// A Lighter venue to run here: REST and stream on a loopback port, every transaction verified (form, signature, nonce, expiry,
/// limits, price band, margin), orders matched by price and time, exact books, and faults to order.
/// </summary>
/// <remarks>
/// <para>Thread-safe. Deterministic for a seed, a clock and the order of inputs.</para>
/// <para>What it leaves out: grouped orders (refused with 21741), TWAP orders (21710), funding payments and liquidations;
/// transactions other than create, cancel, cancel-all, modify, leverage, margin and integrator approval are verified and then
/// refused with 21505. Layer 1 signatures are checked for their form only.</para>
/// <para>A fee is the trade's quote amount times the rate, rounded half to even to 6 decimals, in USDC on perps and on spot
/// (how the real venue rounds is not documented).</para>
/// <para>It keeps the latest 100,000 finished orders and trades of each account, and the latest 100,000 transactions, for REST,
/// stream and state; older ones are forgotten. Counts, volumes and balances stay complete.</para>
/// </remarks>
public sealed class LighterVenue : IAsyncDisposable
{
    private readonly VenueCore _core;
    private readonly VenueLoop _loop;
    private readonly ITimer _timer;
    private readonly LoopbackServer _server;
    private volatile LighterTestAccount[] _accounts; // replaced by the loop, read by anybody

    private LighterVenue(VenueCore core, VenueLoop loop, ITimer timer, LoopbackServer server, LighterTestAccount testAccount)
    {
        _core = core;
        _loop = loop;
        _timer = timer;
        _server = server;
        _accounts = [testAccount];
        TestAccount = testAccount;
        Faults = new LighterVenueFaults(loop, core);
        core.Faults.Restart = server.BeginRestart;
        RestUrl = server.Url;
        StreamUrl = new Uri($"ws://{server.Url.Authority}/stream");
    }

    /// <summary>Base address of the REST API, http://127.0.0.1:port.</summary>
    public Uri RestUrl { get; }

    /// <summary>Address of the stream, ws://127.0.0.1:port/stream.</summary>
    public Uri StreamUrl { get; }

    /// <summary>The account that exists from the start.</summary>
    public LighterTestAccount TestAccount { get; }

    /// <summary>All accounts and keys registered so far, the test account first.</summary>
    public IReadOnlyList<LighterTestAccount> Accounts => _accounts;

    /// <summary>Misbehaviour to order.</summary>
    public LighterVenueFaults Faults { get; }

    /// <summary>
    /// Every transaction received, in order of arrival, with how it arrived and what came of it; the latest 100,000.
    /// </summary>
    public IReadOnlyList<CapturedTransaction> Transactions => [.. _core.Sequencer.Captured];

    /// <summary>
    /// Every REST request, connection to the stream and subscription received, in order of arrival; the latest 10,000. Requests to
    /// /control/ are not among them.
    /// </summary>
    public IReadOnlyList<CapturedRequest> Requests => _core.Requests.Captured;

    /// <summary>Starts a venue; it runs until it is disposed.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running venue.</returns>
    /// <exception cref="VenueStartException">The port is taken.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or a market is unknown; the text names it.</exception>
    public static async Task<LighterVenue> StartAsync(LighterVenueOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        LighterTestAccount testAccount = options.TestAccount ?? LighterTestAccount.FromSeed(options.Seed);
        ILogger logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<LighterVenue>();
        var core = new VenueCore(options, VenueLoop.NowUs(options.TimeProvider), logger);
        core.AddAccount(
            testAccount,
            VenueControl.Amount(options.InitialCollateral, Asset.Usdc.Decimals, nameof(options.InitialCollateral)),
            VenueControl.Amount(options.InitialSpotUsdc, Asset.Usdc.Decimals, nameof(options.InitialSpotUsdc)),
            VenueControl.Amount(options.InitialSpotEth, Asset.Eth.Decimals, nameof(options.InitialSpotEth)));
        var loop = new VenueLoop(options.TimeProvider, logger, core.Begin, core.End);
        LoopbackServer server;
        try
        {
            server = await VenueServer.StartAsync(options, loop, core, logger, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await loop.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        ITimer timer = options.TimeProvider.CreateTimer(
            _ => loop.Post(() => core.Tick(core.Exchange.State.NowUs)), null, options.SyntheticInterval, options.SyntheticInterval);
        Log.Started(logger, server.Url, options.Seed);
        return new LighterVenue(core, loop, timer, server, testAccount);
    }

    /// <summary>Registers another account and key, or another key of an account that exists.</summary>
    /// <param name="account">Index and key.</param>
    /// <param name="collateral">USDC to deposit for perps, 0 or more, six decimals.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>Completes when the account can trade.</returns>
    /// <exception cref="ArgumentException">The account and key exist, or the amount is out of range.</exception>
    public async Task AddAccountAsync(LighterTestAccount account, decimal collateral, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        long units = VenueControl.Amount(collateral, Asset.Usdc.Decimals, nameof(collateral));
        await _loop.RunAsync(
            () =>
            {
                _core.AddAccount(account, units, 0, 0);
                _accounts = [.. _accounts, account];
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The whole state as JSON, as GET /control/state gives it; rows as in the REST API.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>The JSON text.</returns>
    public async Task<string> GetStateAsync(CancellationToken cancellationToken = default) =>
        Encoding.UTF8.GetString(await _loop.RunAsync(() => StateText.Write(_core), cancellationToken).ConfigureAwait(false));

    /// <summary>Sets a market's mark price: triggers fire and margins follow. The synthetic flow goes on from there.</summary>
    /// <param name="marketId">The market.</param>
    /// <param name="price">Above zero, a multiple of the tick size.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>Completes when the price is set and everything it causes has happened.</returns>
    /// <exception cref="ArgumentException">The market or price is invalid.</exception>
    public Task SetMarkPriceAsync(short marketId, decimal price, CancellationToken cancellationToken = default) =>
        _loop.RunAsync(() => VenueControl.SetMarkPrice(_core, marketId, price), cancellationToken);

    /// <summary>Places an order of the venue's own house account, so that tests can trade against resting orders on purpose.</summary>
    /// <param name="marketId">The market.</param>
    /// <param name="isAsk">True to sell.</param>
    /// <param name="size">Above zero, a multiple of the lot size.</param>
    /// <param name="price">Above zero, a multiple of the tick size.</param>
    /// <param name="timeInForce">Immediate-or-cancel to take, good-till-time to rest, post-only to rest or not at all.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>Completes when the order has matched or rests.</returns>
    /// <exception cref="ArgumentException">The market, size or price is invalid.</exception>
    public Task PlaceHouseOrderAsync(
        short marketId,
        bool isAsk,
        decimal size,
        decimal price,
        LighterTimeInForce timeInForce = LighterTimeInForce.GoodTillTime,
        CancellationToken cancellationToken = default) =>
        _loop.RunAsync(() => VenueControl.PlaceHouseOrder(_core, marketId, isAsk, size, price, timeInForce), cancellationToken);

    /// <summary>
    /// Restarts the venue's servers: all connections are cut and the port is closed for a while, then opened again at the same
    /// addresses. Orders, positions, nonces, keys and history are kept, and the market goes on meanwhile; subscriptions are gone.
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

    /// <summary>Stops the venue: connections are cut and the port is freed.</summary>
    /// <returns>Completes when everything has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _loop.Post(_core.Faults.Clear); // nobody waits for what is held back
        await _server.DisposeAsync().ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
    }

    private static void Validate(LighterVenueOptions options)
    {
        if (options.Port is < 0 or > 65_535)
        {
            throw new ArgumentException($"Port {options.Port} is not 0 to 65535.", nameof(options));
        }

        if (options.InitialNonce is < 0 or >= ApiKey.NonceLimit)
        {
            throw new ArgumentException($"InitialNonce {options.InitialNonce} is not 0 to {ApiKey.NonceLimit - 1}.", nameof(options));
        }

        if (options.SyntheticInterval <= TimeSpan.Zero)
        {
            throw new ArgumentException($"SyntheticInterval {options.SyntheticInterval} is not above zero.", nameof(options));
        }

        if (options.FatFingerFraction <= 0 || options.MaximumMarkDistance <= 0)
        {
            throw new ArgumentException("FatFingerFraction and MaximumMarkDistance must be above zero.", nameof(options));
        }
    }
}
