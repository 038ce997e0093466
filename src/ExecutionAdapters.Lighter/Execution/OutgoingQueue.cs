namespace ExecutionAdapters.Lighter.Execution;

/// <summary>What leaves together: one transaction by WebSocket, or several by one HTTP request.</summary>
internal sealed record Outgoing(IReadOnlyList<PendingTransaction> Transactions, bool IsBatch)
{
    public long Sequence => Transactions[0].Sequence;
}

/// <summary>What waits to leave, in the order of the commands. Belongs to the client's loop.</summary>
internal sealed class OutgoingQueue
{
    private readonly LinkedList<Outgoing> _waiting = new();

    public Outgoing? First => _waiting.First?.Value;

    public void Add(Outgoing outgoing) => _waiting.AddLast(outgoing);

    public void RemoveFirst() => _waiting.RemoveFirst();

    /// <summary>Back to its old place, before everything that was commanded later.</summary>
    public void PutBack(Outgoing outgoing)
    {
        var node = _waiting.First;
        while (node is not null && node.Value.Sequence < outgoing.Sequence)
        {
            node = node.Next;
        }

        if (node is null)
        {
            _waiting.AddLast(outgoing);
        }
        else
        {
            _waiting.AddBefore(node, outgoing);
        }
    }
}
