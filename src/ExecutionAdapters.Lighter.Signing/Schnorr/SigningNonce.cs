using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The one-time scalar k of a signature, hedged: SHA-512 over the secret key, the message and fresh random bytes.
/// A failing random generator alone cannot make two messages share a k; a known hash input alone cannot reveal it.
/// </summary>
/// <remarks>Not inlined: the signing method clears the stack below its own frame, and with it the temporaries of the reduction.</remarks>
internal static class SigningNonce
{
    public const int RandomSize = 32;

    /// <summary>k in [1, n), with fresh random bytes. The caller clears it after use.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Derive(in Scalar secret, in TransactionHash message, out Scalar k)
    {
        Span<byte> random = stackalloc byte[RandomSize];
        try
        {
            RandomNumberGenerator.Fill(random);
            Derive(secret, message, random, out k);
        }
        finally
        {
            SecretMemory.Clear(random);
        }
    }

    /// <summary>k in [1, n): 512 bits reduced by the 319-bit order, a bias below 2^-192.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Derive(in Scalar secret, in TransactionHash message, ReadOnlySpan<byte> random, out Scalar k)
    {
        ReadOnlySpan<byte> domain = "ExecutionAdapters.Lighter.Signing nonce 1"u8;
        Span<byte> input = stackalloc byte[128 + RandomSize];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        try
        {
            // Every part has a fixed length: domain ‖ secret ‖ message ‖ random ‖ counter.
            domain.CopyTo(input);
            int position = domain.Length;
            secret.Write(input[position..]);
            position += Scalar.Size;
            message.CopyTo(input[position..]);
            position += TransactionHash.Size;
            random.CopyTo(input[position..]);
            position += RandomSize;
            input = input[..(position + 1)];
            do
            {
                input[position]++;
                SHA512.HashData(input, digest);
                k = Scalar.ReduceWide(digest);
            }
            while (k.IsZero);
        }
        finally
        {
            SecretMemory.Clear(input);
            SecretMemory.Clear(digest);
        }
    }
}
