using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>
/// k P for a P that is used again and again, without a doubling: for each of the 64 signed base-32 digits of k there is a row
/// of 1…16 times 32^i P, of which a masked scan over the whole row takes one. No branch and no address depends on k.
/// Independent rows are added in the lanes of a vector, and the lanes are added at the end.
/// </summary>
internal abstract class FixedBaseComb
{
    protected const int RowLength = 16;

    /// <summary>The comb of the generator, 80 KiB, built by the first use.</summary>
    public static FixedBaseComb Generator { get; } = Create(CurvePoint.Generator);

    /// <summary>The instruction set that combs of this machine use: avx512, avx2, arm64 (one lane, by its 64-bit multiplier) or scalar.</summary>
    public static string Path => Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : ArmBase.Arm64.IsSupported ? "arm64" : "scalar";

    /// <summary>The fastest comb that this machine supports.</summary>
    public static FixedBaseComb Create(in CurvePoint point) =>
        Avx512F.IsSupported ? new FixedBaseComb<Vector512<ulong>, Lanes512>(point)
        : Avx2.IsSupported ? new FixedBaseComb<Vector256<ulong>, Lanes256>(point)
        : new FixedBaseComb<ulong, ScalarLane>(point);

    /// <summary>k P, secret as k is: the caller clears it after use.</summary>
    public abstract void Multiply(in Scalar k, out CurvePoint product);

    /// <summary>k P + l Q for another comb of this machine's.</summary>
    public abstract void MultiplyAdd(in Scalar k, FixedBaseComb other, in Scalar l, out CurvePoint sum);

    /// <summary>Row after row, 1…16 times 32^i P.</summary>
    protected static AffinePoint[] Multiples(in CurvePoint point)
    {
        var points = new CurvePoint[Scalar.DigitCount * RowLength];
        CurvePoint rowBase = point;
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
