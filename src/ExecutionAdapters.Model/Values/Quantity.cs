using System.Globalization;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// An exact quantity, never negative, with a precision (number of decimals, 0 to 16). The value always lies on the grid of its precision.
/// Range: 0 to 34 028 236 692 093, and at most 28 digits in all, so at precision 16 about 7.9 × 10^12.
/// </summary>
/// <remarks>
/// Equality, ordering and hash use the value only. Zero is a legal quantity; where a positive one is demanded (orders, increments, lot size)
/// that place says so. <c>default</c> is zero with precision 0.
/// </remarks>
[JsonConverter(typeof(QuantityJsonConverter))]
public readonly struct Quantity : IComparable<Quantity>, IEquatable<Quantity>
{
    private static readonly FixedPoint Rules = new("Quantity", 0m, 34_028_236_692_093m);

    private readonly decimal _value;

    private Quantity(decimal value) => _value = value;

    /// <summary>Rounds <paramref name="value"/> half to even (banker's rounding) to <paramref name="precision"/> decimals.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or too large, or the precision is above 16.</exception>
    public Quantity(decimal value, byte precision)
    {
        _value = Rules.Create(value, precision);
    }

    /// <summary>The number of decimals that may stand behind the point: 16.</summary>
    public const byte MaxPrecision = FixedPoint.MaxPrecision;

    /// <summary>The exact value, ≥ 0; its decimal scale equals <see cref="Precision"/>.</summary>
    public decimal Value => _value;

    /// <summary>Number of decimals, 0 to 16.</summary>
    public byte Precision => _value.Scale;

    /// <summary>True above zero.</summary>
    public bool IsPositive => _value > 0m;

    /// <summary>True for zero of any precision.</summary>
    public bool IsZero => _value == 0m;

    /// <summary>Zero with this precision.</summary>
    public static Quantity Zero(byte precision) => new(0m, precision);

    /// <summary>The quantity whose precision is the scale of <paramref name="value"/>: <c>1.50m</c> has precision 2.</summary>
    public static Quantity FromDecimal(decimal value) => new(value, value.Scale);

    /// <summary>A whole number with precision 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or too large.</exception>
    public static Quantity FromInteger(long value) => new(value, 0);

    /// <summary>As the constructor, but refuses a value that is or rounds to zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero at this precision, negative or too large.</exception>
    public static Quantity NonZero(decimal value, byte precision)
    {
        var quantity = new Quantity(value, precision);
        return quantity.IsPositive
            ? quantity
            : throw new ArgumentOutOfRangeException(nameof(value), $"Quantity: {value} is zero at {precision} decimals, but must be positive.");
    }

    /// <summary>The quantity of <paramref name="ticks"/> units of the last decimal: 15000 at precision 4 is 1.5000.</summary>
    public static Quantity FromTicks(long ticks, byte precision) => new(Rules.FromTicks(ticks, precision));

    /// <summary>mantissa × 10^exponent rounded half to even; for venues that send integers with an exponent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public static Quantity FromMantissa(long mantissa, int exponent, byte precision) => new(Rules.FromMantissa(mantissa, exponent, precision));

    /// <summary>Reads a number such as <c>1.5000</c>. The precision is the number of decimals written, trailing zeros included.</summary>
    /// <exception cref="FormatException">Not a number, negative, too large, or more decimals or digits than can be held exactly.</exception>
    public static Quantity Parse(string text) => new(Rules.Parse(text));

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quantity quantity)
    {
        var ok = Rules.TryParse(text, out var value) is null;
        quantity = new Quantity(value);
        return ok;
    }

    /// <summary>The number of units of the last decimal: 1.5000 is 15000.</summary>
    /// <exception cref="OverflowException">Does not fit into 64 bits.</exception>
    public long ToTicks() => Rules.ToTicks(_value);

    /// <summary>The sum, or null outside the range or when it needs more than 28 digits.</summary>
    public Quantity? CheckedAdd(Quantity other)
        => Rules.TrySum(_value + other._value, Precision, other.Precision) is { } sum ? new Quantity(sum) : null;

    /// <summary>The difference, or null when it would be negative or needs more than 28 digits.</summary>
    public Quantity? CheckedSub(Quantity other)
        => Rules.TrySum(_value - other._value, Precision, other.Precision) is { } difference ? new Quantity(difference) : null;

    /// <summary>The difference, or zero when it would be negative; precision is the larger of both.</summary>
    /// <exception cref="OverflowException">The difference needs more than 28 digits, as 8 000 000 000 000 less 0.0000000000000001 does.</exception>
    public Quantity SaturatingSub(Quantity other)
        => other._value >= _value ? Zero(Math.Max(Precision, other.Precision)) : this - other;

    /// <summary>The smaller one.</summary>
    public static Quantity Min(Quantity left, Quantity right) => right < left ? right : left;

    /// <summary>The larger one.</summary>
    public static Quantity Max(Quantity left, Quantity right) => right > left ? right : left;

    /// <inheritdoc/>
    public int CompareTo(Quantity other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public bool Equals(Quantity other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Exactly <see cref="Precision"/> decimals, with a point, in every culture.</summary>
    public override string ToString() => _value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Exact sum; precision is the larger of both.</summary>
    /// <exception cref="OverflowException">Too large.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => new(Rules.Sum(left._value + right._value, left.Precision, right.Precision));

    /// <summary>Exact difference; precision is the larger of both.</summary>
    /// <exception cref="OverflowException">Below zero; see <see cref="SaturatingSub"/> and <see cref="CheckedSub"/>.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => new(Rules.Sum(left._value - right._value, left.Precision, right.Precision));

    /// <summary>The product rounded half to even to the larger precision; for an exact product multiply the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Too large.</exception>
    public static Quantity operator *(Quantity left, Quantity right)
        => new(left._value * right._value, Math.Max(left.Precision, right.Precision));

    /// <summary>Quantity and decimal give a decimal.</summary>
    public static decimal operator +(Quantity left, decimal right) => left._value + right;

    /// <summary>Quantity and decimal give a decimal.</summary>
    public static decimal operator -(Quantity left, decimal right) => left._value - right;

    /// <summary>Quantity and decimal give a decimal.</summary>
    public static decimal operator *(Quantity left, decimal right) => left._value * right;

    /// <summary>Quantity and decimal give a decimal.</summary>
    public static decimal operator /(Quantity left, decimal right) => left._value / right;

    /// <summary>Quantity times price is a decimal amount of the quote currency.</summary>
    public static decimal operator *(Quantity left, Price right) => left._value * right.Value;

    /// <summary>By value.</summary>
    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    /// <summary>By value.</summary>
    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    /// <summary>By value.</summary>
    public static bool operator <(Quantity left, Quantity right) => left._value < right._value;

    /// <summary>By value.</summary>
    public static bool operator <=(Quantity left, Quantity right) => left._value <= right._value;

    /// <summary>By value.</summary>
    public static bool operator >(Quantity left, Quantity right) => left._value > right._value;

    /// <summary>By value.</summary>
    public static bool operator >=(Quantity left, Quantity right) => left._value >= right._value;
}
