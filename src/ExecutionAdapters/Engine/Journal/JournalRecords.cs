using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>One event of an order, as a store keeps it.</summary>
/// <param name="Sequence">Its place: 1, 2, 3 … over the whole journal.</param>
/// <param name="ClientOrderId">The order.</param>
/// <param name="Kind">The name of the event's type.</param>
/// <param name="TsEvent">When it happened.</param>
/// <param name="TradeId">Of a fill, its trade; else null.</param>
/// <param name="Payload">Its members as UTF-8 JSON.</param>
public sealed record JournalEvent(long Sequence, ClientOrderId ClientOrderId, string Kind, UnixNanos TsEvent, TradeId? TradeId, ReadOnlyMemory<byte> Payload);

/// <summary>What an order came to: who it is at the venue, and how far it got with the latest of its events.</summary>
public sealed record JournalOrder
{
    /// <summary>Our id.</summary>
    public required ClientOrderId ClientOrderId { get; init; }

    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The account, once known.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>Every id that the venue gave it, oldest first.</summary>
    public IReadOnlyList<VenueOrderId> VenueOrderIds { get; init; } = [];

    /// <summary>Its status, as <see cref="OrderStatus"/> names it.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>What is filled.</summary>
    public required decimal FilledQty { get; init; }

    /// <summary>It is over.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>When its last event happened.</summary>
    public required UnixNanos TsLast { get; init; }

    /// <summary>Its events were compacted away: this row is all that is kept.</summary>
    public bool IsCompacted { get; init; }
}

/// <summary>A position after an event.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="InstrumentId">The instrument.</param>
/// <param name="Sequence">The event that it holds last.</param>
/// <param name="Payload">The state as UTF-8 JSON.</param>
public sealed record JournalPosition(AccountId AccountId, InstrumentId InstrumentId, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>What a client wants to find again after a restart, such as the highest nonce that it used.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Name">Its name for it.</param>
/// <param name="Value">The value.</param>
public sealed record JournalValue(ClientId ClientId, string Name, string Value);

/// <summary>A reconciliation that was made.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="At">When the venue was asked.</param>
/// <param name="IsComplete">Whether books and venue agreed afterwards.</param>
/// <param name="Payload">What was compared, changed and left, as UTF-8 JSON.</param>
public sealed record JournalReconciliation(AccountId AccountId, UnixNanos At, bool IsComplete, ReadOnlyMemory<byte> Payload);

/// <summary>What is written at once: all of it or nothing.</summary>
public sealed record JournalBatch
{
    /// <summary>Events, in the order of their sequence, which goes on where the last batch ended.</summary>
    public IReadOnlyList<JournalEvent> Events { get; init; } = [];

    /// <summary>The orders of these events, each once, as the last of its events left it.</summary>
    public IReadOnlyList<JournalOrder> Orders { get; init; } = [];

    /// <summary>The positions that these events moved, each once.</summary>
    public IReadOnlyList<JournalPosition> Positions { get; init; } = [];

    /// <summary>Values of clients, each once.</summary>
    public IReadOnlyList<JournalValue> Values { get; init; } = [];

    /// <summary>Reconciliations.</summary>
    public IReadOnlyList<JournalReconciliation> Reconciliations { get; init; } = [];
}

/// <summary>An order and its events, oldest first; none when they were compacted away.</summary>
/// <param name="Order">The order.</param>
/// <param name="Events">Its events.</param>
public sealed record JournalStory(JournalOrder Order, IReadOnlyList<JournalEvent> Events);

/// <summary>What an engine begins with.</summary>
public sealed record JournalHead
{
    /// <summary>The sequence of the last event; 0 in an empty journal.</summary>
    public required long LastSequence { get; init; }

    /// <summary>Every order that is not over, with its events.</summary>
    public required IReadOnlyList<JournalStory> OpenOrders { get; init; }

    /// <summary>Every position, flat ones included.</summary>
    public required IReadOnlyList<JournalPosition> Positions { get; init; }

    /// <summary>Every value of every client.</summary>
    public required IReadOnlyList<JournalValue> Values { get; init; }

    /// <summary>Of each account when it last agreed with its venue; absent: never.</summary>
    public required IReadOnlyDictionary<AccountId, UnixNanos> AgreedAt { get; init; }
}
