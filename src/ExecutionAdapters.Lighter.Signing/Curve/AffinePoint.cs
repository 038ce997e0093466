using System.Runtime.InteropServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <summary>A point with Z = T = 1. The neutral is all zeros, which lets a masked scan that matches nothing find it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct AffinePoint(in GFp5 x, in GFp5 u)
{
    public readonly GFp5 X = x;
    public readonly GFp5 U = u;

    /// <summary>Brings many points to affine form with a single inversion.</summary>
    public static void Normalize(ReadOnlySpan<CurvePoint> points, Span<AffinePoint> affine)
    {
        // Z and T of a group element are never zero.
        var prefixes = new GFp5[points.Length];
        GFp5 product = GFp5.One;
        for (int i = 0; i < points.Length; i++)
        {
            prefixes[i] = product;
            product *= points[i].Z * points[i].T;
        }

        GFp5 inverse = product.Invert();
        for (int i = points.Length - 1; i >= 0; i--)
        {
            ref readonly CurvePoint point = ref points[i];
            GFp5 inverseOfBoth = inverse * prefixes[i];
            inverse *= point.Z * point.T;
            affine[i] = new AffinePoint(
                (point.X * point.T * inverseOfBoth).Canonical(),
                (point.U * point.Z * inverseOfBoth).Canonical());
        }
    }
}
