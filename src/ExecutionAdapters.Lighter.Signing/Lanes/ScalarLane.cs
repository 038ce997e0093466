using System.Runtime.CompilerServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>One lane, in plain registers: for machines without suitable vectors.</summary>
internal readonly struct ScalarLane : ILanes<ulong>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Broadcast(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong left, ulong right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong left, ulong right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong And(ulong left, ulong right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Or(ulong left, ulong right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong left, ulong right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ShiftLeft(ulong value, int count) => value << count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ShiftRight(ulong value, int count) => value >> count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualMask(ulong left, ulong right) => Branchless.EqualMask(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EpsilonWhereWrapped(ulong before, ulong after) => Branchless.Mask(after < before) & Goldilocks.Epsilon;

    public static ulong Rotate(ulong value, int distance) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SumOfProducts(ref readonly ulong left, ref readonly ulong right, out ulong lower, out ulong upper)
    {
        ref ulong a = ref Unsafe.AsRef(in left);
        ref ulong b = ref Unsafe.AsRef(in right);
        ProductSum sum = default;
        sum.Add(a, Unsafe.Add(ref b, 4));
        sum.Add(Unsafe.Add(ref a, 1), Unsafe.Add(ref b, 3));
        sum.Add(Unsafe.Add(ref a, 2), Unsafe.Add(ref b, 2));
        sum.Add(Unsafe.Add(ref a, 3), Unsafe.Add(ref b, 1));
        sum.Add(Unsafe.Add(ref a, 4), b);
        sum.Split(out lower, out upper);
    }
}
