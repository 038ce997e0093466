namespace ExecutionAdapters.Lighter.Signing;

/// <summary>A rule of the venue that a transaction breaks.</summary>
/// <param name="Member">The member's name on the wire, e.g. <c>Price</c> or <c>Orders[1].BaseAmount</c>; of an attribute its name.</param>
/// <param name="VenueCode">The venue's error code that fits best, e.g. 21702.</param>
/// <param name="Message">What is wrong: the value, and what it may be.</param>
public sealed record TransactionRuleViolation(string Member, int VenueCode, string Message);

/// <summary>A transaction that breaks a rule of the venue was not signed.</summary>
public sealed class LighterTransactionException : Exception
{
    /// <summary>An exception for a broken rule.</summary>
    /// <param name="type">The transaction's type.</param>
    /// <param name="violation">The rule.</param>
    public LighterTransactionException(LighterTransactionType type, TransactionRuleViolation violation)
        : base($"{type} was not signed: {violation?.Message} (venue code {violation?.VenueCode})")
    {
        ArgumentNullException.ThrowIfNull(violation);
        Violation = violation;
    }

    /// <summary>The broken rule.</summary>
    public TransactionRuleViolation Violation { get; }
}
