using System.Globalization;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>A row of the venue could not be read. The message names the member, never the whole row.</summary>
internal sealed class RowFormatException(string message) : Exception(message);

/// <summary>
/// Reads members of the venue's rows. The venue mixes strings and numbers for the same thing, leaves zeros out and writes
/// absent values as "" or null, so every reader takes all of these.
/// </summary>
internal static class JsonRow
{
    /// <summary>A decimal that must be there.</summary>
    public static decimal Decimal(JsonElement row, string name) =>
        OptionalDecimal(row, name) ?? throw new RowFormatException($"'{name}' is missing");

    /// <summary>A decimal; null when missing, null or "".</summary>
    public static decimal? OptionalDecimal(JsonElement row, string name)
    {
        if (!TryGet(row, name, out var value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                return number;
            case JsonValueKind.String:
                var text = String(value, name);
                if (string.IsNullOrEmpty(text))
                {
                    return null;
                }

                const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
                return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : throw new RowFormatException($"'{name}' is no decimal number");
            default:
                throw new RowFormatException($"'{name}' is no decimal number");
        }
    }

    /// <summary>A decimal that must be there and must not be negative.</summary>
    public static decimal NonNegative(JsonElement row, string name)
    {
        var value = Decimal(row, name);
        return value >= 0 ? value : throw new RowFormatException($"'{name}' is negative");
    }

    /// <summary>A whole number that must be there.</summary>
    public static long Integer(JsonElement row, string name) =>
        OptionalInteger(row, name) ?? throw new RowFormatException($"'{name}' is missing");

    /// <summary>A whole number; null when missing, null or "".</summary>
    public static long? OptionalInteger(JsonElement row, string name)
    {
        if (!TryGet(row, name, out var value))
        {
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                return number;
            case JsonValueKind.String:
                var text = String(value, name);
                if (string.IsNullOrEmpty(text))
                {
                    return null;
                }

                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                    ? parsed
                    : throw new RowFormatException($"'{name}' is no whole number");
            default:
                throw new RowFormatException($"'{name}' is no whole number");
        }
    }

    /// <summary>A market number: 0 … 32767.</summary>
    public static short Market(JsonElement row, string name)
    {
        var value = Integer(row, name);
        return value is >= 0 and <= short.MaxValue ? (short)value : throw new RowFormatException($"'{name}' is no market number");
    }

    /// <summary>A text; "" when missing or null. Numbers become their text.</summary>
    public static string Text(JsonElement row, string name) => !TryGet(row, name, out var value)
        ? ""
        : value.ValueKind switch
        {
            JsonValueKind.String => String(value, name),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new RowFormatException($"'{name}' is no text"),
        };

    /// <summary>The text of a string value. Bytes that are no UTF-8, or half a surrogate pair, are no text.</summary>
    public static string String(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RowFormatException($"'{name}' is no valid text");
        }
    }

    /// <summary>A flag; false when missing. 0 and 1 are taken as well.</summary>
    public static bool Flag(JsonElement row, string name) => TryGet(row, name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number != 0,
        _ => throw new RowFormatException($"'{name}' is no flag"),
    };

    /// <summary>The member when it is there and not null.</summary>
    public static bool TryGet(JsonElement row, string name, out JsonElement value)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new RowFormatException("the row is no object");
        }

        return row.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>
    /// A time in milliseconds. Older documents say seconds for some members, so small magnitudes (under 10^11) are taken as seconds.
    /// </summary>
    public static long Milliseconds(JsonElement row, string name)
    {
        var value = OptionalInteger(row, name) ?? 0;
        return value is > 0 and < 100_000_000_000 ? value * 1000 : value;
    }
}
