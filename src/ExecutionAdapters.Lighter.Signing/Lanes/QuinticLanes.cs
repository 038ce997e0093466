using System.Runtime.CompilerServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>As many elements of GF(p^5) as a vector has lanes: limb i of all of them is one vector.</summary>
[InlineArray(GFp5.LimbCount)]
internal struct Quintic<TVector>
{
    private TVector _limb;
}

/// <summary>Elements that wait for their reduction: five lower words, then five upper ones, limb i = lower + 2^32 upper.</summary>
[InlineArray(2 * GFp5.LimbCount)]
internal struct WideQuintic<TVector>
{
    private TVector _word;
}

/// <summary>
/// A factor as it is convolved with another: the tripled limbs 1…4, then the limbs 0…4; then the same nine shifted right by 32.
/// c_k is the sum of a_i b_j over i + j = k, and, for z^5 = 3, three times that over i + j = k + 5: with the tripled limbs before
/// the others every c_k is the same five products, one place further on.
/// </summary>
[InlineArray(2 * HalfLength)]
internal struct ConvolvedQuintic<TVector>
{
    public const int HalfLength = (2 * GFp5.LimbCount) - 1;

    private TVector _limb;
}

/// <summary>Multiplication in GF(p^5), lane by lane.</summary>
internal static class QuinticLanes<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
{
    private const int Limbs = GFp5.LimbCount;

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public static void Convolve(ref readonly Quintic<TVector> factor, out ConvolvedQuintic<TVector> convolved)
    {
        Unsafe.SkipInit(out convolved);
        ref TVector result = ref convolved[0];
        for (nint i = 0; i < Limbs; i++)
        {
            TVector limb = factor[(int)i];
            ref TVector place = ref Unsafe.Add(ref result, Limbs - 1 + i);
            place = limb;
            Unsafe.Add(ref place, ConvolvedQuintic<TVector>.HalfLength) = TLanes.ShiftRight(limb, 32);
        }

        TVector mask = TLanes.Broadcast(Goldilocks.Epsilon);
        for (nint i = 0; i < Limbs - 1; i++)
        {
            TVector limb = factor[(int)i + 1];
            TVector lower = TLanes.And(limb, mask), upper = TLanes.ShiftRight(limb, 32);
            TVector tripled = Fold(Triple(lower), Triple(upper));
            Unsafe.Add(ref result, i) = tripled;
            Unsafe.Add(ref result, i + ConvolvedQuintic<TVector>.HalfLength) = TLanes.ShiftRight(tripled, 32);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public static void Multiply(
        ref readonly Quintic<TVector> left, ref readonly ConvolvedQuintic<TVector> right, out WideQuintic<TVector> product)
    {
        Unsafe.SkipInit(out product);
        Unsafe.SkipInit(out WideQuintic<TVector> halves);
        ref TVector a = ref halves[0];
        for (nint i = 0; i < Limbs; i++)
        {
            TVector limb = left[(int)i];
            Unsafe.Add(ref a, i) = limb;
            Unsafe.Add(ref a, i + Limbs) = TLanes.ShiftRight(limb, 32);
        }

        ref TVector b = ref Unsafe.AsRef(in right[0]);
        ref TVector result = ref product[0];
        for (nint k = 0; k < Limbs; k++)
        {
            TLanes.SumOfProducts(ref a, ref Unsafe.Add(ref b, k), out TVector lower, out TVector upper);
            Unsafe.Add(ref result, k) = lower;
            Unsafe.Add(ref result, k + Limbs) = upper;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Triple(TVector value) => TLanes.Add(TLanes.Add(value, value), value);

    /// <summary>See <see cref="SplitSum.Fold"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Fold(TVector lower, TVector upper) => FoldPositive(
        TLanes.Add(lower, TLanes.Broadcast(SplitSum.LowerOffset)), TLanes.Add(upper, TLanes.Broadcast(SplitSum.UpperOffset)));

    /// <summary>All limbs of elements that wait for their reduction.</summary>
    public static void Fold(ref readonly WideQuintic<TVector> words, out Quintic<TVector> value)
    {
        Unsafe.SkipInit(out value);
        for (int i = 0; i < Limbs; i++)
        {
            value[i] = Fold(words[i], words[i + Limbs]);
        }
    }

    /// <summary>Like <see cref="Fold(TVector, TVector)"/> for words that are not negative, without the offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector FoldPositive(TVector lower, TVector upper)
    {
        upper = TLanes.Add(upper, TLanes.ShiftRight(lower, 32));
        TVector joined = TLanes.Add(TLanes.ShiftLeft(upper, 32), TLanes.And(lower, TLanes.Broadcast(Goldilocks.Epsilon)));
        TVector high = TLanes.ShiftRight(upper, 32);
        TVector sum = TLanes.Add(joined, TLanes.Subtract(TLanes.ShiftLeft(high, 32), high));
        return TLanes.Add(sum, TLanes.EpsilonWhereWrapped(joined, sum));
    }
}
