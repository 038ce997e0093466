using System.Diagnostics;
using System.Threading.Channels;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>
/// An engine's way to its store. What is recorded waits in memory for a writer of its own, which takes all that waits into one batch: while a
/// batch is written the next one gathers, so that a busy engine writes few large ones. Recording never waits.
/// </summary>
internal sealed class EngineJournal : IAsyncDisposable
{
    private const int LargestBatch = 10_000;
    private const int AttemptsAtTheEnd = 5;

    private readonly IJournalStore _store;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly int _limit;
    private readonly Backoff _backoff;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private readonly UsedIds _used = new();
    private Task _writing = Task.CompletedTask;
    private long _sequence;
    private long _waiting;
    private volatile bool _isFailing;

    public EngineJournal(IJournalStore store, int limit, TimeProvider timeProvider, ILogger logger)
    {
        _store = store;
        _limit = limit;
        _timeProvider = timeProvider;
        _logger = logger;
        _backoff = new Backoff(new BackoffOptions { Initial = TimeSpan.FromMilliseconds(50), Maximum = TimeSpan.FromSeconds(5), Jitter = TimeSpan.Zero }, new Random(0));
    }

    /// <summary>Why no new order should be sent now; null: events reach the store.</summary>
    public string? Trouble =>
        _isFailing ? "the journal cannot be written"
        : Interlocked.Read(ref _waiting) > _limit ? $"more than {_limit} events wait for the journal"
        : null;

    /// <summary>Opens the store and begins to write.</summary>
    public async Task<JournalHead> OpenAsync(CancellationToken cancellationToken)
    {
        var head = await _store.OpenAsync(cancellationToken).ConfigureAwait(false);
        _sequence = head.LastSequence;
        await foreach (var id in _store.ReadClientOrderIdsAsync(cancellationToken).ConfigureAwait(false))
        {
            _used.Add(id);
        }

        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return head;
    }

    /// <summary>Whether an order of this id is or was recorded, in this run or before it.</summary>
    public bool IsUsed(ClientOrderId id) => _used.Contains(id);

    /// <summary>Records an event that was applied. Called by the one who applies, in the order of application.</summary>
    /// <param name="orderEvent">The event.</param>
    /// <param name="order">The order after it.</param>
    /// <param name="account">The account that the order goes to, while its events do not tell.</param>
    /// <param name="position">The position after it, if it moved one.</param>
    public void Record(OrderEvent orderEvent, Order order, AccountId? account, PositionSnapshot? position)
    {
        var state = new JournalOrder
        {
            ClientOrderId = order.ClientOrderId,
            InstrumentId = order.InstrumentId,
            AccountId = order.AccountId ?? account,
            VenueOrderIds = [.. order.VenueOrderIds],
            Status = order.Status,
            FilledQty = order.FilledQty.Value,
            IsClosed = order.IsClosed,
            TsLast = order.TsLast,
        };
        if (orderEvent is OrderInitialized)
        {
            _used.Add(order.ClientOrderId);
        }

        Add(new EventEntry(++_sequence, orderEvent, state, position));
    }

    /// <summary>Records a reconciliation.</summary>
    public void Record(ReconciliationReport report, UnixNanos at) => Add(new ReconciliationEntry(report, at));

    /// <summary>Records a value of a client; of several of one name the last counts.</summary>
    public void Record(JournalValue value) => Add(new ValueEntry(value));

    /// <summary>Ends when everything that was recorded before is in the store.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new FlushEntry(done));
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the store has of these orders.</summary>
    public async Task<IReadOnlyList<JournalStory>> FindAsync(
        AccountId account, IReadOnlyList<ClientOrderId> ids, IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueIds, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _store.FindAsync(account, ids, venueIds, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Writes what waits, then closes the store. What cannot be written after a few attempts is given up: a restart learns it from the venue.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _ending.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _store.DisposeAsync().ConfigureAwait(false);
        _oneAtATime.Dispose();
        _ending.Dispose();
    }

    private void Add(Entry entry)
    {
        entry.RecordedAt = _timeProvider.GetTimestamp();
        Interlocked.Increment(ref _waiting);
        if (!_entries.Writer.TryWrite(entry))
        {
            Interlocked.Decrement(ref _waiting);
            (entry as FlushEntry)?.Done.TrySetException(new ObjectDisposedException(nameof(EngineJournal)));
        }
    }

    private async Task WriteAsync()
    {
        var taken = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (taken.Count < LargestBatch && _entries.Reader.TryRead(out var entry))
            {
                taken.Add(entry);
            }

            if (!await TryAppendAsync(taken).ConfigureAwait(false))
            {
                GiveUp(taken);
                return;
            }

            EngineTelemetry.JournalDelay(_timeProvider.GetElapsedTime(taken[0].RecordedAt));
            Interlocked.Add(ref _waiting, -taken.Count);
            taken.ForEach(entry => (entry as FlushEntry)?.Done.TrySetResult());
            taken.Clear();
        }
    }

