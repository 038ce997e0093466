using System.Numerics;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing.Tests.Curve;

public sealed class ScalarTests
{
    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("scalar.json"))
        {
            Scalar a = vector.ReadScalar("a"), b = vector.ReadScalar("b");
            Assert.Equal(vector.Text("add"), (a + b).Hex());
            Assert.Equal(vector.Text("sub"), (a - b).Hex());
            Assert.Equal(vector.Text("mul"), (a * b).Hex());
        }
    }

    [Fact]
    public void Forty_bytes_reduce_as_in_the_vectors()
    {
        foreach (JsonElement vector in Vectors.Items("scalar.json", "reduce_40_bytes"))
        {
            Assert.Equal(vector.Text("reduced"), Scalar.Reduce(vector.Bytes("input")).Hex());
        }
    }

    [Fact]
    public void Order_is_refused_and_one_less_is_read()
    {
        byte[] order = Vectors.Load("scalar.json").Bytes("order");
        Assert.Equal(RandomValues.N, new BigInteger(order, isUnsigned: true));
        Assert.False(Scalar.TryRead(order, out _));
        order[0]--;
        Assert.True(Scalar.TryRead(order, out Scalar last));
        Assert.Equal(RandomValues.N - 1, RandomValues.ToInteger(last));
        Assert.False(Scalar.TryRead(order.AsSpan(1), out _));
        Assert.False(Scalar.TryRead([.. order, 0], out _));
        Assert.False(Scalar.TryRead(Enumerable.Repeat((byte)0xFF, 40).ToArray(), out _));
    }

    [Fact]
    public void Arithmetic_is_that_of_the_integers_modulo_the_order()
    {
        var random = new RandomValues(31);
        for (int i = 0; i < InputCount.Of(3_000); i++)
        {
            Scalar a = random.NextScalar(), b = random.NextScalar();
            BigInteger x = RandomValues.ToInteger(a), y = RandomValues.ToInteger(b);
            Assert.Equal((x + y) % RandomValues.N, RandomValues.ToInteger(a + b));
            Assert.Equal((x - y + RandomValues.N) % RandomValues.N, RandomValues.ToInteger(a - b));
            Assert.Equal(x * y % RandomValues.N, RandomValues.ToInteger(a * b));
        }
    }

    [Fact]
    public void Wide_values_reduce_as_integers()
    {
        var random = new RandomValues(32);
        for (int i = 0; i < InputCount.Of(1_000); i++)
        {
            byte[] wide = i == 0 ? [.. Enumerable.Repeat((byte)0xFF, 64)] : random.Bytes(64);
            Assert.Equal(new BigInteger(wide, isUnsigned: true) % RandomValues.N, RandomValues.ToInteger(Scalar.ReduceWide(wide)));
            byte[] narrow = wide[..40];
            Assert.Equal(new BigInteger(narrow, isUnsigned: true) % RandomValues.N, RandomValues.ToInteger(Scalar.Reduce(narrow)));
        }
    }

    [Fact]
    public void Signed_digits_are_in_range_and_add_up()
    {
        var random = new RandomValues(33);
        Span<ulong> digits = stackalloc ulong[Scalar.DigitCount];
        for (int i = 0; i < InputCount.Of(2_000); i++)
        {
            BigInteger value = i < 70 ? i : i == 70 ? RandomValues.N - 1 : RandomValues.ToInteger(random.NextScalar());
            RandomValues.ToScalar(value).WriteSignedDigits(digits);
            BigInteger sum = 0;
            for (int d = digits.Length - 1; d >= 0; d--)
            {
                Assert.InRange((long)digits[d], -15, 16);
                sum = (sum << Scalar.DigitBits) + (long)digits[d];
            }

            Assert.Equal(value, sum);
        }
    }
}
