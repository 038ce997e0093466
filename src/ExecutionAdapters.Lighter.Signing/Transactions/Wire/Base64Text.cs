namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Standard base64 of a known number of bytes, with its padding and without whitespace.</summary>
internal static class Base64Text
{
    public static bool TryDecode(string text, Span<byte> bytes) =>
        text.Length == (bytes.Length + 2) / 3 * 4
        && Convert.TryFromBase64String(text, bytes, out int written)
        && written == bytes.Length;
}
