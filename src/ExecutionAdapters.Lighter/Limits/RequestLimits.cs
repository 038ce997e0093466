using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter.Limits;

/// <summary>How much a client may ask by REST: the bucket that it shares with others, and the limit as it knows it.</summary>
/// <param name="Requests">What was asked.</param>
/// <param name="PerMinute">The most that may be asked within a minute.</param>
/// <param name="IsWeighted">Whether requests count by weight, or one each.</param>
internal sealed record RequestLimits(RollingQuota Requests, int PerMinute, bool IsWeighted)
{
    private int Ordinary => PerMinute - (PerMinute / 20);

    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Waits until the request may leave. What orders wait for does not queue, and has the last twentieth for itself.</summary>
    public Task TakeAsync(string endpoint, CancellationToken cancellationToken)
    {
        var weight = IsWeighted ? RequestWeights.Of(endpoint) : 1;
        if (RequestWeights.IsUrgent(endpoint))
        {
            Requests.Charge(weight);
            return Task.CompletedTask;
        }

        return Requests.TakeAsync(weight, Ordinary, cancellationToken);
    }

    /// <summary>Whether the request could leave now.</summary>
    public bool HasRoom(string endpoint) => Requests.HasRoom(IsWeighted ? RequestWeights.Of(endpoint) : 1, Ordinary, out _);

    /// <summary>The venue said that it was too much.</summary>
    /// <param name="retryAfter">What it asked for, if it did.</param>
    public void Pause(TimeSpan? retryAfter) =>
        Requests.Pause(retryAfter is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, LongestPause.Ticks)) : DefaultPause);
}
