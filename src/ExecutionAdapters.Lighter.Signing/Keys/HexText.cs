namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Hex digits to bytes and back. Decoding takes the same steps for every digit: the text may be a private key.</summary>
internal static class HexText
{
    public static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> hex) =>
        hex.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hex[2..] : hex;

    /// <summary>
    /// Decodes exactly twice as many digits as there are bytes, of either case. On a character that is no hex digit
    /// <paramref name="invalidIndex"/> is its index, else -1.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> hex, Span<byte> bytes, out int invalidIndex)
    {
        invalidIndex = -1;
        if (hex.Length != bytes.Length * 2)
        {
            return false;
        }

        for (int i = hex.Length - 1; i >= 0; i--)
        {
            int digit = hex[i] - '0';
            int letter = (hex[i] | 0x20) - 'a';
            int digitMask = ~((digit | (9 - digit)) >> 31);
            int letterMask = ~((letter | (5 - letter)) >> 31);
            int value = (digit & digitMask) | ((letter + 10) & letterMask);
            invalidIndex = (digitMask | letterMask) == 0 ? i : invalidIndex;
            bytes[i / 2] = (byte)((i & 1) == 0 ? bytes[i / 2] | (value << 4) : value);
        }

        return invalidIndex < 0;
    }
}
