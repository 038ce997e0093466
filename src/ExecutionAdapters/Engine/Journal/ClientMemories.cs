using System.Collections.Concurrent;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>The values of all clients, in memory and, where there is one, in the journal.</summary>
internal sealed class ClientMemories(EngineJournal? journal)
{
    private readonly EngineJournal? _journal = journal;
    private readonly ConcurrentDictionary<(ClientId Client, string Name), string> _values = new();

    public IClientMemory Of(ClientId clientId) => new Memory(this, clientId);

    public void Restore(IEnumerable<JournalValue> values)
    {
        foreach (var value in values)
        {
            _values.TryAdd((value.ClientId, value.Name), value.Value);
        }
    }

    private sealed class Memory(ClientMemories memories, ClientId clientId) : IClientMemory
    {
        public string? Get(string name) => memories._values.GetValueOrDefault((clientId, name));

        public void Set(string name, string value)
        {
            memories._values[(clientId, name)] = value;
            memories._journal?.Record(new JournalValue(clientId, name, value));
        }
    }
}
