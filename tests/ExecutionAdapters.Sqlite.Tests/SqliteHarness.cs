using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Testing.Journal;

namespace ExecutionAdapters.Sqlite.Tests;

/// <summary>A folder of its own, with a journal in it.</summary>
public sealed class SqliteHarness : IJournalStoreHarness, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");
    private int _copies;

    public SqliteHarness() => Path = System.IO.Path.Combine(_folder.FullName, "journal.db");

    public string Path { get; private set; }

    public IJournalStore Create() => new SqliteJournalStore(Path);

    /// <summary>What the process leaves behind is what is in the files at this moment: they are copied before the store may tidy up.</summary>
    public async Task CrashAsync(IJournalStore store)
    {
        var copy = System.IO.Path.Combine(_folder.FullName, $"crashed-{++_copies}.db");
        foreach (var suffix in new[] { "", "-wal" })
        {
            using var from = new FileStream(Path + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(copy + suffix);
            await from.CopyToAsync(to);
        }

        await store.DisposeAsync();
        Path = copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
