using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Benchmarks;

/// <summary>k G: without a table, and by the comb in lanes of every width.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private readonly FixedBaseComb _scalar = new FixedBaseComb<ulong, ScalarLane>(CurvePoint.Generator);
    private readonly FixedBaseComb _four = new FixedBaseComb<Vector256<ulong>, Lanes256>(CurvePoint.Generator);
    private readonly FixedBaseComb _eight = new FixedBaseComb<Vector512<ulong>, Lanes512>(CurvePoint.Generator);
    private Scalar _k;

    [GlobalSetup]
    public void Setup()
    {
        byte[] bytes = new byte[Scalar.Size];
        new Random(1).NextBytes(bytes);
        _k = Scalar.Reduce(bytes);
    }

    [Benchmark(Baseline = true)]
    public bool WithoutTable() => PointMultiplication.Multiply(_k, CurvePoint.Generator).IsNeutral;

    [Benchmark]
    public bool OneLane() => Multiply(_scalar);

    [Benchmark]
    public bool FourLanes() => Multiply(_four);

    [Benchmark]
    public bool EightLanes() => Multiply(_eight);

    private bool Multiply(FixedBaseComb comb)
    {
        comb.Multiply(_k, out CurvePoint product);
        return product.IsNeutral;
    }
}
