namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>k P for any point. Its time and its memory accesses depend on k: for public scalars only (verification).</summary>
internal static class PointMultiplication
{
    private const int WindowLength = 17;

    public static CurvePoint Multiply(in Scalar k, in CurvePoint point)
    {
        Span<ulong> digits = stackalloc ulong[Scalar.DigitCount];
        k.WriteSignedDigits(digits);
        Span<CurvePoint> multiples = stackalloc CurvePoint[WindowLength];
        multiples[0] = CurvePoint.Neutral;
        for (int i = 1; i < WindowLength; i++)
        {
            multiples[i] = multiples[i - 1] + point;
        }

        CurvePoint product = CurvePoint.Neutral;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            product = product.DoubleTimes(Scalar.DigitBits);
            int digit = (int)digits[i];
            product += digit < 0 ? -multiples[-digit] : multiples[digit];
        }

        return product;
    }
}
