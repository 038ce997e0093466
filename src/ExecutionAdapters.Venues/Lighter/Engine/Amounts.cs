namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// Exact arithmetic on integer amounts. Money is micro USDC (10^-6), sizes and prices are ticks, fees are parts per
/// million, margin fractions are 10^-4. Products go through 128 bits, so nothing overflows or is rounded unseen.
/// </summary>
internal static class Amounts
{
    public const long MicroPerUsdc = 1_000_000;
    public const int FeeUnit = 1_000_000;
    public const int MarginUnit = 10_000;

    /// <summary>amount × ppm / 10^6, half to even.</summary>
    public static long Fee(long quoteMicro, int partsPerMillion) => DivideHalfEven((Int128)quoteMicro * partsPerMillion, FeeUnit);

    /// <summary>value × numerator / denominator, half to even.</summary>
    public static long Share(long value, long numerator, long denominator) => DivideHalfEven((Int128)value * numerator, denominator);

    /// <summary>The margin a notional needs, rounded up: a requirement is never understated.</summary>
    public static long MarginRequirement(long notionalMicro, int fraction) =>
        checked((long)((((Int128)notionalMicro * fraction) + MarginUnit - 1) / MarginUnit));

    /// <summary>value × scale as an integer, or null when it has more decimals or does not fit 64 bits.</summary>
    public static long? TryScale(decimal value, int decimals)
    {
        decimal scaled = value;
        for (int i = 0; i < decimals; i++)
        {
            if (scaled is > 10_000_000_000_000_000_000m or < -10_000_000_000_000_000_000m)
            {
                return null;
            }

            scaled *= 10;
        }

        bool fits = scaled is >= long.MinValue and <= long.MaxValue && decimal.Truncate(scaled) == scaled;
        return fits ? (long)scaled : null;
    }

    private static long DivideHalfEven(Int128 dividend, long divisor)
    {
        bool negative = dividend < 0;
        Int128 magnitude = negative ? -dividend : dividend;
        (Int128 quotient, Int128 remainder) = Int128.DivRem(magnitude, divisor);
        Int128 twice = remainder * 2;
        if (twice > divisor || (twice == divisor && Int128.IsOddInteger(quotient)))
        {
            quotient++;
        }

        return checked((long)(negative ? -quotient : quotient));
    }
}
