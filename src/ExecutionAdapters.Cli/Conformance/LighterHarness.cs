using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Testing.Conformance;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Conformance;

/// <summary>The embedded Lighter venue, as conformance scenarios need it: a quiet ETH perp market in which the house quotes both sides.</summary>
internal sealed class LighterHarness : IVenueHarness
{
    private const short EthMarket = 0;
    private const decimal QuotedSize = 100m;
    private static readonly ClientId Client = new("LIGHTER");

    private readonly LighterVenue _venue;
    private readonly LighterPrivateKey _key;

    private LighterHarness(LighterVenue venue, SteppedTimeProvider clock)
    {
        _venue = venue;
        _key = LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        Clock = clock;
        Link = new LinkCuttingProxy(venue.RestUrl);
    }

    public static VenueTraits Traits { get; } = new()
    {
        CommandsShareTheStream = true,
        Capabilities = new ExecutionClientCapabilities
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
            MaxOrderListSize = 15,
            MaxBatchCancelSize = 15,
            TradeStream = true,
        },
        InstrumentId = InstrumentId.Parse("ETH-PERP.LIGHTER"),
        Quantity = Quantity.Parse("0.0500"),
        Tick = Price.Parse("0.01"),
        Bid = Price.Parse("2360.80"),
        Ask = Price.Parse("2361.80"),
        StepsTime = true,
        ModifiesTriggers = true,
        SubmitsInOneRequest = true,
        CancelsInOneRequest = true,
        SequenceNumbers = true,
        ExpiringTokens = true,

        // Without slippage the worst price of a market buy is the ask.
        Parameter = new VenueParameter("market_order_slippage_bps", "0", OrderType.Market, "\"Price\":236180,"),

        // On the stream a transaction that is on its way would hold up all that come after it; the embedded venue has no such fault.
        Faults = Enum.GetValues<VenueFault>().Where(fault => fault != VenueFault.HoldRequest).ToFrozenSet(),
    };

    public LinkCuttingProxy Link { get; }

    public SteppedTimeProvider Clock { get; }

    public IReadOnlyList<long> SequenceNumbers => [.. _venue.Transactions.Select(NonceOf)];

    public static async Task<IVenueHarness> StartAsync(CancellationToken cancellationToken)
    {
        var clock = new SteppedTimeProvider();
        var venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false, TimeProvider = clock }, cancellationToken).ConfigureAwait(false);
        await venue.PlaceHouseOrderAsync(EthMarket, isAsk: false, QuotedSize, Traits.Bid.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
        await venue.PlaceHouseOrderAsync(EthMarket, isAsk: true, QuotedSize, Traits.Ask.Value, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new LighterHarness(venue, clock);
    }

    public IExecutionClient CreateClient(ExecutionEngine engine) => new LighterExecutionClient(
        new LighterOptions
        {
            Deployment = LighterDeployment.Local(Link.Through(_venue.RestUrl), Link.Through(_venue.StreamUrl)),
            Credentials = new LighterCredentials(_venue.TestAccount.AccountIndex, _venue.TestAccount.ApiKeyIndex, _key),
            ClientId = Client,
            AcknowledgementTimeout = TimeSpan.FromSeconds(1),
            VerdictTimeout = TimeSpan.FromSeconds(1),
            HttpTimeout = TimeSpan.FromSeconds(3),
            TransactionLifetime = TimeSpan.FromSeconds(8),
            RestQuotaPerMinute = 1_000_000,
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Maximum = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
        },
        engine.Cache,
        Clock,
        memory: engine.MemoryOf(Client));

    public Task TradeAsync(OrderSide restingSide, Price price, Quantity quantity, CancellationToken cancellationToken) => _venue.PlaceHouseOrderAsync(
        EthMarket, isAsk: restingSide == OrderSide.Buy, quantity.Value, price.Value, LighterTimeInForce.ImmediateOrCancel, cancellationToken);

    public async Task InjectAsync(VenueFault fault, VenueRequest request, CancellationToken cancellationToken)
    {
        _venue.Faults.Load(Script(fault, request));
        await _venue.Faults.DescribeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        _venue.Faults.Clear();
        await _venue.Faults.DescribeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<VenueTruth> ReadTruthAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await _venue.GetStateAsync(cancellationToken).ConfigureAwait(false));
        var account = document.RootElement.GetProperty("accounts").EnumerateArray().Single(row => row.GetProperty("account_index").GetInt64() == _venue.TestAccount.AccountIndex);
        return LighterTruth.Read(account, Traits.InstrumentId, EthMarket);
    }

    public IReadOnlyList<string> Requests(VenueRequest request) =>
    [
        .. _venue.Transactions
            .Where(transaction => request == VenueRequest.Any || transaction.TransactionType == TypeOf(request))
            .Select((transaction, index) => (Transaction: transaction, Request: transaction.BatchId ?? -1L - index))
            .GroupBy(part => part.Request, part => part.Transaction.TransactionInfo)
            .Select(batch => string.Join('\n', batch)),
    ];

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync().ConfigureAwait(false);
        await _venue.DisposeAsync().ConfigureAwait(false);
        _key.Dispose();
    }

    private static byte TypeOf(VenueRequest request) => (byte)(request switch
    {
        VenueRequest.Modify => LighterTransactionType.ModifyOrder,
        VenueRequest.Cancel => LighterTransactionType.CancelOrder,
        _ => LighterTransactionType.CreateOrder,
    });

    private static long NonceOf(CapturedTransaction transaction)
    {
        using var info = JsonDocument.Parse(transaction.TransactionInfo);
        return info.RootElement.GetProperty("Nonce").GetInt64();
    }

    /// <summary>In the venue's own words for faults.</summary>
    private static string Script(VenueFault fault, VenueRequest request)
    {
        var type = request == VenueRequest.Any ? "" : string.Create(CultureInfo.InvariantCulture, $$""","tx_type":{{TypeOf(request)}}""");
        var rules = fault switch
        {
            VenueFault.LoseAnswer => $$"""{"fault":"lose_ack"{{type}}}""",
            VenueFault.HoldAnswer => $$"""{"fault":"withhold_ack"{{type}}}""",
            VenueFault.LoseRequest => $$"""{"fault":"close_connection","when":"before_execution"{{type}}}""",
            VenueFault.Refuse => $$"""{"fault":"refuse_transaction","code":21739,"message":"not enough margin"{{type}}}""",
            VenueFault.DuplicateFrames => """{"fault":"duplicate_frame","times":null}""",
            VenueFault.FailReads => """{"fault":"refuse_request","status":500,"times":null}""",
            VenueFault.EmptyReads => string.Join(',', new[] { "accountActiveOrders", "accountInactiveOrders" }.Select(path =>
                $$"""{"fault":"answer_request","path":"{{path}}","body":{"code":200,"next_cursor":"","orders":[]},"times":null}""")),

            // One for each of the streams that show it.
            VenueFault.ExpireToken => """{"fault":"stale_token","times":6}""",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        };
        return $$"""{"faults":[{{rules}}]}""";
    }
}
