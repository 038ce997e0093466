using System.Buffers.Binary;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The 32 bytes a transfer carries along for its receiver. <c>default</c> is all zeros.</summary>
public readonly record struct TransferMemo
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = 32;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    private TransferMemo(UInt128 first, UInt128 second)
    {
        _first = first;
        _second = second;
    }

    /// <summary>Reads 32 bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <param name="memo">The memo, or <c>default</c>.</param>
    /// <returns>Whether the length is right.</returns>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out TransferMemo memo)
    {
        bool fits = bytes.Length == Size;
        memo = fits
            ? new TransferMemo(BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]))
            : default;
        return fits;
    }

    /// <summary>Reads 64 hex digits of either case, optionally after <c>0x</c>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="memo">The memo, or <c>default</c>.</param>
    /// <returns>Whether the text is 64 hex digits.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out TransferMemo memo)
    {
        Span<byte> bytes = stackalloc byte[Size];
        memo = default;
        return HexText.TryDecode(HexText.WithoutPrefix(hex), bytes, out _) && TryFromBytes(bytes, out memo);
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; a memo needs {Size}.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt128LittleEndian(destination, _first);
        BinaryPrimitives.WriteUInt128LittleEndian(destination[16..], _second);
    }

    /// <summary>64 lower-case hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
