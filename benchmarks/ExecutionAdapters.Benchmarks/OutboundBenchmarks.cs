using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Cli.Bench;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Benchmarks;

/// <summary>
/// What the client sends, up to its last byte: one order in a frame, fifteen in the form of a batch. With fresh nonces; prepared ones are
/// measured by the command's <c>bench</c>, which lets their pool fill between rounds.
/// </summary>
[MemoryDiagnoser]
public class OutboundBenchmarks : IDisposable
{
    private readonly LighterPrivateKey _key = LighterPrivateKey.Generate();
    private readonly OutboundPath _path;

    public OutboundBenchmarks() => _path = new OutboundPath(_key);

    [Benchmark(Baseline = true)]
    public int CreateOrderFrame() => _path.WriteFrame();

    [Benchmark]
    public int BatchOf15() => _path.WriteBatch();

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }
}
