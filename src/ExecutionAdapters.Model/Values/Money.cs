using System.Globalization;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// An exact amount of one currency, at the precision of that currency. Range: ±17 014 118 346 046, and at most 28 digits in all.
/// </summary>
/// <remarks>
/// Equality compares amount and currency code. Adding, subtracting and ordering amounts of different currencies throws
/// <see cref="InvalidOperationException"/>: there is no implicit conversion. Commissions are positive when paid and negative for a rebate.
/// <c>default</c> has no currency: it prints as <c>0</c>, and reading its <see cref="Currency"/> throws.
/// </remarks>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly struct Money : IComparable<Money>, IEquatable<Money>
{
    private static readonly FixedPoint Rules = new("Money", -17_014_118_346_046m, 17_014_118_346_046m);

    private readonly decimal _amount;
    private readonly Currency? _currency;

    private Money(Currency currency, decimal exactAmount)
    {
        _currency = currency;
        _amount = exactAmount;
    }

    /// <summary>Rounds <paramref name="amount"/> half to even (banker's rounding) to the precision of <paramref name="currency"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is out of range.</exception>
    public Money(decimal amount, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        _currency = currency;
        _amount = Rules.Create(amount, currency.Precision);
    }

    /// <summary>The exact amount; its decimal scale equals the precision of the currency.</summary>
    public decimal Amount => _amount;

    /// <summary>The currency.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Money)</c>.</exception>
    public Currency Currency => _currency ?? throw new InvalidOperationException("default(Money) has no currency.");

    /// <summary>False only for <c>default</c>, which is no amount of anything.</summary>
    internal bool HasCurrency => _currency is not null;

    /// <summary>True for a zero amount.</summary>
    public bool IsZero => _amount == 0m;

    /// <summary>Nothing, in this currency.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>
    /// Reads <c>"1.50 USDC"</c>: an amount, one space, the code of a currency that is known (see <see cref="Currency.TryGet"/>). Nothing is
    /// rounded: digits beyond the precision of the currency are an error unless they are zeros.
    /// </summary>
    /// <exception cref="FormatException">Not of this form, unknown currency, or not exact.</exception>
    public static Money Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var money) is { } error ? throw new FormatException(error) : money;
    }

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money) => TryParse(text.ToString(), out money) is null;

    private static string? TryParse(string text, out Money money)
    {
        money = default;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return $"Money: '{text}' has no currency; write it as '1.50 USDC'.";
        }

        if (Rules.TryParse(text.AsSpan(0, space), out var amount) is { } error)
        {
            return error;
        }

        var code = text[(space + 1)..];
        if (!Currency.TryGet(code, out var currency))
        {
            return $"Money: currency '{code}' is not known; register it with Currency.Register first.";
        }

        if (Rules.TryCreate(amount, currency.Precision, out var exact) is { } outside)
        {
            return outside;
        }

        money = new Money(currency, exact);
        return exact == amount ? null : $"Money: '{text}' has more decimals than the {currency.Precision} of {currency.Code}.";
    }

    /// <summary>The sum, or null outside the range.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money? CheckedAdd(Money other)
    {
        var currency = SameCurrency(this, other, "add");
        return Rules.TrySum(_amount + other._amount, currency.Precision, currency.Precision) is { } sum ? new Money(currency, sum) : null;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other)
    {
        _ = SameCurrency(this, other, "compare");
        return _amount.CompareTo(other._amount);
    }

    /// <inheritdoc/>
    public bool Equals(Money other) => _amount == other._amount && Equals(_currency, other._currency);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_amount, _currency);

    /// <summary><c>"&lt;amount&gt; &lt;CODE&gt;"</c> with exactly the decimals of the currency.</summary>
    public override string ToString()
        => _currency is null ? "0" : string.Create(CultureInfo.InvariantCulture, $"{_amount} {_currency.Code}");

    /// <summary>Exact sum of amounts of one currency.</summary>
    public static Money operator +(Money left, Money right)
    {
        var currency = SameCurrency(left, right, "add");
        return new Money(currency, Rules.Sum(left._amount + right._amount, currency.Precision, currency.Precision));
    }

    /// <summary>Exact difference of amounts of one currency.</summary>
    public static Money operator -(Money left, Money right)
    {
        var currency = SameCurrency(left, right, "subtract");
        return new Money(currency, Rules.Sum(left._amount - right._amount, currency.Precision, currency.Precision));
    }

    /// <summary>The same amount with the other sign.</summary>
    public static Money operator -(Money money) => new(money.Currency, Rules.Sum(-money._amount, money.Currency.Precision, 0));

    /// <summary>Money and decimal give a decimal.</summary>
    public static decimal operator *(Money left, decimal right) => left._amount * right;

    /// <summary>Money and decimal give a decimal.</summary>
    public static decimal operator /(Money left, decimal right) => left._amount / right;

    /// <summary>By amount and currency code.</summary>
    public static bool operator ==(Money left, Money right) => left.Equals(right);

    /// <summary>By amount and currency code.</summary>
    public static bool operator !=(Money left, Money right) => !left.Equals(right);

    /// <summary>By amount, within one currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>By amount, within one currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>By amount, within one currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>By amount, within one currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    private static Currency SameCurrency(Money left, Money right, string verb)
        => left.Currency.Equals(right.Currency)
            ? left.Currency
            : throw new InvalidOperationException($"Cannot {verb} {left} and {right}: the currencies differ.");
}
