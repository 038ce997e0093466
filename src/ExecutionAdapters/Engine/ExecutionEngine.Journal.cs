using System.Collections.Frozen;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>What outlives the process: open orders and positions come back at the start, orders that are over when somebody speaks of them.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>How far before the last agreement the venue is asked again: clocks differ, and rows may appear late.</summary>
    internal static readonly TimeSpan LookbackMargin = TimeSpan.FromHours(1);

    private static readonly IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal> NothingSettled =
        FrozenDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal>.Empty;

    private readonly ClientMemories _memories;
    private IReadOnlyList<JournalPosition> _keptPositions = [];
    private UnixNanos _runStartedAt;
    private bool _isPreview;

    /// <summary>Ends when everything that was applied before the call is in the journal; at once without one.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Task FlushJournalAsync(CancellationToken cancellationToken = default) => _journal?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// Where a client keeps what it wants to find again after a restart: in the journal, from the start of the engine on; without a journal for as
    /// long as the engine lives.
    /// </summary>
    public IClientMemory MemoryOf(ClientId clientId) => _memories.Of(clientId);

    private async Task OpenJournalAsync(CancellationToken cancellationToken)
    {
        if (_journal is null)
        {
            return;
        }

        var head = await _journal.OpenAsync(cancellationToken).ConfigureAwait(false);
        var own = head.OpenOrders.Where(IsOfOurs).ToList();
        if (head.OpenOrders.Except(own).ToList() is { Count: > 0 } others)
        {
            Log.OthersInJournal(_logger, others.Count, others[0].Order.AccountId?.ToString() ?? others[0].Order.InstrumentId.ToString());
        }

        foreach (var client in _clients)
        {
            client.JournaledAt = client.AgreedAt = head.AgreedAt.TryGetValue(client.Client.AccountId, out var at) ? at : null;
        }

        _memories.Restore(head.Values);
        _keptPositions = head.Positions;
        _runStartedAt = Now;
        await _loop.RunAsync(() =>
        {
            own.ForEach(Restore);
            return true;
        }).ConfigureAwait(false);
    }

    private bool IsOfOurs(JournalStory story) => story.Order.AccountId is { } account
        ? _clients.Exists(client => client.Client.AccountId == account)
        : _clients.Exists(client => client.Client.Venue == story.Order.InstrumentId.Venue);

    /// <summary>
    /// An order that was begun when the last run ended may have been sent, and only the news of that be missing: it counts as sent, until the venue
    /// says otherwise.
    /// </summary>
    private void Restore(JournalStory story)
    {
        var order = JournalReader.OrderOf(story);
        Cache.Restore(order);
        var account = story.Order.AccountId ?? (_clients.FindAll(client => client.Client.Venue == order.InstrumentId.Venue) is [var only] ? only.Client.AccountId : null);
        if (order.Lifecycle == OrderLifecycle.Initialized && !order.Events[0].Reconciliation && account is { } sentFor)
        {
            Apply(LocalEvents.Submitted(order, sentFor, Now));
        }
    }

    /// <summary>A position takes its instrument, which the client knows once it is connected.</summary>
    private Task<bool> RestorePositionsAsync(EngineClient client) => _loop.RunAsync(() =>
    {
        var instruments = client.Client.Instruments.ToDictionary(instrument => instrument.Id);
        foreach (var kept in _keptPositions.Where(kept => kept.AccountId == client.Client.AccountId))
        {
            var state = JournalReader.PositionOf(kept);
            if (WhyNotRestored(instruments.GetValueOrDefault(kept.InstrumentId), state) is { } reason && state.SignedQty != 0)
            {
                client.NotRestored.Add(new UnresolvedDifference(kept.InstrumentId.ToString(), $"the journal holds a position of {ReconciliationIds.Text(state.SignedQty)}, and {reason}"));
            }
        }

        return true;
    });

    private string? WhyNotRestored(Instrument? instrument, PositionSnapshot state)
    {
        if (instrument is null)
        {
            return "the venue does not list the instrument any more";
        }

        try
        {
            Cache.Restore(Position.Restore(instrument, state));
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>As far back as the options say; else to the last agreement of books that a journal keeps; else all.</summary>
    private TimeSpan? LookbackOf(EngineClient client)
    {
        if (_options.Lookback is { } lookback)
        {
            return lookback;
        }

        return client.AgreedAt is { } agreed && UnixNanos.Now(_timeProvider).DurationSince(agreed) is { } nanos
            ? TimeSpan.FromMilliseconds(nanos / 1_000_000) + LookbackMargin
            : null;
    }

    /// <summary>
    /// Brings orders of the evidence that are over, and therefore only in the journal, back into the books. Gives those of which only the sum is kept.
    /// </summary>
    private async Task<IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal>> BringBackAsync(
        EngineClient client, IReadOnlyList<OrderStatusReport> orders, IReadOnlyList<FillReport> fills, CancellationToken cancellationToken)
    {
        if (_journal is null)
        {
            return NothingSettled;
        }

        var named = orders.Select(report => (report.ClientOrderId, report.InstrumentId, report.VenueOrderId))
            .Concat(fills.Select(report => (report.ClientOrderId, report.InstrumentId, report.VenueOrderId)))
            .Distinct().Where(key => !IsKnown(client, key.ClientOrderId, key.InstrumentId, key.VenueOrderId)).ToList();
        if (named.Count == 0)
        {
            return NothingSettled;
        }

        var stories = await _journal.FindAsync(
            client.Client.AccountId,
            [.. named.Select(key => key.ClientOrderId).OfType<ClientOrderId>().Distinct()],
            [.. named.Select(key => (key.InstrumentId, key.VenueOrderId)).Distinct()],
            cancellationToken).ConfigureAwait(false);
        var own = stories.Where(story => story.Order.AccountId is null || story.Order.AccountId == client.Client.AccountId).ToList();
        foreach (var story in own.Where(story => !story.Order.IsCompacted))
        {
            Cache.Restore(JournalReader.OrderOf(story));
        }

        return own.Where(story => story.Order.IsCompacted)
            .SelectMany(story => story.Order.VenueOrderIds.Select(id => (Key: (story.Order.InstrumentId, id), story.Order.FilledQty)))
            .ToFrozenDictionary(entry => entry.Key, entry => entry.FilledQty);
    }
}
