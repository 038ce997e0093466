namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>How far an answer of a venue may be trusted to be all there is.</summary>
public enum EvidenceKind
{
    /// <summary>Everything within the window that was asked for: what is not there does not exist.</summary>
    Complete,

    /// <summary>Some of it could not be read: what is there is true, what is not there says nothing.</summary>
    Partial,

    /// <summary>The venue could not be asked: nothing is known.</summary>
    Failed,

    /// <summary>Nobody asked: not part of this reconciliation.</summary>
    NotAsked,
}

/// <summary>What a venue told, and how complete that is. Failure is not emptiness.</summary>
/// <typeparam name="T">A kind of report.</typeparam>
/// <param name="Kind">How complete.</param>
/// <param name="Items">What was told; empty when it failed.</param>
/// <param name="Reason">Why it is not complete; null when it is.</param>
public sealed record Evidence<T>(EvidenceKind Kind, IReadOnlyList<T> Items, string? Reason)
{
    /// <summary>Whether absence is proven by it.</summary>
    public bool IsComplete => Kind == EvidenceKind.Complete;
}

/// <summary>Makes <see cref="Evidence{T}"/>.</summary>
public static class Evidence
{
    /// <summary>All there is.</summary>
    public static Evidence<T> Complete<T>(IReadOnlyList<T> items) => new(EvidenceKind.Complete, items, null);

    /// <summary>Some of it.</summary>
    public static Evidence<T> Partial<T>(IReadOnlyList<T> items, string reason) => new(EvidenceKind.Partial, items, reason);

    /// <summary>None of it.</summary>
    public static Evidence<T> Failed<T>(string reason) => new(EvidenceKind.Failed, [], reason);

    /// <summary>Not part of this reconciliation.</summary>
    public static Evidence<T> NotAsked<T>() => new(EvidenceKind.NotAsked, [], "they were not asked for");
}
