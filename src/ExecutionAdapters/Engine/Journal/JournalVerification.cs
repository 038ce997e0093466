using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>Looks whether a journal can be believed: its file, every event, what orders came to, that no trade counts twice, positions.</summary>
/// <remarks>Reads the journal from its first event to its last. It changes nothing.</remarks>
public sealed class JournalVerification
{
    private readonly IJournalStore _store;
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly Dictionary<(AccountId Account, InstrumentId Instrument), decimal> _net = [];
    private readonly HashSet<(AccountId Account, InstrumentId Instrument)> _notComparable = [];
    private readonly HashSet<(AccountId, InstrumentId, OrderSide, TradeId)> _trades = [];
    private readonly List<string> _problems = [];

    private JournalVerification(IJournalStore store) => _store = store;

    /// <summary>Events that were read.</summary>
    public long Events { get; private set; }

    /// <summary>Orders, those that were compacted included.</summary>
    public long Orders { get; private set; }

    /// <summary>Trades, each once.</summary>
    public long Trades => _trades.Count;

    /// <summary>What is wrong, a sentence each; empty: nothing.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Verifies a journal.</summary>
    /// <param name="store">An open store that nobody else uses meanwhile.</param>
    /// <param name="head">What its opening gave.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="JournalException">The journal cannot be read at all.</exception>
    public static async Task<JournalVerification> RunAsync(IJournalStore store, JournalHead head, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(head);
        var verification = new JournalVerification(store);
        verification._problems.AddRange(await store.CheckAsync(cancellationToken).ConfigureAwait(false));
        await verification.ReadEventsAsync(head, cancellationToken).ConfigureAwait(false);
        await verification.CompareOrdersAsync(cancellationToken).ConfigureAwait(false);
        verification.ComparePositions(head);
        return verification;
    }

    private async Task ReadEventsAsync(JournalHead head, CancellationToken cancellationToken)
    {
        var last = 0L;
        await foreach (var kept in _store.ReadEventsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            Events++;
            last = kept.Sequence;
            try
            {
                Apply(kept, EventJson.Read(kept.Kind, kept.Payload.Span));
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException)
            {
                _problems.Add($"event {kept.Sequence} ({kept.Kind}) of {kept.ClientOrderId} cannot be read: {exception.Message}");
            }
        }

        if (last > head.LastSequence)
        {
            _problems.Add($"the last event is {last}, and the journal says that it ends with {head.LastSequence}");
        }
    }

    private void Apply(JournalEvent kept, OrderEvent orderEvent)
    {
        if (orderEvent.ClientOrderId != kept.ClientOrderId)
        {
            _problems.Add($"event {kept.Sequence} is of {orderEvent.ClientOrderId} and is kept with {kept.ClientOrderId}");
        }
        else if (orderEvent is OrderInitialized initialized)
        {
            if (!_orders.TryAdd(initialized.ClientOrderId, new Order(initialized)))
            {
                _problems.Add($"event {kept.Sequence} begins order {kept.ClientOrderId} a second time");
            }
        }
        else if (!_orders.TryGetValue(kept.ClientOrderId, out var order))
        {
            _problems.Add($"event {kept.Sequence} ({kept.Kind}) is of {kept.ClientOrderId}, which has not begun");
        }
        else if (order.TryApply(orderEvent) is { } error)
        {
            _problems.Add($"event {kept.Sequence}: {error}");
        }
        else if (orderEvent is OrderFilled fill)
        {
            Count(kept, fill);
        }
    }

    private void Count(JournalEvent kept, OrderFilled fill)
    {
        var key = (fill.AccountId, fill.InstrumentId);
        if (!_trades.Add((fill.AccountId, fill.InstrumentId, fill.OrderSide, fill.TradeId)))
        {
            _problems.Add($"event {kept.Sequence}: trade {fill.TradeId} of {fill.InstrumentId} counts a second time, in order {fill.ClientOrderId}");
        }

        _net[key] = _net.GetValueOrDefault(key) + (fill.OrderSide == OrderSide.Buy ? fill.LastQty.Value : -fill.LastQty.Value);

        // A commission in the base currency is taken out of the position; what the base is only the instrument knows.
        if (fill.Commission is { } commission && commission.Currency != fill.Currency)
        {
            _notComparable.Add(key);
        }
    }

    private async Task CompareOrdersAsync(CancellationToken cancellationToken)
    {
        await foreach (var kept in _store.ReadOrdersAsync(cancellationToken).ConfigureAwait(false))
        {
            Orders++;
            if (kept.IsCompacted)
            {
                if (kept is { AccountId: { } account, FilledQty: > 0 })
                {
                    _notComparable.Add((account, kept.InstrumentId));
                }
            }
            else if (!_orders.TryGetValue(kept.ClientOrderId, out var order))
            {
                _problems.Add($"order {kept.ClientOrderId} has no events, and was not compacted");
            }
            else if ((order.Status, order.FilledQty.Value, order.IsClosed) != (kept.Status, kept.FilledQty, kept.IsClosed) || !order.VenueOrderIds.SequenceEqual(kept.VenueOrderIds))
            {
                _problems.Add($"order {kept.ClientOrderId} is kept as {kept.Status} with {kept.FilledQty} filled; its events make it {order.Status} with {order.FilledQty}");
            }
        }
    }

    private void ComparePositions(JournalHead head)
    {
        foreach (var kept in head.Positions.Where(kept => !_notComparable.Contains((kept.AccountId, kept.InstrumentId))))
        {
            try
            {
                var held = JournalReader.PositionOf(kept).SignedQty;
                var sum = _net.GetValueOrDefault((kept.AccountId, kept.InstrumentId));
                if (held != sum)
                {
                    _problems.Add($"the position in {kept.InstrumentId} of {kept.AccountId} is kept as {held}; the trades come to {sum}");
                }
            }
            catch (JournalException exception)
            {
                _problems.Add(exception.Message);
            }
        }
    }
}
