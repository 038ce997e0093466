namespace ExecutionAdapters.Venues.Lighter;

/// <summary>The way on which a transaction reached the venue.</summary>
public enum LighterTransport
{
    /// <summary>jsonapi/sendtx on the stream.</summary>
    WebSocket,

    /// <summary>jsonapi/sendtxbatch on the stream.</summary>
    WebSocketBatch,

    /// <summary>POST sendTx.</summary>
    Http,

    /// <summary>POST sendTxBatch.</summary>
    HttpBatch,
}

/// <summary>A transaction as the venue received it, admitted or not.</summary>
public sealed record CapturedTransaction
{
    /// <summary>The venue's clock at arrival.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How it arrived.</summary>
    public required LighterTransport Transport { get; init; }

    /// <summary>Number of the batch it was part of, counted from 1 over the venue's life; null for a single transaction.</summary>
    public required long? BatchId { get; init; }

    /// <summary>The venue's transaction type number, for example 14 for a create.</summary>
    public required byte TransactionType { get; init; }

    /// <summary>The tx_info JSON text.</summary>
    public required string TransactionInfo { get; init; }

    /// <summary>200 when admitted, otherwise the code of the refusal; 0 when the connection was closed before it was looked at.</summary>
    public required int OutcomeCode { get; init; }

    /// <summary>The transaction hash, 80 hex digits; null when it was refused.</summary>
    public required string? TransactionHash { get; init; }
}
