using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Faults;

namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>One transaction or one batch, as a client sent it.</summary>
internal sealed record Submission(LighterTransport Transport, IReadOnlyList<RawTransaction> Transactions, bool PriceProtection = true)
{
    public bool IsBatch => Transport is LighterTransport.WebSocketBatch or LighterTransport.HttpBatch;
}

/// <summary>What to answer to a submission, with the deviations that a fault script asks for.</summary>
internal sealed record SubmissionOutcome
{
    /// <summary>Null when everything was admitted.</summary>
    public VenueError? Error { get; init; }

    public IReadOnlyList<string> Hashes { get; init; } = [];

    public long PredictedExecutionMs { get; init; }

    public long VolumeQuotaRemaining { get; init; }

    /// <summary>Answer a refusal as {"error":{…}} without a type.</summary>
    public bool IsBare { get; init; }

    public bool OmitHash { get; init; }

    public bool SwallowAcknowledgement { get; init; }

    /// <summary>Close the connection instead of answering.</summary>
    public bool CloseConnection { get; init; }

    public bool CloseAfterAnswer { get; init; }

    /// <summary>The rule that holds the answer back; null when it goes out at once.</summary>
    public FaultRule? Withhold { get; init; }
}
