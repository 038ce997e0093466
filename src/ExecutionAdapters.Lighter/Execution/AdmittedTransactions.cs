namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// Transactions that the venue took in, or may have, by hash: the sequencer's verdict on them comes later. The oldest are forgotten
/// first. Belongs to the client's loop.
/// </summary>
internal sealed class AdmittedTransactions
{
    private const int Kept = 10_000;

    private readonly Dictionary<string, PendingTransaction> _byHash = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Remember(PendingTransaction transaction)
    {
        _byHash[transaction.Hash] = transaction;
        _order.Enqueue(transaction.Hash);
        if (_order.Count > Kept)
        {
            _byHash.Remove(_order.Dequeue());
        }
    }

    /// <summary>The transaction of that hash, which is forgotten with this; null: none of ours, or long ago.</summary>
    public PendingTransaction? Take(string hash) => _byHash.Remove(hash, out var transaction) ? transaction : null;
}
