using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Testing.Journal;

namespace ExecutionAdapters.Tests.Engine.Journal;

public sealed class MemoryJournalTests
{
    public static TheoryData<string> Cases() => [.. JournalStoreConformance.Cases.Select(conformance => conformance.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_store_does_what_every_store_must(string name) =>
        JournalStoreConformance.Cases.Single(conformance => conformance.Name == name).RunAsync(new Harness(), CancellationToken.None);

    private sealed class Harness : IJournalStoreHarness
    {
        private readonly MemoryJournal _journal = new();

        public IJournalStore Create() => new MemoryJournalStore(_journal);

        public async Task CrashAsync(IJournalStore store) => await store.DisposeAsync();
    }
}
