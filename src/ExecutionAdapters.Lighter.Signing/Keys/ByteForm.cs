using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The 40 bytes and 80 hex digits of what is one element of GF(p^5): public keys and hashes.</summary>
internal static class ByteForm
{
    public static void Write(in GFp5 element, Span<byte> destination)
    {
        if (destination.Length < GFp5.Size)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; {GFp5.Size} are needed.", nameof(destination));
        }

        element.Write(destination);
    }

    public static string ToHex(in GFp5 element)
    {
        Span<byte> bytes = stackalloc byte[GFp5.Size];
        element.Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
