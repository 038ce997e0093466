namespace ExecutionAdapters.Sqlite;

/// <summary>What a batch must survive once it is written.</summary>
public enum SqliteDurability
{
    /// <summary>The end of the process, however it ends. After a loss of power the last batches may be missing, and are read from the venue; the file stays whole.</summary>
    Process,

    /// <summary>A loss of power too: the disk is waited for with each batch.</summary>
    Power,
}

/// <summary>Settings of a <see cref="SqliteJournalStore"/>.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>The file. It is made when it is not there; its folder must be.</summary>
    public required string Path { get; init; }

    /// <summary>What a batch must survive. Default: the end of the process.</summary>
    public SqliteDurability Durability { get; init; }

    /// <summary>
    /// Only to read, beside an engine that writes: nothing is made, changed or locked, and writing is refused. Default false.
    /// </summary>
    public bool IsReadOnly { get; init; }
}
