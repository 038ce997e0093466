using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>The id that we give an order; unique per trader. ASCII.</summary>
[JsonConverter(typeof(ClientOrderIdJsonConverter))]
public readonly record struct ClientOrderId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public ClientOrderId(string value) => _value = IdentifierRules.Checked(value, nameof(ClientOrderId), IdentifierRules.Ascii);

    private ClientOrderId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out ClientOrderId id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new ClientOrderId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The id that the venue gives an order; unique per account at best. ASCII.</summary>
[JsonConverter(typeof(VenueOrderIdJsonConverter))]
public readonly record struct VenueOrderId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public VenueOrderId(string value) => _value = IdentifierRules.Checked(value, nameof(VenueOrderId), IdentifierRules.Ascii);

    private VenueOrderId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out VenueOrderId id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new VenueOrderId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The id of a list of orders that are submitted together. ASCII.</summary>
[JsonConverter(typeof(OrderListIdJsonConverter))]
public readonly record struct OrderListId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public OrderListId(string value) => _value = IdentifierRules.Checked(value, nameof(OrderListId), IdentifierRules.Ascii);

    private OrderListId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out OrderListId id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new OrderListId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The id of an execution algorithm. ASCII.</summary>
[JsonConverter(typeof(ExecAlgorithmIdJsonConverter))]
public readonly record struct ExecAlgorithmId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public ExecAlgorithmId(string value) => _value = IdentifierRules.Checked(value, nameof(ExecAlgorithmId), IdentifierRules.Ascii);

    private ExecAlgorithmId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out ExecAlgorithmId id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new ExecAlgorithmId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The id that the venue gives a trade. ASCII, at most 36 characters, no NUL; longer venue ids are to be shortened deterministically.</summary>
[JsonConverter(typeof(TradeIdJsonConverter))]
public readonly record struct TradeId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, not ASCII, longer than 36 characters, or with a NUL.</exception>
    public TradeId(string value) => _value = IdentifierRules.Checked(value, nameof(TradeId), IdentifierRules.Trade);

    private TradeId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out TradeId id)
    {
        var ok = IdentifierRules.Trade(value) is null;
        id = ok ? new TradeId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The id of a position. <c>{InstrumentId}-{StrategyId}</c> when netting; <c>P-…</c> when we made it up for hedging.</summary>
[JsonConverter(typeof(PositionIdJsonConverter))]
public readonly record struct PositionId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty or only white space.</exception>
    public PositionId(string value) => _value = IdentifierRules.Checked(value, nameof(PositionId), IdentifierRules.Text);

    private PositionId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out PositionId id)
    {
        var ok = IdentifierRules.Text(value) is null;
        id = ok ? new PositionId(value!, true) : default;
        return ok;
    }

    /// <summary>True if we made the id up: it starts with <c>P-</c>.</summary>
    public bool IsVirtual => Value.StartsWith("P-", StringComparison.Ordinal);

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
