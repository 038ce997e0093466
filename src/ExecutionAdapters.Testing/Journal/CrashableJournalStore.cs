using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Journal;

/// <summary>
/// A store that can end like the process that writes it, or fail like a full disk: from <see cref="Crash"/> on nothing that is written is kept, and nobody
/// notices; while <see cref="IsFailing"/> every write is refused.
/// </summary>
public sealed class CrashableJournalStore(IJournalStore store) : IJournalStore
{
    private volatile bool _isCrashed;
    private volatile bool _isFailing;
    private int _batchesLeft = int.MaxValue;

    /// <summary>Writing fails.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    /// <summary>The process ends now: nothing more is kept.</summary>
    public void Crash() => _isCrashed = true;

    /// <summary>The process will end after so many more batches.</summary>
    public void CrashAfter(int batches) => Volatile.Write(ref _batchesLeft, batches);

    /// <inheritdoc/>
    public Task<JournalHead> OpenAsync(CancellationToken cancellationToken = default) => store.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(JournalBatch batch, CancellationToken cancellationToken = default)
    {
        if (_isFailing)
        {
            return Task.FromException(new JournalException("the disk is full"));
        }

        if (_isCrashed || Interlocked.Decrement(ref _batchesLeft) < 0)
        {
            _isCrashed = true;
            return Task.CompletedTask;
        }

        return store.AppendAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalStory>> FindAsync(
        AccountId accountId,
        IReadOnlyList<ClientOrderId> clientOrderIds,
        IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueOrderIds,
        CancellationToken cancellationToken = default) => store.FindAsync(accountId, clientOrderIds, venueOrderIds, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ClientOrderId> ReadClientOrderIdsAsync(CancellationToken cancellationToken = default) => store.ReadClientOrderIdsAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalOrder> ReadOrdersAsync(CancellationToken cancellationToken = default) => store.ReadOrdersAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEvent> ReadEventsAsync(long fromSequence = 1, CancellationToken cancellationToken = default) => store.ReadEventsAsync(fromSequence, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalReconciliation> ReadReconciliationsAsync(CancellationToken cancellationToken = default) => store.ReadReconciliationsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<(long Orders, long Events)> CompactAsync(UnixNanos closedBefore, CancellationToken cancellationToken = default) => store.CompactAsync(closedBefore, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) => store.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();
}
