using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>Integers as decimal text: the venue writes amounts as JSON strings with a fixed number of decimals.</summary>
internal static class JsonAmounts
{
    private const int MaximumLength = 40;

    /// <summary>A string member: ticks with so many decimals, e.g. 10140 with 2 as "101.40".</summary>
    public static void WriteAmount(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long ticks, int decimals)
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        json.WriteString(name, text[..Format(ticks, decimals, text)]);
    }

    /// <summary>A string member with six decimals.</summary>
    public static void WriteUsdc(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long micro) =>
        json.WriteAmount(name, micro, MarketDefinition.QuoteDecimals);

    /// <summary>A number member, for the statistics that the venue gives as numbers.</summary>
    public static void WriteAmountNumber(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long ticks, int decimals) =>
        json.WriteNumber(name, ToDecimal(ticks, decimals));

    public static void WriteIndexText(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long index) => json.WriteAmount(name, index, 0);

    public static decimal ToDecimal(long ticks, int decimals) =>
        new((int)(Math.Abs(ticks) & 0xFFFFFFFF), (int)(Math.Abs(ticks) >> 32), 0, ticks < 0, (byte)decimals);

    public static string ToText(long ticks, int decimals)
    {
        Span<byte> text = stackalloc byte[MaximumLength];
        return System.Text.Encoding.ASCII.GetString(text[..Format(ticks, decimals, text)]);
    }

    private static int Format(long ticks, int decimals, Span<byte> destination)
    {
        Span<byte> reversed = stackalloc byte[MaximumLength];
        ulong magnitude = ticks < 0 ? unchecked((ulong)-ticks) : (ulong)ticks;
        int length = 0;
        int digits = 0;
        do
        {
            if (digits == decimals && decimals > 0)
            {
                reversed[length++] = (byte)'.';
            }

            reversed[length++] = (byte)('0' + (magnitude % 10));
            magnitude /= 10;
            digits++;
        }
        while (magnitude > 0 || digits <= decimals);
        if (ticks < 0)
        {
            reversed[length++] = (byte)'-';
        }

        reversed[..length].Reverse();
        reversed[..length].CopyTo(destination);
        return length;
    }
}
