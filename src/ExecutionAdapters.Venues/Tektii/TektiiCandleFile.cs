using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// Candles as text: the header <c>timestamp,open,high,low,close,volume</c>, then a row for each candle. A timestamp is RFC 3339
/// (<c>2026-01-05T14:30:00Z</c>) or ms since 1970, and names where the candle begins.
/// </summary>
public static class TektiiCandleFile
{
    internal const string Header = "timestamp,open,high,low,close,volume";

    private const long MaximumBytes = 1024L * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, at most 1 GiB.</param>
    /// <returns>At least one candle, in ascending order.</returns>
    /// <exception cref="FormatException">It is no such file; the text names the file and the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<TektiiCandle> Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (new FileInfo(path).Length > MaximumBytes)
        {
            throw new FormatException($"{path}: a candle file may have {MaximumBytes} bytes.");
        }

        return Parse(File.ReadAllBytes(path), path);
    }

    internal static List<TektiiCandle> Parse(ReadOnlySpan<byte> rest, string name)
    {
        List<TektiiCandle> candles = [];
        for (int line = 1; !rest.IsEmpty; line++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> row = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line == 1)
            {
                if (!row.SequenceEqual(Encoding.ASCII.GetBytes(Header)))
                {
                    throw Wrong(name, line, $"the header must be {Header}");
                }
            }
            else if (!row.IsEmpty || !rest.IsEmpty)
            {
                TektiiCandle candle = ReadRow(row, name, line);
                if (candles.Count > 0 && candle.TimeMs <= candles[^1].TimeMs)
                {
                    throw Wrong(name, line, "its time is not after the row before");
                }

                candles.Add(candle);
            }
        }

        return candles.Count > 0 ? candles : throw new FormatException($"{name}: there is no candle in it.");
    }

    private static TektiiCandle ReadRow(ReadOnlySpan<byte> row, string name, int line)
    {
        if (row.Count((byte)',') != 5)
        {
            throw Wrong(name, line, "a row must have 6 fields");
        }

        if (!TryReadTime(Take(ref row), out long timeMs))
        {
            throw Wrong(name, line, "the timestamp is neither RFC 3339 nor ms since 1970");
        }

        var candle = new TektiiCandle(
            timeMs,
            Number(ref row, name, line, "open"),
            Number(ref row, name, line, "high"),
            Number(ref row, name, line, "low"),
            Number(ref row, name, line, "close"),
            Number(ref row, name, line, "volume"));
        return candle.Fault is { } fault ? throw Wrong(name, line, fault) : candle;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> row)
    {
        int comma = row.IndexOf((byte)',');
        ReadOnlySpan<byte> field = comma < 0 ? row : row[..comma];
        row = comma < 0 ? default : row[(comma + 1)..];
        return field;
    }

    private static decimal Number(ref ReadOnlySpan<byte> row, string name, int line, string member)
    {
        ReadOnlySpan<byte> field = Take(ref row);
        return Utf8Parser.TryParse(field, out decimal value, out int consumed) && consumed == field.Length
            ? value
            : throw Wrong(name, line, $"{member} is no number");
    }

    private static bool TryReadTime(ReadOnlySpan<byte> field, out long timeMs)
    {
        const int ShortestText = 20;
        const int LongestText = 40;
        if (field.Length < ShortestText)
        {
            return Utf8Parser.TryParse(field, out timeMs, out int consumed) && consumed == field.Length && timeMs >= 0;
        }

        timeMs = 0;
        Span<char> text = stackalloc char[LongestText];
        if (field.Length > LongestText || field[4] != '-' || field[10] != 'T')
        {
            return false;
        }

        text = text[..Encoding.ASCII.GetChars(field, text)];
        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        timeMs = time.ToUnixTimeMilliseconds();
        return isTime && timeMs >= 0;
    }

    private static FormatException Wrong(string name, int line, string what) => new($"{name}, line {line}: {what}.");
}
