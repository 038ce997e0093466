using System.Globalization;
using System.Text.Json;

namespace ExecutionAdapters.Venues.Tektii.Rows;

/// <summary>Members of JSON objects as the protocol wants them: decimals as strings, optional members left out when null.</summary>
internal static class JsonExtensions
{
    public static void WriteDecimal(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[32]; // 29 digits, a sign and a point
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    public static void WriteOptional(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteDecimal(name, number);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>RFC 3339 in UTC.</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time) => json.WriteString(name, time.UtcDateTime);

    /// <summary>evt-0, evt-1, ….</summary>
    public static void WriteEventId(this Utf8JsonWriter json, long number)
    {
        Span<byte> text = stackalloc byte[24];
        "evt-"u8.CopyTo(text);
        number.TryFormat(text[4..], out int length, default, CultureInfo.InvariantCulture);
        json.WriteString("event_id"u8, text[..(4 + length)]);
    }
}
