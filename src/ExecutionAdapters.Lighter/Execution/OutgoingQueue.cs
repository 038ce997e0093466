namespace ExecutionAdapters.Lighter.Execution;

/// <summary>What leaves together: one transaction by WebSocket, or several by one HTTP request.</summary>
internal sealed record Outgoing(IReadOnlyList<PendingTransaction> Transactions, bool IsBatch)
{
    public long Sequence => Transactions[0].Sequence;

    /// <summary>Nothing but cancels.</summary>
    public bool AreCancels { get; } = Transactions.All(transaction => transaction.Purpose == TransactionPurpose.Cancel);

    /// <summary>When it was queued (a <see cref="TimeProvider"/> timestamp).</summary>
    public long QueuedAt => Transactions[0].QueuedAt;

    /// <summary>The venue's quota for it is taken: it need only wait for its turn.</summary>
    public bool HasQuota { get; set; }
}

/// <summary>What waits to leave, in the order of the commands; cancels can be looked at by themselves. Belongs to the client's loop.</summary>
internal sealed class OutgoingQueue
{
    private readonly LinkedList<Outgoing> _cancels = new();
    private readonly LinkedList<Outgoing> _others = new();

    public int Count => _cancels.Count + _others.Count;

    /// <summary>What was commanded first.</summary>
    public Outgoing? First => (_cancels.First?.Value, _others.First?.Value) switch
    {
        (null, var other) => other,
        (var cancel, null) => cancel,
        var (cancel, other) => cancel.Sequence < other.Sequence ? cancel : other,
    };

    /// <summary>The cancel that was commanded first.</summary>
    public Outgoing? FirstCancel => _cancels.First?.Value;

    public void Add(Outgoing outgoing) => Lane(outgoing).AddLast(outgoing);

    /// <summary>Takes out the first of its kind.</summary>
    public void Remove(Outgoing outgoing) => Lane(outgoing).Remove(outgoing);

    /// <summary>Back to its old place, before everything that was commanded later.</summary>
    public void PutBack(Outgoing outgoing)
    {
        var lane = Lane(outgoing);
        var node = lane.First;
        while (node is not null && node.Value.Sequence < outgoing.Sequence)
        {
            node = node.Next;
        }

        if (node is null)
        {
            lane.AddLast(outgoing);
        }
        else
        {
            lane.AddBefore(node, outgoing);
        }
    }

    /// <summary>Takes out what waits to create or modify the order; a batch goes on without it.</summary>
    public IReadOnlyList<PendingTransaction> Withdraw(TrackedOrder order)
    {
        var withdrawn = new List<PendingTransaction>();
        for (var node = _others.First; node is not null;)
        {
            var next = node.Next;
            var outgoing = node.Value;
            var ofOrder = outgoing.Transactions.Where(transaction => ReferenceEquals(transaction.Order, order)).ToList();
            if (ofOrder.Count > 0)
            {
                withdrawn.AddRange(ofOrder);
                if (ofOrder.Count < outgoing.Transactions.Count)
                {
                    var rest = outgoing.Transactions.Except(ofOrder).ToList();
                    _others.AddBefore(node, new Outgoing(rest, outgoing.IsBatch) { HasQuota = outgoing.HasQuota });
                }

                _others.Remove(node);
            }

            node = next;
        }

        return withdrawn;
    }

    /// <summary>Takes out everything but cancels that satisfies the condition.</summary>
    public IReadOnlyList<Outgoing> TakeOthers(Predicate<Outgoing> condition)
    {
        var taken = _others.Where(outgoing => condition(outgoing)).ToList();
        taken.ForEach(outgoing => _others.Remove(outgoing));
        return taken;
    }

    private LinkedList<Outgoing> Lane(Outgoing outgoing) => outgoing.AreCancels ? _cancels : _others;
}
