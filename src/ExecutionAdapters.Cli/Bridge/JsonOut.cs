using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>How values look on the wire: decimals as strings, times as whole nanoseconds, enums in capitals; what is null is left out.</summary>
internal static class JsonOut
{
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
