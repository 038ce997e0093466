using System.Runtime.CompilerServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>Affine points, one in each lane: the coordinates x and u of <see cref="Curve.AffinePoint"/>.</summary>
internal struct AffineLanes<TVector>
{
    public Quintic<TVector> X;
    public Quintic<TVector> U;
}

/// <summary>
/// Points in fractional coordinates, one in each lane, and their addition: the complete formulas of <see cref="Curve.CurvePoint"/>,
/// with every sum and every multiple of b taken before the reduction instead of after it.
/// </summary>
internal struct PointLanes<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
{
    private const int Limbs = GFp5.LimbCount;

    public Quintic<TVector> X;
    public Quintic<TVector> Z;
    public Quintic<TVector> U;
    public Quintic<TVector> T;

    /// <summary>What both additions come to before their last four products. The names are those of the formulas in CurvePoint.</summary>
    private struct Terms
    {
        public WideQuintic<TVector> T1;
        public WideQuintic<TVector> BT2;
        public WideQuintic<TVector> T3;
        public Quintic<TVector> T4;
        public WideQuintic<TVector> T5;
        public WideQuintic<TVector> T6;
    }

    public void SetNeutral()
    {
        this = default;
        Z[0] = TLanes.Broadcast(1);
        T[0] = TLanes.Broadcast(1);
    }

    /// <summary>Adds a point with Z = T = 1 in every lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public void Add(ref readonly AffineLanes<TVector> other)
    {
        Unsafe.SkipInit(out Terms terms);
        QuinticLanes<TVector, TLanes>.Convolve(in other.X, out ConvolvedQuintic<TVector> factor);
        QuinticLanes<TVector, TLanes>.Multiply(in X, in factor, out terms.T1);
        QuinticLanes<TVector, TLanes>.Multiply(in Z, in factor, out terms.T5);
        QuinticLanes<TVector, TLanes>.Convolve(in other.U, out factor);
        QuinticLanes<TVector, TLanes>.Multiply(in U, in factor, out terms.T3);
        QuinticLanes<TVector, TLanes>.Multiply(in T, in factor, out terms.T6);
        AddTo(ref terms.T5, in X);
        AddTo(ref terms.T6, in U);
        Split(in Z, out WideQuintic<TVector> z);
        TimesB(in z, out terms.BT2);
        terms.T4 = T;
        Finish(in terms);
    }

    /// <summary>Adds any point in every lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public void Add(ref readonly PointLanes<TVector, TLanes> other)
    {
        Unsafe.SkipInit(out Terms terms);
        Multiply(in X, in other.X, out terms.T1);
        Multiply(in Z, in other.Z, out WideQuintic<TVector> t2);
        Multiply(in U, in other.U, out terms.T3);
        Multiply(in T, in other.T, out WideQuintic<TVector> t4);
        MultiplySums(in X, in Z, in other.X, in other.Z, out terms.T5);
        MultiplySums(in U, in T, in other.U, in other.T, out terms.T6);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            terms.T5[i] = TLanes.Subtract(TLanes.Subtract(terms.T5[i], terms.T1[i]), t2[i]);
            terms.T6[i] = TLanes.Subtract(TLanes.Subtract(terms.T6[i], terms.T3[i]), t4[i]);
        }

