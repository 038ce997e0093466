using System.Runtime.CompilerServices;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Schnorr signatures over ECgFp5 with the Poseidon2 challenge of the venue: R = k G, e = H(R, message), s = k - e * key.
/// Signing is constant-time in the key and in k and allocates nothing.
/// </summary>
public static class Schnorr
{
    /// <summary>Signs with a fresh k, derived of the key, the message and 32 random bytes: two signatures of one message differ.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="message">The hash to sign.</param>
    /// <param name="nonces">Where to take k from while it has one; null: always a fresh one.</param>
    /// <exception cref="ArgumentException">The nonces were prepared for another key.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static LighterSignature Sign(LighterPrivateKey key, in TransactionHash message, PreparedNonces? nonces = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        key.LoadScalar(out Scalar secret);
        Scalar k = default;
        try
        {
            if (nonces is not null && nonces.TryTake(key, out k, out GFp5 commitment))
            {
                return Sign(secret, k, commitment, message);
            }

            SigningNonce.Derive(secret, message, out k);
            return Sign(secret, k, message);
        }
        finally
        {
            SecretMemory.Clear(ref secret);
            SecretMemory.Clear(ref k);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>
    /// Signs with a given k: for test vectors only. Two signatures of one key with the same k, or one with a k that anybody
    /// can guess, reveal the private key.
    /// </summary>
    /// <param name="key">The private key.</param>
    /// <param name="message">The hash to sign.</param>
    /// <param name="nonce">k, 40 little-endian bytes, 1 to the group order less 1.</param>
    /// <exception cref="ArgumentException">The nonce is not 40 bytes, zero, or not below the group order.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static LighterSignature SignWithFixedNonce(LighterPrivateKey key, in TransactionHash message, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!Scalar.TryRead(nonce, out Scalar k) || k.IsZero)
        {
            throw new ArgumentException($"A nonce is {Scalar.Size} little-endian bytes, 1 to the group order less 1.", nameof(nonce));
        }

        key.LoadScalar(out Scalar secret);
        try
        {
            return Sign(secret, k, message);
        }
        finally
        {
            SecretMemory.Clear(ref secret);
            SecretMemory.Clear(ref k);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>Whether the holder of this key signed this message. Its time depends on the (public) arguments.</summary>
    /// <param name="key">The public key; <c>default</c> verifies nothing.</param>
    /// <param name="message">The hash that was signed.</param>
    /// <param name="signature">The signature.</param>
    public static bool Verify(in LighterPublicKey key, in TransactionHash message, in LighterSignature signature)
    {
        if (!CurvePoint.TryDecode(key.Encoded, out CurvePoint point) || point.IsNeutral)
        {
            return false;
        }

        FixedBaseComb.Generator.Multiply(signature.S, out CurvePoint sum);
        sum += PointMultiplication.Multiply(signature.E, point);
        return Challenge(sum.Encode(), message).Equals(signature.E);
    }

    /// <remarks>Not inlined: the signing methods clear the stack below their own frames, and with it what this one leaves there.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LighterSignature Sign(in Scalar secret, in Scalar k, in TransactionHash message)
    {
        FixedBaseComb.Generator.Multiply(k, out CurvePoint commitment);
        GFp5 encoded = commitment.Encode();
        SecretMemory.Clear(ref commitment); // its coordinates, unlike its encoding, tell about k
        return Sign(secret, k, encoded, message);
    }

    /// <inheritdoc cref="Sign(in Scalar, in Scalar, in TransactionHash)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LighterSignature Sign(in Scalar secret, in Scalar k, in GFp5 commitment, in TransactionHash message)
    {
        Scalar e = Challenge(commitment, message);
        Scalar product = e * secret;
        Scalar s = k - product;
        SecretMemory.Clear(ref product);
        return new LighterSignature(s, e);
    }

    /// <summary>Poseidon2 over the ten limbs of R and the message, 40 bytes as an integer modulo n.</summary>
    internal static Scalar Challenge(in GFp5 commitment, in TransactionHash message)
    {
        GFp5 r = commitment.Canonical();
        GFp5 m = message.Element;
        GFp5 hash = Poseidon2.HashToQuintic([r.A0, r.A1, r.A2, r.A3, r.A4, m.A0, m.A1, m.A2, m.A3, m.A4]);
        Span<byte> bytes = stackalloc byte[GFp5.Size];
        hash.Write(bytes);
        return Scalar.Reduce(bytes);
    }
}
