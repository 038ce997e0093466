using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>What is signed: a Poseidon2 hash, an element of GF(p^5), of a transaction or an auth token's text.</summary>
public readonly record struct TransactionHash
{
    /// <summary>Length in bytes: five little-endian 64-bit limbs, 40.</summary>
    public const int Size = GFp5.Size;

    internal TransactionHash(in GFp5 element) => Element = element.Canonical();

    internal GFp5 Element { get; }

    /// <summary>Reads 40 bytes.</summary>
    /// <param name="bytes">Exactly 40 bytes: five little-endian limbs, each below the field's modulus.</param>
    /// <param name="hash">The hash, or <c>default</c>.</param>
    /// <returns>Whether the length is right and every limb canonical.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out TransactionHash hash)
    {
        bool read = GFp5.TryRead(bytes, out GFp5 element);
        hash = new TransactionHash(element);
        return read;
    }

    /// <summary>Reads the venue's <c>tx_hash</c> text: 80 hex digits of either case, without <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="hash">The hash, or <c>default</c>.</param>
    /// <returns>Whether the text is the canonical form of a hash.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out TransactionHash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        hash = default;
        return HexText.TryDecode(hex, bytes, out _) && TryFromBytes(bytes, out hash);
    }

    /// <summary>Writes the 40 bytes.</summary>
    /// <param name="destination">At least 40 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 40 bytes.</exception>
    public void CopyTo(Span<byte> destination) => ByteForm.Write(Element, destination);

    /// <summary>80 lower-case hex digits, as the venue's <c>tx_hash</c>.</summary>
    public override string ToString() => ByteForm.ToHex(Element);
}
