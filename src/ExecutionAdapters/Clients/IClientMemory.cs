namespace ExecutionAdapters.Clients;

/// <summary>
/// What a client wants to find again after its process has ended, such as the highest nonce that it used. Writing never waits: a value that was
/// set in the last moments before the end may be missing. An engine of one's own implements it over its own store. Safe for concurrent use.
/// </summary>
public interface IClientMemory
{
    /// <summary>The value, or null when there is none.</summary>
    string? Get(string name);

    /// <summary>Sets a value; of several in a row only the last is sure to be kept.</summary>
    void Set(string name, string value);
}
