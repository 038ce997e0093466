namespace ExecutionAdapters.Testing.Conformance;

/// <summary>A trading request, by what it asks for. A batch is of the kind of its parts.</summary>
public enum VenueRequest
{
    /// <summary>Any of them.</summary>
    Any,

    /// <summary>A new order, or several.</summary>
    Submit,

    /// <summary>The change of an order.</summary>
    Modify,

    /// <summary>The end of an order, or of several.</summary>
    Cancel,
}

/// <summary>What a venue can be made to do wrong. A cut connection is no fault of the venue: for that there is the <see cref="LinkCuttingProxy"/>.</summary>
public enum VenueFault
{
    /// <summary>The next request is executed, and its answer never comes; the stream tells what it told anyway.</summary>
    LoseAnswer,

    /// <summary>The next request is executed, and its answer comes only when the faults are cleared; the stream tells meanwhile.</summary>
    HoldAnswer,

    /// <summary>The next request is on its way until the faults are cleared, and is executed only then; whatever happens meanwhile overtakes it.</summary>
    HoldRequest,

    /// <summary>The next request is not executed: its connection is cut instead of an answer.</summary>
    LoseRequest,

    /// <summary>The next request is answered with a refusal that is the venue's last word about it, such as too little margin.</summary>
    Refuse,

    /// <summary>Until cleared every frame of the stream comes twice.</summary>
    DuplicateFrames,

    /// <summary>Until cleared every request that reads (orders, trades, positions) is answered with HTTP 500.</summary>
    FailReads,

    /// <summary>Until cleared every list of orders that is read is empty, and nothing else is wrong.</summary>
    EmptyReads,

    /// <summary>The token that the client has, or shows next, is refused as one that has ended.</summary>
    ExpireToken,
}
