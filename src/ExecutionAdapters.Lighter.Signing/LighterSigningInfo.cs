using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>What this library follows.</summary>
public static class LighterSigningInfo
{
    /// <summary>The revision of the venue's Go SDK whose hashes, signatures and validation rules this library reproduces.</summary>
    public static string ReferenceRevision { get; } = "lighter-go 17f2d60 (2026-08)";

    /// <summary>The instructions that signing uses on this machine, chosen once: <c>avx512</c>, <c>avx2</c>, <c>arm64</c> or <c>scalar</c>.</summary>
    public static string InstructionSet => FixedBaseComb.Path;
}
