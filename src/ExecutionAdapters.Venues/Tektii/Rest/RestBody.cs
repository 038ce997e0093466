using System.Globalization;
using System.Text.Json;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>The JSON object of a request: each member is read by name, null and missing are the same.</summary>
internal readonly struct RestBody
{
    private const int LongestProvided = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    private readonly JsonElement _root;

    private RestBody(JsonElement root) => _root = root;

    /// <exception cref="RefusedException">400: it is no JSON object.</exception>
    public static RestBody Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.ToArray(), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RestBody(document.RootElement.Clone())
                : throw new RefusedException(ApiErrors.Unreadable);
        }
        catch (JsonException)
        {
            throw new RefusedException(ApiErrors.Unreadable);
        }
    }

    public string? Text(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Invalid(name, other, "must be a text"),
    };

    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    /// <summary>A decimal as a text or a number.</summary>
    public decimal? Decimal(string name) => Member(name) is not { } value
        ? null
        : value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && decimal.TryParse(
                value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(),
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out decimal number)
                ? number
                : throw Invalid(name, value, "must be a decimal number");

    public decimal RequiredDecimal(string name) => Decimal(name) ?? throw Missing(name);

    public bool Flag(string name) => Member(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Invalid(name, other, "must be true or false"),
    };

    /// <summary>One of a dialect's words.</summary>
    public T? Word<T>(string name, Func<string, T?> read)
        where T : struct, Enum => Member(name) is not { } value
            ? null
            : (value.ValueKind == JsonValueKind.String ? read(value.GetString()!) : null) ?? throw Invalid(name, value, "is no word of the protocol");

    public T RequiredWord<T>(string name, Func<string, T?> read)
        where T : struct, Enum => Word(name, read) ?? throw Missing(name);

    private static RefusedException Missing(string name) => new(ApiErrors.InvalidField(name, $"{name} is missing"));

    private static RefusedException Invalid(string name, JsonElement value, string what)
    {
        string raw = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return new RefusedException(ApiErrors.InvalidValue(name, raw.Length > LongestProvided ? raw[..LongestProvided] : raw, $"{name} {what}"));
    }

    private JsonElement? Member(string name) =>
        _root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
