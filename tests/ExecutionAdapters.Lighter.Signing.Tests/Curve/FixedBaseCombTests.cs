using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Lighter.Signing.Tests.Curve;

public sealed class FixedBaseCombTests
{
    /// <summary>All widths, also those that this machine has no instructions for: they then run on narrower ones.</summary>
    private static readonly FixedBaseComb[] Combs =
    [
        new FixedBaseComb<ulong, ScalarLane>(CurvePoint.Generator),
        new FixedBaseComb<Vector128<ulong>, Lanes128>(CurvePoint.Generator),
        new FixedBaseComb<Vector256<ulong>, Lanes256>(CurvePoint.Generator),
        new FixedBaseComb<Vector512<ulong>, Lanes512>(CurvePoint.Generator),
    ];

    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("ecgfp5.json", "points"))
        {
            Assert.Equal(vector.Text("kG"), Comb(vector.ReadScalar("k")).Encode().Hex());
            Assert.Equal(vector.Text("lG"), Comb(vector.ReadScalar("l")).Encode().Hex());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void Edge_digits_equal_repeated_addition(int k)
    {
        CurvePoint expected = CurvePoint.Neutral;
        for (int i = 0; i < k; i++)
        {
            expected += CurvePoint.Generator;
        }

        Assert.True(Comb(RandomValues.ToScalar(k)).IsSameAs(expected));
        Assert.True(Comb(RandomValues.ToScalar(RandomValues.N - k)).IsSameAs(-expected));
    }

    [Fact]
    public void Order_times_the_generator_is_neutral()
    {
        Assert.True((Comb(RandomValues.ToScalar(RandomValues.N - 1)) + CurvePoint.Generator).IsNeutral);
        Assert.True((PointMultiplication.Multiply(RandomValues.ToScalar(RandomValues.N - 1), CurvePoint.Generator) + CurvePoint.Generator).IsNeutral);
        Assert.True(Comb(default).IsNeutral);
    }

    [Fact]
    public void Comb_equals_the_generic_multiplication()
    {
        var random = new RandomValues(51);
        for (int i = 0; i < InputCount.Of(150); i++)
        {
            Scalar k = random.NextScalar();
            Assert.True(Comb(k).IsSameAs(PointMultiplication.Multiply(k, CurvePoint.Generator)), $"{k.Hex()} ({random.Seed})");
        }
    }

    [Fact]
    public void Every_digit_at_every_place_equals_the_generic_multiplication()
    {
        // Each scalar has the same digit everywhere: all 64 rows, and all 16 entries of each with both signs.
        for (int digit = 1; digit < 32; digit++)
        {
            BigInteger value = 0;
            for (int i = 0; i < Scalar.DigitCount; i++)
            {
                value = (value << Scalar.DigitBits) + digit;
            }

            Scalar k = RandomValues.ToScalar(value % RandomValues.N);
            Assert.True(Comb(k).IsSameAs(PointMultiplication.Multiply(k, CurvePoint.Generator)), $"digit {digit}");
        }
    }

    [Fact]
    public void Two_combs_are_added_in_one_go()
    {
        var random = new RandomValues(52);
        for (int i = 0; i < InputCount.Of(20); i++)
        {
            Scalar k = random.NextScalar(), l = random.NextScalar();
            CurvePoint other = PointMultiplication.Multiply(random.NextScalar(), CurvePoint.Generator);
            CurvePoint expected = PointMultiplication.Multiply(k, CurvePoint.Generator) + PointMultiplication.Multiply(l, other);
            FixedBaseComb.Generator.MultiplyAdd(k, FixedBaseComb.Create(other), l, out CurvePoint sum);
            Assert.True(sum.IsSameAs(expected), $"{k.Hex()} {l.Hex()} ({random.Seed})");
        }
    }

    /// <summary>The product, which all widths must agree on.</summary>
    private static CurvePoint Comb(Scalar k)
    {
        FixedBaseComb.Generator.Multiply(k, out CurvePoint product);
        foreach (FixedBaseComb comb in Combs)
        {
            comb.Multiply(k, out CurvePoint same);
            Assert.True(same.IsSameAs(product), $"{comb.GetType()}: {k.Hex()}");
        }

        return product;
    }
}
