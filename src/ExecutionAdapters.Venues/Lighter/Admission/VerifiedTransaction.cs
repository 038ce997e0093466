using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>A transaction as it came in: its type and its tx_info text.</summary>
internal readonly record struct RawTransaction(byte Type, string Info);

/// <summary>A transaction whose form, owner and signature are right.</summary>
internal sealed record VerifiedTransaction(
    ILighterTransaction Transaction, TransactionHash Hash, Account Account, ApiKey Key, string Info)
{
    /// <summary>False when its sender asked for no price band.</summary>
    public bool PriceProtection { get; init; } = true;

    public TransactionHeader Header => Transaction.Header;

    public bool SkipsNonces => Header.Attributes.TryGet(TransactionAttributeTable.SkipTxNonce, out long skip) && skip == 1;
}
