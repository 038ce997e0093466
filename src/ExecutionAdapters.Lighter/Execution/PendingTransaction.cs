using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>What a transaction does to an order.</summary>
internal enum TransactionPurpose
{
    Create,
    Modify,
    Cancel,

    /// <summary>Concerns the account, not an order.</summary>
    Account,
}

/// <summary>Signs a transaction under a header and writes its <c>tx_info</c>; gives its length.</summary>
internal delegate int TransactionWriter(in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash);

/// <summary>The terms of an order that can change.</summary>
internal sealed record OrderShape(Quantity Quantity, Price? Price, Price? TriggerPrice);

/// <summary>One transaction on its way: made from a command, signed when it leaves, settled by the venue's answer. Belongs to the client's loop.</summary>
internal sealed class PendingTransaction
{
    public required TransactionPurpose Purpose { get; init; }

    public required OrderKey Key { get; init; }

    public required VenueOrderId? VenueOrderId { get; init; }

    /// <summary>The order when it is one of ours.</summary>
    public required TrackedOrder? Order { get; init; }

    /// <summary>Whether a refusal is told. A cancel that is part of a cancel-all has nobody waiting for its refusal.</summary>
    public required bool ReportsRefusal { get; init; }

    /// <summary>The venue's type of the transaction.</summary>
    public required LighterTransactionType Type { get; init; }

    /// <summary>Signs the transaction under a header: the nonce is only known when it leaves.</summary>
    public required TransactionWriter Write { get; init; }

    /// <summary>Updates of leverage are limited by themselves.</summary>
    public bool IsLeverageUpdate { get; init; }

    /// <summary>Who waits for what becomes of it; null: nobody, events tell.</summary>
    public TaskCompletionSource? Completion { get; init; }

    /// <summary>What a modification asks for.</summary>
    public OrderShape? Modification { get; init; }

    /// <summary>A modification that the engine has heard of: as Updated, as one that a later one took along, or as a refusal.</summary>
    public bool IsTold { get; set; }

    /// <summary>When the command came in (a <see cref="TimeProvider"/> timestamp).</summary>
    public required long CommandedAt { get; init; }

    /// <summary>Order of arrival; also the id that the venue echoes. Set by the sequencer.</summary>
    public long Sequence { get; set; }

    /// <summary>When it was queued (a <see cref="TimeProvider"/> timestamp). Set by the sequencer.</summary>
    public long QueuedAt { get; set; }

    public long Nonce { get; set; }

    /// <summary>From then on (ms since the epoch) the venue no longer executes it.</summary>
    public long ExpiredAtMs { get; set; }

    /// <summary>Lower-case hex; "" until signed.</summary>
    public string Hash { get; set; } = "";

    /// <summary>When it left (a <see cref="TimeProvider"/> timestamp).</summary>
    public long SentAt { get; set; }

    /// <summary>It was the first to leave under a nonce that the venue had just named.</summary>
    public bool HasFreshNonce { get; set; }

    /// <summary>
    /// How often the venue refused its nonce although that was fresh. A nonce refused because something before it was refused does
    /// not count.
    /// </summary>
    public int NonceRefusals { get; set; }

    /// <summary>Its outcome was told as unknown for want of an answer.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>The venue's sequencer refused it, and that was told.</summary>
    public bool IsFailed { get; set; }

    /// <summary>The venue's sequencer has told its fate: no answer to the request can add to that.</summary>
    public bool HasVerdict { get; set; }

    /// <summary>What has been told of it proves that the venue took it in: it can neither have been refused nor be sent again.</summary>
    public bool ShowsEffect => HasVerdict || Purpose switch
    {
        TransactionPurpose.Create => Order is { IsAccepted: true } or { IsClosed: true },
        TransactionPurpose.Cancel => Order is { IsClosed: true },
        TransactionPurpose.Modify => IsTold,
        _ => false,
    };
}
