using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter;

/// <summary>Settings of a <see cref="LighterExecutionClient"/>. Immutable; <see cref="Validate"/> runs when the client is created.</summary>
public sealed record LighterOptions
{
    /// <summary>The deployment to trade on. Default testnet: mainnet is a decision.</summary>
    public LighterDeployment Deployment { get; init; } = LighterDeployment.Testnet;

    /// <summary>Account and key; null: the client can be built and inspected, but neither connects nor submits.</summary>
    public LighterCredentials? Credentials { get; init; }

    /// <summary>The trader named on events. Default TRADER-001.</summary>
    public TraderId TraderId { get; init; } = new("TRADER-001");

    /// <summary>The client's name. Default LIGHTER.</summary>
    public ClientId ClientId { get; init; } = new("LIGHTER");

    /// <summary>The account named on events; null: LIGHTER-{account index}.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>
    /// How far from the quote (market orders) or the trigger (stop market, market if touched) the worst acceptable price may be,
    /// in basis points, 0 to 10,000. Default 50. An order's parameter <c>market_order_slippage_bps</c> overrides it.
    /// </summary>
    public int MarketOrderSlippageBps { get; init; } = 50;

    /// <summary>How long one REST request may take. Default 60 s.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one dial of the stream may take. Default 15 s.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the answer to a transaction, or by REST to a batch of them, is awaited before its outcome counts as unknown. Default 30 s.
    /// </summary>
    public TimeSpan AcknowledgementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a transaction stays valid at the venue, from 1 s to 10 min − 1 s. Default 5 min. One whose fate is unknown and that the
    /// venue does not know some time after this counts as never sent.
    /// </summary>
    public TimeSpan TransactionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the streams have to show what became of an admitted transaction, or the trades that an order's row speaks of, before the
    /// venue is asked by REST. Default 10 s.
    /// </summary>
    public TimeSpan VerdictTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connect waits for the first frame of every account stream. Default 30 s.</summary>
    public TimeSpan AccountStreamsTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Requests that REST takes per minute, above zero; null: what the venue documents for the tier that it names at connect, and for a
    /// standard account when it names none. Where the tier counts by weight, a request of the usual weight (300) counts one, so a premium
    /// account's 24,000 are 80.
    /// </summary>
    public int? RestQuotaPerMinute { get; init; }

    /// <summary>
    /// Transactions per minute over stream and REST together, above zero; null: what the venue documents for the tier that it names at
    /// connect, and for a standard account when it names none.
    /// </summary>
    public int? TransactionQuotaPerMinute { get; init; }

    /// <summary>
    /// How long a command may wait for quota before it counts as not sent: a price decided long ago must not reach the market. Default 30 s.
    /// </summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The integrator whose orders these are, 1 to 2^48 − 2, at zero fees: creates and modifications carry it, and connect sees to its
    /// approval. Null, the default: none.
    /// </summary>
    public long? IntegratorAccountIndex { get; init; }

    /// <summary>
    /// Whether transactions carry the attribute that lets nonces be skipped: a lost transaction then does not hold up those after it.
    /// Default false.
    /// </summary>
    public bool SkipNonce { get; init; }

    /// <summary>
    /// How many signatures are half made ahead, by a thread of low priority, so that orders leave faster: 0 (default, none) or 8 to 4,096.
    /// See <see cref="Signing.PreparedNonces"/> for when not to: machines that are restored from snapshots of a running trader.
    /// </summary>
    public int PreparedNonces { get; init; }

    /// <summary>
    /// Width of the integers that stand for client order ids, 31 (default) or 48. The venue's SDK takes 48; above 31 bits the venue has been
    /// seen to refuse with 21727.
    /// </summary>
    public int ClientOrderIndexBits { get; init; } = 31;

    /// <summary>
    /// For how long a trade that was told is remembered, so that it is told once. At least the lookback of the mass statuses asked for
    /// counts. Default 2 days; above zero.
    /// </summary>
    public TimeSpan TradeIdRetention { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Delays between dials after a loss. Default 250 ms doubling to 30 s, jitter 200 ms.</summary>
    public BackoffOptions Backoff { get; init; } = new();

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">Names the value and its range.</exception>
    public void Validate()
    {
        if (MarketOrderSlippageBps is < 0 or > 10_000)
        {
            throw new ArgumentException($"{nameof(MarketOrderSlippageBps)} is {MarketOrderSlippageBps}: it must be from 0 to 10000 basis points.");
        }

        RequirePositive(HttpTimeout, nameof(HttpTimeout));
        RequirePositive(DialTimeout, nameof(DialTimeout));
        RequirePositive(AcknowledgementTimeout, nameof(AcknowledgementTimeout));
        RequirePositive(AccountStreamsTimeout, nameof(AccountStreamsTimeout));
        if (TransactionLifetime < TimeSpan.FromSeconds(1) || TransactionLifetime > LighterProtocol.MaxTransactionLifetime)
        {
            throw new ArgumentException(
                $"{nameof(TransactionLifetime)} is {TransactionLifetime}: it must be from 1 s to {LighterProtocol.MaxTransactionLifetime}.");
        }

        RequirePositive(VerdictTimeout, nameof(VerdictTimeout));
        RequirePositive(QueueTimeout, nameof(QueueTimeout));
        RequirePositive(TradeIdRetention, nameof(TradeIdRetention));
        if (RestQuotaPerMinute is < 1 || TransactionQuotaPerMinute is < 1)
        {
            throw new ArgumentException($"{nameof(RestQuotaPerMinute)} and {nameof(TransactionQuotaPerMinute)} must be above zero, or null.");
        }

        if (IntegratorAccountIndex is < 1 or > LighterCredentials.MaxAccountIndex)
        {
            throw new ArgumentException($"{nameof(IntegratorAccountIndex)} is {IntegratorAccountIndex}: it must be from 1 to {LighterCredentials.MaxAccountIndex}, or null.");
        }

        if (PreparedNonces is not (0 or (>= Signing.PreparedNonces.MinimumCapacity and <= Signing.PreparedNonces.MaximumCapacity)))
        {
            throw new ArgumentException(
                $"{nameof(PreparedNonces)} is {PreparedNonces}: it must be 0, or from {Signing.PreparedNonces.MinimumCapacity} to {Signing.PreparedNonces.MaximumCapacity}.");
        }

        if (ClientOrderIndexBits is not (31 or 48))
        {
            throw new ArgumentException($"{nameof(ClientOrderIndexBits)} is {ClientOrderIndexBits}: it must be 31 or 48.");
        }

        RequireScheme(Deployment.RestUrl, "REST", "http", "https");
        RequireScheme(Deployment.StreamUrl, "stream", "ws", "wss");
        Backoff.Validate();
    }

    private static void RequirePositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{name} is {value}: it must be above zero.");
        }
    }

    private static void RequireScheme(Uri url, string what, string plain, string secure)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != plain && url.Scheme != secure))
        {
            throw new ArgumentException($"The {what} URL '{url}' must start with {plain}:// or {secure}://.");
        }
    }
}
