using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>An integer modulo the group order n, always below n. Constant-time in its value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly partial struct Scalar : IEquatable<Scalar>
{
    public const int Size = 40;

    // n, little-endian limbs: 319 bits.
    private const ulong N0 = 0xE80FD996948BFFE1;
    private const ulong N1 = 0xE8885C39D724A09C;
    private const ulong N2 = 0x7FFFFFE6CFB80639;
    private const ulong N3 = 0x7FFFFFF100000016;
    private const ulong N4 = 0x7FFFFFFD80000007;

    public readonly ulong L0;
    public readonly ulong L1;
    public readonly ulong L2;
    public readonly ulong L3;
    public readonly ulong L4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Scalar(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
        L4 = l4;
    }

    public static Scalar One => new(1, 0, 0, 0, 0);

    public bool IsZero => (L0 | L1 | L2 | L3 | L4) == 0;

    /// <summary>Reads 40 little-endian bytes. False for another length or a value at or above n.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out Scalar value)
    {
        value = default;
        if (source.Length != Size)
        {
            return false;
        }

        value = ReadLimbs(source);
        if (value.IsBelowOrder)
        {
            return true;
        }

        SecretMemory.Clear(ref value);
        return false;
    }

    /// <summary>Any 40 little-endian bytes modulo n. 2^320 - 1 is below 3n, so two conditional subtractions do.</summary>
    public static Scalar Reduce(ReadOnlySpan<byte> source) => ReadLimbs(source[..Size]).SubtractOrderIfAbove().SubtractOrderIfAbove();

    /// <summary>Any 64 little-endian bytes modulo n.</summary>
    public static Scalar ReduceWide(ReadOnlySpan<byte> source)
    {
        source = source[..64];
        var high = new Scalar(
            BinaryPrimitives.ReadUInt64LittleEndian(source[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[56..]),
            0,
            0);
        return Reduce(source) + MontgomeryMultiply(high, RSquared); // high * 2^320
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], L4);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], L3);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], L2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], L1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, L0);
    }

    public static Scalar operator +(in Scalar left, in Scalar right)
    {
        // Both are below n < 2^319: the sum fits in five limbs.
        ulong carry = 0;
        return new Scalar(
            Branchless.AddWithCarry(left.L0, right.L0, ref carry),
            Branchless.AddWithCarry(left.L1, right.L1, ref carry),
            Branchless.AddWithCarry(left.L2, right.L2, ref carry),
            Branchless.AddWithCarry(left.L3, right.L3, ref carry),
            Branchless.AddWithCarry(left.L4, right.L4, ref carry)).SubtractOrderIfAbove();
    }

    public static Scalar operator -(in Scalar left, in Scalar right)
    {
        ulong borrow = 0;
        ulong l0 = Branchless.SubtractWithBorrow(left.L0, right.L0, ref borrow);
        ulong l1 = Branchless.SubtractWithBorrow(left.L1, right.L1, ref borrow);
        ulong l2 = Branchless.SubtractWithBorrow(left.L2, right.L2, ref borrow);
        ulong l3 = Branchless.SubtractWithBorrow(left.L3, right.L3, ref borrow);
        ulong l4 = Branchless.SubtractWithBorrow(left.L4, right.L4, ref borrow);
        ulong mask = 0UL - borrow;
        ulong carry = 0;
        return new Scalar(
            Branchless.AddWithCarry(l0, N0 & mask, ref carry),
            Branchless.AddWithCarry(l1, N1 & mask, ref carry),
            Branchless.AddWithCarry(l2, N2 & mask, ref carry),
            Branchless.AddWithCarry(l3, N3 & mask, ref carry),
            Branchless.AddWithCarry(l4, N4 & mask, ref carry));
    }

    public static Scalar operator *(in Scalar left, in Scalar right) =>
        MontgomeryMultiply(MontgomeryMultiply(left, right), RSquared);

    public bool Equals(Scalar other) =>
        ((L0 ^ other.L0) | (L1 ^ other.L1) | (L2 ^ other.L2) | (L3 ^ other.L3) | (L4 ^ other.L4)) == 0;

    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(L0, L1, L2, L3, L4);

    private bool IsBelowOrder
    {
        get
        {
            _ = SubtractOrder(out ulong borrow);
            return borrow != 0;
        }
    }

    private static Scalar ReadLimbs(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(source),
        BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[32..]));

    private Scalar SubtractOrderIfAbove()
    {
        Scalar difference = SubtractOrder(out ulong borrow);
        ulong mask = 0UL - borrow;
        return new Scalar(
            Branchless.Select(mask, L0, difference.L0),
            Branchless.Select(mask, L1, difference.L1),
            Branchless.Select(mask, L2, difference.L2),
            Branchless.Select(mask, L3, difference.L3),
            Branchless.Select(mask, L4, difference.L4));
    }

    private Scalar SubtractOrder(out ulong borrow)
    {
        borrow = 0;
        return new Scalar(
            Branchless.SubtractWithBorrow(L0, N0, ref borrow),
            Branchless.SubtractWithBorrow(L1, N1, ref borrow),
            Branchless.SubtractWithBorrow(L2, N2, ref borrow),
            Branchless.SubtractWithBorrow(L3, N3, ref borrow),
            Branchless.SubtractWithBorrow(L4, N4, ref borrow));
    }
}
