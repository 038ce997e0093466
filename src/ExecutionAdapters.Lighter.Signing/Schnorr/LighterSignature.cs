using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>A Schnorr signature: the scalars s and e, both below the group order.</summary>
public readonly record struct LighterSignature
{
    /// <summary>Length in bytes: s and e, 40 little-endian bytes each, 80.</summary>
    public const int Size = 2 * Scalar.Size;

    internal LighterSignature(in Scalar s, in Scalar e)
    {
        S = s;
        E = e;
    }

    internal Scalar S { get; }

    internal Scalar E { get; }

    /// <summary>Reads the 80 bytes s‖e.</summary>
    /// <param name="bytes">Exactly 80 bytes.</param>
    /// <param name="signature">The signature, or <c>default</c>.</param>
    /// <returns>Whether the length is right and both scalars are below the group order. That it verifies is another question.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out LighterSignature signature)
    {
        signature = default;
        if (bytes.Length != Size
            || !Scalar.TryRead(bytes[..Scalar.Size], out Scalar s)
            || !Scalar.TryRead(bytes[Scalar.Size..], out Scalar e))
        {
            return false;
        }

        signature = new LighterSignature(s, e);
        return true;
    }

    /// <summary>Reads 160 hex digits of either case, without <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="signature">The signature, or <c>default</c>.</param>
    /// <returns>Whether the text has the form of a signature, see <see cref="TryFromBytes"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out LighterSignature signature)
    {
        Span<byte> bytes = stackalloc byte[Size];
        signature = default;
        return HexText.TryDecode(hex, bytes, out _) && TryFromBytes(bytes, out signature);
    }

    /// <summary>Writes the 80 bytes s‖e.</summary>
    /// <param name="destination">At least 80 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 80 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; a signature needs {Size}.", nameof(destination));
        }

        E.Write(destination[Scalar.Size..]);
        S.Write(destination);
    }

    /// <summary>160 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
