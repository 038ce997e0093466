namespace ExecutionAdapters.Venues.Lighter;

/// <summary>An account's tier, as accountLimits names it. The names are the venue's; the numbers are its documented ones.</summary>
public enum LighterAccountTier
{
    /// <summary>No fees; 60 requests and 60 transactions a minute.</summary>
    Standard,

    /// <summary>2.8 and 0.4 basis points; 24,000 request weight and 4,000 transactions a minute, and a volume quota.</summary>
    Premium,

    /// <summary>0.5 basis points on both sides; 120,000 request weight and 8,000 transactions a minute.</summary>
    Plus,
}
