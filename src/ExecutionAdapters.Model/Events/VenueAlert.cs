namespace ExecutionAdapters.Model;

/// <summary>Something at the venue that somebody has to look at now, such as a position that lost its stop. It changes no books.</summary>
/// <param name="ClientId">The client that tells it.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Code">What it is, by the venue's name or ours.</param>
/// <param name="Message">What happened, and what to do where that is known.</param>
/// <param name="TsInit">When it was told here.</param>
public sealed record VenueAlert(ClientId ClientId, AccountId AccountId, string Code, string Message, UnixNanos TsInit) : ExecutionEvent
{
    private protected override string Details => $"{ClientId} {AccountId} {Code}: {Message}";
}
