using System.Buffers.Binary;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests.Fields;

public sealed class GFp5Tests
{
    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("gfp5.json"))
        {
            GFp5 a = vector.Quintic("a");
            GFp5 b = vector.Quintic("b");
            Assert.Equal(vector.Text("add"), (a + b).Hex());
            Assert.Equal(vector.Text("sub"), (a - b).Hex());
            Assert.Equal(vector.Text("mul"), (a * b).Hex());
            Assert.Equal(vector.Text("square_a"), a.Square().Hex());
            Assert.Equal(vector.Text("inv_a"), a.Invert().Hex());
            Assert.Equal(vector.Text("frobenius_a"), a.Frobenius().Hex());
            Assert.Equal(vector.Text("frobenius2_a"), a.FrobeniusTwice().Hex());
            Assert.Equal(vector.GetProperty("legendre_a").GetInt32(), a.Legendre());
            Assert.True(a.Square().TrySqrt(out GFp5 root));
            Assert.Contains(vector.Text("sqrt_of_square_a"), new[] { root.Hex(), (-root).Hex() });
        }
    }

    [Fact]
    public void Non_canonical_limbs_give_the_results_of_canonical_ones()
    {
        var random = new RandomValues(11);
        for (int i = 0; i < InputCount.Of(3_000); i++)
        {
            GFp5 a = random.Quintic(), b = random.Quintic();
            GFp5 x = a.Canonical(), y = b.Canonical();
            Assert.Equal((x * y).Hex(), (a * b).Hex());
            Assert.Equal((x * x).Hex(), a.Square().Hex());
            Assert.Equal((x + y).Hex(), (a + b).Hex());
            Assert.Equal((x - y).Hex(), (a - b).Hex());
            Assert.Equal((y - x).Hex(), (-(a - b)).Hex());
            Assert.Equal(a, x);
            Assert.Equal(a.GetHashCode(), x.GetHashCode());
        }
    }

    [Fact]
    public void Inverse_times_the_value_is_one_and_zero_stays_zero()
    {
        var random = new RandomValues(12);
        Assert.True(GFp5.Zero.Invert().IsZero);
        Assert.True(new GFp5(Goldilocks.Modulus, 0, 0, 0, 0).IsZero);
        for (int i = 0; i < InputCount.Of(200); i++)
        {
            GFp5 a = random.Quintic();
            Assert.Equal(a.IsZero ? GFp5.Zero : GFp5.One, a * a.Invert());
        }
    }

    [Fact]
    public void Only_squares_have_roots()
    {
        var random = new RandomValues(13);
        Assert.True(GFp5.Zero.TrySqrt(out GFp5 zero) && zero.IsZero);
        for (int i = 0; i < InputCount.Of(100); i++)
        {
            GFp5 a = random.Quintic();
            bool found = a.TrySqrt(out GFp5 root);
            Assert.Equal(a.Legendre() >= 0, found);
            Assert.True(!found || root.Square().Equals(a), random.Seed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reading_refuses_a_limb_at_the_modulus(int limb)
    {
        byte[] bytes = new byte[GFp5.Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * limb), Goldilocks.Modulus - 1);
        Assert.True(GFp5.TryRead(bytes, out _));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * limb), Goldilocks.Modulus);
        Assert.False(GFp5.TryRead(bytes, out GFp5 refused));
        Assert.True(refused.IsZero);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * limb), ulong.MaxValue);
        Assert.False(GFp5.TryRead(bytes, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    [InlineData(41)]
    public void Reading_refuses_other_lengths(int length) => Assert.False(GFp5.TryRead(new byte[length], out _));
}
