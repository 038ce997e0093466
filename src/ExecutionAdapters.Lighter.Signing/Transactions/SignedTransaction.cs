namespace ExecutionAdapters.Lighter.Signing;

/// <summary>A transaction ready to be sent.</summary>
public sealed class SignedTransaction
{
    internal SignedTransaction(
        LighterTransactionType type, in TransactionHash hash, in LighterSignature signature, ReadOnlyMemory<byte> txInfo)
    {
        Type = type;
        Hash = hash;
        Signature = signature;
        TxInfo = txInfo;
    }

    /// <summary>The venue's <c>tx_type</c>.</summary>
    public LighterTransactionType Type { get; }

    /// <summary>The signed hash, which the venue acknowledges as <c>tx_hash</c>.</summary>
    public TransactionHash Hash { get; }

    /// <summary>The signature, part of <see cref="TxInfo"/>.</summary>
    public LighterSignature Signature { get; }

    /// <summary>The venue's <c>tx_info</c>: UTF-8 JSON, members in the declared order, no whitespace.</summary>
    public ReadOnlyMemory<byte> TxInfo { get; }
}
