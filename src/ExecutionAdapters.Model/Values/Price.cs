using System.Globalization;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// An exact price with a precision (number of decimals, 0 to 16). The value always lies on the grid of its precision.
/// Range: ±17 014 118 346 046, and at most 28 digits in all, so at precision 16 about ±7.9 × 10^12.
/// </summary>
/// <remarks>
/// Equality, ordering and hash use the value only: <c>1.5</c> and <c>1.50</c> are equal. Adding and subtracting prices is exact, takes the
/// larger precision and throws <see cref="OverflowException"/> outside the range. A price times anything is a <see cref="decimal"/>.
/// A missing price is a null <c>Price?</c>; there are no sentinel values. <c>default</c> is zero with precision 0.
/// </remarks>
[JsonConverter(typeof(PriceJsonConverter))]
public readonly struct Price : IComparable<Price>, IEquatable<Price>
{
    private static readonly FixedPoint Rules = new("Price", -17_014_118_346_046m, 17_014_118_346_046m);

    private readonly decimal _value;

    private Price(decimal value) => _value = value;

    /// <summary>Rounds <paramref name="value"/> half to even (banker's rounding) to <paramref name="precision"/> decimals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range or the precision is above 16.</exception>
    public Price(decimal value, byte precision)
    {
        _value = Rules.Create(value, precision);
    }

    /// <summary>The number of decimals that may stand behind the point: 16.</summary>
    public const byte MaxPrecision = FixedPoint.MaxPrecision;

    /// <summary>The exact value; its decimal scale equals <see cref="Precision"/>.</summary>
    public decimal Value => _value;

    /// <summary>Number of decimals, 0 to 16.</summary>
    public byte Precision => _value.Scale;

    /// <summary>True above zero.</summary>
    public bool IsPositive => _value > 0m;

    /// <summary>True for zero of any precision.</summary>
    public bool IsZero => _value == 0m;

    /// <summary>Zero with this precision.</summary>
    public static Price Zero(byte precision) => new(0m, precision);

    /// <summary>The price whose precision is the scale of <paramref name="value"/>: <c>1.50m</c> has precision 2.</summary>
    public static Price FromDecimal(decimal value) => new(value, value.Scale);

    /// <summary>The price of <paramref name="ticks"/> units of the last decimal: 236130 at precision 2 is 2361.30.</summary>
    public static Price FromTicks(long ticks, byte precision) => new(Rules.FromTicks(ticks, precision));

    /// <summary>mantissa × 10^exponent rounded half to even; for venues that send integers with an exponent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public static Price FromMantissa(long mantissa, int exponent, byte precision) => new(Rules.FromMantissa(mantissa, exponent, precision));

    /// <summary>
    /// Reads a number such as <c>2361.30</c>, <c>1_000</c> or <c>1e-3</c>. The precision is the number of decimals written, trailing zeros included.
    /// </summary>
    /// <exception cref="FormatException">Not a number, out of range, or more decimals or digits than can be held exactly.</exception>
    public static Price Parse(string text) => new(Rules.Parse(text));

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Price price)
    {
        var ok = Rules.TryParse(text, out var value) is null;
        price = new Price(value);
        return ok;
    }

    /// <summary>The number of units of the last decimal: 2361.30 is 236130.</summary>
    /// <exception cref="OverflowException">Does not fit into 64 bits.</exception>
    public long ToTicks() => Rules.ToTicks(_value);

    /// <inheritdoc/>
    public int CompareTo(Price other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public bool Equals(Price other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Price other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Exactly <see cref="Precision"/> decimals, with a point, in every culture.</summary>
    public override string ToString() => _value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Exact sum; precision is the larger of both.</summary>
    public static Price operator +(Price left, Price right) => new(Rules.Sum(left._value + right._value, left.Precision, right.Precision));

    /// <summary>Exact difference; precision is the larger of both.</summary>
    public static Price operator -(Price left, Price right) => new(Rules.Sum(left._value - right._value, left.Precision, right.Precision));

    /// <summary>The same price with the other sign.</summary>
    public static Price operator -(Price price) => new(Rules.Sum(-price._value, price.Precision, 0));

    /// <summary>Price and decimal give a decimal.</summary>
    public static decimal operator +(Price left, decimal right) => left._value + right;

    /// <summary>Price and decimal give a decimal.</summary>
    public static decimal operator -(Price left, decimal right) => left._value - right;

    /// <summary>Price and decimal give a decimal.</summary>
    public static decimal operator *(Price left, decimal right) => left._value * right;

    /// <summary>Price and decimal give a decimal.</summary>
    public static decimal operator /(Price left, decimal right) => left._value / right;

    /// <summary>Price times quantity is a decimal amount of the quote currency.</summary>
    public static decimal operator *(Price left, Quantity right) => left._value * right.Value;

    /// <summary>By value.</summary>
    public static bool operator ==(Price left, Price right) => left.Equals(right);

    /// <summary>By value.</summary>
    public static bool operator !=(Price left, Price right) => !left.Equals(right);

    /// <summary>By value.</summary>
    public static bool operator <(Price left, Price right) => left._value < right._value;

    /// <summary>By value.</summary>
    public static bool operator <=(Price left, Price right) => left._value <= right._value;

    /// <summary>By value.</summary>
    public static bool operator >(Price left, Price right) => left._value > right._value;

    /// <summary>By value.</summary>
    public static bool operator >=(Price left, Price right) => left._value >= right._value;
}
