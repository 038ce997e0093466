using System.Globalization;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// What was wrong with the venue's data so far: each kind is worth a log line once, however often it comes; counters tell how often.
/// Belongs to the client's loop.
/// </summary>
internal sealed class Complaints
{
    private const int MaxKinds = 200;
    private const int MaxLength = 120;

    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);

    /// <summary>True the first time. Reasons that differ in their numbers are one kind.</summary>
    public bool IsNew(string source, string? reason)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{source}: {reason}");
        var kind = string.Concat(text.Take(MaxLength).Where(character => !char.IsAsciiDigit(character)));
        return _kinds.Count < MaxKinds && _kinds.Add(kind);
    }
}
