using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// A value that is a string in JSON, also as the name of a property: its text form. What cannot be read back is neither read nor written;
/// both throw <see cref="JsonException"/>.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
public abstract class TextJsonConverter<T> : JsonConverter<T>
    where T : notnull
{
    private protected TextJsonConverter()
    {
    }

    /// <inheritdoc/>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.String
            ? Parsed(reader.GetString()!)
            : throw new JsonException($"A {typeof(T).Name} is a string in JSON, not a {reader.TokenType}.");

    /// <inheritdoc/>
    public sealed override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => Parsed(reader.GetString()!);

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Printed(value));
    }

    /// <inheritdoc/>
    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(Printed(value));
    }

    /// <summary>Reads the text form; false when it is none.</summary>
    private protected abstract bool TryParse(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>False for a <c>default</c> that has no text form.</summary>
    private protected abstract bool HasText(T value);

    private T Parsed(string text)
        => TryParse(text, out var value) ? value : throw new JsonException($"'{Shown.Limited(text)}' is not a legal {typeof(T).Name}.");

    private string Printed(T value)
        => HasText(value) ? value.ToString()! : throw new JsonException($"default({typeof(T).Name}) has no text form; leave it out or make it null.");
}
