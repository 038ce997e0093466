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
    /// <remarks>
    /// b with the tripled limbs before it makes every c_k the same five products, one place further on. A loop over k, not five
    /// copies, since it leaves the registers to the sums.
    /// </remarks>
    [SkipLocalsInit]
    public static GFp5 operator *(in GFp5 left, in GFp5 right)
    {
        // Limb by limb in and out: a copy of the whole would wait until single limbs written just before have reached the cache.
        ulong a0 = left.A0, a1 = left.A1, a2 = left.A2, a3 = left.A3, a4 = left.A4;
        ulong b1 = right.A1, b2 = right.A2, b3 = right.A3, b4 = right.A4;
        Unsafe.SkipInit(out Convolved convolved);
        ref ulong b = ref convolved[0];
        b = Triple(b1);
        Unsafe.Add(ref b, 1) = Triple(b2);
        Unsafe.Add(ref b, 2) = Triple(b3);
        Unsafe.Add(ref b, 3) = Triple(b4);
        Unsafe.Add(ref b, 4) = right.A0;
        Unsafe.Add(ref b, 5) = b1;
        Unsafe.Add(ref b, 6) = b2;
        Unsafe.Add(ref b, 7) = b3;
        Unsafe.Add(ref b, 8) = b4;

        Unsafe.SkipInit(out Limbs product);
        ref ulong c = ref product[0];
        for (nint k = 0; k < LimbCount; k++)
        {
            ProductSum sum = default;
            sum.Add(a0, Unsafe.Add(ref b, k + 4));
            sum.Add(a1, Unsafe.Add(ref b, k + 3));
            sum.Add(a2, Unsafe.Add(ref b, k + 2));
            sum.Add(a3, Unsafe.Add(ref b, k + 1));
            sum.Add(a4, Unsafe.Add(ref b, k));
            Unsafe.Add(ref c, k) = sum.Reduce();
        }

        return new GFp5(c, Unsafe.Add(ref c, 1), Unsafe.Add(ref c, 2), Unsafe.Add(ref c, 3), Unsafe.Add(ref c, 4));
    }

    /// <summary>The product with itself: 15 multiplications instead of 25.</summary>
    public GFp5 Square()
    {
        ulong twice0 = Goldilocks.Add(A0, A0), twice1 = Goldilocks.Add(A1, A1);

        ProductSum c0 = default;
        c0.Add(A1, A4);
        c0.Add(A2, A3);
        c0.Scale(6);
        c0.Add(A0, A0);
        ulong limb0 = c0.Reduce();

        ProductSum c1 = default;
        c1.Add(A2, A4);
        c1.Scale(2);
        c1.Add(A3, A3);
        c1.Scale(3);
        c1.Add(twice0, A1);
        ulong limb1 = c1.Reduce();

        ProductSum c2 = default;
        c2.Add(A3, A4);
        c2.Scale(3);
        c2.Add(A0, A2);
        c2.Scale(2);
        c2.Add(A1, A1);
        ulong limb2 = c2.Reduce();

        ProductSum c3 = default;
        c3.Add(A4, A4);
        c3.Scale(3);
        c3.Add(twice0, A3);
        c3.Add(twice1, A2);
        ulong limb3 = c3.Reduce();

        ProductSum c4 = default;
        c4.Add(twice0, A4);
        c4.Add(twice1, A3);
        c4.Add(A2, A2);
        return new GFp5(limb0, limb1, limb2, limb3, c4.Reduce());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Triple(ulong limb) => SplitSum.Fold(3 * (limb & 0xFFFF_FFFF), 3 * (limb >> 32));

    [InlineArray(LimbCount)]
    private struct Limbs
    {
        private ulong _limb;
    }

    [InlineArray(LimbCount + LimbCount - 1)]
    private struct Convolved
    {
        private ulong _limb;
    }

    /// <summary>Every limb times a base field element.</summary>
    public GFp5 Scale(ulong factor) => new(
        Goldilocks.Multiply(A0, factor), Goldilocks.Multiply(A1, factor), Goldilocks.Multiply(A2, factor),
        Goldilocks.Multiply(A3, factor), Goldilocks.Multiply(A4, factor));

    /// <summary>Every limb doubled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GFp5 Twice() => this + this;
}
