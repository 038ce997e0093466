namespace ExecutionAdapters.Model;

/// <summary>
/// The balances and margins of an account. Adapters send the full state: <see cref="Account.TryApply"/> replaces all margins by those of the event.
/// </summary>
public sealed record AccountState : ExecutionEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>What the account may do.</summary>
    public required AccountType AccountType { get; init; }

    /// <summary>The one currency of the account; null when it holds several.</summary>
    public Currency? BaseCurrency { get; init; }

    /// <summary>Balances, at most one per currency.</summary>
    public required IReadOnlyList<AccountBalance> Balances { get; init; }

    /// <summary>Margins, at most one per instrument and, account-wide, one per currency.</summary>
    public IReadOnlyList<MarginBalance> Margins { get; init; } = [];

    /// <summary>True when the venue said so, false when it was calculated here.</summary>
    public required bool IsReported { get; init; }

    /// <summary>The id of this event.</summary>
    public required Uuid4 EventId { get; init; }

    /// <summary>When it was so at the venue.</summary>
    public required UnixNanos TsEvent { get; init; }

    /// <summary>When this object was built.</summary>
    public required UnixNanos TsInit { get; init; }

    private protected override string Details
        => $"{AccountId} {AccountType.ToWireString()} [{string.Join(", ", Balances)}] margins={Margins.Count}";
}
