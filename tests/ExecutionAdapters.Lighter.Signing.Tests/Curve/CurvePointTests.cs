using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests.Curve;

public sealed class CurvePointTests
{
    [Fact]
    public void Point_vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("ecgfp5.json", "points"))
        {
            CurvePoint p = PointMultiplication.Multiply(vector.ReadScalar("k"), CurvePoint.Generator);
            CurvePoint q = PointMultiplication.Multiply(vector.ReadScalar("l"), CurvePoint.Generator);
            Assert.Equal(vector.Text("kG"), p.Encode().Hex());
            Assert.Equal(vector.Text("lG"), q.Encode().Hex());
            Assert.Equal(vector.Text("sum"), (p + q).Encode().Hex());
            Assert.Equal(vector.Text("double_kG"), p.Double().Encode().Hex());
            Assert.Equal(vector.Text("double_kG"), (p + p).Encode().Hex());
            Assert.Equal(vector.Text("l_times_kG"), PointMultiplication.Multiply(vector.ReadScalar("l"), p).Encode().Hex());
        }
    }

    [Fact]
    public void Decoded_points_add_like_computed_ones()
    {
        // The wrong choice of the two x passes through encode and decode and fails only here.
        foreach (JsonElement vector in Vectors.Items("ecgfp5.json", "points"))
        {
            Assert.True(CurvePoint.TryDecode(vector.Quintic("kG"), out CurvePoint p));
            Assert.True(CurvePoint.TryDecode(vector.Quintic("lG"), out CurvePoint q));
            FixedBaseComb.Generator.Multiply(vector.ReadScalar("l"), out CurvePoint computed);
            Assert.Equal(vector.Text("sum"), (p + q).Encode().Hex());
            Assert.Equal(vector.Text("sum"), (p + computed).Encode().Hex());
            Assert.True(q.IsSameAs(computed));
        }
    }

    [Fact]
    public void Decode_vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("ecgfp5.json", "decode"))
        {
            GFp5 w = vector.Quintic("w");
            bool decodes = CurvePoint.TryDecode(w, out CurvePoint point);
            Assert.Equal(vector.GetProperty("decodes").GetBoolean(), decodes);
            Assert.Equal(vector.GetProperty("neutral").GetBoolean(), decodes && point.IsNeutral);
            if (decodes)
            {
                Assert.Equal(w, point.Encode());
                Assert.True(PointMultiplication.Multiply(RandomValues.ToScalar(RandomValues.N - 1), point).IsSameAs(-point));
            }
        }
    }

    [Fact]
    public void Complete_formulas_need_no_care()
    {
        CurvePoint g = CurvePoint.Generator;
        CurvePoint neutral = CurvePoint.Neutral;
        Assert.True((g + neutral).IsSameAs(g));
        Assert.True((neutral + g).IsSameAs(g));
        Assert.True((neutral + neutral).IsNeutral);
        Assert.True(neutral.Double().IsNeutral);
        Assert.True((g + -g).IsNeutral);
        Assert.True((g + g).IsSameAs(g.Double()));
        Assert.True((neutral + default(AffinePoint)).IsNeutral);
        Assert.True((g + default(AffinePoint)).IsSameAs(g));
        Assert.True((g + -g).Encode().IsZero);
    }

    [Fact]
    public void Affine_addition_equals_the_general_one()
    {
        var random = new RandomValues(41);
        var points = new CurvePoint[9];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = i == 4 ? CurvePoint.Neutral : PointMultiplication.Multiply(random.NextScalar(), CurvePoint.Generator);
        }

        var affine = new AffinePoint[points.Length];
        AffinePoint.Normalize(points, affine);
        for (int i = 0; i < points.Length; i++)
        {
            CurvePoint sum = points[0] + affine[i];
            Assert.True(sum.IsSameAs(points[0] + points[i]), random.Seed);
        }
    }

    [Fact]
    public void Doublings_in_one_go_equal_those_one_by_one()
    {
        var random = new RandomValues(44);
        for (int i = 0; i < InputCount.Of(200); i++)
        {
            CurvePoint point = i == 0 ? CurvePoint.Neutral : PointMultiplication.Multiply(random.NextScalar(), CurvePoint.Generator);
            CurvePoint expected = point.Double();
            for (int count = 2; count <= 8; count++)
            {
                expected = expected.Double();
                Assert.True(point.DoubleTimes(count).IsSameAs(expected), $"{count} ({random.Seed})");
            }
        }
    }
}