    /// <summary>Tries until it works; false: the engine ends, and it has not worked.</summary>
    private async Task<bool> TryAppendAsync(List<Entry> taken)
    {
        var attempts = 0;
        while (true)
        {
            try
            {
                var batch = BatchOf(taken);
                var started = _timeProvider.GetTimestamp();
                await AppendAsync(batch).ConfigureAwait(false);
                if (_isFailing)
                {
                    Log.JournalWritesAgain(_logger);
                    _isFailing = false;
                    _backoff.Reset();
                }

                EngineTelemetry.JournalBatch(batch.Events.Count, _timeProvider.GetElapsedTime(started));
                return true;
            }
            catch (Exception exception)
            {
                // Whatever it is: somebody must see that nothing is kept any more.
                if (!_isFailing)
                {
                    _isFailing = true;
                    Log.JournalFailed(_logger, exception);
                }

                if (_ending.IsCancellationRequested && ++attempts >= AttemptsAtTheEnd)
                {
                    return false;
                }
            }

            await PauseAsync().ConfigureAwait(false);
        }
    }

    private async Task AppendAsync(JournalBatch batch)
    {
        await _oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await _store.AppendAsync(batch, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private void GiveUp(List<Entry> taken)
    {
        Log.JournalGivenUp(_logger, Interlocked.Read(ref _waiting));
        while (_entries.Reader.TryRead(out var entry))
        {
            taken.Add(entry);
        }

        taken.ForEach(entry => (entry as FlushEntry)?.Done.TrySetException(new JournalException("The engine has ended, and its journal could not be written.")));
    }

    private async Task PauseAsync()
    {
        var delay = _backoff.Next();
        await Task.Delay(_ending.IsCancellationRequested ? TimeSpan.FromMilliseconds(50) : delay, _timeProvider, _ending.IsCancellationRequested ? CancellationToken.None : _ending.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static JournalBatch BatchOf(List<Entry> entries)
    {
        var events = new List<JournalEvent>(entries.Count);
        var orders = new Dictionary<ClientOrderId, JournalOrder>();
        var positions = new Dictionary<(AccountId, InstrumentId), (long Sequence, PositionSnapshot Position)>();
        var values = new Dictionary<(ClientId, string), JournalValue>();
        var reconciliations = new List<JournalReconciliation>();
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case EventEntry told:
                    events.Add(new JournalEvent(
                        told.Sequence, told.Event.ClientOrderId, EventJson.KindOf(told.Event), told.Event.TsEvent, (told.Event as OrderFilled)?.TradeId, EventJson.Write(told.Event)));
                    orders[told.Order.ClientOrderId] = told.Order;
                    if (told.Position is { } position)
                    {
                        positions[(position.AccountId, position.InstrumentId)] = (told.Sequence, position);
                    }

                    break;
                case ValueEntry { Value: var value }:
                    values[(value.ClientId, value.Name)] = value;
                    break;
                case ReconciliationEntry { Report: var report, At: var at }:
                    reconciliations.Add(new JournalReconciliation(report.AccountId, at, report.IsComplete, ReconciliationJson.Write(report)));
                    break;
                default:
                    Debug.Assert(entry is FlushEntry, "Every kind of entry is written.");
                    break;
            }
        }

        return new JournalBatch
        {
            Events = events,
            Orders = [.. orders.Values],
            Positions = [.. positions.Select(pair => new JournalPosition(pair.Key.Item1, pair.Key.Item2, pair.Value.Sequence, PositionJson.Write(pair.Value.Position)))],
            Values = [.. values.Values],
            Reconciliations = reconciliations,
        };
    }

    private abstract record Entry
    {
        /// <summary>When it was recorded.</summary>
        public long RecordedAt { get; set; }
    }

    private sealed record EventEntry(long Sequence, OrderEvent Event, JournalOrder Order, PositionSnapshot? Position) : Entry;

    private sealed record ReconciliationEntry(ReconciliationReport Report, UnixNanos At) : Entry;

    private sealed record ValueEntry(JournalValue Value) : Entry;

    private sealed record FlushEntry(TaskCompletionSource Done) : Entry;
}
