using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>
/// An element a0 + a1 z + … + a4 z^4 of GF(p^5) = F[z]/(z^5 - 3). The limbs are any 64-bit representatives;
/// reading refuses limbs at or above p, writing and comparing canonicalise.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly partial struct GFp5 : IEquatable<GFp5>
{
    public const int Size = 40;

    public const int LimbCount = 5;

    public readonly ulong A0;
    public readonly ulong A1;
    public readonly ulong A2;
    public readonly ulong A3;
    public readonly ulong A4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GFp5(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4)
    {
        A0 = a0;
        A1 = a1;
        A2 = a2;
        A3 = a3;
        A4 = a4;
    }

    public static GFp5 Zero => default;

    public static GFp5 One => new(1, 0, 0, 0, 0);

    public bool IsZero =>
        (Goldilocks.Canonical(A0) | Goldilocks.Canonical(A1) | Goldilocks.Canonical(A2)
            | Goldilocks.Canonical(A3) | Goldilocks.Canonical(A4)) == 0;

    /// <summary>Reads 40 bytes, limb 0 first, little-endian. False for another length or a limb at or above p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out GFp5 value)
    {
        value = default;
        if (source.Length != Size)
        {
            return false;
        }

        var read = new GFp5(
            BinaryPrimitives.ReadUInt64LittleEndian(source),
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[32..]));
        if (!(Goldilocks.IsCanonical(read.A0) & Goldilocks.IsCanonical(read.A1) & Goldilocks.IsCanonical(read.A2)
            & Goldilocks.IsCanonical(read.A3) & Goldilocks.IsCanonical(read.A4)))
        {
            return false;
        }

        value = read;
        return true;
    }

    /// <summary>Writes the canonical 40 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        GFp5 canonical = Canonical();
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], canonical.A4);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], canonical.A3);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], canonical.A2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], canonical.A1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, canonical.A0);
    }

    public GFp5 Canonical() => new(
        Goldilocks.Canonical(A0), Goldilocks.Canonical(A1), Goldilocks.Canonical(A2),
        Goldilocks.Canonical(A3), Goldilocks.Canonical(A4));

    public bool Equals(GFp5 other) => (this - other).IsZero;

    public override bool Equals(object? obj) => obj is GFp5 other && Equals(other);

    public override int GetHashCode()
    {
        GFp5 canonical = Canonical();
        return HashCode.Combine(canonical.A0, canonical.A1, canonical.A2, canonical.A3, canonical.A4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GFp5 operator +(in GFp5 left, in GFp5 right) => new(
        Goldilocks.Add(left.A0, right.A0), Goldilocks.Add(left.A1, right.A1), Goldilocks.Add(left.A2, right.A2),
        Goldilocks.Add(left.A3, right.A3), Goldilocks.Add(left.A4, right.A4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GFp5 operator -(in GFp5 left, in GFp5 right) => new(
        Goldilocks.Subtract(left.A0, right.A0), Goldilocks.Subtract(left.A1, right.A1), Goldilocks.Subtract(left.A2, right.A2),
        Goldilocks.Subtract(left.A3, right.A3), Goldilocks.Subtract(left.A4, right.A4));

    public static GFp5 operator -(in GFp5 value) => new(
        Goldilocks.Negate(value.A0), Goldilocks.Negate(value.A1), Goldilocks.Negate(value.A2),
        Goldilocks.Negate(value.A3), Goldilocks.Negate(value.A4));

    /// <summary>c_k = sum of a_i b_j over i + j = k, and three times that over i + j = k + 5, for z^5 = 3.</summary>
    public static GFp5 operator *(in GFp5 left, in GFp5 right)
    {
        ulong a0 = left.A0, a1 = left.A1, a2 = left.A2, a3 = left.A3, a4 = left.A4;
        ulong b0 = right.A0, b1 = right.A1, b2 = right.A2, b3 = right.A3, b4 = right.A4;

        ProductSum c0 = default;
        c0.Add(a1, b4);
        c0.Add(a2, b3);
        c0.Add(a3, b2);
        c0.Add(a4, b1);
        c0.Triple();
        c0.Add(a0, b0);

        ProductSum c1 = default;
        c1.Add(a2, b4);
        c1.Add(a3, b3);
        c1.Add(a4, b2);
        c1.Triple();
        c1.Add(a0, b1);
        c1.Add(a1, b0);

        ProductSum c2 = default;
        c2.Add(a3, b4);
        c2.Add(a4, b3);
        c2.Triple();
        c2.Add(a0, b2);
        c2.Add(a1, b1);
        c2.Add(a2, b0);

        ProductSum c3 = default;
        c3.Add(a4, b4);
        c3.Triple();
        c3.Add(a0, b3);
        c3.Add(a1, b2);
        c3.Add(a2, b1);
        c3.Add(a3, b0);

        ProductSum c4 = default;
        c4.Add(a0, b4);
        c4.Add(a1, b3);
        c4.Add(a2, b2);
        c4.Add(a3, b1);
        c4.Add(a4, b0);

        return new GFp5(c0.Reduce(), c1.Reduce(), c2.Reduce(), c3.Reduce(), c4.Reduce());
    }

    /// <summary>The product with itself: 15 multiplications instead of 25.</summary>
    public GFp5 Square()
    {
        ulong a0 = A0, a1 = A1, a2 = A2, a3 = A3, a4 = A4;

        ProductSum c0 = default;
        c0.Add(a1, a4);
        c0.Add(a2, a3);
        c0.Double();
        c0.Triple();
        c0.Add(a0, a0);

        ProductSum c1 = default;
        c1.Add(a2, a4);
        c1.Double();
        c1.Add(a3, a3);
        c1.Triple();
        ProductSum c1Cross = default;
        c1Cross.Add(a0, a1);
        c1Cross.Double();
        c1.Add(c1Cross);

        ProductSum c2 = default;
        c2.Add(a3, a4);
        c2.Triple();
        c2.Add(a0, a2);
        c2.Double();
        c2.Add(a1, a1);

        ProductSum c3 = default;
        c3.Add(a0, a3);
        c3.Add(a1, a2);
        c3.Double();
        ProductSum c3Wrapped = default;
        c3Wrapped.Add(a4, a4);
        c3Wrapped.Triple();
        c3.Add(c3Wrapped);

        ProductSum c4 = default;
        c4.Add(a0, a4);
        c4.Add(a1, a3);
        c4.Double();
        c4.Add(a2, a2);

        return new GFp5(c0.Reduce(), c1.Reduce(), c2.Reduce(), c3.Reduce(), c4.Reduce());
    }

    /// <summary>Every limb times a base field element.</summary>
    public GFp5 Scale(ulong factor) => new(
        Goldilocks.Multiply(A0, factor), Goldilocks.Multiply(A1, factor), Goldilocks.Multiply(A2, factor),
        Goldilocks.Multiply(A3, factor), Goldilocks.Multiply(A4, factor));

    /// <summary>Every limb doubled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GFp5 Twice() => this + this;

    /// <summary><paramref name="whenSet"/> for a mask of all ones, <paramref name="whenClear"/> for zero.</summary>
    public static GFp5 Select(ulong mask, in GFp5 whenSet, in GFp5 whenClear) => new(
        Branchless.Select(mask, whenSet.A0, whenClear.A0),
        Branchless.Select(mask, whenSet.A1, whenClear.A1),
        Branchless.Select(mask, whenSet.A2, whenClear.A2),
        Branchless.Select(mask, whenSet.A3, whenClear.A3),
        Branchless.Select(mask, whenSet.A4, whenClear.A4));
}
