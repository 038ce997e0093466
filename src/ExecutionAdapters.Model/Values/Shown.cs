namespace ExecutionAdapters.Model;

/// <summary>Makes foreign text fit for an error message.</summary>
internal static class Shown
{
    private const int MaxLength = 64;

    public static string Limited(string text) => text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "…");
}
