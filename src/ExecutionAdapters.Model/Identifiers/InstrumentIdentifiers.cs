using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>The symbol of an instrument, such as <c>ETH-PERP</c>. Any text; may contain points.</summary>
[JsonConverter(typeof(SymbolJsonConverter))]
public readonly record struct Symbol
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty or only white space.</exception>
    public Symbol(string value) => _value = IdentifierRules.Checked(value, nameof(Symbol), IdentifierRules.Text);

    private Symbol(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out Symbol id)
    {
        var ok = IdentifierRules.Text(value) is null;
        id = ok ? new Symbol(value!, true) : default;
        return ok;
    }

    /// <summary>True if there is a point in it.</summary>
    public bool IsComposite => Value.Contains('.', StringComparison.Ordinal);

    /// <summary>What stands before the first point; all of it without one.</summary>
    public string Root => Value.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? Value[..point] : Value;

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>
/// A trading venue, such as <c>LIGHTER</c>. ASCII. <c>Chain:DexId</c> names an on-chain venue; <c>SYNTH</c> is reserved for synthetic
/// instruments.
/// </summary>
[JsonConverter(typeof(VenueJsonConverter))]
public readonly record struct Venue
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public Venue(string value) => _value = IdentifierRules.Checked(value, nameof(Venue), IdentifierRules.Ascii);

    private Venue(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out Venue id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new Venue(value!, true) : default;
        return ok;
    }

    /// <summary>True for an on-chain venue of the form <c>Chain:DexId</c>.</summary>
    public bool IsOnChain => Value.Contains(':', StringComparison.Ordinal);

    /// <summary>True for the reserved venue of synthetic instruments.</summary>
    public bool IsSynthetic => Value == "SYNTH";

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>An instrument at a venue; text form <c>SYMBOL.VENUE</c>, read at the last point.</summary>
[JsonConverter(typeof(InstrumentIdJsonConverter))]
public readonly record struct InstrumentId
{
    /// <summary>Joins symbol and venue.</summary>
    /// <exception cref="ArgumentException">One of them is <c>default</c>, or the venue contains a point (the text could not be read back).</exception>
    public InstrumentId(Symbol symbol, Venue venue)
    {
        if (symbol == default || venue == default || venue.Value.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"InstrumentId takes a symbol and a venue without a point, got '{Shown.Limited(symbol.Value)}' and '{Shown.Limited(venue.Value)}'.",
                nameof(venue));
        }

        Symbol = symbol;
        Venue = venue;
    }

    /// <summary>The symbol.</summary>
    public Symbol Symbol { get; }

    /// <summary>The venue.</summary>
    public Venue Venue { get; }

    /// <summary>The text form; empty for <c>default</c>.</summary>
    public string Value => ToString();

    /// <summary>Reads <c>SYMBOL.VENUE</c>, split at the last point.</summary>
    /// <exception cref="FormatException">No point, or nothing legal on one side of it.</exception>
    public static InstrumentId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{Shown.Limited(text)}' is not an instrument id such as ETH-PERP.LIGHTER.");
    }

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(string? text, out InstrumentId id)
    {
        id = default;
        var point = text?.LastIndexOf('.') ?? -1;
        if (point < 0 || !Symbol.TryCreate(text![..point], out var symbol) || !Venue.TryCreate(text[(point + 1)..], out var venue))
        {
            return false;
        }

        id = new InstrumentId(symbol, venue);
        return true;
    }

    /// <summary><c>SYMBOL.VENUE</c>; empty for <c>default</c>.</summary>
    public override string ToString() => this == default ? "" : $"{Symbol.Value}.{Venue.Value}";
}
