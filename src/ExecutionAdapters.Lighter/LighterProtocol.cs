namespace ExecutionAdapters.Lighter;

/// <summary>The venue's numbers that the client keeps to, once each, with their source.</summary>
internal static class LighterProtocol
{
    /// <summary>The longest validity of a transaction that the venue takes (venue's Go SDK: 10 min − 1 s).</summary>
    public static readonly TimeSpan MaxTransactionLifetime = TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1);

    /// <summary>Expiry of orders that are good till cancelled; the venue's own SDK uses the same 28 days.</summary>
    public static readonly TimeSpan GoodTillCanceledLifetime = TimeSpan.FromDays(28);

    /// <summary>The venue's window for order expiries (error 21711 outside).</summary>
    public static readonly TimeSpan MinOrderLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The venue's window for order expiries (error 21711 outside).</summary>
    public static readonly TimeSpan MaxOrderLifetime = TimeSpan.FromDays(30);

    /// <summary>Lifetime of auth tokens; the venue's maximum is 8 h.</summary>
    public static readonly TimeSpan AuthTokenLifetime = TimeSpan.FromHours(7);

    /// <summary>How often the account streams are subscribed again with a fresh token.</summary>
    public static readonly TimeSpan AuthTokenRotation = TimeSpan.FromHours(6);

    /// <summary>The venue closes connections that send nothing for 2 minutes.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);

    /// <summary>A bare error frame is attributed to a transaction only when that one was sent this recently.</summary>
    public static readonly TimeSpan BareErrorWindow = TimeSpan.FromSeconds(1);

    /// <summary>Most transactions in one batch that this client sends. The venue takes 15 on the stream and 50 by REST (21514).</summary>
    public const int MaxBatchSize = 15;

    /// <summary>Most rows of one REST page.</summary>
    public const int PageSize = 100;

    /// <summary>The venue's largest order price in ticks.</summary>
    public const long MaxPriceTicks = uint.MaxValue;

    /// <summary>The venue's largest base amount in ticks.</summary>
    public const long MaxBaseAmount = (1L << 48) - 1;

    /// <summary>Nonce refused: it was not consumed, and the venue expects another.</summary>
    public const int InvalidNonce = 21104;

    /// <summary>The auth token was refused (reported by clients; not in the published table).</summary>
    public const int InvalidAuth = 20013;

    /// <summary>The channel was subscribed before; the subscription stands.</summary>
    public const int AlreadySubscribed = 30003;

    /// <summary>The integrator is not approved by the account (reported by clients; not in the published table).</summary>
    public const int IntegratorNotApproved = 21149;

    /// <summary>The venue does not know that transaction.</summary>
    public const int TransactionNotFound = 21500;

    /// <summary>The asset in which perps are margined and fees are paid.</summary>
    public const string CollateralSymbol = "USDC";

    /// <summary>The venue was asked too much: nothing was looked at, and it may be sent again (21506, 23000, 29501, 30009, 30010).</summary>
    public static bool IsFlowControl(int code) => code is 21506 or 23000 or 29501 or 30009 or 30010;

    /// <summary>
    /// Codes that refuse a transaction for good when its answer carries them: those that concern transactions, malformed requests (20001)
    /// and keys that may only make (62007).
    /// </summary>
    public static bool RefusesTransactions(int code) => (IsTransactionCode(code) || code is 20001 or 62007) && !IsFlowControl(code);

    /// <summary>
    /// The order that a modification or cancel names is over (21600, 21709, 21715), unknown (21708), or no longer waits for its trigger (21730):
    /// the venue knows more of it than was told.
    /// </summary>
    public static bool IsOrderOver(int code) => code is 21600 or 21708 or 21709 or 21715 or 21730;

    /// <summary>True for codes that concern a transaction; others are about subscriptions or the connection.</summary>
    public static bool IsTransactionCode(int code) => code is >= 21000 and < 22000;
}
