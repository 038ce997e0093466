namespace ExecutionAdapters.Model;

/// <summary>Ask for one order; at least one of the two order ids is given.</summary>
public sealed record GenerateOrderStatusReport : TradingCommand
{
    /// <summary>Only this instrument.</summary>
    public InstrumentId? InstrumentId { get; init; }

    /// <summary>Our id.</summary>
    public ClientOrderId? ClientOrderId { get; init; }

    /// <summary>The venue's id.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    private protected override string Details => $"{InstrumentId} {ClientOrderId} {VenueOrderId}";
}

/// <summary>Ask for orders: open ones and, unless <see cref="OpenOnly"/>, recently closed ones.</summary>
public sealed record GenerateOrderStatusReports : TradingCommand
{
    /// <summary>Only open orders.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Only this instrument.</summary>
    public InstrumentId? InstrumentId { get; init; }

    /// <summary>From this time on; does not limit open orders. Null for no limit.</summary>
    public UnixNanos? Start { get; init; }

    /// <summary>Up to this time. Null for no limit.</summary>
    public UnixNanos? End { get; init; }

    private protected override string Details => $"{InstrumentId} open_only={OpenOnly} start={Start} end={End}";
}

/// <summary>Ask for trades.</summary>
public sealed record GenerateFillReports : TradingCommand
{
    /// <summary>Only this instrument.</summary>
    public InstrumentId? InstrumentId { get; init; }

    /// <summary>Only of this order.</summary>
    public VenueOrderId? VenueOrderId { get; init; }

    /// <summary>From this time on. Null for no limit.</summary>
    public UnixNanos? Start { get; init; }

    /// <summary>Up to this time. Null for no limit.</summary>
    public UnixNanos? End { get; init; }

    private protected override string Details => $"{InstrumentId} {VenueOrderId} start={Start} end={End}";
}

/// <summary>Ask for positions. With an instrument that has none, the answer is an explicit Flat report.</summary>
public sealed record GeneratePositionStatusReports : TradingCommand
{
    /// <summary>Only this instrument.</summary>
    public InstrumentId? InstrumentId { get; init; }

    /// <summary>From this time on. Null for no limit.</summary>
    public UnixNanos? Start { get; init; }

    /// <summary>Up to this time. Null for no limit.</summary>
    public UnixNanos? End { get; init; }

    private protected override string Details => $"{InstrumentId}";
}

/// <summary>Ask for everything at once.</summary>
public sealed record GenerateExecutionMassStatus : TradingCommand
{
    /// <summary>Only this venue.</summary>
    public Venue? Venue { get; init; }

    private protected override string Details => $"{ClientId} {Venue}";
}
