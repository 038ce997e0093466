namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>What became of an admitted transaction.</summary>
internal enum TransactionStatus
{
    Failed = 0,
    Pending = 1,
    Executed = 2,
}

/// <summary>An admitted transaction and its outcome; the source of the Tx rows.</summary>
internal sealed class TransactionRecord
{
    public required string Hash { get; init; }

    public required byte Type { get; init; }

    public required string Info { get; init; }

    public required long AccountIndex { get; init; }

    public required string L1Address { get; init; }

    public required byte ApiKeyIndex { get; init; }

    public required long Nonce { get; init; }

    public required long ExpiredAt { get; init; }

    public required long SequenceIndex { get; init; }

    public required long QueuedUs { get; init; }

    public required long BlockHeight { get; init; }

    public long ExecutedUs { get; set; }

    public TransactionStatus Status { get; set; } = TransactionStatus.Pending;

    /// <summary>The event as JSON text; empty until executed.</summary>
    public string EventInfo { get; set; } = "";
}

/// <summary>The latest admitted transactions, by hash and by sequence, and those whose rows are still to be published.</summary>
internal sealed class TransactionLog
{
    /// <summary>How many transactions are kept.</summary>
    public const int Limit = 100_000;

    private readonly Dictionary<string, TransactionRecord> _byHash = [];
    private readonly Dictionary<long, TransactionRecord> _bySequence = [];

    public long NextSequenceIndex { get; private set; } = 1;

    /// <summary>Executed since the last publication.</summary>
    public List<TransactionRecord> Unpublished { get; } = [];

    public void Add(TransactionRecord record)
    {
        _byHash[record.Hash] = record;
        _bySequence.Add(record.SequenceIndex, record);
        Unpublished.Add(record);
        NextSequenceIndex = record.SequenceIndex + 1;
        if (_bySequence.Remove(record.SequenceIndex - Limit, out TransactionRecord? oldest))
        {
            _byHash.Remove(oldest.Hash);
        }
    }

    public TransactionRecord? FindByHash(string hash) => _byHash.GetValueOrDefault(hash);

    public TransactionRecord? FindBySequence(long sequenceIndex) => _bySequence.GetValueOrDefault(sequenceIndex);

    /// <summary>An account's transactions below a sequence index, newest first.</summary>
    public IEnumerable<TransactionRecord> Of(long accountIndex, long belowSequenceIndex)
    {
        long from = Math.Min(belowSequenceIndex, NextSequenceIndex) - 1;
        for (long sequence = from; _bySequence.TryGetValue(sequence, out TransactionRecord? record); sequence--)
        {
            if (record.AccountIndex == accountIndex)
            {
                yield return record;
            }
        }
    }
}
