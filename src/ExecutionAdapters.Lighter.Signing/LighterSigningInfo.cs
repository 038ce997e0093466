namespace ExecutionAdapters.Lighter.Signing;

/// <summary>What this library follows.</summary>
public static class LighterSigningInfo
{
    /// <summary>The revision of the venue's Go SDK whose hashes, signatures and validation rules this library reproduces.</summary>
    public static string ReferenceRevision { get; } = "lighter-go 17f2d60 (2026-08)";
}
