using System.Globalization;
using System.Numerics;

namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Quantities of every precision and size, and whether a number can be held, reckoned without decimals.</summary>
internal static class Extreme
{
    private static readonly BigInteger MostUnits = 34_028_236_692_093 * BigInteger.Pow(10, 16);

    /// <summary>From 0.0000000000000001 to 34 028 236 692 093, with 0 to 16 decimals; every number of digits is equally likely.</summary>
    public static Quantity Size(Random random)
    {
        while (true)
        {
            var digits = new string([.. Enumerable.Range(0, random.Next(1, 29)).Select(_ => (char)('0' + random.Next(10)))]);
            var precision = random.Next(3) switch { 0 => 0, 1 => 16, _ => random.Next(17) };
            var padded = digits.PadLeft(precision + 1, '0');
            if (Quantity.TryParse($"{padded[..^precision]}.{padded[^precision..]}".TrimEnd('.'), out var quantity) && quantity.IsPositive)
            {
                return quantity;
            }
        }
    }

    /// <summary>In units of the sixteenth decimal.</summary>
    public static BigInteger Units(decimal value)
    {
        var text = Math.Abs(value).ToString(CultureInfo.InvariantCulture).Split('.');
        var units = BigInteger.Parse(text[0] + (text.Length > 1 ? text[1] : "").PadRight(16, '0'), CultureInfo.InvariantCulture);
        return value < 0m ? -units : units;
    }

    /// <summary>Whether so many units are within the range of a quantity and, at this precision, within the 96 bits of a decimal.</summary>
    public static bool CanHold(BigInteger units, int precision)
        => units.IsZero || (BigInteger.Abs(units) <= MostUnits && BigInteger.Abs(units) / BigInteger.Pow(10, 16 - precision) < BigInteger.One << 96);
}
