using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Benchmarks;

/// <summary>One permutation, in vectors and without.</summary>
[MemoryDiagnoser]
public class Poseidon2Benchmarks
{
    private readonly ulong[] _state = new ulong[Poseidon2.Width];

    [Benchmark(Baseline = true)]
    public void Scalars() => Poseidon2.PermuteScalars(_state);

    [Benchmark]
    public void Vectors() => Poseidon2.PermuteVectors(_state);
}
