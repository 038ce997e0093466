using System.Text;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>
/// Which ids were used: of each eight bytes, so that those of years fit into memory. Two ids with the same eight bytes are taken for one; among ten
/// million that happens with a chance of one in three hundred thousand. Thread-safe.
/// </summary>
internal sealed class UsedIds
{
    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _hashes = [];

    public void Add(ClientOrderId id)
    {
        lock (_lock)
        {
            _hashes.Add(HashOf(id));
        }
    }

    public bool Contains(ClientOrderId id)
    {
        lock (_lock)
        {
            return _hashes.Contains(HashOf(id));
        }
    }

    /// <summary>FNV-1a, with the high half folded in: its low bits alone depend on few of the input's.</summary>
    private static ulong HashOf(ClientOrderId id)
    {
        var hash = 0xcbf2_9ce4_8422_2325UL;
        Span<byte> buffer = stackalloc byte[256];
        var text = Encoding.UTF8.GetMaxByteCount(id.Value.Length) <= buffer.Length ? buffer[..Encoding.UTF8.GetBytes(id.Value, buffer)] : Encoding.UTF8.GetBytes(id.Value);
        foreach (var value in text)
        {
            hash = (hash ^ value) * 0x100_0000_01b3UL;
        }

        return hash ^ (hash >> 32);
    }
}
