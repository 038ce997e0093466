namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// A transaction as it was read from the wire. It has the right shape; whether it keeps the venue's rules is for its validation.
/// </summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Signature">The signature; null when <c>Sig</c> is absent, empty, or no signature (see <see cref="SignatureText"/>).</param>
/// <param name="L1Signature">The layer 1 signature's text, "" when there is none.</param>
public sealed record ParsedTransaction(ILighterTransaction Transaction, LighterSignature? Signature, string L1Signature)
{
    /// <summary><c>Sig</c> as it was read, "" when it is absent: tells an unsigned transaction from an undecodable signature.</summary>
    public string SignatureText { get; init; } = "";
}
