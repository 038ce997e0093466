using System.Runtime.CompilerServices;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Journal;

/// <summary>What a <see cref="MemoryJournalStore"/> keeps: it outlives the store as a file would, and ends with the process.</summary>
public sealed class MemoryJournal
{
    internal Lock Lock { get; } = new();

    internal bool IsOpen { get; set; }

    internal long LastSequence { get; set; }

    internal SortedDictionary<long, JournalEvent> Events { get; } = [];

    internal Dictionary<ClientOrderId, JournalOrder> Orders { get; } = [];

    internal Dictionary<(AccountId Account, InstrumentId Instrument), JournalPosition> Positions { get; } = [];

    internal Dictionary<(ClientId Client, string Name), JournalValue> Values { get; } = [];

    internal List<JournalReconciliation> Reconciliations { get; } = [];
}

/// <summary>A journal in memory, for tests of engines: as any store, but for what happens to a disk.</summary>
public sealed class MemoryJournalStore(MemoryJournal journal) : IJournalStore
{
    private bool _isOpen;

    /// <inheritdoc/>
    public Task<JournalHead> OpenAsync(CancellationToken cancellationToken = default)
    {
        lock (journal.Lock)
        {
            if (journal.IsOpen)
            {
                return Task.FromException<JournalHead>(new JournalException("The journal is in use by another engine."));
            }

            journal.IsOpen = _isOpen = true;
            return Task.FromResult(new JournalHead
            {
                LastSequence = journal.LastSequence,
                OpenOrders = [.. journal.Orders.Values.Where(order => !order.IsClosed).OrderBy(order => order.ClientOrderId.Value, StringComparer.Ordinal).Select(StoryOf)],
                Positions = [.. journal.Positions.Values],
                Values = [.. journal.Values.Values],
                AgreedAt = journal.Reconciliations.Where(made => made.IsComplete).GroupBy(made => made.AccountId).ToDictionary(group => group.Key, group => group.Max(made => made.At)),
            });
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(JournalBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (journal.Lock)
        {
            if (batch.Events.Any(kept => journal.Events.TryGetValue(kept.Sequence, out var there) && !there.Payload.Span.SequenceEqual(kept.Payload.Span)))
            {
                return Task.FromException(new JournalException("Another event is in the place of one that is to be written. Nothing was written."));
            }

            foreach (var kept in batch.Events)
            {
                journal.Events.TryAdd(kept.Sequence, kept);
                journal.LastSequence = Math.Max(journal.LastSequence, kept.Sequence);
            }

            foreach (var order in batch.Orders)
            {
                journal.Orders[order.ClientOrderId] = order;
            }

            foreach (var position in batch.Positions)
            {
                journal.Positions[(position.AccountId, position.InstrumentId)] = position;
            }

            foreach (var value in batch.Values)
            {
                journal.Values[(value.ClientId, value.Name)] = value;
            }

            journal.Reconciliations.AddRange(batch.Reconciliations.Where(made => !journal.Reconciliations.Exists(there => there.AccountId == made.AccountId && there.At == made.At)));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalStory>> FindAsync(
        AccountId accountId,
        IReadOnlyList<ClientOrderId> clientOrderIds,
        IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueOrderIds,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientOrderIds);
        ArgumentNullException.ThrowIfNull(venueOrderIds);
        lock (journal.Lock)
        {
            var ids = clientOrderIds.ToHashSet();
            var venueIds = venueOrderIds.ToHashSet();
            return Task.FromResult<IReadOnlyList<JournalStory>>(
            [
                .. journal.Orders.Values
                    .Where(order => ids.Contains(order.ClientOrderId)
                        || (order.AccountId == accountId && order.VenueOrderIds.Any(id => venueIds.Contains((order.InstrumentId, id)))))
                    .Select(StoryOf),
            ]);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ClientOrderId> ReadClientOrderIdsAsync(CancellationToken cancellationToken = default) => ReadAsync(() => journal.Orders.Keys, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalOrder> ReadOrdersAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(() => journal.Orders.Values.OrderByDescending(order => order.TsLast), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEvent> ReadEventsAsync(long fromSequence = 1, CancellationToken cancellationToken = default) =>
        ReadAsync(() => journal.Events.Values.Where(kept => kept.Sequence >= fromSequence), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalReconciliation> ReadReconciliationsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(() => journal.Reconciliations.OrderByDescending(made => made.At), cancellationToken);

    /// <inheritdoc/>
    public Task<(long Orders, long Events)> CompactAsync(UnixNanos closedBefore, CancellationToken cancellationToken = default)
    {
        lock (journal.Lock)
        {
            var old = journal.Orders.Values.Where(order => order.IsClosed && !order.IsCompacted && order.TsLast < closedBefore).ToList();
            var ids = old.Select(order => order.ClientOrderId).ToHashSet();
            var events = journal.Events.Values.Where(kept => ids.Contains(kept.ClientOrderId)).Select(kept => kept.Sequence).ToList();
            events.ForEach(sequence => journal.Events.Remove(sequence));
            old.ForEach(order => journal.Orders[order.ClientOrderId] = order with { IsCompacted = true });
            var latest = journal.Reconciliations.Where(made => made.IsComplete).GroupBy(made => made.AccountId).ToDictionary(group => group.Key, group => group.Max(made => made.At));
            journal.Reconciliations.RemoveAll(made => made.At < closedBefore && !(made.IsComplete && made.At == latest[made.AccountId]));
            return Task.FromResult(((long)old.Count, (long)events.Count));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (journal.Lock)
        {
            journal.IsOpen &= !_isOpen;
            _isOpen = false;
        }

        return ValueTask.CompletedTask;
    }

    private JournalStory StoryOf(JournalOrder order) => new(order, [.. journal.Events.Values.Where(kept => kept.ClientOrderId == order.ClientOrderId)]);

    private async IAsyncEnumerable<T> ReadAsync<T>(Func<IEnumerable<T>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<T> read;
        lock (journal.Lock)
        {
            read = [.. rows()];
        }

        foreach (var row in read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
