namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// Transactions that have left, by hash: the venue's sequencer may tell their fate before or after the answer to the request, or
/// after a reconnect. The oldest are forgotten first. Belongs to the client's loop.
/// </summary>
internal sealed class SentTransactions
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

    /// <summary>The transaction was refused under this hash, or never left: nothing will be told of it.</summary>
    public void Forget(PendingTransaction transaction) => _byHash.Remove(transaction.Hash);

    /// <summary>The transaction of that hash, which is forgotten with this; null: none of ours, or long ago.</summary>
    public PendingTransaction? Take(string hash) => _byHash.Remove(hash, out var transaction) ? transaction : null;
}
