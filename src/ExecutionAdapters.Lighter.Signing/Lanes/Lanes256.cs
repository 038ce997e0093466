using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>Four lanes: AVX2.</summary>
internal readonly struct Lanes256 : IVectorLanes<Vector256<ulong>>
{
    public static int Count => Vector256<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Broadcast(ulong value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Subtract(Vector256<ulong> left, Vector256<ulong> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> And(Vector256<ulong> left, Vector256<ulong> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Or(Vector256<ulong> left, Vector256<ulong> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftLeft(Vector256<ulong> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> ShiftRight(Vector256<ulong> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> EqualMask(Vector256<ulong> left, Vector256<ulong> right) => Vector256.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> EpsilonWhereWrapped(Vector256<ulong> before, Vector256<ulong> after) =>
        // There is no unsigned comparison; but what wrapped lost its highest bit.
        Vector256.LessThan(Vector256.AndNot(before, after).AsInt64(), Vector256<long>.Zero).AsUInt64() >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Rotate(Vector256<ulong> value, int distance) => distance == 2
        ? Vector256.Shuffle(value, Vector256.Create(2UL, 3, 0, 1))
        : Vector256.Shuffle(value, Vector256.Create(1UL, 2, 3, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> MultiplyLower(Vector256<ulong> left, Vector256<ulong> right) => Avx2.IsSupported
        ? Avx2.Multiply(left.AsUInt32(), right.AsUInt32())
        : Vector256.Create(
            Lanes128.MultiplyLower(left.GetLower(), right.GetLower()), Lanes128.MultiplyLower(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumOfProducts(
        ref readonly Vector256<ulong> left, ref readonly Vector256<ulong> right, out Vector256<ulong> lower, out Vector256<ulong> upper) =>
        VectorProducts<Vector256<ulong>, Lanes256>.Sum(in left, in right, out lower, out upper);
}
