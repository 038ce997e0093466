using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>Puts the parts of a mass status together.</summary>
public static class MassStatus
{
    /// <summary>Awaits every part, those behind a failure too.</summary>
    /// <param name="client">Whose account it is.</param>
    /// <param name="id">Id of the report.</param>
    /// <param name="now">When it was begun.</param>
    /// <param name="orders">Order reports.</param>
    /// <param name="fills">Fill reports.</param>
    /// <param name="positions">Position reports.</param>
    /// <exception cref="MassStatusException">A part failed; what worked is attached.</exception>
    public static async Task<ExecutionMassStatus> CollectAsync(
        IExecutionClient client,
        Uuid4 id,
        UnixNanos now,
        Task<IReadOnlyList<OrderStatusReport>> orders,
        Task<IReadOnlyList<FillReport>> fills,
        Task<IReadOnlyList<PositionStatusReport>> positions)
    {
        ArgumentNullException.ThrowIfNull(client);
        var failures = new List<(string Part, ExecutionClientException Failure)>();
        var status = ExecutionMassStatus.Create(
            id, now, client.ClientId, client.AccountId, client.Venue,
            await PartAsync("order_reports", orders, failures).ConfigureAwait(false),
            await PartAsync("fill_reports", fills, failures).ConfigureAwait(false),
            await PartAsync("position_reports", positions, failures).ConfigureAwait(false));
        return failures.Count == 0
            ? status
            : throw new MassStatusException(
                $"{client.Venue} mass status is incomplete: " + string.Join("; ", failures.Select(failure => $"{failure.Part} failed: {failure.Failure.Message}")),
                [.. failures.Select(failure => failure.Part)], status, failures[0].Failure);
    }

    private static async Task<IReadOnlyList<T>> PartAsync<T>(string part, Task<IReadOnlyList<T>> reports, List<(string Part, ExecutionClientException Failure)> failures)
    {
        try
        {
            return await reports.ConfigureAwait(false);
        }
        catch (ExecutionClientException exception)
        {
            failures.Add((part, exception));
            return exception is IncompleteReportsException { Readable: IReadOnlyList<T> readable } ? readable : [];
        }
    }
}
