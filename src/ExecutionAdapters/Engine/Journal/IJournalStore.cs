using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>
/// Where an engine keeps what must outlive its process. A store is opened once, by one engine at a time; reading beside it from elsewhere is
/// allowed. What <see cref="AppendAsync"/> has returned from survives the end of the process, however it ends.
/// </summary>
/// <remarks>Not safe for concurrent use by itself: an engine calls one method after the other.</remarks>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Opens the store, makes it when there is none, brings an older one to this version's form, and reads what an engine begins with.</summary>
    /// <exception cref="JournalException">It is damaged, not a journal, of a newer version, or in use. Nothing was changed.</exception>
    Task<JournalHead> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a batch: all of it or nothing. One that was written before changes nothing.</summary>
    /// <exception cref="JournalException">It could not be written, and may be tried again; or another event has the place of one of it.</exception>
    Task AppendAsync(JournalBatch batch, CancellationToken cancellationToken = default);

    /// <summary>The orders with one of these ids, and their events; those that are not there are missing from the answer.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<IReadOnlyList<JournalStory>> FindAsync(
        AccountId accountId,
        IReadOnlyList<ClientOrderId> clientOrderIds,
        IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueOrderIds,
        CancellationToken cancellationToken = default);

    /// <summary>Our ids of all orders, compacted ones included, in no particular order.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    IAsyncEnumerable<ClientOrderId> ReadClientOrderIdsAsync(CancellationToken cancellationToken = default);

    /// <summary>All orders, those with the latest event first.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    IAsyncEnumerable<JournalOrder> ReadOrdersAsync(CancellationToken cancellationToken = default);

    /// <summary>All events from a sequence on.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    IAsyncEnumerable<JournalEvent> ReadEventsAsync(long fromSequence = 1, CancellationToken cancellationToken = default);

    /// <summary>All reconciliations, the latest first.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    IAsyncEnumerable<JournalReconciliation> ReadReconciliationsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the events of orders that were over before a time, keeping of each order its ids and what it filled, and the reconciliations
    /// before it. Gives the room back.
    /// </summary>
    /// <returns>How many orders were compacted and how many events removed.</returns>
    /// <exception cref="JournalException">It could not be written, and nothing was removed; or the room could not be given back. The message says which.</exception>
    Task<(long Orders, long Events)> CompactAsync(UnixNanos closedBefore, CancellationToken cancellationToken = default);

    /// <summary>Looks for damage of the store itself; empty: none.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default);
}

/// <summary>A journal could not be opened, read or written: what is wrong, where, and what to do.</summary>
public sealed class JournalException(string message, Exception? innerException = null) : Exception(message, innerException);
