using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The seed derivation of the venue's web application.</summary>
internal static class SeedDerivation
{
    private const int MinimumSeedLength = 32;
    private const int SecondDigestPart = 8;

    public static LighterPrivateKey Derive(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < MinimumSeedLength)
        {
            throw new ArgumentException($"A seed has at least {MinimumSeedLength} bytes, not {seed.Length}.", nameof(seed));
        }

        byte[] tagged = GC.AllocateArray<byte>(seed.Length + 1, pinned: true);
        Span<byte> digests = stackalloc byte[2 * SHA256.HashSizeInBytes];
        try
        {
            seed.CopyTo(tagged.AsSpan(1));
            tagged[0] = 1;
            SHA256.HashData(tagged, digests);
            tagged[0] = 2;
            SHA256.HashData(tagged, digests[SHA256.HashSizeInBytes..]);

            Span<byte> integer = digests[..(SHA256.HashSizeInBytes + SecondDigestPart)];
            integer.Reverse(); // big-endian to little-endian
            Reduce(integer);
            return LighterPrivateKey.FromBytes(integer); // zero, of probability 2^-319, is refused there
        }
        finally
        {
            CryptographicOperations.ZeroMemory(tagged);
            SecretMemory.Clear(digests);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>In a frame of its own, below that of the caller, who clears the temporaries of the reduction with the stack.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Reduce(Span<byte> integer)
    {
        Scalar scalar = Scalar.Reduce(integer);
        try
        {
            scalar.Write(integer);
        }
        finally
        {
            SecretMemory.Clear(ref scalar);
        }
    }
}
