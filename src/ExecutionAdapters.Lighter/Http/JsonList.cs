using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Http;

/// <summary>Lists in REST bodies: the venue writes an empty one as [], null or not at all.</summary>
internal static class JsonList
{
    public static IEnumerable<JsonElement> Enumerate(JsonElement body, string member)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new RowFormatException("the row is no object");
        }

        if (!body.TryGetProperty(member, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new RowFormatException($"'{member}' is no list");
    }
}
