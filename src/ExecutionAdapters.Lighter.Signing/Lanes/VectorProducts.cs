using System.Runtime.CompilerServices;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>
/// Sums of 64-bit products out of 32-bit ones, without a carry. With halves a = a0 + 2^32 a1 a product is
/// a0 b0 + 2^32 (a0 b1 + a1 b0) + 2^64 a1 b1, and 2^64 = 2^32 - 1, 2^96 = -1 modulo p. Each of the three groups is summed twice:
/// wrapped, and its upper halves alone; from both follow the sum of the lower halves.
/// </summary>
internal static class VectorProducts<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : IVectorLanes<TVector>
{
    private struct Sums
    {
        public TVector Low;
        public TVector LowUpper;
        public TVector Middle;
        public TVector MiddleUpper;
        public TVector High;
        public TVector HighUpper;
    }

    /// <inheritdoc cref="ILanes{TVector}.SumOfProducts"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum(ref readonly TVector left, ref readonly TVector right, out TVector lower, out TVector upper)
    {
        ref TVector a = ref Unsafe.AsRef(in left);
        ref TVector b = ref Unsafe.AsRef(in right);
        Sums sums = default;
        Add(ref a, ref Unsafe.Add(ref b, 4), ref sums);
        Add(ref Unsafe.Add(ref a, 1), ref Unsafe.Add(ref b, 3), ref sums);
        Add(ref Unsafe.Add(ref a, 2), ref Unsafe.Add(ref b, 2), ref sums);
        Add(ref Unsafe.Add(ref a, 3), ref Unsafe.Add(ref b, 1), ref sums);
        Add(ref Unsafe.Add(ref a, 4), ref b, ref sums);

        TVector low = TLanes.Subtract(sums.Low, TLanes.ShiftLeft(sums.LowUpper, 32));
        TVector middle = TLanes.Subtract(sums.Middle, TLanes.ShiftLeft(sums.MiddleUpper, 32));
        TVector high = TLanes.Subtract(sums.High, TLanes.ShiftLeft(sums.HighUpper, 32));
        lower = TLanes.Subtract(TLanes.Subtract(low, sums.MiddleUpper), TLanes.Add(high, sums.HighUpper));
        upper = TLanes.Add(TLanes.Add(sums.LowUpper, middle), TLanes.Add(sums.MiddleUpper, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref TVector left, ref TVector right, ref Sums sums)
    {
        TVector a0 = left, a1 = Unsafe.Add(ref left, 5), b0 = right, b1 = Unsafe.Add(ref right, 9);
        TVector low = TLanes.MultiplyLower(a0, b0);
        TVector middle0 = TLanes.MultiplyLower(a0, b1);
        TVector middle1 = TLanes.MultiplyLower(a1, b0);
        TVector high = TLanes.MultiplyLower(a1, b1);
        sums.Low = TLanes.Add(sums.Low, low);
        sums.LowUpper = TLanes.Add(sums.LowUpper, TLanes.ShiftRight(low, 32));
        sums.Middle = TLanes.Add(TLanes.Add(sums.Middle, middle0), middle1);
        sums.MiddleUpper = TLanes.Add(TLanes.Add(sums.MiddleUpper, TLanes.ShiftRight(middle0, 32)), TLanes.ShiftRight(middle1, 32));
        sums.High = TLanes.Add(sums.High, high);
        sums.HighUpper = TLanes.Add(sums.HighUpper, TLanes.ShiftRight(high, 32));
    }
}
