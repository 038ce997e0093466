using System.Globalization;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter;

/// <summary>The account's tier as the venue names it (endpoint accountLimits), and the limits that the venue documents for it.</summary>
/// <param name="Name">The venue's code, for example "standard" or "premium".</param>
/// <param name="RestQuotaPerMinute">Requests per minute; weight when <paramref name="IsWeighted"/>.</param>
/// <param name="IsWeighted">Whether requests count by weight (every tier but standard).</param>
/// <param name="TransactionQuotaPerMinute">Transactions per minute over stream and REST together.</param>
/// <param name="MakerFeePpm">Maker fee in parts per million of the notional; null: the venue did not say.</param>
/// <param name="TakerFeePpm">Taker fee in parts per million of the notional; null: the venue did not say.</param>
public sealed record LighterTier(
    string Name, int RestQuotaPerMinute, bool IsWeighted, int TransactionQuotaPerMinute, long? MakerFeePpm, long? TakerFeePpm)
{
    // Venue documentation, rate limits: transactions per minute of a premium account by the LIT that it stakes.
    private static readonly (decimal Staked, int Transactions)[] PremiumTransactions =
    [
        (500_000, 40_000), (300_000, 24_000), (100_000, 12_000), (30_000, 8_000), (10_000, 7_000), (3_000, 6_000), (1_000, 5_000), (0, 4_000),
    ];

    /// <summary>The limits of an account of which nothing better is known: 60 requests and 60 transactions per minute, each request counting one.</summary>
    public static LighterTier Standard { get; } = new("standard", 60, IsWeighted: false, 60, MakerFeePpm: null, TakerFeePpm: null);

    /// <summary>Reads an answer of accountLimits. A tier that is not known gets the limits of <see cref="Standard"/>.</summary>
    internal static LighterTier Read(in JsonRow body)
    {
        var name = body.Text("user_tier"u8).Trim().ToLowerInvariant();
        var staked = decimal.TryParse(body.Text("effective_lit_stakes"u8), NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var limits = name switch
        {
            "premium" => Standard with { RestQuotaPerMinute = 24_000, IsWeighted = true, TransactionQuotaPerMinute = PremiumTransactions.First(row => row.Staked <= Math.Max(staked, 0)).Transactions },
            "plus" => Standard with { RestQuotaPerMinute = 120_000, IsWeighted = true, TransactionQuotaPerMinute = 8_000 },
            "builder" => Standard with { RestQuotaPerMinute = 240_000, IsWeighted = true },
            _ => Standard,
        };
        return limits with
        {
            Name = name.Length > 0 ? name : "unknown",
            MakerFeePpm = body.OptionalInteger("current_maker_fee_tick"u8),
            TakerFeePpm = body.OptionalInteger("current_taker_fee_tick"u8),
        };
    }
}
