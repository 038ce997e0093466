namespace ExecutionAdapters.Model;

/// <summary>What an engine asks of an execution client.</summary>
public abstract record TradingCommand
{
    /// <summary>The trader.</summary>
    public required TraderId TraderId { get; init; }

    /// <summary>The client that shall do it; null leaves that to routing.</summary>
    public ClientId? ClientId { get; init; }

    /// <summary>The id of this command.</summary>
    public required Uuid4 CommandId { get; init; }

    /// <summary>When this object was built.</summary>
    public required UnixNanos TsInit { get; init; }

    /// <summary>Extensions that only one adapter understands; its documentation lists them.</summary>
    public IReadOnlyDictionary<string, string>? Params { get; init; }

    /// <summary>Joins what belongs to one undertaking.</summary>
    public Uuid4? CorrelationId { get; init; }

    /// <summary>The command or event that caused this one.</summary>
    public Uuid4? CausationId { get; init; }

    /// <summary>What the short text form says after the type name.</summary>
    private protected virtual string Details => CommandId.ToString();

    /// <summary>Type name and the members that matter most, on one line.</summary>
    public sealed override string ToString() => $"{GetType().Name}({Details})";
}

/// <summary>A command about orders of one strategy in one instrument.</summary>
public abstract record OrderCommand : TradingCommand
{
    /// <summary>The strategy that owns the orders.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>The instrument. Of a list it is the first order's: take the instrument from each order.</summary>
    public required InstrumentId InstrumentId { get; init; }

    private protected override string Details => $"{InstrumentId}";
}
