using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// Orders that are at the venue and not in the books: taken over for the strategy that claims their instrument, or for nobody. Their ids are made of account,
/// instrument and venue order id: what somebody else called them may be used again, here or there.
/// </summary>
internal static class ExternalOrders
{
    /// <summary>The tag of orders that are really at the venue.</summary>
    public const string VenueTag = "VENUE";

    /// <summary>The tag of orders that a reconciliation made up.</summary>
    public const string ReconciliationTag = "RECONCILIATION";

    /// <summary>Takes over the order of a report. Null: it is left alone, or cannot be taken over.</summary>
    public static Order? TakeOver(PlannedBooks books, OrderStatusReport report, bool hasFills)
    {
        if (report.Validate() is { } contradiction)
        {
            books.Differ(report.VenueOrderId.ToString(), "the venue's report contradicts itself: " + contradiction);
            return null;
        }

        var isOver = report.OrderStatus is OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Rejected;
        if (!report.Quantity.IsPositive || IsFiltered(books, report.InstrumentId) || (isOver && report.FilledQty.IsZero && !hasFills))
        {
            return null;
        }

        return books.Add(new OrderInitialized
        {
            TraderId = books.Options.TraderId,
            StrategyId = StrategyOf(books, report.InstrumentId),
            InstrumentId = report.InstrumentId,
            ClientOrderId = ReconciliationIds.ExternalOrder(books.Venue.AccountId, report.InstrumentId, report.VenueOrderId),
            EventId = EventId(books, report.InstrumentId, report.VenueOrderId),
            TsEvent = report.TsAccepted,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
            Side = report.OrderSide,
            OrderType = report.OrderType,
            Quantity = report.Quantity,
            TimeInForce = report is { TimeInForce: TimeInForce.GTD, ExpireTime: null } ? TimeInForce.GTC : report.TimeInForce,
            ExpireTime = report.ExpireTime,
            Price = report.Price,
            TriggerPrice = report.TriggerPrice,
            TriggerType = report.TriggerType ?? (report.OrderType.HasTriggerPrice() ? TriggerType.Default : null),
            LimitOffset = report.LimitOffset,
            TrailingOffset = report.TrailingOffset,
            TrailingOffsetType = report.TrailingOffsetType,
            DisplayQty = report.DisplayQty,
            PostOnly = report.PostOnly,
            ReduceOnly = report.ReduceOnly,
            Tags = [VenueTag],
        });
    }

    /// <summary>An order of which only trades are known: a market order of what they come to.</summary>
    public static Order? FromFills(PlannedBooks books, IReadOnlyList<FillReport> fills)
    {
        var first = fills[0];
        if (IsFiltered(books, first.InstrumentId))
        {
            return null;
        }

        var order = books.Add(Market(
            books, ReconciliationIds.ExternalOrder(books.Venue.AccountId, first.InstrumentId, first.VenueOrderId), first.InstrumentId, first.VenueOrderId, first.OrderSide,
            fills.Aggregate(Quantity.Zero(first.LastQty.Precision), (sum, fill) => sum + fill.LastQty), first.TsEvent, VenueTag));
        if (order is not null)
        {
            books.Apply(order, Accepted(books, order, first.VenueOrderId, first.TsEvent));
        }

        return order;
    }

    /// <summary>The terms of a market order that somebody else sent or nobody did.</summary>
    public static OrderInitialized Market(
        PlannedBooks books, ClientOrderId id, InstrumentId instrument, VenueOrderId venueOrderId, OrderSide side, Quantity quantity, UnixNanos time, string tag) => new()
        {
            TraderId = books.Options.TraderId,
            StrategyId = StrategyOf(books, instrument),
            InstrumentId = instrument,
            ClientOrderId = id,
            EventId = EventId(books, instrument, venueOrderId),
            TsEvent = time,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
            Side = side,
            OrderType = OrderType.Market,
            Quantity = quantity,
            Tags = [tag],
        };

    /// <summary>The acknowledgement of an order that was added here.</summary>
    public static OrderAccepted Accepted(PlannedBooks books, Order order, VenueOrderId venueOrderId, UnixNanos time) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = books.Venue.AccountId,
        VenueOrderId = venueOrderId,
        EventId = ReconciliationIds.Event(
            books.Venue.AccountId.ToString(), order.InstrumentId.ToString(), order.ClientOrderId.ToString(), "accepted", venueOrderId.ToString()),
        TsEvent = time,
        TsInit = books.Venue.AsOf,
        Reconciliation = true,
    };

    private static bool IsFiltered(PlannedBooks books, InstrumentId instrument) =>
        books.Options.FilterUnclaimedExternalOrders && !books.Options.ExternalOrderClaims.ContainsKey(instrument);

    private static StrategyId StrategyOf(PlannedBooks books, InstrumentId instrument) =>
        books.Options.ExternalOrderClaims.GetValueOrDefault(instrument, ReconciliationOptions.External);

    private static Uuid4 EventId(PlannedBooks books, InstrumentId instrument, VenueOrderId venueOrderId) =>
        ReconciliationIds.Event(books.Venue.AccountId.ToString(), instrument.ToString(), venueOrderId.ToString(), "initialized");
}
