namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>What one step of the sequencer did; the source of a transaction's event text.</summary>
internal sealed class ExecutionReport
{
    /// <summary>Why the step failed; null when it was executed.</summary>
    public VenueError? Error { get; set; }

    public Market? Market { get; init; }

    /// <summary>The order the step was about, as it is after it.</summary>
    public Order? Order { get; set; }

    /// <summary>The order as it was before a modification.</summary>
    public Order? OldOrder { get; init; }

    public Trade? LastTrade { get; set; }

    public Order? LastMaker { get; set; }

    public static ExecutionReport Failed(Market? market, VenueError error) => new() { Market = market, Error = error };
}
