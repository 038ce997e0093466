namespace ExecutionAdapters.Clients;

/// <summary>
/// How sending one request ended. Only <see cref="NotSent"/> and <see cref="Refused"/> may become a reject event;
/// <see cref="Unknown"/> is settled by the account stream or by reconciliation, never by a guess.
/// </summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>Provably nothing reached the venue.</summary>
    public sealed record NotSent(string Reason) : SendOutcome;

    /// <summary>The venue answered this very request with a refusal.</summary>
    public sealed record Refused(int Code, string Message) : SendOutcome;

    /// <summary>The venue took the request in. That is admission, not execution.</summary>
    public sealed record Admitted : SendOutcome;

    /// <summary>Sent, or perhaps sent, and no answer can be attributed to it.</summary>
    public sealed record Unknown(string Cause) : SendOutcome;
}
