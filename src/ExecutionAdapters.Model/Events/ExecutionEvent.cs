namespace ExecutionAdapters.Model;

/// <summary>
/// Anything a client posts to its engine: order events for orders it knows, reports for those it does not, and account states.
/// </summary>
public abstract record ExecutionEvent
{
    /// <summary>What the short text form says after the type name.</summary>
    private protected abstract string Details { get; }

    /// <summary>Type name and the members that matter most, on one line.</summary>
    public sealed override string ToString() => $"{GetType().Name}({Details})";
}
