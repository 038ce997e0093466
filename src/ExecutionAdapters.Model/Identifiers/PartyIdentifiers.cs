using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>The trader, such as <c>TESTER-001</c>: ASCII, a name and a tag joined by the last hyphen.</summary>
[JsonConverter(typeof(TraderIdJsonConverter))]
public readonly record struct TraderId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, not ASCII, or not of the form name-tag.</exception>
    public TraderId(string value) => _value = IdentifierRules.Checked(value, nameof(TraderId), IdentifierRules.Trader);

    private TraderId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out TraderId id)
    {
        var ok = IdentifierRules.Trader(value) is null;
        id = ok ? new TraderId(value!, true) : default;
        return ok;
    }

    /// <summary>The trader of orders that were not placed by us.</summary>
    public static TraderId External { get; } = new("EXTERNAL-0");

    /// <summary>What stands after the last hyphen.</summary>
    public string Tag => Value[(Value.LastIndexOf('-') + 1)..];

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>The strategy that owns an order, such as <c>S-001</c>: ASCII, a name and a tag joined by the last hyphen, or the literal <c>EXTERNAL</c>.</summary>
[JsonConverter(typeof(StrategyIdJsonConverter))]
public readonly record struct StrategyId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, not ASCII, or neither of the form name-tag nor EXTERNAL.</exception>
    public StrategyId(string value) => _value = IdentifierRules.Checked(value, nameof(StrategyId), IdentifierRules.Strategy);

    private StrategyId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out StrategyId id)
    {
        var ok = IdentifierRules.Strategy(value) is null;
        id = ok ? new StrategyId(value!, true) : default;
        return ok;
    }

    /// <summary>No strategy has claimed it: orders and positions found at the venue.</summary>
    public static StrategyId External { get; } = new("EXTERNAL");

    /// <summary>True for <see cref="External"/>.</summary>
    public bool IsExternal => this == External;

    /// <summary>What stands after the last hyphen.</summary>
    public string Tag => Value[(Value.LastIndexOf('-') + 1)..];

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>An account, such as <c>LIGHTER-001</c>: ASCII, issuer and the issuer's own id joined by the first hyphen.</summary>
[JsonConverter(typeof(AccountIdJsonConverter))]
public readonly record struct AccountId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, not ASCII, or not of the form issuer-id.</exception>
    public AccountId(string value) => _value = IdentifierRules.Checked(value, nameof(AccountId), IdentifierRules.Account);

    private AccountId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out AccountId id)
    {
        var ok = IdentifierRules.Account(value) is null;
        id = ok ? new AccountId(value!, true) : default;
        return ok;
    }

    /// <summary>What stands before the first hyphen: usually the venue.</summary>
    /// <exception cref="ArgumentException">This is <c>default</c>.</exception>
    public Venue Issuer => new(Value[..Math.Max(0, Value.IndexOf('-', StringComparison.Ordinal))]);

    /// <summary>What stands after the first hyphen.</summary>
    public string IssuersId => Value[(Value.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}

/// <summary>An execution client, such as <c>LIGHTER</c>. ASCII.</summary>
[JsonConverter(typeof(ClientIdJsonConverter))]
public readonly record struct ClientId
{
    private readonly string? _value;

    /// <summary>Checks and takes the text.</summary>
    /// <exception cref="ArgumentException">Empty, only white space, or not ASCII.</exception>
    public ClientId(string value) => _value = IdentifierRules.Checked(value, nameof(ClientId), IdentifierRules.Ascii);

    private ClientId(string value, bool _) => _value = value; // already checked

    /// <summary>The text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Takes the text if it is legal; false instead of an exception.</summary>
    public static bool TryCreate(string? value, out ClientId id)
    {
        var ok = IdentifierRules.Ascii(value) is null;
        id = ok ? new ClientId(value!, true) : default;
        return ok;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Value;
}
