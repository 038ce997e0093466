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
        public WideQuintic<TVector> T2;
        public WideQuintic<TVector> T3;
        public Quintic<TVector> T4;
        public WideQuintic<TVector> T5;
        public WideQuintic<TVector> T6;
    }

    /// <summary>The factors of the last four products.</summary>
    private struct Factors
    {
        public Quintic<TVector> U0;
        public Quintic<TVector> U1;
        public Quintic<TVector> T7;
        public Quintic<TVector> T9A;
        public Quintic<TVector> T9B;
        public Quintic<TVector> T10A;
        public Quintic<TVector> T10B;
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
        Split(in Z, out terms.T2);
        terms.T4 = T;
        Finish(in terms);
    }

    /// <summary>Adds any point in every lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public void Add(ref readonly PointLanes<TVector, TLanes> other)
    {
        Unsafe.SkipInit(out Terms terms);
        Multiply(in X, in other.X, out terms.T1);
        Multiply(in Z, in other.Z, out terms.T2);
        Multiply(in U, in other.U, out terms.T3);
        Multiply(in T, in other.T, out WideQuintic<TVector> t4);
        MultiplySums(in X, in Z, in other.X, in other.Z, out terms.T5);
        MultiplySums(in U, in T, in other.U, in other.T, out terms.T6);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            terms.T5[i] = TLanes.Subtract(TLanes.Subtract(terms.T5[i], terms.T1[i]), terms.T2[i]);
            terms.T6[i] = TLanes.Subtract(TLanes.Subtract(terms.T6[i], terms.T3[i]), t4[i]);
        }

        QuinticLanes<TVector, TLanes>.Fold(in t4, out terms.T4);
        Finish(in terms);
    }

    /// <summary>U = t6 (b t2 - t1), t7 = t1 + b t2, t8 = t4 t7, t9 = t3 (2b t5 + 2 t7), t10 = (t4 + 2 t3)(t5 + t7), X = b (t10 - t8), Z = t8 - t9, T = t8 + t9.</summary>
    [SkipLocalsInit]
    private void Finish(ref readonly Terms terms)
    {
        Unsafe.SkipInit(out Factors factors);
        for (int i = 0; i < Limbs; i++)
        {
            WriteFactors(in terms, i, ref factors);
        }

        Multiply(in factors.U0, in factors.U1, out WideQuintic<TVector> u);
        Multiply(in terms.T4, in factors.T7, out WideQuintic<TVector> t8);
        Multiply(in factors.T9A, in factors.T9B, out WideQuintic<TVector> t9);
        Multiply(in factors.T10A, in factors.T10B, out WideQuintic<TVector> t10);
        for (int i = 0; i < 2 * Limbs; i++)
        {
            t10[i] = TLanes.Subtract(t10[i], t8[i]);
        }

        for (int i = 0; i < Limbs; i++)
        {
            U[i] = Fold(u[i], u[i + Limbs]);
            X[i] = Fold(TimesB(in t10, i, 0), TimesB(in t10, i, Limbs));
            Z[i] = Fold(TLanes.Subtract(t8[i], t9[i]), TLanes.Subtract(t8[i + Limbs], t9[i + Limbs]));
            T[i] = Fold(TLanes.Add(t8[i], t9[i]), TLanes.Add(t8[i + Limbs], t9[i + Limbs]));
        }
    }

    /// <summary>One limb of each factor: every sum is taken on words that wait for their reduction, in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFactors(ref readonly Terms terms, int i, ref Factors factors)
    {
        TVector t1 = terms.T1[i], t1Upper = terms.T1[i + Limbs];
        TVector bt2 = TimesB(in terms.T2, i, 0), bt2Upper = TimesB(in terms.T2, i, Limbs);
        factors.U0[i] = Fold(TLanes.Subtract(bt2, t1), TLanes.Subtract(bt2Upper, t1Upper));
        factors.U1[i] = Fold(terms.T6[i], terms.T6[i + Limbs]);
        TVector t7 = TLanes.Add(t1, bt2), t7Upper = TLanes.Add(t1Upper, bt2Upper);
        factors.T7[i] = Fold(t7, t7Upper);
        TVector half = TLanes.Add(TimesB(in terms.T5, i, 0), t7), halfUpper = TLanes.Add(TimesB(in terms.T5, i, Limbs), t7Upper);
        factors.T9B[i] = Fold(TLanes.Add(half, half), TLanes.Add(halfUpper, halfUpper));
        TVector t3 = terms.T3[i], t3Upper = terms.T3[i + Limbs], t4 = terms.T4[i];
        factors.T9A[i] = Fold(t3, t3Upper);
        TVector t4Lower = TLanes.And(t4, TLanes.Broadcast(Goldilocks.Epsilon)), t4Upper = TLanes.ShiftRight(t4, 32);
        factors.T10A[i] = Fold(
            TLanes.Add(TLanes.Add(t3, t3), t4Lower), TLanes.Add(TLanes.Add(t3Upper, t3Upper), t4Upper));
        factors.T10B[i] = Fold(TLanes.Add(terms.T5[i], t7), TLanes.Add(terms.T5[i + Limbs], t7Upper));
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
        QuinticLanes<TVector, TLanes>.Fold(in sum, out Quintic<TVector> left);
        Split(in right0, out sum);
        AddTo(ref sum, in right1);
        QuinticLanes<TVector, TLanes>.Fold(in sum, out Quintic<TVector> right);
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

    /// <summary>
    /// Limb i of b = 263 z times the value, its lower words or, from <paramref name="half"/> on, its upper ones: the limb before it
    /// times 263, and for the one that wraps around z^5 = 3 three times that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TimesB(ref readonly WideQuintic<TVector> value, int i, int half) => i == 0
        ? Times263(QuinticLanes<TVector, TLanes>.Triple(value[half + Limbs - 1]))
        : Times263(value[half + i - 1]);

    /// <summary>(2^8 + 2^3 - 1) value: vectors have no multiplication of all 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Times263(TVector value) =>
        TLanes.Add(TLanes.ShiftLeft(value, 8), TLanes.Subtract(TLanes.ShiftLeft(value, 3), value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fold(TVector lower, TVector upper) => QuinticLanes<TVector, TLanes>.Fold(lower, upper);
}
