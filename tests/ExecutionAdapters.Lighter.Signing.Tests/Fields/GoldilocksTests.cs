using System.Numerics;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests.Fields;

public sealed class GoldilocksTests
{
    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("goldilocks.json"))
        {
            ulong a = vector.Number("a");
            ulong b = vector.Number("b");
            Assert.Equal(vector.Number("add"), Goldilocks.Canonical(Goldilocks.Add(a, b)));
            Assert.Equal(vector.Number("sub"), Goldilocks.Canonical(Goldilocks.Subtract(a, b)));
            Assert.Equal(vector.Number("mul"), Goldilocks.Canonical(Goldilocks.Multiply(a, b)));
            Assert.Equal(vector.Number("inv_a"), Goldilocks.Canonical(Goldilocks.Invert(a)));
            Assert.Equal(vector.Number("pow7_a"), Goldilocks.Canonical(Goldilocks.Pow7(a)));
            bool hasRoot = vector.GetProperty("sqrt_a").ValueKind == JsonValueKind.String;
            Assert.Equal(hasRoot, Goldilocks.TrySqrt(a, out ulong root));
            if (hasRoot)
            {
                Assert.Equal(a, Goldilocks.Canonical(Goldilocks.Square(root)));
                ulong expected = vector.Number("sqrt_a");
                Assert.Contains(Goldilocks.Canonical(root), new[] { expected, Goldilocks.Canonical(Goldilocks.Negate(expected)) });
            }
        }
    }

    [Fact]
    public void Any_representatives_give_the_integers_result()
    {
        var random = new RandomValues(20260801);
        for (int i = 0; i < InputCount.Of(20_000); i++)
        {
            ulong a = random.Limb(), b = random.Limb();
            Check(a, b, (BigInteger)a + b, Goldilocks.Add(a, b), random);
            Check(a, b, (BigInteger)a - b, Goldilocks.Subtract(a, b), random);
            Check(a, b, (BigInteger)a * b, Goldilocks.Multiply(a, b), random);
            Check(a, b, -(BigInteger)a, Goldilocks.Negate(a), random);
            Check(a, b, a + ((BigInteger)b << 64), Goldilocks.Reduce(a, b), random);
        }
    }

    [Fact]
    public void Legendre_symbol_tells_squares()
    {
        var random = new RandomValues(3);
        Assert.Equal(0, Goldilocks.Legendre(0));
        Assert.Equal(0, Goldilocks.Legendre(Goldilocks.Modulus));
        Assert.Equal(-1, Goldilocks.Legendre(7));
        for (int i = 0; i < InputCount.Of(200); i++)
        {
            ulong a = random.Limb();
            if (Goldilocks.Canonical(a) == 0)
            {
                continue;
            }

            Assert.Equal(1, Goldilocks.Legendre(Goldilocks.Square(a)));
            Assert.Equal(-1, Goldilocks.Legendre(Goldilocks.Multiply(7, Goldilocks.Square(a))));
            Assert.False(Goldilocks.TrySqrt(Goldilocks.Multiply(7, Goldilocks.Square(a)), out _));
        }
    }

    [Theory]
    [InlineData(-1, 4294967294ul)]
    [InlineData(0, 0ul)]
    [InlineData(long.MaxValue, 9223372036854775807ul)]
    [InlineData(long.MinValue, 9223372036854775808ul)]
    public void Signed_numbers_are_their_twos_complement(long value, ulong expected) => Assert.Equal(expected, Goldilocks.FromInt64(value));

    private static void Check(ulong a, ulong b, BigInteger expected, ulong actual, RandomValues random)
    {
        BigInteger reduced = ((expected % RandomValues.P) + RandomValues.P) % RandomValues.P;
        Assert.True(reduced == Goldilocks.Canonical(actual), $"{a} and {b} give {actual}, not {reduced} ({random.Seed})");
    }
}
