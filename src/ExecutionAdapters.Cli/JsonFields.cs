using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli;

/// <summary>A field that is missing, unknown or not what it must be. The message names it and never holds its value.</summary>
internal sealed class FieldException(string field, string problem) : Exception($"{field}: {problem}");

/// <summary>
/// Reads one JSON object strictly: each field by name and type, and none that nobody asked for. A field that is null counts as absent.
/// </summary>
internal sealed class JsonFields
{
    private const int LongestNameShown = 40;

    private readonly JsonElement _object;
    private readonly string _path;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <param name="element">A JSON object.</param>
    /// <param name="path">What stands before the names of its fields in messages, such as "lighter."; may be empty.</param>
    public JsonFields(JsonElement element, string path)
    {
        _object = element;
        _path = path;
    }

    public delegate bool TryParse<T>(string text, out T value);

    /// <summary>Declares fields as known without reading them.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    public FieldException Error(string name, string problem) => new(_path + name, problem);

    public string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Error(name, "must be a string");

    public string RequireText(string name) => Text(name) ?? throw Missing(name);

    public bool Flag(string name) => Find(name) is { } value
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Error(name, "must be true or false"));

    public long? Integer(string name, long least, long most) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most ? number
        : throw Error(name, $"must be a whole number from {least} to {most}");

    /// <summary>A duration in seconds, fractions allowed, above zero and at most a day.</summary>
    public TimeSpan? Seconds(string name)
    {
        const int MostSeconds = 86_400;
        return Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && seconds is >= 0.001m and <= MostSeconds
                ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
                : throw Error(name, $"must be a number of seconds, from 0.001 to {MostSeconds}");
    }

    public UnixNanos? Time(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var nanos) ? new UnixNanos(nanos)
        : throw Error(name, "must be a whole number of nanoseconds since 1970");

    /// <summary>A text that must have a form; <paramref name="form"/> says which, as in "must be …".</summary>
    public T? Parse<T>(string name, TryParse<T> parse, string form)
        where T : struct => Text(name) is not { } text ? null
        : parse(text, out var value) ? value : throw Error(name, "must be " + form);

    /// <inheritdoc cref="Parse"/>
    public T Require<T>(string name, TryParse<T> parse, string form)
        where T : struct => Parse(name, parse, form) ?? throw Missing(name);

    public T? Enum<T>(string name)
        where T : struct, Enum =>
        Parse<T>(name, WireText.TryParse, "one of " + string.Join(", ", System.Enum.GetValues<T>().Select(value => value.ToWireString())));

    public JsonFields? Object(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonFields(value, $"{_path}{name}.") : throw Error(name, "must be an object");

    public IReadOnlyList<JsonFields> RequireObjects(string name) => Objects(name) ?? throw Missing(name);

    public IReadOnlyList<JsonFields>? Objects(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select((item, index) => new JsonFields(item, $"{_path}{name}[{index}]."))]
            : throw Error(name, "must be an array of objects");
    }

    /// <summary>Free names with plain values; numbers and booleans are taken as their text.</summary>
    public IReadOnlyDictionary<string, string>? Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        const JsonValueKind Text = JsonValueKind.String;
        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().All(member => member.Value.ValueKind is Text or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            ? value.EnumerateObject().ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind == Text ? member.Value.GetString()! : member.Value.GetRawText(),
                StringComparer.Ordinal)
            : throw Error(name, "must be an object of plain values");
    }

    /// <summary>Throws when there is a field that nobody asked for: it would be passed over in silence, and may be a misspelt one.</summary>
    public void RequireNoOthers()
    {
        foreach (var member in _object.EnumerateObject())
        {
            if (!_known.Contains(member.Name))
            {
                // A very long name may be anything, a key put in the wrong place included.
                throw Error(member.Name.Length <= LongestNameShown ? member.Name : $"(a name of {member.Name.Length} characters)", "is not known");
            }
        }
    }

    public FieldException Missing(string name) => Error(name, "is missing");

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
