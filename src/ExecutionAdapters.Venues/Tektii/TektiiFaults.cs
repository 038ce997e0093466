namespace ExecutionAdapters.Venues.Tektii;

/// <summary>What becomes of a request.</summary>
public enum TektiiRequestFaultKind
{
    /// <summary>The connection is cut before the request is looked at.</summary>
    DropRequest,

    /// <summary>The request is executed, its frames go out, and the connection is cut instead of an answer.</summary>
    DropResponse,

    /// <summary>
    /// The request is on its way for the delay, or without one until it is released; only then is it looked at. So whatever happens
    /// meanwhile overtakes it.
    /// </summary>
    HoldRequest,

    /// <summary>
    /// The request is executed and its frames go out; the answer waits for the delay, or without one until it is released. So a
    /// fill reaches the client before the response of its order.
    /// </summary>
    HoldResponse,

    /// <summary>The request is answered with a status and a body of yours; it is executed only when the fault says so.</summary>
    Answer,

    /// <summary>The request is executed; the answer breaks off after half of its body, which is complete for HTTP.</summary>
    TruncateResponse,
}

/// <summary>A fault of requests to /v1 or /api/v1.</summary>
public sealed record TektiiRequestFault
{
    /// <summary>What happens.</summary>
    public required TektiiRequestFaultKind Kind { get; init; }

    /// <summary>For example "POST"; null for all methods.</summary>
    public string? Method { get; init; }

    /// <summary>How the path begins, for example "/v1/orders"; null for all paths.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests pass before it fires.</summary>
    public int After { get; init; }

    /// <summary>How often it fires; null for always. Once by default.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>For <see cref="TektiiRequestFaultKind.HoldRequest"/> and <see cref="TektiiRequestFaultKind.HoldResponse"/>: how long, by the venue's clock; null until released.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>For <see cref="TektiiRequestFaultKind.Answer"/>: the HTTP status.</summary>
    public int Status { get; init; } = 500;

    /// <summary>For <see cref="TektiiRequestFaultKind.Answer"/>: the body; null for the error that goes with the status.</summary>
    public string? Body { get; init; }

    /// <summary>For <see cref="TektiiRequestFaultKind.Answer"/>: the header Retry-After, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>For <see cref="TektiiRequestFaultKind.Answer"/>: whether the request is executed all the same.</summary>
    public bool Execute { get; init; }
}

/// <summary>What becomes of a stream frame.</summary>
public enum TektiiFrameFaultKind
{
    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>It comes twice.</summary>
    Duplicate,

    /// <summary>Only the first half comes: no JSON.</summary>
    Truncate,

    /// <summary>The connection is cut instead.</summary>
    CutBefore,

    /// <summary>The connection is closed after it.</summary>
    CutAfter,
}

/// <summary>A fault of stream frames.</summary>
public sealed record TektiiFrameFault
{
    /// <summary>What happens.</summary>
    public required TektiiFrameFaultKind Kind { get; init; }

    /// <summary>The frame's type, for example "order"; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>The frame's event, for example "ORDER_FILLED"; null for all.</summary>
    public string? Event { get; init; }

    /// <summary>How many matching frames pass before it fires.</summary>
    public int After { get; init; }

    /// <summary>How often it fires; null for always. Once by default.</summary>
    public int? Times { get; init; } = 1;
}
