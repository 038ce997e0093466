using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Benchmarks;

/// <summary>
/// What the client sends, up to its last byte: one order in a frame, fifteen in the form of a batch. With fresh nonces; prepared ones are
/// measured by the command's <c>bench</c>, which lets their pool fill between rounds.
/// </summary>
[MemoryDiagnoser]
public class OutboundBenchmarks : IDisposable
{
    private const int ChainId = 304;
    private const int BatchSize = 15;

    private readonly LighterPrivateKey _key = LighterPrivateKey.Generate();
    private readonly byte[] _frame = new byte[LighterFrameWriter.MaximumTransactionSize];
    private readonly PendingTransaction[] _batch = [.. Enumerable.Range(0, BatchSize).Select(_ => Pending())];
    private long _nonce;

    [Benchmark(Baseline = true)]
    public int CreateOrderFrame()
    {
        int start = LighterFrameWriter.BeginTransaction(_frame, _nonce, LighterTransactionType.CreateOrder);
        return LighterFrameWriter.EndTransaction(_frame, start + Sign(_frame.AsSpan(start)));
    }

    [Benchmark]
    public int BatchOf15() => BatchWriter.Write(_batch, (_, txInfo) => Sign(txInfo)).Length;

    public void Dispose()
    {
        _key.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Sign(Span<byte> txInfo) => LighterTransactionSigner.Sign(ChainId, Order(_nonce++), _key, txInfo, out _, out _);

    private static CreateOrderTransaction Order(long nonce) => new()
    {
        Header = new TransactionHeader(12345, 5, 1_790_000_000_000, nonce),
        Order = new LighterOrderInfo
        {
            ClientOrderIndex = 1_234_567_890,
            BaseAmount = 500,
            Price = 236_131,
            Type = LighterOrderType.Limit,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            OrderExpiry = 1_792_419_200_000,
        },
    };

    private static PendingTransaction Pending() => new()
    {
        Purpose = TransactionPurpose.Create,
        Key = default,
        VenueOrderId = null,
        Order = null,
        ReportsRefusal = true,
        CommandedAt = 0,
        Type = LighterTransactionType.CreateOrder,
        Write = (in TransactionHeader _, Span<byte> _, out TransactionHash _) => throw new NotSupportedException("The batch signs by itself."),
    };
}
