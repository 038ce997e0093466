using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Tests;

/// <content>The members of a row.</content>
internal static partial class DocumentOracle
{
    private static decimal Decimal(JsonElement row, string name) =>
        OptionalDecimal(row, name) ?? throw new RowFormatException($"'{name}' is missing");

    private static decimal? OptionalDecimal(JsonElement row, string name)
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

    private static decimal NonNegative(JsonElement row, string name)
    {
        var value = Decimal(row, name);
        return value >= 0 ? value : throw new RowFormatException($"'{name}' is negative");
    }

    private static long Integer(JsonElement row, string name) =>
        OptionalInteger(row, name) ?? throw new RowFormatException($"'{name}' is missing");

    private static long? OptionalInteger(JsonElement row, string name)
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

    private static short Market(JsonElement row, string name)
    {
        var value = Integer(row, name);
        return value is >= 0 and <= short.MaxValue ? (short)value : throw new RowFormatException($"'{name}' is no market number");
    }

    private static string Text(JsonElement row, string name) => !TryGet(row, name, out var value)
        ? ""
        : value.ValueKind switch
        {
            JsonValueKind.String => String(value, name),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new RowFormatException($"'{name}' is no text"),
        };

    private static string String(JsonElement value, string name)
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

    private static bool Flag(JsonElement row, string name) => TryGet(row, name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number != 0,
        _ => throw new RowFormatException($"'{name}' is no flag"),
    };

    private static bool TryGet(JsonElement row, string name, out JsonElement value)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new RowFormatException("the row is no object");
        }

        return row.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static long Milliseconds(JsonElement row, string name)
    {
        var value = OptionalInteger(row, name) ?? 0;
        return value is > 0 and < 100_000_000_000 ? value * 1000 : value;
    }
}
