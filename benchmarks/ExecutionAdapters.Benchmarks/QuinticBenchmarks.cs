using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Benchmarks;

/// <summary>
/// Multiplication in GF(p^5), one product at a time and in lanes, each product the factor of the next; and the yardstick, a chain of
/// multiplications in the base field.
/// </summary>
[MemoryDiagnoser]
public class QuinticBenchmarks
{
    private const int Chain = 100;

    [Benchmark(OperationsPerInvoke = Chain)]
    public ulong BaseField()
    {
        ulong product = 1234567;
        for (int i = 0; i < Chain; i++)
        {
            product = Goldilocks.Multiply(product, 0x0123_4567_89AB_CDEF);
        }

        return product;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Chain)]
    public ulong One()
    {
        GFp5 factor = new(0x0123_4567_89AB_CDEF, 2, 0xFEDC_BA98_7654_3210, 4, 0x7777_7777_7777_7777), product = factor;
        for (int i = 0; i < Chain; i++)
        {
            product *= factor;
        }

        return product.A0;
    }

    [Benchmark(OperationsPerInvoke = Chain)]
    public ulong Square()
    {
        GFp5 product = new(0x0123_4567_89AB_CDEF, 2, 0xFEDC_BA98_7654_3210, 4, 0x7777_7777_7777_7777);
        for (int i = 0; i < Chain; i++)
        {
            product = product.Square();
        }

        return product.A0;
    }

    [Benchmark(OperationsPerInvoke = Chain)]
    public ulong FourLanes() => Lanes<Vector256<ulong>, Lanes256>();

    [Benchmark(OperationsPerInvoke = Chain)]
    public ulong EightLanes() => Lanes<Vector512<ulong>, Lanes512>();

    private static ulong Lanes<TVector, TLanes>()
        where TVector : unmanaged
        where TLanes : ILanes<TVector>
    {
        Quintic<TVector> factor = default;
        for (int i = 0; i < GFp5.LimbCount; i++)
        {
            factor[i] = TLanes.Broadcast(0x0123_4567_89AB_CDEFUL * (ulong)(i + 1));
        }

        Quintic<TVector> product = factor;
        for (int i = 0; i < Chain; i++)
        {
            QuinticLanes<TVector, TLanes>.Convolve(in product, out ConvolvedQuintic<TVector> convolved);
            QuinticLanes<TVector, TLanes>.Multiply(in factor, in convolved, out WideQuintic<TVector> wide);
            QuinticLanes<TVector, TLanes>.Fold(in wide, out product);
        }

        return System.Runtime.CompilerServices.Unsafe.As<Quintic<TVector>, ulong>(ref product);
    }
}
