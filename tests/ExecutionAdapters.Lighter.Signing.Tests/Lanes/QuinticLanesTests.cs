using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Lighter.Signing.Tests.Lanes;

/// <summary>Every width against integers of any size. Widths that this machine has no instructions for run on narrower ones.</summary>
public sealed class QuinticLanesTests
{
    [Fact]
    public void One_lane_multiplies_like_integers() => Multiplies<ulong, ScalarLane>(61);

    [Fact]
    public void Two_lanes_multiply_like_integers() => Multiplies<Vector128<ulong>, Lanes128>(62);

    [Fact]
    public void Four_lanes_multiply_like_integers() => Multiplies<Vector256<ulong>, Lanes256>(63);

    [Fact]
    public void Eight_lanes_multiply_like_integers() => Multiplies<Vector512<ulong>, Lanes512>(64);

    [Fact]
    public void All_widths_multiply_alike()
    {
        var random = new RandomValues(65);
        for (int i = 0; i < InputCount.Of(20_000); i++)
        {
            GFp5[] left = [.. Enumerable.Range(0, 8).Select(_ => random.Quintic())];
            GFp5[] right = [.. Enumerable.Range(0, 8).Select(_ => random.Quintic())];
            for (int lane = 0; lane < left.Length; lane++)
            {
                Assert.Equal(left[lane] * right[lane], Multiply<ulong, ScalarLane>([left[lane]], [right[lane]])[0]);
            }

            GFp5[] products = [.. left.Zip(right, (a, b) => a * b)];
            Assert.Equal(products, Multiply<Vector512<ulong>, Lanes512>(left, right));
            Assert.Equal(products[..4], Multiply<Vector256<ulong>, Lanes256>(left[..4], right[..4]));
            Assert.Equal(products[..2], Multiply<Vector128<ulong>, Lanes128>(left[..2], right[..2]));
        }
    }

    [Fact]
    public void Words_of_any_size_within_the_limit_fold_to_what_they_are()
    {
        var random = new RandomValues(66);
        long[] edges = [0, 1, -1, (long)SplitSum.Limit - 1, 1 - (long)SplitSum.Limit, 1L << 32, -(1L << 32)];
        for (int i = 0; i < InputCount.Of(50_000); i++)
        {
            long lower = Word(), upper = Word();
            ulong folded = SplitSum.Fold((ulong)lower, (ulong)upper);
            BigInteger difference = lower + ((BigInteger)upper << 32) - folded;
            Assert.True(difference % RandomValues.P == 0, $"{lower} {upper}");
            Assert.Equal(folded, QuinticLanes<ulong, ScalarLane>.Fold((ulong)lower, (ulong)upper));
            Assert.Equal(Vector256.Create(folded), QuinticLanes<Vector256<ulong>, Lanes256>.Fold(Vector256.Create((ulong)lower), Vector256.Create((ulong)upper)));
            Assert.Equal(Vector512.Create(folded), QuinticLanes<Vector512<ulong>, Lanes512>.Fold(Vector512.Create((ulong)lower), Vector512.Create((ulong)upper)));
        }

        long Word() => random.Next(3) == 0 ? edges[random.Next(edges.Length)] : (long)(random.Limb() >> 13) - (1L << 50) + 1;
    }

    private static void Multiplies<TVector, TLanes>(int seed)
        where TVector : unmanaged
        where TLanes : ILanes<TVector>
    {
        var random = new RandomValues(seed);
        for (int i = 0; i < InputCount.Of(2_000); i++)
        {
            GFp5[] left = [.. Enumerable.Range(0, TLanes.Count).Select(_ => random.Quintic())];
            GFp5[] right = [.. Enumerable.Range(0, TLanes.Count).Select(_ => random.Quintic())];
            GFp5[] products = Multiply<TVector, TLanes>(left, right);
            for (int lane = 0; lane < TLanes.Count; lane++)
            {
                Assert.True(Product(left[lane], right[lane]).SequenceEqual(Limbs(products[lane].Canonical()).Select(limb => (BigInteger)limb)), random.Seed);
            }
        }
    }

    private static GFp5[] Multiply<TVector, TLanes>(GFp5[] left, GFp5[] right)
        where TVector : unmanaged
        where TLanes : ILanes<TVector>
    {
        Quintic<TVector> a = Load<TVector>(left), b = Load<TVector>(right);
        QuinticLanes<TVector, TLanes>.Convolve(in b, out ConvolvedQuintic<TVector> convolved);
        QuinticLanes<TVector, TLanes>.Multiply(in a, in convolved, out WideQuintic<TVector> wide);
        QuinticLanes<TVector, TLanes>.Fold(in wide, out Quintic<TVector> product);
        return [.. Enumerable.Range(0, TLanes.Count).Select(lane => new GFp5(
            Lane(product[0], lane), Lane(product[1], lane), Lane(product[2], lane), Lane(product[3], lane), Lane(product[4], lane)))];
    }

    private static Quintic<TVector> Load<TVector>(GFp5[] values)
        where TVector : unmanaged
    {
        Quintic<TVector> loaded = default;
        for (int i = 0; i < GFp5.LimbCount; i++)
        {
            for (int lane = 0; lane < values.Length; lane++)
            {
                Unsafe.Add(ref Unsafe.As<TVector, ulong>(ref loaded[i]), lane) = Limbs(values[lane])[i];
            }
        }

        return loaded;
    }

    private static ulong Lane<TVector>(TVector vector, int lane) => Unsafe.Add(ref Unsafe.As<TVector, ulong>(ref vector), lane);

    private static ulong[] Limbs(GFp5 value) => [value.A0, value.A1, value.A2, value.A3, value.A4];

    private static BigInteger[] Product(GFp5 left, GFp5 right)
    {
        ulong[] a = Limbs(left), b = Limbs(right);
        var product = new BigInteger[GFp5.LimbCount];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                product[(i + j) % GFp5.LimbCount] += (BigInteger)a[i] * b[j] * (i + j >= GFp5.LimbCount ? 3 : 1);
            }
        }

        return [.. product.Select(limb => limb % RandomValues.P)];
    }
}
