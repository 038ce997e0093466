using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>How values look on the wire: decimals as strings, times as whole nanoseconds, enums in capitals; what is null is left out.</summary>
internal static class JsonOut
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object on one line, without the line's end; <paramref name="write"/> gives its members.</summary>
    public static string Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Text(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>A value by its text form: identifiers, prices, quantities, money.</summary>
    public static void Value<T>(this Utf8JsonWriter writer, string name, T? value)
        where T : struct => writer.Text(name, value?.ToString());

    public static void Decimal(this Utf8JsonWriter writer, string name, decimal? value) =>
        writer.Text(name, value?.ToString(CultureInfo.InvariantCulture));

    public static void Enum<T>(this Utf8JsonWriter writer, string name, T value)
        where T : struct, Enum => writer.WriteString(name, value.ToWireString());

    public static void Time(this Utf8JsonWriter writer, string name, UnixNanos? value)
    {
        if (value is { } time)
        {
            writer.WriteNumber(name, time.Value);
        }
    }

    public static void Objects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