        TimesB(in t2, out terms.BT2);
        Fold(in t4, out terms.T4);
        Finish(in terms);
    }

    private void Finish(ref readonly Terms terms)
    {
        Unsafe.SkipInit(out WideQuintic<TVector> sum);
        Unsafe.SkipInit(out WideQuintic<TVector> other);

        // U = t6 (b t2 - t1)
        for (int i = 0; i < 2 * Limbs; i++)
        {
            sum[i] = TLanes.Subtract(terms.BT2[i], terms.T1[i]);
        }

        Fold(in sum, out Quintic<TVector> left);
        Fold(in terms.T6, out Quintic<TVector> right);
        Multiply(in left, in right, out WideQuintic<TVector> product);
        Fold(in product, out U);

        // t8 = t4 t7, t7 = t1 + b t2
        Unsafe.SkipInit(out WideQuintic<TVector> t7);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            t7[i] = TLanes.Add(terms.T1[i], terms.BT2[i]);
        }

        Fold(in t7, out right);
        Multiply(in terms.T4, in right, out WideQuintic<TVector> t8);

        // t9 = t3 (2b t5 + 2 t7)
        TimesB(in terms.T5, out other);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            TVector half = TLanes.Add(other[i], t7[i]);
            sum[i] = TLanes.Add(half, half);
        }

        Fold(in sum, out right);
        Fold(in terms.T3, out left);
        Multiply(in left, in right, out WideQuintic<TVector> t9);

        // t10 = (t4 + 2 t3)(t5 + t7)
        for (int i = 0; i < 2 * Limbs; i++)
        {
            sum[i] = TLanes.Add(terms.T3[i], terms.T3[i]);
            other[i] = TLanes.Add(terms.T5[i], t7[i]);
        }

        AddTo(ref sum, in terms.T4);
        Fold(in sum, out left);
        Fold(in other, out right);
        Multiply(in left, in right, out WideQuintic<TVector> t10);

        // X = b (t10 - t8), Z = t8 - t9, T = t8 + t9
        for (int i = 0; i < 2 * Limbs; i++)
        {
            sum[i] = TLanes.Subtract(t10[i], t8[i]);
        }

        TimesB(in sum, out other);
        Fold(in other, out X);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            sum[i] = TLanes.Subtract(t8[i], t9[i]);
            other[i] = TLanes.Add(t8[i], t9[i]);
        }

        Fold(in sum, out Z);
        Fold(in other, out T);
    }

    [SkipLocalsInit]
    private static void Multiply(ref readonly Quintic<TVector> left, ref readonly Quintic<TVector> right, out WideQuintic<TVector> product)
    {
        QuinticLanes<TVector, TLanes>.Convolve(in right, out ConvolvedQuintic<TVector> factor);
        QuinticLanes<TVector, TLanes>.Multiply(in left, in factor, out product);
    }

    private static void MultiplySums(
        ref readonly Quintic<TVector> left0,
        ref readonly Quintic<TVector> left1,
        ref readonly Quintic<TVector> right0,
        ref readonly Quintic<TVector> right1,
        out WideQuintic<TVector> product)
    {
        Split(in left0, out WideQuintic<TVector> sum);
        AddTo(ref sum, in left1);
        Fold(in sum, out Quintic<TVector> left);
        Split(in right0, out sum);
        AddTo(ref sum, in right1);
        Fold(in sum, out Quintic<TVector> right);
        Multiply(in left, in right, out product);
    }

    private static void Split(ref readonly Quintic<TVector> value, out WideQuintic<TVector> words)
    {
        Unsafe.SkipInit(out words);
        TVector mask = TLanes.Broadcast(Goldilocks.Epsilon);
        for (int i = 0; i < Limbs; i++)
        {
            words[i] = TLanes.And(value[i], mask);
            words[i + Limbs] = TLanes.ShiftRight(value[i], 32);
        }
    }

    private static void AddTo(ref WideQuintic<TVector> sum, ref readonly Quintic<TVector> value)
    {
        TVector mask = TLanes.Broadcast(Goldilocks.Epsilon);
        for (int i = 0; i < Limbs; i++)
        {
            sum[i] = TLanes.Add(sum[i], TLanes.And(value[i], mask));
            sum[i + Limbs] = TLanes.Add(sum[i + Limbs], TLanes.ShiftRight(value[i], 32));
        }
    }

    /// <summary>Times b = 263 z: a rotation of the limbs, times 263, and three times that for the one that wraps around z^5 = 3.</summary>
    private static void TimesB(ref readonly WideQuintic<TVector> value, out WideQuintic<TVector> result)
    {
        Unsafe.SkipInit(out result);
        for (int half = 0; half < 2 * Limbs; half += Limbs)
        {
            result[half] = Times263(QuinticLanes<TVector, TLanes>.Triple(value[half + Limbs - 1]));
            for (int i = half + 1; i < half + Limbs; i++)
            {
                result[i] = Times263(value[i - 1]);
            }
        }
    }

    /// <summary>(2^8 + 2^3 - 1) value: vectors have no multiplication of all 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Times263(TVector value) =>
        TLanes.Add(TLanes.ShiftLeft(value, 8), TLanes.Subtract(TLanes.ShiftLeft(value, 3), value));

    private static void Fold(ref readonly WideQuintic<TVector> words, out Quintic<TVector> value)
    {
        Unsafe.SkipInit(out value);
        for (int i = 0; i < Limbs; i++)
        {
            value[i] = QuinticLanes<TVector, TLanes>.Fold(words[i], words[i + Limbs]);
        }
    }
}
