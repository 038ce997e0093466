using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Http;

/// <summary>Lists in REST bodies: the venue writes an empty one as [], null or not at all.</summary>
internal static class JsonList
{
    public static IEnumerable<JsonElement> Enumerate(JsonElement body, string member)
    {
        if (!JsonRow.TryGet(body, member, out var list))
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new RowFormatException($"'{member}' is no list");
    }
}
