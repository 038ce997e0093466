namespace ExecutionAdapters.Architecture.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Source => Path.Combine(Root, "src");

    public static IEnumerable<string> Projects() => Directory.GetDirectories(Source)
        .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
        .Select(folder => Path.GetFileName(folder)!);

    public static IEnumerable<string> SourceFiles(string? project = null) =>
        Directory.EnumerateFiles(project is null ? Source : Path.Combine(Source, project), "*.cs", SearchOption.AllDirectories);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExecutionAdapters.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("ExecutionAdapters.sln was not found above the test binaries.");
    }
}
