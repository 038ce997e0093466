using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>Eight lanes: AVX-512.</summary>
internal readonly struct Lanes512 : IVectorLanes<Vector512<ulong>>
{
    public static int Count => Vector512<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Broadcast(ulong value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Add(Vector512<ulong> left, Vector512<ulong> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Subtract(Vector512<ulong> left, Vector512<ulong> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> And(Vector512<ulong> left, Vector512<ulong> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Or(Vector512<ulong> left, Vector512<ulong> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> left, Vector512<ulong> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftLeft(Vector512<ulong> value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> ShiftRight(Vector512<ulong> value, int count) => value >>> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> EqualMask(Vector512<ulong> left, Vector512<ulong> right) => Vector512.Equals(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> EpsilonWhereWrapped(Vector512<ulong> before, Vector512<ulong> after) =>
        Vector512.LessThan(after, before) >>> 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Rotate(Vector512<ulong> value, int distance) => distance switch
    {
        4 => Vector512.Shuffle(value, Vector512.Create(4UL, 5, 6, 7, 0, 1, 2, 3)),
        2 => Vector512.Shuffle(value, Vector512.Create(2UL, 3, 4, 5, 6, 7, 0, 1)),
        _ => Vector512.Shuffle(value, Vector512.Create(1UL, 2, 3, 4, 5, 6, 7, 0)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> MultiplyLower(Vector512<ulong> left, Vector512<ulong> right) => Avx512F.IsSupported
        ? Avx512F.Multiply(left.AsUInt32(), right.AsUInt32())
        : Vector512.Create(
            Lanes256.MultiplyLower(left.GetLower(), right.GetLower()), Lanes256.MultiplyLower(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumOfProducts(
        ref readonly Vector512<ulong> left, ref readonly Vector512<ulong> right, out Vector512<ulong> lower, out Vector512<ulong> upper) =>
        VectorProducts<Vector512<ulong>, Lanes512>.Sum(in left, in right, out lower, out upper);
}
