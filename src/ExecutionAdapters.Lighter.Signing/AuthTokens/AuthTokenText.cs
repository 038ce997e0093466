using System.Buffers.Binary;
using System.Text;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The signed part of a token and its hash.</summary>
internal static class AuthTokenText
{
    public static string Of(long deadlineUnixSeconds, long accountIndex, byte apiKeyIndex) =>
        $"{deadlineUnixSeconds}:{accountIndex}:{apiKeyIndex}";

    /// <summary>Eight characters to an element, little-endian, the last one filled up with zeros.</summary>
    public static TransactionHash Hash(string text)
    {
        Span<byte> bytes = stackalloc byte[(text.Length + 7) / 8 * 8];
        bytes.Clear();
        Encoding.ASCII.GetBytes(text, bytes);
        Span<ulong> elements = stackalloc ulong[bytes.Length / 8];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }

        return new TransactionHash(Poseidon2.HashToQuintic(elements));
    }
}
