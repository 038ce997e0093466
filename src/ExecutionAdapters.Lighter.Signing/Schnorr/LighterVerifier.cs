using System.Diagnostics.CodeAnalysis;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Verifies signatures of one key that is seen again and again: a table of its multiples, 80 KiB, takes the place of nearly all
/// of the work. <see cref="Schnorr.Verify"/> needs no table and takes several times as long. Immutable and safe for concurrent use.
/// </summary>
public sealed class LighterVerifier
{
    private readonly FixedBaseComb _key;

    private LighterVerifier(FixedBaseComb key) => _key = key;

    /// <summary>Builds the table, which takes about as long as ten verifications without it.</summary>
    /// <param name="key">The public key.</param>
    /// <param name="verifier">The verifier, or null when there is none.</param>
    /// <returns>False when the key is no point of the group, or its neutral: it verifies nothing.</returns>
    public static bool TryCreate(in LighterPublicKey key, [NotNullWhen(true)] out LighterVerifier? verifier)
    {
        bool isPoint = CurvePoint.TryDecode(key.Encoded, out CurvePoint point) && !point.IsNeutral;
        verifier = isPoint ? new LighterVerifier(FixedBaseComb.Create(point)) : null;
        return isPoint;
    }

    /// <summary>Whether the holder of the key signed this message. Its time depends on the (public) arguments.</summary>
    /// <param name="message">The hash that was signed.</param>
    /// <param name="signature">The signature.</param>
    public bool Verify(in TransactionHash message, in LighterSignature signature)
    {
        FixedBaseComb.Generator.MultiplyAdd(signature.S, _key, signature.E, out CurvePoint sum);
        return Schnorr.Challenge(sum.Encode(), message).Equals(signature.E);
    }
}
