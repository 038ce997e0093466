using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>A budget over a rolling minute.</summary>
internal sealed class RollingMinute(int budget)
{
    private const long WindowUs = 60_000_000;
    private readonly Queue<(long TimeUs, int Weight)> _taken = new();
    private int _sum;

    public bool TryTake(long nowUs, int weight)
    {
        while (_taken.TryPeek(out (long TimeUs, int Weight) oldest) && oldest.TimeUs <= nowUs - WindowUs)
        {
            _sum -= oldest.Weight;
            _taken.Dequeue();
        }

        if (_sum + weight > budget)
        {
            return false;
        }

        _sum += weight;
        _taken.Enqueue((nowUs, weight));
        return true;
    }
}

/// <summary>
/// The documented limits of a tier: requests, the transaction bucket per account and the volume quota.
/// When switched off everything passes; the quota is then only counted.
/// </summary>
internal sealed class RateLimits(bool enabled, TierTerms terms)
{
    public const int StreamMessagesPerMinute = 200;

    private const int LeverageUpdatesPerMinute = 40;
    private const int DefaultWeight = 300;
    private const long InitialQuota = 1_000;
    private const long MaximumQuota = 5_000_000;
    private const long MicroUsdcPerQuota = 7_000_000;
    private const long FreeTransactionIntervalUs = 15_000_000;

    private readonly Dictionary<string, RollingMinute> _requests = [];
    private readonly Dictionary<string, RollingMinute> _weights = [];
    private readonly Dictionary<(string L1Address, bool Leverage), RollingMinute> _transactions = [];
    private readonly Dictionary<long, (long Used, long LastFreeUs)> _quotas = [];

    public bool Enabled { get; } = enabled;

    /// <summary>Whether a request may pass; callers are the account of the auth token, or the address without one.</summary>
    public bool TryRequest(string caller, string endpoint, long nowUs) =>
        !Enabled
        || ((terms.Requests is not { } requests || Bucket(_requests, caller, requests).TryTake(nowUs, 1))
            && Bucket(_weights, caller, terms.RequestWeight).TryTake(nowUs, Weight(endpoint)));

    /// <summary>Whether these transactions fit the owner's bucket, shared by REST and stream, and its quota; counts them if so.</summary>
    public bool TryTransactions(Engine.Account account, IReadOnlyList<VerifiedTransaction> transactions, long nowUs)
    {
        int leverage = transactions.Count(transaction => transaction.Transaction is UpdateLeverageTransaction);
        int consuming = transactions.Count(transaction => ConsumesQuota(transaction.Transaction.Type));
        if (Enabled && terms.HasVolumeQuota && !HasQuota(account, consuming, nowUs))
        {
            return false;
        }

        bool fits = !Enabled
            || ((leverage == 0 || Bucket(_transactions, (account.L1Address, true), LeverageUpdatesPerMinute).TryTake(nowUs, leverage))
                && Bucket(_transactions, (account.L1Address, false), terms.Transactions).TryTake(nowUs, transactions.Count));
        if (fits)
        {
            (long used, long lastFreeUs) = _quotas.GetValueOrDefault(account.Index);
            _quotas[account.Index] = (used + consuming, lastFreeUs);
        }

        return fits;
    }

    public long QuotaRemaining(Engine.Account account)
    {
        long earned = Math.Min(MaximumQuota, InitialQuota + (account.Volume / MicroUsdcPerQuota));
        return Math.Max(0, earned - _quotas.GetValueOrDefault(account.Index).Used);
    }

    private static bool ConsumesQuota(LighterTransactionType type) => type is LighterTransactionType.Transfer
        or LighterTransactionType.CreateOrder or LighterTransactionType.ModifyOrder or LighterTransactionType.CreateGroupedOrders;

    /// <summary>An exhausted quota still lets one transaction through every 15 seconds.</summary>
    private bool HasQuota(Engine.Account account, int needed, long nowUs)
    {
        if (needed <= QuotaRemaining(account))
        {
            return true;
        }

        (long used, long lastFreeUs) = _quotas.GetValueOrDefault(account.Index);
        if (needed > 1 || nowUs - lastFreeUs < FreeTransactionIntervalUs)
        {
            return false;
        }

        _quotas[account.Index] = (used - 1, nowUs);
        return true;
    }

    private static RollingMinute Bucket<TKey>(Dictionary<TKey, RollingMinute> buckets, TKey key, int budget)
        where TKey : notnull
    {
        if (!buckets.TryGetValue(key, out RollingMinute? bucket))
        {
            bucket = new RollingMinute(budget);
            buckets.Add(key, bucket);
        }

        return bucket;
    }

    private static int Weight(string endpoint) => endpoint switch
    {
        "sendTx" or "sendTxBatch" or "nextNonce" => 6,
        "accountInactiveOrders" => 100,
        "apikeys" => 150,
        "trades" or "recentTrades" => 600,
        _ => DefaultWeight,
    };
}
