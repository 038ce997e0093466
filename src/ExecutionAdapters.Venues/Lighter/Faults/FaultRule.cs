namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>What a rule does when it fires; the names in scripts stand in <see cref="FaultVocabulary"/>.</summary>
internal enum FaultKind
{
    DelayFrame,
    DropFrame,
    DuplicateFrame,
    ReorderFrame,
    CloseAfterFrame,
    WithholdFirstFrame,
    RefuseTransaction,
    LoseAck,
    WithholdAck,
    OmitHash,
    CloseConnection,
    RefuseRequest,
    AnswerRequest,
    DelayRequest,
    StaleToken,
    PauseReading,
    DropConnections,
    PushFrame,
    Restart,
}

/// <summary>
/// One line of a fault script: what to do, to which events, how often. A member that is null does not restrict or is not set.
/// </summary>
internal sealed record FaultRule
{
    public const string BeforeExecution = "before_execution";
    public const string AfterExecution = "after_execution";
    public const string AfterAck = "after_ack";

    public required FaultKind Kind { get; init; }

    /// <summary>How often it fires; null for always.</summary>
    public long? Times { get; init; } = 1;

    /// <summary>How many matching events pass before it may fire.</summary>
    public long? After { get; init; } = 0;

    /// <summary>The chance that a matching event is hit, 0 to 1.</summary>
    public decimal Probability { get; init; } = 1;

    /// <summary>A channel's kind (account_all_orders) or full name (account_all_orders:12345).</summary>
    public string? Channel { get; init; }

    /// <summary>A frame's type, for example jsonapi/sendtx.</summary>
    public string? Type { get; init; }

    /// <summary>stream or http.</summary>
    public string? Transport { get; init; }

    public bool? Batch { get; init; }

    public long? TransactionType { get; init; }

    /// <summary>An endpoint's name below /api/v1/.</summary>
    public string? Path { get; init; }

    public long? DelayMs { get; init; }

    public long? CutAfterMs { get; init; }

    public long? EveryMs { get; init; }

    public long? DowntimeMs { get; init; }

    public long? Status { get; init; }

    public long? Code { get; init; }

    public string? Message { get; init; }

    public long? RetryAfterSeconds { get; init; }

    /// <summary>Whether a refusal on the stream comes as a bare error object.</summary>
    public bool? Bare { get; init; }

    /// <summary>Whether a request is run all the same.</summary>
    public bool? Execute { get; init; }

    /// <summary>One of <see cref="BeforeExecution"/>, <see cref="AfterExecution"/>, <see cref="AfterAck"/>.</summary>
    public string? When { get; init; }

    /// <summary>The JSON text of an answer.</summary>
    public string? Body { get; init; }

    /// <summary>The JSON text of a frame to push.</summary>
    public string? Frame { get; init; }

    /// <summary>The error it answers with.</summary>
    public VenueError Error
    {
        get
        {
            int code = (int)(Code ?? (Status == 429 ? VenueErrors.TooManyRequest.Code : VenueErrors.InternalServerError.Code));
            return Message is { } message ? new VenueError(code, message) : VenueErrors.For(code, "refused by script");
        }
    }

    public bool MatchesChannel(string? name) =>
        Channel is null || name == Channel || (name is not null && name.Length > Channel.Length
            && name[Channel.Length] == ':' && name.StartsWith(Channel, StringComparison.Ordinal));

    public bool MatchesTransport(bool isHttp) => Transport is null || Transport == (isHttp ? "http" : "stream");
}
