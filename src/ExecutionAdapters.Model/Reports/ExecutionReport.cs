namespace ExecutionAdapters.Model;

/// <summary>What the venue says about itself, independent of what we believe: input of reconciliation.</summary>
public abstract record ExecutionReport : ExecutionEvent
{
    /// <summary>The id of this report.</summary>
    public required Uuid4 ReportId { get; init; }

    /// <summary>When this object was built.</summary>
    public required UnixNanos TsInit { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }
}
