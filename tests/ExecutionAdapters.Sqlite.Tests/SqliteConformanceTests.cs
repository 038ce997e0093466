using ExecutionAdapters.Testing.Journal;

namespace ExecutionAdapters.Sqlite.Tests;

public sealed class SqliteConformanceTests
{
    public static TheoryData<string> Cases() => [.. JournalStoreConformance.Cases.Select(conformance => conformance.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_store_does_what_every_store_must(string name)
    {
        using var harness = new SqliteHarness();
        await JournalStoreConformance.Cases.Single(conformance => conformance.Name == name).RunAsync(harness, CancellationToken.None);
    }
}
