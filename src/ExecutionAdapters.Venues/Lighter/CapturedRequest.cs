namespace ExecutionAdapters.Venues.Lighter;

/// <summary>A request as the venue received it, whatever came of it: REST, a connection to the stream, or a subscription on one.</summary>
public sealed record CapturedRequest
{
    /// <summary>For example /api/v1/account for REST, /stream for a connection, /stream/user_stats/12345 for a subscription.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>The authorization header, or the auth of a subscription; null when there is none.</summary>
    public required string? Authorization { get; init; }

    /// <summary>The path; neither query nor token.</summary>
    /// <returns>For example "/api/v1/account".</returns>
    public override string ToString() => Path;
}
