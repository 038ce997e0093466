using System.Collections.Concurrent;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>The latest requests received, in order of arrival. Thread-safe, unlike the rest of the venue's core.</summary>
internal sealed class RequestLog
{
    /// <summary>How many requests are kept for tests to look at.</summary>
    private const int CaptureLimit = 10_000;

    private readonly ConcurrentQueue<CapturedRequest> _captured = new();

    public IReadOnlyList<CapturedRequest> Captured => [.. _captured];

    public void Add(string path, string query, string? authorization)
    {
        _captured.Enqueue(new CapturedRequest { Path = path, Query = query, Authorization = authorization });
        while (_captured.Count > CaptureLimit)
        {
            _captured.TryDequeue(out _);
        }
    }
}
