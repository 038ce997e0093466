using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>
/// k G without a doubling: for each of the 64 signed base-32 digits of k a row of 1..16 times 32^i G, of which a masked
/// scan over the whole row takes one. No branch and no address depends on k.
/// </summary>
internal static class GeneratorComb
{
    private const int RowLength = 16;

    /// <summary>The product, secret as k is: the caller clears it after use.</summary>
    public static void Multiply(in Scalar k, out CurvePoint product)
    {
        Span<sbyte> digits = stackalloc sbyte[Scalar.DigitCount];
        k.WriteSignedDigits(digits);
        ReadOnlySpan<AffinePoint> rows = Table.Rows;
        product = CurvePoint.Neutral;
        AffinePoint entry = default;
        for (int i = 0; i < digits.Length; i++)
        {
            Scan(rows.Slice(i * RowLength, RowLength), digits[i], out entry);
            product += entry;
        }

        SecretMemory.Clear(ref entry);
        SecretMemory.Clear(digits);
    }

    private static void Scan(ReadOnlySpan<AffinePoint> row, int digit, out AffinePoint entry)
    {
        int sign = digit >> 31;
        uint magnitude = (uint)((digit ^ sign) - sign);
        ulong x0 = 0, x1 = 0, x2 = 0, x3 = 0, x4 = 0;
        ulong u0 = 0, u1 = 0, u2 = 0, u3 = 0, u4 = 0;
        for (int i = 0; i < row.Length; i++)
        {
            ref readonly AffinePoint candidate = ref row[i];
            ulong mask = Branchless.EqualMask((ulong)(i + 1), magnitude);
            x0 |= candidate.X.A0 & mask;
            x1 |= candidate.X.A1 & mask;
            x2 |= candidate.X.A2 & mask;
            x3 |= candidate.X.A3 & mask;
            x4 |= candidate.X.A4 & mask;
            u0 |= candidate.U.A0 & mask;
            u1 |= candidate.U.A1 & mask;
            u2 |= candidate.U.A2 & mask;
            u3 |= candidate.U.A3 & mask;
            u4 |= candidate.U.A4 & mask;
        }

        var u = new GFp5(u0, u1, u2, u3, u4);
        entry = new AffinePoint(new GFp5(x0, x1, x2, x3, x4), GFp5.Select((ulong)(long)sign, -u, u));
    }

    /// <summary>Public data, built once by the first use: 64 rows of 16 points, 80 KiB.</summary>
    private static class Table
    {
        private static readonly AffinePoint[] Points = Build();

        public static ReadOnlySpan<AffinePoint> Rows => Points;

        private static AffinePoint[] Build()
        {
            var points = new CurvePoint[Scalar.DigitCount * RowLength];
            CurvePoint rowBase = CurvePoint.Generator;
            for (int start = 0; start < points.Length; start += RowLength)
            {
                CurvePoint multiple = rowBase;
                points[start] = multiple;
                for (int i = 1; i < RowLength; i++)
                {
                    multiple += rowBase;
                    points[start + i] = multiple;
                }

                rowBase = multiple.Double();
            }

            var affine = new AffinePoint[points.Length];
            AffinePoint.Normalize(points, affine);
            return affine;
        }
    }
}
