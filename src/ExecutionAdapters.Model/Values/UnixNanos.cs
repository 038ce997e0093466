using System.Globalization;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// A point in time: unsigned nanoseconds since 1970-01-01T00:00:00Z, up to the year 2554. Every event and report has a <c>TsEvent</c> (when it
/// happened at the venue) and a <c>TsInit</c> (when the object was built).
/// </summary>
/// <param name="Value">Nanoseconds since the Unix epoch.</param>
[JsonConverter(typeof(UnixNanosJsonConverter))]
public readonly record struct UnixNanos(ulong Value) : IComparable<UnixNanos>
{
    private const ulong NanosPerSecond = 1_000_000_000;
    private const ulong NanosPerTick = 100;

    /// <summary>The epoch; also <c>default</c>.</summary>
    public static UnixNanos Zero => default;

    /// <summary>The current time of <paramref name="timeProvider"/>.</summary>
    public static UnixNanos Now(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return FromDateTimeOffset(timeProvider.GetUtcNow());
    }

    /// <summary>From whole seconds since the epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before the epoch or after the year 2554.</exception>
    public static UnixNanos FromSeconds(long seconds) => FromUnits(seconds, NanosPerSecond, "seconds");

    /// <summary>From whole milliseconds since the epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before the epoch or after the year 2554.</exception>
    public static UnixNanos FromMilliseconds(long milliseconds) => FromUnits(milliseconds, 1_000_000, "milliseconds");

    /// <summary>From whole microseconds since the epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before the epoch or after the year 2554.</exception>
    public static UnixNanos FromMicroseconds(long microseconds) => FromUnits(microseconds, 1_000, "microseconds");

    /// <summary>From a date and time; its resolution is 100 ns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before the epoch or after the year 2554.</exception>
    public static UnixNanos FromDateTimeOffset(DateTimeOffset time)
        => FromUnits(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, NanosPerTick, "ticks of 100 ns");

    /// <summary>
    /// Reads whole nanoseconds (<c>1700000000000000000</c>), seconds with a point (<c>1700000000.5</c>) or RFC 3339
    /// (<c>2023-11-14T22:13:20.123456789Z</c>). Nothing is rounded.
    /// </summary>
    /// <exception cref="FormatException">None of these, out of range, or finer than a nanosecond.</exception>
    public static UnixNanos Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var time)
            ? time
            : throw new FormatException(
                $"'{Shown.Limited(text)}' is not a time: expected whole nanoseconds, seconds with a point, or RFC 3339, between 1970 and 2554.");
    }

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UnixNanos time)
    {
        time = default;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var nanos))
        {
            time = new UnixNanos(nanos);
            return true;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TryFromNanos(seconds, 0m, out time);
        }

        return TryParseRfc3339(text, out time);
    }

    /// <summary>Whole seconds, truncated.</summary>
    public long ToSeconds() => (long)(Value / NanosPerSecond);

    /// <summary>Whole milliseconds, truncated.</summary>
    public long ToMilliseconds() => (long)(Value / 1_000_000);

    /// <summary>Whole microseconds, truncated.</summary>
    public long ToMicroseconds() => (long)(Value / 1_000);

    /// <summary>Date and time in UTC, truncated to 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks((long)(Value / NanosPerTick));

    /// <summary>RFC 3339 with nine decimals: <c>2023-11-14T22:13:20.123456789Z</c>.</summary>
    public string ToRfc3339()
        => string.Create(CultureInfo.InvariantCulture, $"{ToDateTimeOffset():yyyy-MM-ddTHH:mm:ss}.{Value % NanosPerSecond:D9}Z");

    /// <summary>Later by so many nanoseconds, or null past the end of the range.</summary>
    public UnixNanos? CheckedAdd(ulong nanos) => Value > ulong.MaxValue - nanos ? null : new UnixNanos(Value + nanos);

    /// <summary>Earlier by so many nanoseconds, or null before the epoch.</summary>
    public UnixNanos? CheckedSub(ulong nanos) => nanos > Value ? null : new UnixNanos(Value - nanos);

    /// <summary>Later by so many nanoseconds, at most the end of the range.</summary>
    public UnixNanos SaturatingAdd(ulong nanos) => CheckedAdd(nanos) ?? new UnixNanos(ulong.MaxValue);

    /// <summary>Earlier by so many nanoseconds, at least the epoch.</summary>
    public UnixNanos SaturatingSub(ulong nanos) => CheckedSub(nanos) ?? default;

    /// <summary>Nanoseconds from <paramref name="earlier"/> to this, or null when that is later than this.</summary>
    public ulong? DurationSince(UnixNanos earlier) => earlier.Value > Value ? null : Value - earlier.Value;

    /// <inheritdoc/>
    public int CompareTo(UnixNanos other) => Value.CompareTo(other.Value);

    /// <summary>The nanoseconds in digits.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Later (or, for a negative duration, earlier) by <paramref name="duration"/>.</summary>
    /// <exception cref="OverflowException">Out of range.</exception>
    public static UnixNanos operator +(UnixNanos time, TimeSpan duration)
        => new(checked((ulong)(time.Value + ((Int128)duration.Ticks * (long)NanosPerTick))));

    /// <summary>Earlier (or, for a negative duration, later) by <paramref name="duration"/>.</summary>
    /// <exception cref="OverflowException">Before the epoch.</exception>
    public static UnixNanos operator -(UnixNanos time, TimeSpan duration)
        => new(checked((ulong)(time.Value - ((Int128)duration.Ticks * (long)NanosPerTick))));

    /// <summary>By time.</summary>
    public static bool operator <(UnixNanos left, UnixNanos right) => left.Value < right.Value;

    /// <summary>By time.</summary>
    public static bool operator <=(UnixNanos left, UnixNanos right) => left.Value <= right.Value;

    /// <summary>By time.</summary>
    public static bool operator >(UnixNanos left, UnixNanos right) => left.Value > right.Value;

    /// <summary>By time.</summary>
    public static bool operator >=(UnixNanos left, UnixNanos right) => left.Value >= right.Value;

    private static UnixNanos FromUnits(long units, ulong nanosPerUnit, string unit)
        => units >= 0 && (ulong)units <= ulong.MaxValue / nanosPerUnit
            ? new UnixNanos((ulong)units * nanosPerUnit)
            : throw new ArgumentOutOfRangeException(unit, $"{units} {unit} since 1970 is not between 1970 and 2554.");

    private static bool TryFromNanos(decimal seconds, decimal plusSeconds, out UnixNanos time)
    {
        time = default;
        if (seconds is < 0m or > ulong.MaxValue / NanosPerSecond || plusSeconds > 1m)
        {
            return false;
        }

        var nanos = (seconds + plusSeconds) * NanosPerSecond;
        if (nanos > ulong.MaxValue || nanos != decimal.Truncate(nanos))
        {
            return false;
        }

        time = new UnixNanos((ulong)nanos);
        return true;
    }

    private static bool TryParseRfc3339(ReadOnlySpan<char> text, out UnixNanos time)
    {
        time = default;
        const int WholeSeconds = 19; // yyyy-MM-ddTHH:mm:ss
        if (text.Length is <= WholeSeconds or > 40)
        {
            return false;
        }

        var end = WholeSeconds;
        if (text[WholeSeconds] == '.')
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        var fraction = 0m;
        if (end > WholeSeconds && !decimal.TryParse(text[WholeSeconds..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction))
        {
            return false;
        }

        var zone = text[end..];
        var whole = string.Concat(text[..WholeSeconds], zone is "z" ? "Z" : zone).Replace('t', 'T').Replace(' ', 'T');
        return DateTimeOffset.TryParseExact(whole, "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            && zone.Length > 0
            && TryFromNanos(moment.ToUnixTimeSeconds(), fraction, out time);
    }
}
