namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>How many transactions one submission may carry: 15 on the stream, 50 over HTTP (venue documentation).</summary>
internal static class BatchLimit
{
    private const int Stream = 15;
    private const int Http = 50;

    /// <summary>Null when so many are allowed.</summary>
    public static VenueError? Check(LighterTransport transport, int count)
    {
        int maximum = transport is LighterTransport.WebSocketBatch or LighterTransport.WebSocket ? Stream : Http;
        return count > maximum ? VenueErrors.MaxBatchTx.With($"{count} transactions, allowed here are {maximum}") : null;
    }
}
