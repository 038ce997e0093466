using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The members of one JSON object, each to be taken once. Keeps the first error; after it every member reads as its default.
/// </summary>
internal sealed class JsonMembers
{
    private const int ShownValueLength = 40;

    private readonly JsonElement _element;
    private readonly string _path;
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    public JsonMembers(JsonElement element, string path = "")
    {
        _element = element;
        _path = path;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_left.Add(property.Name))
            {
                Fail($"{Shown(property.Name)} stands twice.");
            }
        }
    }

    /// <summary>What is wrong, or null.</summary>
    public string? Error { get; private set; }

    public void Fail(string error) => Error ??= _path + error;

    /// <summary>A number without fraction or exponent, within a range.</summary>
    public long Integer(ReadOnlySpan<byte> name, long minimum, long maximum) =>
        Take(name, JsonValueKind.Number, required: true) is { } member ? Integer(name, member, minimum, maximum) : 0;

    public long Integer(ReadOnlySpan<byte> name, JsonElement member, long minimum, long maximum)
    {
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        Fail($"{Text(name)} is {Shown(member)}; it must be an integer from {minimum} to {maximum}.");
        return 0;
    }

    public ulong UnsignedInteger(ReadOnlySpan<byte> name)
    {
        if (Take(name, JsonValueKind.Number, required: true) is not { } member)
        {
            return 0;
        }

        if (!member.TryGetUInt64(out ulong value))
        {
            Fail($"{Text(name)} is {Shown(member)}; it must be an integer from 0 to {ulong.MaxValue}.");
        }

        return value;
    }

    /// <summary>A string; null when an optional one is absent or null.</summary>
    public string? Text(ReadOnlySpan<byte> name, bool required) => Take(name, JsonValueKind.String, required)?.GetString();

    public JsonElement? Array(ReadOnlySpan<byte> name) => Take(name, JsonValueKind.Array, required: true);

    public JsonElement? OptionalObject(ReadOnlySpan<byte> name) => Take(name, JsonValueKind.Object, required: false);

    /// <summary>Call when all known members were taken: what is left is unknown.</summary>
    public void RefuseOthers()
    {
        foreach (string name in _left)
        {
            Fail($"{Shown(name)} is no member of this transaction.");
        }
    }

    private JsonElement? Take(ReadOnlySpan<byte> name, JsonValueKind kind, bool required)
    {
        if (Error is not null)
        {
            return null;
        }

        if (!_element.TryGetProperty(name, out JsonElement member))
        {
            if (required)
            {
                Fail($"{Text(name)} is missing.");
            }

            return null;
        }

        _left.Remove(Text(name));
        if (member.ValueKind == kind)
        {
            return member;
        }

        if (required || member.ValueKind != JsonValueKind.Null)
        {
            Fail($"{Text(name)} is {Shown(member)}; it must be {Expected(kind)}.");
        }

        return null;
    }

    private static string Expected(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private static string Shown(JsonElement member) => Shown(member.GetRawText());

    private static string Shown(string text) => text.Length <= ShownValueLength ? text : $"{text.AsSpan(0, ShownValueLength)}…";

    private static string Text(ReadOnlySpan<byte> name) => System.Text.Encoding.UTF8.GetString(name);
}
