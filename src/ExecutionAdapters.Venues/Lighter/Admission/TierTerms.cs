using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>What a tier costs and allows: fees in parts per million, limits over a rolling minute.</summary>
internal sealed record TierTerms(string Name, int TakerFee, int MakerFee, int RequestWeight, int Transactions)
{
    /// <summary>Requests whatever their weight; null when only the weight counts.</summary>
    public int? Requests { get; init; }

    /// <summary>Whether orders consume a quota that grows with the traded volume.</summary>
    public bool HasVolumeQuota { get; init; }

    public static TierTerms Of(LighterAccountTier tier) => tier switch
    {
        // A standard account may not ask for heavy endpoints more often than a premium one.
        LighterAccountTier.Standard => new TierTerms("standard", 0, 0, 24_000, 60) { Requests = 60 },
        LighterAccountTier.Plus => new TierTerms("plus", 50, 50, 120_000, 8_000),
        _ => new TierTerms("premium", MarketDefinition.TakerFee, MarketDefinition.MakerFee, 24_000, 4_000) { HasVolumeQuota = true },
    };
}
