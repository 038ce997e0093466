using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>One JSON object, read by member. What is wrong is a <see cref="FormatException"/> that names the member, never the whole row.</summary>
internal readonly struct Row
{
    private readonly JsonElement _element;

    public Row(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"an object was expected, found {element.ValueKind}");
        }

        _element = element;
    }

    public string Json => _element.GetRawText();

    public bool Has(string name) => Find(name) is not null;

    public Row Object(string name) => Find(name) is { } value ? new Row(value) : throw Missing(name);

    public JsonElement Array(string name) =>
        Find(name) is { } value ? value.ValueKind == JsonValueKind.Array ? value : throw Wrong(name, "an array") : throw Missing(name);

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name) =>
        Find(name) is not { } value ? null : TextOf(value) ?? throw Wrong(name, "a text");

    /// <summary>Never throws: null when it is something else.</summary>
    public string? TextOrNumber(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => TextOf(value),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>The member as it stands, whatever it is.</summary>
    public string? Raw(string name) => Find(name)?.GetRawText();

    public bool Flag(string name) => OptionalFlag(name) ?? false;

    public bool? OptionalFlag(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    public decimal Decimal(string name) => OptionalDecimal(name) ?? throw Missing(name);

    /// <summary>The gateway writes decimals as text, the engine as numbers; both are taken.</summary>
    public decimal? OptionalDecimal(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : TextOf(value);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, "a number");
    }

    public UnixNanos Time(string name) => OptionalTime(name) ?? throw Missing(name);

    /// <summary>RFC 3339 text, or unix milliseconds.</summary>
    public UnixNanos? OptionalTime(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds) && milliseconds is >= 0 and < 10_000_000_000_000)
        {
            return UnixNanos.FromMilliseconds(milliseconds);
        }

        return TextOf(value) is { } text && UnixNanos.TryParse(text, out var time) ? time : throw Wrong(name, "a time");
    }

    public long? OptionalInteger(string name) =>
        Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "a whole number");

    /// <summary>The text; null when it is none, or one that is no Unicode: half a surrogate pair is valid JSON.</summary>
    public static string? TextOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static FormatException Wrong(string name, string wanted) => new($"\"{name}\" must be {wanted}");

    private JsonElement? Find(string name) =>
        _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static FormatException Missing(string name) => new($"\"{name}\" is missing");
}
