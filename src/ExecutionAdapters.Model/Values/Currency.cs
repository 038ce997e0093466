using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>
/// A currency. Equality and hash are by <see cref="Code"/> only. A process-wide registry, safe for concurrent use, knows the well-known ones
/// and whatever was registered.
/// </summary>
[JsonConverter(typeof(CurrencyJsonConverter))]
public sealed partial class Currency : IEquatable<Currency>
{
    /// <summary>Precision that <see cref="GetOrCreateCrypto"/> gives to a code it does not know.</summary>
    public const byte UnknownCryptoPrecision = 8;

    /// <summary>Creates a currency without registering it.</summary>
    /// <param name="code">Non-empty, without white space; case matters.</param>
    /// <param name="precision">Decimals of an amount, 0 to 16.</param>
    /// <param name="iso4217">Numeric ISO 4217 code, 0 if it has none.</param>
    /// <param name="name">Name for people.</param>
    /// <param name="type">Crypto, fiat or commodity-backed.</param>
    /// <exception cref="ArgumentException">The code is empty or has white space, or the precision is above 16.</exception>
    public Currency(string code, byte precision, ushort iso4217, string name, CurrencyType type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, FixedPoint.MaxPrecision);
        if (code.AsSpan().IndexOfAny(" \t\r\n") >= 0)
        {
            throw new ArgumentException($"Currency code '{code}' contains white space.", nameof(code));
        }

        Code = code;
        Precision = precision;
        Iso4217 = iso4217;
        Name = name;
        Type = type;
    }

    /// <summary>The code, such as <c>USDC</c>.</summary>
    public string Code { get; }

    /// <summary>Decimals of an amount, 0 to 16.</summary>
    public byte Precision { get; }

    /// <summary>Numeric ISO 4217 code, 0 if it has none.</summary>
    public ushort Iso4217 { get; }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>Crypto, fiat or commodity-backed.</summary>
    public CurrencyType Type { get; }

    /// <summary>Finds a registered currency by its exact code.</summary>
    public static bool TryGet(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && Registry.ByCode.TryGetValue(code, out currency);
    }

    /// <summary>
    /// Puts a currency into the registry. An existing one of the same code stays unless <paramref name="overwrite"/>. Returns whether the
    /// registry now holds <paramref name="currency"/> itself.
    /// </summary>
    public static bool Register(Currency currency, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(currency);
        if (overwrite)
        {
            Registry.ByCode[currency.Code] = currency;
            return true;
        }

        return ReferenceEquals(Registry.ByCode.GetOrAdd(currency.Code, currency), currency);
    }

    /// <summary>The registered currency of this code (trimmed), or a new crypto currency with 8 decimals, which is then registered.</summary>
    /// <exception cref="ArgumentException">The code is empty. (No fallback currency: an empty code is a defect in what was read.)</exception>
    public static Currency GetOrCreateCrypto(string code)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        var trimmed = code.Trim();
        return Registry.ByCode.TryGetValue(trimmed, out var known)
            ? known
            : Registry.ByCode.GetOrAdd(trimmed, static c => new Currency(c, UnknownCryptoPrecision, 0, c, CurrencyType.Crypto));
    }

    /// <inheritdoc/>
    public bool Equals(Currency? other) => other is not null && Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Currency);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    /// <summary>By code.</summary>
    public static bool operator ==(Currency? left, Currency? right) => Equals(left, right);

    /// <summary>By code.</summary>
    public static bool operator !=(Currency? left, Currency? right) => !Equals(left, right);

    /// <summary>A type of its own so that the well-known currencies exist before the registry is filled with them.</summary>
    private static class Registry
    {
        public static readonly ConcurrentDictionary<string, Currency> ByCode = new(
            WellKnown.Select(static currency => KeyValuePair.Create(currency.Code, currency)), StringComparer.Ordinal);
    }
}
