namespace ExecutionAdapters.Model;

/// <summary>Everything the venue says at one time: the input of startup reconciliation.</summary>
public sealed record ExecutionMassStatus : ExecutionReport
{
    /// <summary>The client that asked.</summary>
    public required ClientId ClientId { get; init; }

    /// <summary>The venue.</summary>
    public required Venue Venue { get; init; }

    /// <summary>Orders by the venue's id.</summary>
    public required IReadOnlyDictionary<VenueOrderId, OrderStatusReport> OrderReports { get; init; }

    /// <summary>Trades by the venue's order id, as they were given.</summary>
    public required IReadOnlyDictionary<VenueOrderId, IReadOnlyList<FillReport>> FillReports { get; init; }

    /// <summary>Positions by instrument.</summary>
    public required IReadOnlyDictionary<InstrumentId, IReadOnlyList<PositionStatusReport>> PositionReports { get; init; }

    /// <summary>Rows that could not be read or whose instrument is unknown, one line each: what this status does not cover.</summary>
    public IReadOnlyList<string> Unmapped { get; init; } = [];

    private protected override string Details
        => $"{ClientId} {AccountId} orders={OrderReports.Count} fills={FillReports.Count} positions={PositionReports.Count} unmapped={Unmapped.Count}";

    /// <summary>Groups reports; of two orders with one venue id the last one stays.</summary>
    public static ExecutionMassStatus Create(
        Uuid4 reportId,
        UnixNanos tsInit,
        ClientId clientId,
        AccountId accountId,
        Venue venue,
        IEnumerable<OrderStatusReport> orders,
        IEnumerable<FillReport> fills,
        IEnumerable<PositionStatusReport> positions,
        IReadOnlyList<string>? unmapped = null)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var orderReports = new Dictionary<VenueOrderId, OrderStatusReport>();
        foreach (var order in orders)
        {
            orderReports[order.VenueOrderId] = order;
        }

        return new ExecutionMassStatus
        {
            ReportId = reportId,
            TsInit = tsInit,
            ClientId = clientId,
            AccountId = accountId,
            Venue = venue,
            OrderReports = orderReports,
            FillReports = fills.GroupBy(static fill => fill.VenueOrderId)
                .ToDictionary(static group => group.Key, static group => (IReadOnlyList<FillReport>)[.. group]),
            PositionReports = positions.GroupBy(static position => position.InstrumentId)
                .ToDictionary(static group => group.Key, static group => (IReadOnlyList<PositionStatusReport>)[.. group]),
            Unmapped = unmapped ?? [],
        };
    }
}
