using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Cli.Bench;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Benchmarks;

/// <summary>
/// Signing and verifying. Prepared nonces are measured by the command's <c>bench</c>, which lets their pool fill between rounds.
/// </summary>
[MemoryDiagnoser]
public class SignatureBenchmarks : IDisposable
{
    private readonly LighterPrivateKey _key = LighterPrivateKey.Generate();
    private readonly byte[] _buffer = new byte[LighterTransactionSigner.MaximumTxInfoSize];
    private readonly CreateOrderTransaction _order = OutboundPath.Order(9999);
    private LighterVerifier _verifier = null!;
    private TransactionHash _message;
    private LighterSignature _signature;

    [GlobalSetup]
    public void Setup()
    {
        _message = LighterTransactionSigner.Hash(OutboundPath.ChainId, _order);
        _signature = Schnorr.Sign(_key, _message);
        if (!LighterVerifier.TryCreate(_key.PublicKey, out _verifier!))
        {
            throw new InvalidOperationException("A generated key is no point.");
        }
    }

    [Benchmark(Baseline = true)]
    public LighterSignature Sign() => Schnorr.Sign(_key, _message);

    [Benchmark]
    public int SignCreateOrder() => LighterTransactionSigner.Sign(OutboundPath.ChainId, _order, _key, _buffer, out _, out _);

    [Benchmark]
    public TransactionHash HashCreateOrder() => LighterTransactionSigner.Hash(OutboundPath.ChainId, _order);

    [Benchmark]
    public bool Verify() => Schnorr.Verify(_key.PublicKey, _message, _signature);

    [Benchmark]
    public bool VerifyKnownKey() => _verifier.Verify(_message, _signature);

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }
}
