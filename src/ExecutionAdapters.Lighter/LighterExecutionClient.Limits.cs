using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter;

/// <content>What the account may send and ask: its tier, the limits that follow, and the volume quota.</content>
public sealed partial class LighterExecutionClient
{
    private const long LowVolumeQuota = 100;
    private static readonly TimeSpan TierTimeout = TimeSpan.FromSeconds(10);

    private SharedLimits _limits;
    private volatile LighterTier? _tier;
    private long _volumeQuotaRemaining = -1;

    /// <summary>The account's tier as the venue named it at the latest connect; null: it did not say.</summary>
    public LighterTier? Tier => _tier;

    /// <summary>
    /// How many more creations and modifications the account's volume quota allows, as the venue's latest answer said; null before the
    /// first. At 0 the venue takes one transaction per 15 s; cancels are free.
    /// </summary>
    public long? VolumeQuotaRemaining => Volatile.Read(ref _volumeQuotaRemaining) is >= 0 and var left ? left : null;

    private RequestLimits RequestLimits()
    {
        var tier = _tier ?? LighterTier.Standard;
        var configured = (long?)_options.RestQuotaPerMinute * (tier.IsWeighted ? RequestWeights.Usual : 1);
        return new RequestLimits(_limits.Requests, (int)Math.Min(configured ?? tier.RestQuotaPerMinute, int.MaxValue), tier.IsWeighted);
    }

    private TransactionLimits TransactionLimits() =>
        new(_limits, _options.TransactionQuotaPerMinute ?? (_tier ?? LighterTier.Standard).TransactionQuotaPerMinute);

    /// <summary>
    /// Finds out with whom the venue counts this client together, and how much it may do. A venue that does not say is no reason not to
    /// connect.
    /// </summary>
    private async Task FindLimitsAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        var address = await FindWalletAsync(credentials, cancellationToken).ConfigureAwait(false);
        var tier = await FindTierAsync(credentials, cancellationToken).ConfigureAwait(false);
        await _loop.RunAsync(() =>
        {
            _limits = SharedLimits.For(_options.Deployment, address ?? AccountId.Value, _timeProvider);
            _tier = tier;
            _http.Limits = RequestLimits();
            _sequencer!.Limits = TransactionLimits();
            _subscriptions.Limits = _limits;
            return true;
        }).ConfigureAwait(false);
        Report(tier);
    }

    private void Report(LighterTier? tier)
    {
        if (tier is null)
        {
            return;
        }

        Log.TierDetected(_logger, tier.Name, tier.RestQuotaPerMinute, tier.IsWeighted ? "by weight" : "one each", tier.TransactionQuotaPerMinute);
        Compare(nameof(LighterOptions.RestQuotaPerMinute), _options.RestQuotaPerMinute, tier.RestQuotaPerMinute / (tier.IsWeighted ? RequestWeights.Usual : 1));
        Compare(nameof(LighterOptions.TransactionQuotaPerMinute), _options.TransactionQuotaPerMinute, tier.TransactionQuotaPerMinute);

        void Compare(string setting, int? configured, int documented)
        {
            if (configured is { } value && value != documented)
            {
                Log.QuotaDiffers(_logger, setting, value, tier.Name, documented, value > documented ? "the venue may refuse" : "more would be allowed");
            }
        }
    }

    private async Task<string?> FindWalletAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            var account = await _http.GetAccountAsync(credentials.AccountIndex, cancellationToken).ConfigureAwait(false);
            return JsonRow.Read(account).Text("l1_address"u8) is { Length: > 0 } address ? address.ToLowerInvariant() : null;
        }
        catch (Exception exception) when (exception is ExecutionClientException or RowFormatException)
        {
            return null;
        }
    }

    private async Task<LighterTier?> FindTierAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TierTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _http.GetTierAsync(credentials.AccountIndex, linked.Token).ConfigureAwait(false);
        }
        catch (ExecutionClientException exception)
        {
            Log.TierUnknown(_logger, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TierUnknown(_logger, "no answer in time");
        }

        return null;
    }

    private void NoteVolumeQuota(long? remaining)
    {
        if (remaining is not { } left)
        {
            return;
        }

        if (left <= LowVolumeQuota && VolumeQuotaRemaining is null or > LowVolumeQuota)
        {
            Log.VolumeQuotaLow(_logger, left);
        }

        Volatile.Write(ref _volumeQuotaRemaining, left);
    }
}
