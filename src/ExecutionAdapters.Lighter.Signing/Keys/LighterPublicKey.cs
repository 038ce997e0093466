using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The public key of a Lighter API key: the 40-byte encoding of a point of the group that is not the neutral.
/// <c>default</c> is no key: it verifies nothing.
/// </summary>
public readonly record struct LighterPublicKey
{
    /// <summary>Length of the encoding in bytes: five little-endian 64-bit limbs, 40.</summary>
    public const int Size = GFp5.Size;

    internal LighterPublicKey(in GFp5 encoded) => Encoded = encoded.Canonical();

    internal GFp5 Encoded { get; }

    /// <summary>Reads 80 hex digits of either case, optionally after <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <exception cref="FormatException">The text is not 80 hex digits, or they do not encode a point, or the neutral one.</exception>
    public static LighterPublicKey Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out LighterPublicKey key)
            ? key
            : throw new FormatException(
                $"A Lighter public key is {2 * Size} hex digits (optionally after 0x) that encode a point of its curve.");

    /// <summary>Reads 80 hex digits of either case, optionally after <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="key">The key, or <c>default</c>.</param>
    /// <returns>Whether the text encodes a usable key.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out LighterPublicKey key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        key = default;
        return HexText.TryDecode(HexText.WithoutPrefix(hex), bytes, out _) && TryFromBytes(bytes, out key);
    }

    /// <summary>Reads the 40-byte encoding.</summary>
    /// <param name="bytes">Exactly 40 bytes: five little-endian limbs, each below the field's modulus.</param>
    /// <param name="key">The key, or <c>default</c>.</param>
    /// <returns>Whether the bytes are the canonical encoding of a point that is not the neutral.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out LighterPublicKey key)
    {
        key = default;
        if (!GFp5.TryRead(bytes, out GFp5 encoded) || encoded.IsZero || !CurvePoint.TryDecode(encoded, out _))
        {
            return false;
        }

        key = new LighterPublicKey(encoded);
        return true;
    }

    /// <summary>Writes the 40-byte encoding.</summary>
    /// <param name="destination">At least 40 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 40 bytes.</exception>
    public void CopyTo(Span<byte> destination) => ByteForm.Write(Encoded, destination);

    /// <summary>80 lower-case hex digits.</summary>
    public override string ToString() => ByteForm.ToHex(Encoded);
}
