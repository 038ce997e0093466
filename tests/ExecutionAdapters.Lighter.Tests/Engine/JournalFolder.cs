namespace ExecutionAdapters.Lighter.Tests.Engine;

/// <summary>A folder of its own for a journal.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
