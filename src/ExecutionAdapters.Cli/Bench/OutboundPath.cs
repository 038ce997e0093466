using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Cli.Bench;

/// <summary>What the client sends, up to its last byte: one order in a frame, fifteen in the form of a batch, each with a nonce of its own.</summary>
internal sealed class OutboundPath(LighterPrivateKey key)
{
    public const int ChainId = 304;
    public const int BatchSize = 15;

    private readonly byte[] _frame = new byte[LighterFrameWriter.MaximumTransactionSize];
    private readonly PendingTransaction[] _batch = [.. Enumerable.Range(0, BatchSize).Select(_ => Pending())];
    private long _nonce;

    public static CreateOrderTransaction Order(long nonce) => new()
    {
        Header = new TransactionHeader(12345, 5, 1_790_000_000_000, nonce),
        Order = new LighterOrderInfo
        {
            MarketIndex = 0,
            ClientOrderIndex = 1_234_567_890,
            BaseAmount = 500,
            Price = 236_131,
            Type = LighterOrderType.Limit,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            OrderExpiry = 1_792_419_200_000,
        },
    };

    /// <summary>Returns the length of the frame.</summary>
    public int WriteFrame(PreparedNonces? nonces = null)
    {
        var start = LighterFrameWriter.BeginTransaction(_frame, _nonce, LighterTransactionType.CreateOrder);
        return LighterFrameWriter.EndTransaction(_frame, start + Sign(_frame.AsSpan(start), nonces));
    }

    /// <summary>Returns the length of the form.</summary>
    public int WriteBatch(PreparedNonces? nonces = null) => BatchWriter.Write(_batch, (_, txInfo) => Sign(txInfo, nonces)).Length;

    private int Sign(Span<byte> txInfo, PreparedNonces? nonces) =>
        LighterTransactionSigner.Sign(ChainId, Order(_nonce++), key, txInfo, out _, out _, nonces);

    private static PendingTransaction Pending() => new()
    {
        Purpose = TransactionPurpose.Create,
        Key = default,
        VenueOrderId = null,
        Order = null,
        ReportsRefusal = true,
        CommandedAt = 0,
        Type = LighterTransactionType.CreateOrder,
        Write = (in TransactionHeader _, Span<byte> _, out TransactionHash _) => throw new NotSupportedException("The path signs by itself."),
    };
}
