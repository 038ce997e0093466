using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>A <see cref="Price"/> is a string with exactly its decimals, such as <c>"2361.30"</c>.</summary>
public sealed class PriceJsonConverter : TextJsonConverter<Price>
{
    private protected override bool TryParse(string text, out Price value) => Price.TryParse(text, out value);

    private protected override bool HasText(Price value) => true;
}

/// <summary>A <see cref="Quantity"/> is a string with exactly its decimals, such as <c>"1.5000"</c>.</summary>
public sealed class QuantityJsonConverter : TextJsonConverter<Quantity>
{
    private protected override bool TryParse(string text, out Quantity value) => Quantity.TryParse(text, out value);

    private protected override bool HasText(Quantity value) => true;
}

/// <summary>A <see cref="Money"/> is a string such as <c>"1.500000 USDC"</c>; its currency must be known.</summary>
public sealed class MoneyJsonConverter : TextJsonConverter<Money>
{
    private protected override bool TryParse(string text, out Money value) => Money.TryParse(text, out value);

    private protected override bool HasText(Money value) => value.HasCurrency;
}

/// <summary>A <see cref="Uuid4"/> is a string such as <c>"2d89666b-1a1e-4a75-b193-4eb3b454c757"</c>.</summary>
public sealed class Uuid4JsonConverter : TextJsonConverter<Uuid4>
{
    private protected override bool TryParse(string text, out Uuid4 value) => Uuid4.TryParse(text, out value);

    private protected override bool HasText(Uuid4 value) => value != default;
}

/// <summary>A <see cref="Currency"/> is its code; a code that is not registered is an error.</summary>
public sealed class CurrencyJsonConverter : TextJsonConverter<Currency>
{
    private protected override bool TryParse(string text, [MaybeNullWhen(false)] out Currency value) => Currency.TryGet(text, out value);

    private protected override bool HasText(Currency value) => true;
}

/// <summary>A <see cref="UnixNanos"/> is a whole number of nanoseconds.</summary>
public sealed class UnixNanosJsonConverter : JsonConverter<UnixNanos>
{
    /// <inheritdoc/>
    public override UnixNanos Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var nanos)
            ? new UnixNanos(nanos)
            : throw new JsonException("A UnixNanos is a whole number of nanoseconds since 1970 in JSON, 0 to 18446744073709551615.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UnixNanos value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value.Value);
    }
}
