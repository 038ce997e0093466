using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>
/// A point of the prime-order group ECgFp5 in fractional coordinates: x = X/Z, u = x/y = U/T on
/// y^2 = x(x^2 + 2x + 263z). All formulas are complete: the neutral (0:1:0:1) and equal operands need no care.
/// </summary>
internal readonly struct CurvePoint
{
    /// <summary>b = 263 z.</summary>
    private const ulong B1 = 263;

    public readonly GFp5 X;
    public readonly GFp5 Z;
    public readonly GFp5 U;
    public readonly GFp5 T;

    public CurvePoint(in GFp5 x, in GFp5 z, in GFp5 u, in GFp5 t)
    {
        X = x;
        Z = z;
        U = u;
        T = t;
    }

    public static CurvePoint Neutral => new(GFp5.Zero, GFp5.One, GFp5.Zero, GFp5.One);

    /// <summary>The conventional generator, of encoding 4.</summary>
    public static CurvePoint Generator => new(
        new GFp5(12883135586176881569, 4356519642755055268, 5248930565894896907, 2165973894480315022, 2448410071095648785),
        GFp5.One,
        GFp5.One,
        new GFp5(4, 0, 0, 0, 0));

    public bool IsNeutral => U.IsZero;

    public bool IsSameAs(in CurvePoint other) => (U * other.T).Equals(other.U * T);

    /// <summary>w = y/x = T/U, the only encoding of the point; zero for the neutral.</summary>
    public GFp5 Encode() => T * U.Invert();

    /// <summary>The point of an encoding, false when there is none. For public values only.</summary>
    public static bool TryDecode(in GFp5 w, out CurvePoint point)
    {
        point = Neutral;
        if (w.IsZero)
        {
            return true;
        }

        // x^2 - (w^2 - a) x + b = 0. Of its two roots just one is a square; in (x, u) coordinates x is the other.
        GFp5 e = w.Square() - new GFp5(2, 0, 0, 0, 0);
        if (!(e.Square() - new GFp5(0, 4 * B1, 0, 0, 0)).TrySqrt(out GFp5 root))
        {
            return false;
        }

        const ulong half = (Goldilocks.Modulus + 1) / 2;
        GFp5 x = (e + root).Scale(half);
        if (x.Legendre() == 1)
        {
            x = (e - root).Scale(half);
        }

        point = new CurvePoint(x, GFp5.One, GFp5.One, w);
        return true;
    }

    public static CurvePoint operator -(in CurvePoint point) => new(point.X, point.Z, -point.U, point.T);

    public static CurvePoint operator +(in CurvePoint left, in CurvePoint right)
    {
        GFp5 t1 = left.X * right.X;
        GFp5 t2 = left.Z * right.Z;
        GFp5 t3 = left.U * right.U;
        GFp5 t4 = left.T * right.T;
        GFp5 t5 = ((left.X + left.Z) * (right.X + right.Z)) - t1 - t2;
        GFp5 t6 = ((left.U + left.T) * (right.U + right.T)) - t3 - t4;
        return FinishAddition(t1, t2, t3, t4, t5, t6);
    }

    /// <summary>Addition of an operand with Z = T = 1.</summary>
    public static CurvePoint operator +(in CurvePoint left, in AffinePoint right)
    {
        GFp5 t1 = left.X * right.X;
        GFp5 t3 = left.U * right.U;
        GFp5 t5 = left.X + (right.X * left.Z);
        GFp5 t6 = left.U + (right.U * left.T);
        return FinishAddition(t1, left.Z, t3, left.T, t5, t6);
    }

    public CurvePoint Double()
    {
        GFp5 t1 = Z * T;
        GFp5 t2 = t1 * T;
        GFp5 s = t2.Square();
        GFp5 z1 = t1 * U;
        GFp5 t3 = U.Square();
        GFp5 w1 = t2 - ((X + Z).Twice() * t3);
        GFp5 t4 = z1.Square();
        GFp5 w1Squared = w1.Square();
        return new CurvePoint(
            TimesB(t4, 4),
            w1Squared,
            (w1 + z1).Square() - t4 - w1Squared,
            s.Twice() - t4.Twice().Twice() - w1Squared);
    }

    /// <summary>
    /// 2^count times the point, for a count of at least 2: between the first and the last doubling the coordinates are those of another,
    /// isogenous curve (x, w, z), where a doubling takes two multiplications less.
    /// </summary>
    public CurvePoint DoubleTimes(int count)
    {
        GFp5 t1 = Z * T;
        GFp5 t2 = t1 * T;
        GFp5 z = t1 * U;
        GFp5 w = t2 - ((X + Z).Twice() * U.Square());
        GFp5 ww = w.Square();
        GFp5 zz = z.Square();
        GFp5 x = TimesB(zz.Square(), 16);
        z = (w + z).Square() - ww - zz;
        w = t2.Square().Twice() - zz.Twice().Twice() - ww;
        for (int i = 2; i < count; i++)
        {
            zz = z.Square();
            ww = w.Square();
            GFp5 zzzz = zz.Square();
            GFp5 wwww = ww.Square();
            z = ((w + z).Square() - zz - ww) * ((x + zz).Twice() - ww);
            x = TimesB(zzzz * wwww, 16);
            w = zzzz.Twice().Twice() - wwww - TimesB(zzzz, 4);
        }

        ww = w.Square();
        zz = z.Square();
        GFp5 t3 = (w + z).Square() - ww - zz;
        GFp5 w1 = ww - (x + zz).Twice();
        GFp5 w1Squared = w1.Square();
        return new CurvePoint(TimesB(t3.Square(), 1), w1Squared, t3 * w1, (ww * (ww - zz.Twice())).Twice() - w1Squared);
    }

    private static CurvePoint FinishAddition(in GFp5 t1, in GFp5 t2, in GFp5 t3, in GFp5 t4, in GFp5 t5, in GFp5 t6)
    {
        GFp5 bt2 = TimesB(t2, 1);
        GFp5 t7 = t1 + bt2;
        GFp5 t8 = t4 * t7;
        GFp5 t9 = t3 * (TimesB(t5, 2) + t7.Twice());
        GFp5 t10 = (t4 + t3.Twice()) * (t5 + t7);
        return new CurvePoint(TimesB(t10 - t8, 1), t8 - t9, t6 * (bt2 - t1), t8 + t9);
    }

    /// <summary>factor * b * value: a rotation of the limbs, times 263, and 789 for the one that wraps around z^5 = 3.</summary>
    private static GFp5 TimesB(in GFp5 value, ulong factor) => new(
        Goldilocks.Multiply(value.A4, 3 * B1 * factor),
        Goldilocks.Multiply(value.A0, B1 * factor),
        Goldilocks.Multiply(value.A1, B1 * factor),
        Goldilocks.Multiply(value.A2, B1 * factor),
        Goldilocks.Multiply(value.A3, B1 * factor));
}
