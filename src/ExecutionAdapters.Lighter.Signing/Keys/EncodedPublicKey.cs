using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The 40 bytes that a key registration carries: five canonical limbs, which need not encode a point.
/// The venue hashes the limbs as they are; <see cref="TryDecode"/> tells whether they are a usable key.
/// </summary>
public readonly record struct EncodedPublicKey
{
    /// <summary>Length in bytes: 40.</summary>
    public const int Size = GFp5.Size;

    internal EncodedPublicKey(in GFp5 element) => Element = element.Canonical();

    internal GFp5 Element { get; }

    /// <summary>The encoding of a public key.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator EncodedPublicKey(LighterPublicKey key) => FromPublicKey(key);

    /// <summary>The encoding of a public key.</summary>
    /// <param name="key">The key.</param>
    public static EncodedPublicKey FromPublicKey(in LighterPublicKey key) => new(key.Encoded);

    /// <summary>Reads 40 bytes.</summary>
    /// <param name="bytes">Exactly 40 bytes: five little-endian limbs, each below the field's modulus.</param>
    /// <param name="encoded">The encoding, or <c>default</c>.</param>
    /// <returns>Whether the length is right and every limb canonical.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out EncodedPublicKey encoded)
    {
        bool read = GFp5.TryRead(bytes, out GFp5 element);
        encoded = new EncodedPublicKey(element);
        return read;
    }

    /// <summary>The public key, when the bytes encode a point that is not the neutral.</summary>
    /// <param name="key">The key, or <c>default</c>.</param>
    /// <returns>Whether the bytes are a usable key.</returns>
    public bool TryDecode(out LighterPublicKey key)
    {
        bool decodes = !Element.IsZero && CurvePoint.TryDecode(Element, out _);
        key = decodes ? new LighterPublicKey(Element) : default;
        return decodes;
    }

    /// <summary>Writes the 40 bytes.</summary>
    /// <param name="destination">At least 40 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 40 bytes.</exception>
    public void CopyTo(Span<byte> destination) => ByteForm.Write(Element, destination);

    /// <summary>80 lower-case hex digits.</summary>
    public override string ToString() => ByteForm.ToHex(Element);
}
