using System.Globalization;

namespace ExecutionAdapters.Model;

/// <summary>
/// The arithmetic that <see cref="Price"/>, <see cref="Quantity"/> and <see cref="Money"/> share. A value is a <see cref="decimal"/>
/// whose scale <em>is</em> its precision, so nothing is ever stored that the precision cannot print.
/// </summary>
internal sealed class FixedPoint(string name, decimal min, decimal max)
{
    public const byte MaxPrecision = 16;

    private const int MaxDecimalScale = 28;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Longest number text looked at; nothing in range needs more.</summary>
    private const int MaxTextLength = 64;

    public static decimal Zero(byte precision) => new(0, 0, 0, false, precision);

    /// <summary>Rounds half to even to <paramref name="precision"/> decimals and checks the range.</summary>
    public decimal Create(decimal value, byte precision)
    {
        var error = TryCreate(value, precision, out var result);
        return error is null ? result : throw new ArgumentOutOfRangeException(nameof(value), error);
    }

    /// <summary>As <see cref="Create"/>; returns what is wrong, or null.</summary>
    public string? TryCreate(decimal value, byte precision, out decimal result)
    {
        result = default;
        if (precision > MaxPrecision)
        {
            return $"{name}: precision {precision} is above the maximum of {MaxPrecision} decimals.";
        }

        if (value < min || value > max)
        {
            return $"{name}: {Text(value)} is outside {Text(min)} to {Text(max)}.";
        }

        result = decimal.Round(value, precision, MidpointRounding.ToEven);
        result = result == 0m ? Zero(precision) : result + Zero(precision);
        return result.Scale == precision
            ? null
            : $"{name}: {Text(value)} with {precision} decimals needs more than the 28 digits that are held exactly.";
    }

    /// <summary>The result of an addition or subtraction of values with these two precisions; throws when digits would be lost.</summary>
    public decimal Sum(decimal sum, byte left, byte right)
        => TrySum(sum, left, right)
            ?? throw new OverflowException($"{name}: {Text(sum)} is outside {Text(min)} to {Text(max)} or needs more than 28 digits.");

    /// <summary>As <see cref="Sum"/>; null instead of throwing.</summary>
    public decimal? TrySum(decimal sum, byte left, byte right)
    {
        var precision = Math.Max(left, right);
        if (sum == 0m)
        {
            return Zero(precision);
        }

        return sum < min || sum > max || sum.Scale != precision ? null : sum;
    }

    public decimal FromTicks(long ticks, byte precision)
    {
        if (precision > MaxPrecision)
        {
            throw new ArgumentOutOfRangeException(nameof(precision), $"{name}: precision {precision} is above the maximum of {MaxPrecision} decimals.");
        }

        var magnitude = ticks < 0 ? (ulong)-(ticks + 1) + 1 : (ulong)ticks;
        return Create(new decimal((int)magnitude, (int)(magnitude >> 32), 0, ticks < 0, precision), precision);
    }

    public long ToTicks(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        var magnitude = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        if (bits[2] != 0 || magnitude > long.MaxValue)
        {
            throw new OverflowException($"{name}: {Text(value)} in ticks of its last decimal does not fit into 64 bits.");
        }

        return value < 0m ? -(long)magnitude : (long)magnitude;
    }

    /// <summary>mantissa × 10^exponent, half-even.</summary>
    public decimal FromMantissa(long mantissa, int exponent, byte precision)
    {
        if (mantissa == 0)
        {
            return Create(0m, precision);
        }

        if (exponent < -MaxDecimalScale)
        {
            return Create(0m, precision);
        }

        decimal value = mantissa;
        if (exponent < 0)
        {
            var magnitude = (UInt128)(mantissa < 0 ? -(Int128)mantissa : mantissa);
            value = new decimal((int)(ulong)magnitude, (int)((ulong)magnitude >> 32), 0, mantissa < 0, (byte)-exponent);
        }

        for (var i = 0; i < exponent; i++)
        {
            if (value > max || value < min)
            {
                throw new ArgumentOutOfRangeException(nameof(exponent), $"{name}: {mantissa} x 10^{exponent} is outside {Text(min)} to {Text(max)}.");
            }

            value *= 10m;
        }

        return Create(value, precision);
    }

    public decimal Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value) is { } error ? throw new FormatException(error) : value;
    }

    /// <summary>
    /// Reads decimal digits, a sign, a point, <c>_</c> as separator and an exponent. The precision is the number of decimals written.
    /// Never rounds: a text that cannot be held exactly is an error. Returns what is wrong, or null.
    /// </summary>
    public string? TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = default;
        if (text.Length is 0 or > MaxTextLength)
        {
            return $"{name}: expected a number of 1 to {MaxTextLength} characters, got {text.Length}.";
        }

        Span<char> digits = stackalloc char[MaxTextLength];
        var length = 0;
        foreach (var character in text)
        {
            if (character != '_')
            {
                digits[length++] = character;
            }
        }

        ReadOnlySpan<char> number = digits[..length];
        if (!TryCountDecimals(number, out var decimals)
            || !decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var parsed))
        {
            return $"{name}: '{text}' is not a decimal number in range.";
        }

        if (decimals > MaxPrecision)
        {
            return $"{name}: '{text}' has {decimals} decimals; the maximum is {MaxPrecision}.";
        }

        // A number of more than 28 digits was rounded by now, to fewer decimals than it needs: refused for that.
        return TryCreate(parsed, (byte)decimals, out value);
    }

    private static bool TryCountDecimals(ReadOnlySpan<char> number, out int decimals)
    {
        decimals = 0;
        var exponentAt = number.IndexOfAny('e', 'E');
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(number[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        var mantissa = exponentAt >= 0 ? number[..exponentAt] : number;
        var point = mantissa.IndexOf('.');
        var written = point >= 0 ? mantissa.Length - point - 1 : 0;
        decimals = (int)Math.Clamp((long)written - exponent, 0, int.MaxValue);
        return true;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
