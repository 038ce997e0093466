namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <content>Frobenius, inversion, Legendre symbol and square root.</content>
internal readonly partial struct GFp5
{
    // r = 3^((p-1)/5), a primitive fifth root of unity: z^p = r z.
    private const ulong Root1 = 1041288259238279555;
    private const ulong Root2 = 15820824984080659046;
    private const ulong Root3 = 211587555138949697;
    private const ulong Root4 = 1373043270956696022;

    /// <summary>this^p: limb i times r^i.</summary>
    public GFp5 Frobenius() => new(
        A0,
        Goldilocks.Multiply(A1, Root1),
        Goldilocks.Multiply(A2, Root2),
        Goldilocks.Multiply(A3, Root3),
        Goldilocks.Multiply(A4, Root4));

    /// <summary>this^(p^2): limb i times r^(2i).</summary>
    public GFp5 FrobeniusTwice() => new(
        A0,
        Goldilocks.Multiply(A1, Root2),
        Goldilocks.Multiply(A2, Root4),
        Goldilocks.Multiply(A3, Root1),
        Goldilocks.Multiply(A4, Root3));

    /// <summary>The inverse; zero for zero. By the norm: this^(1 + p + p^2 + p^3 + p^4) lies in F.</summary>
    public GFp5 Invert()
    {
        GFp5 conjugates = OtherConjugates();
        return conjugates.Scale(Goldilocks.Invert(ProductInBaseField(this, conjugates)));
    }

    /// <summary>1 for a non-zero square, -1 for a non-square, 0 for zero: the symbol of the norm.</summary>
    public int Legendre() => Goldilocks.Legendre(ProductInBaseField(this, OtherConjugates()));

    /// <summary>One of the two square roots. Its time depends on the value: for public values only.</summary>
    public bool TrySqrt(out GFp5 root)
    {
        root = Zero;
        if (IsZero)
        {
            return true;
        }

        // d = this^((p+1)/2), e = d^(p + p^3); the square of the root is (this e^2) / e^2 with this e^2 in F.
        GFp5 power = SquareTimes(31);
        GFp5 d = this * power.SquareTimes(32) * power.Invert();
        GFp5 e = (d * d.FrobeniusTwice()).Frobenius();
        if (!Goldilocks.TrySqrt(ProductInBaseField(this, e.Square()), out ulong scale))
        {
            return false;
        }

        root = e.Invert().Scale(scale);
        return true;
    }

    public GFp5 SquareTimes(int count)
    {
        GFp5 value = this;
        for (int i = 0; i < count; i++)
        {
            value = value.Square();
        }

        return value;
    }

    /// <summary>this^(p + p^2 + p^3 + p^4).</summary>
    private GFp5 OtherConjugates()
    {
        GFp5 first = Frobenius();
        GFp5 pair = first * first.Frobenius();
        return pair * pair.FrobeniusTwice();
    }

    /// <summary>Limb 0 of a product that is known to lie in F.</summary>
    private static ulong ProductInBaseField(in GFp5 left, in GFp5 right)
    {
        ProductSum limb = default;
        limb.Add(left.A1, right.A4);
        limb.Add(left.A2, right.A3);
        limb.Add(left.A3, right.A2);
        limb.Add(left.A4, right.A1);
        limb.Scale(3);
        limb.Add(left.A0, right.A0);
        return limb.Reduce();
    }
}
