using System.Text;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Faults;
using ExecutionAdapters.Venues.Lighter.Sequencing;
using ExecutionAdapters.Venues.Lighter.Stream;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>Everything behind the sockets, put together once. Only the venue's loop may touch it.</summary>
internal sealed class VenueCore
{
    /// <summary>After a longer pause of the machine the synthetic flow goes on from now instead of catching up.</summary>
    private const long LongestCatchUpUs = 60_000_000;

    private readonly SyntheticFlow _flow;
    private readonly bool _flowEnabled;
    private readonly long _intervalUs;
    private long _nextStepUs;

    public VenueCore(LighterVenueOptions options, long startUs, ILogger logger)
    {
        Options = options;
        Terms = TierTerms.Of(options.Tier);
        Exchange = new Exchange(BuiltInMarkets.Select(options.Markets), startUs);
        _flow = new SyntheticFlow(Exchange, options.Seed);
        _flowEnabled = options.SyntheticFlow;
        _intervalUs = Math.Max(1, options.SyntheticInterval.Ticks / TimeSpan.TicksPerMicrosecond);
        _nextStepUs = startUs + _intervalUs;
        Limits = new RateLimits(options.RateLimits, Terms);
        var band = new PriceBand(options.FatFingerFraction, options.MaximumMarkDistance);
        Sequencer = new Sequencer(
            Exchange,
            new TransactionVerifier(Exchange, Keys, options.ChainId),
            new AdmissionRules(Exchange, band),
            new TransactionExecutor(Exchange, band),
            Limits,
            Faults,
            logger);
        Tokens = new AuthTokens(Keys);
        Hub = new StreamHub(this, logger);
        Faults.Advance(startUs);
        Faults.DropConnections = () => Hub.DropAll("dropped by script");
        Faults.PushFrame = (channel, frame) => Hub.Push(channel, Encoding.UTF8.GetBytes(frame));
        if (_flowEnabled)
        {
            _flow.Step(); // books are filled before the first client comes
            Exchange.State.Changes.Clear();
        }
    }

    public LighterVenueOptions Options { get; }

    public TierTerms Terms { get; }

    public Exchange Exchange { get; }

    public ApiKeys Keys { get; } = new();

    public AuthTokens Tokens { get; }

    public FaultPlan Faults { get; } = new();

    public RateLimits Limits { get; }

    public Sequencer Sequencer { get; }

    public RequestLog Requests { get; } = new();

    public StreamHub Hub { get; }

    public Account House => _flow.House;

    public long NowMs => Exchange.State.NowMs;

    /// <summary>Before each piece of work: the clock, and what fell due until then.</summary>
    public void Begin(long nowUs)
    {
        Exchange.Advance(nowUs);
        Faults.Advance(nowUs);
    }

    /// <summary>Null when the token speaks for the account now, otherwise why not.</summary>
    public VenueError? CheckToken(string? token, long accountIndex, bool isHttp) =>
        Faults.Take(FaultKind.StaleToken, rule => rule.MatchesTransport(isHttp)) is not null
            ? AuthTokens.Expired
            : Tokens.Check(token, accountIndex, NowMs);

    /// <summary>After each piece of work: what changed goes out.</summary>
    public void End()
    {
        Hub.Publish();
        Faults.EndStep();
    }

    /// <summary>The timer's work: synthetic steps at their nominal times, and the connections' upkeep.</summary>
    public void Tick(long nowUs)
    {
        if (nowUs - _nextStepUs > LongestCatchUpUs)
        {
            _nextStepUs = nowUs;
        }

        for (; _nextStepUs <= nowUs; _nextStepUs += _intervalUs)
        {
            if (_flowEnabled)
            {
                _flow.Step();
                Hub.Publish();
            }
        }

        Hub.Tick();
    }

    /// <summary>Registers an account, or one more key of an account that exists, and pays in.</summary>
    public void AddAccount(LighterTestAccount credentials, long collateral, long spotUsdc, long spotEth)
    {
        if (Keys.Find(credentials.AccountIndex, credentials.ApiKeyIndex) is not null)
        {
            throw new ArgumentException($"There already is {credentials}.", nameof(credentials));
        }

        if (Exchange.Account(credentials.AccountIndex) is not { } account)
        {
            account = new Account
            {
                Index = credentials.AccountIndex,
                L1Address = credentials.L1Address,
                TakerFee = Terms.TakerFee,
                MakerFee = Terms.MakerFee,
                CreatedMs = NowMs,
            };
            Exchange.Add(account);
            ApproveIntegrators(account);
        }
        else if (account.IsSynthetic)
        {
            throw new ArgumentException($"Account {account.Index} belongs to the venue itself.", nameof(credentials));
        }

        account.Collateral += collateral;
        account.Balance(Asset.UsdcId).Balance += spotUsdc;
        account.Balance(Asset.EthId).Balance += spotEth;
        Exchange.State.Changes.Assets.Add(account.Index);
        Exchange.State.Changes.Statistics.Add(account.Index);
        LighterPublicKey publicKey = LighterPublicKey.Parse(credentials.PublicKey);
        Keys.Add(new ApiKey(account.Index, credentials.ApiKeyIndex, publicKey, Exchange.State.NowUs)
        {
            IsMakerOnly = Options.MakerOnlyApiKeys.Contains(credentials.ApiKeyIndex),
            LastNonce = Options.InitialNonce - 1,
        });
    }

    private void ApproveIntegrators(Account account)
    {
        const uint Cap = AdmissionRules.MaximumIntegratorFee;
        const long YearMs = 365L * 24 * 3_600_000;
        foreach (long integrator in Options.ApprovedIntegrators)
        {
            account.Integrators[integrator] = new IntegratorApproval(integrator, Cap, Cap, Cap, Cap, NowMs + YearMs);
        }
    }
}
