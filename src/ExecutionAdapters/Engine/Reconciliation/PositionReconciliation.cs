using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>Netting positions, after all orders and trades: what still differs is explained by made-up orders, where that is allowed.</summary>
internal sealed class PositionReconciliation(PlannedBooks books, List<OrderEvent> events)
{
    private const decimal Tolerance = 0.000_000_01m;

    private readonly Dictionary<InstrumentId, Position> _local = books.Local.Positions.ToDictionary(position => position.InstrumentId);
    private readonly Dictionary<InstrumentId, Position?> _after = [];
    private ILookup<InstrumentId, OrderFilled> _fills = Array.Empty<OrderFilled>().ToLookup(fill => fill.InstrumentId);

    /// <summary>Compares, and appends to the events. Returns how many positions were compared.</summary>
    public int Run()
    {
        var venue = books.Venue.Positions;
        if (venue.Kind == EvidenceKind.NotAsked)
        {
            return 0;
        }

        _fills = events.OfType<OrderFilled>().ToLookup(fill => fill.InstrumentId);
        if (!venue.IsComplete)
        {
            books.Differ("positions", $"the venue's positions are not complete: {venue.Reason}");
        }

        var reports = venue.Items.Where(report => IsWanted(report.InstrumentId)).ToLookup(report => report.InstrumentId);
        var compared = 0;
        foreach (var group in reports.OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
        {
            compared++;
            Compare(group.Key, [.. group]);
        }

        if (venue.IsComplete)
        {
            foreach (var instrumentId in _local.Keys.Concat(_fills.Select(group => group.Key)).Distinct().Where(id => IsWanted(id) && IsHeldAsPosition(id) && !reports.Contains(id) && NetOf(id) != 0).ToList())
            {
                compared++;
                Compare(instrumentId, [Flat(PositionAfter(instrumentId)!)]);
            }
        }

        return compared;
    }

    /// <summary>The price at which the missing part leads from one average to the other; null: there is none.</summary>
    public static decimal? PriceOf(decimal quantity, decimal? average, decimal targetQuantity, decimal? targetAverage)
    {
        if (targetQuantity == quantity)
        {
            return null;
        }

        if (targetQuantity == 0)
        {
            return average;
        }

        if (targetAverage is not { } target || target == 0)
        {
            return null;
        }

        if (quantity == 0 || average is not { } current || Math.Sign(quantity) != Math.Sign(targetQuantity))
        {
            return target;
        }

        var price = ((targetQuantity * target) - (quantity * current)) / (targetQuantity - quantity);
        return price > 0 ? price : null;
    }

    private void Compare(InstrumentId instrumentId, IReadOnlyList<PositionStatusReport> reports)
    {
        if (reports.Select(one => one.Validate()).FirstOrDefault(problem => problem is not null) is { } contradiction)
        {
            books.Differ(instrumentId.ToString(), contradiction);
            return;
        }

        var report = reports.Count == 1 ? reports[0] : Net(reports);
        var local = NetOf(instrumentId);
        var venue = report.SignedDecimalQty;
        if (Math.Abs(venue - local) <= Tolerance)
        {
            return;
        }

        if (IsUnsettled(instrumentId))
        {
            books.Unsettled.Add(instrumentId);
            return;
        }

        var what = $"{Text(venue)} are held at the venue and {Text(local)} here";
        if (WhyNot(instrumentId) is { } reason)
        {
            books.Differ(instrumentId.ToString(), $"{what}, and {reason}");
            return;
        }

        decimal? average = PositionAfter(instrumentId) is { IsOpen: true } position ? position.AvgPxOpen : null;
        var isFlip = Math.Sign(local) * Math.Sign(venue) < 0;
        var isDone = TryOpen(report, venue - local) || (isFlip
            ? TryExplain(report, -local, average, "CLOSE") && TryExplain(report, venue, report.AvgPxOpen, "OPEN")
            : TryExplain(report, venue - local, PriceOf(local, average, venue, report.AvgPxOpen) ?? report.AvgPxOpen ?? average, ""));
        if (!isDone)
        {
            books.Differ(instrumentId.ToString(), $"{what}, and no price is known at which the difference could have come about");
        }
    }

    /// <summary>
    /// Books hold one position of an instrument; of several at the venue (hedging) they are compared with the sum. Its average is that of the positions on the side that is left.
    /// </summary>
    private static PositionStatusReport Net(IReadOnlyList<PositionStatusReport> reports)
    {
        var net = reports.Sum(report => report.SignedDecimalQty);
        var side = reports.Where(report => report.AvgPxOpen is not null && Math.Sign(report.SignedDecimalQty) == Math.Sign(net)).ToList();
        return reports[0] with
        {
            PositionSide = net > 0 ? PositionSide.Long : net < 0 ? PositionSide.Short : PositionSide.Flat,
            Quantity = new Quantity(Math.Abs(net), reports.Max(report => report.Quantity.Precision)),
            AvgPxOpen = net == 0 || side.Count == 0 ? null : side.Sum(report => report.Quantity.Value * report.AvgPxOpen) / side.Sum(report => report.Quantity.Value),
            VenuePositionId = null,
            TsLast = reports.Max(report => report.TsLast),
        };
    }

    /// <summary>Some of its orders moved while the venue was asked, or may have been filled without our knowledge.</summary>
    private bool IsUnsettled(InstrumentId instrumentId) => books.Orders.Any(order => order.InstrumentId == instrumentId
        && (books.Local.Moving.Contains(order.ClientOrderId) || (!order.IsClosed && (MayBeOnItsWay(order) || order.IsInFlight))));

    /// <summary>Neither what an emulator holds nor what only a reconciliation began was ever sent, and no answer will come that settles it.</summary>
    private bool MayBeOnItsWay(Order order) =>
        order.Lifecycle < OrderLifecycle.Accepted && order.Lifecycle != OrderLifecycle.Emulated && !books.IsBegun(order.ClientOrderId);

    private string? WhyNot(InstrumentId instrumentId) =>
        !books.Options.GenerateMissingOrders ? "no orders are to be made up"
        : !books.Options.IsConfirmed ? "the trades may be on their way"
        : !books.Venue.Orders.IsComplete ? $"the venue's orders are not complete: {books.Venue.Orders.Reason}"
        : !books.Venue.Fills.IsComplete ? $"the venue's trades are not complete: {books.Venue.Fills.Reason}"
        : books.Queries.Any(query => query.InstrumentId == instrumentId) ? "some of its orders are still to be asked for"
        : !books.Local.Instruments.ContainsKey(instrumentId) ? "the instrument is not known"
        : null;

    /// <summary>
    /// An instrument of which these are the first trades that are known: what was held before them comes before them, so that what they realize
    /// is right too. False: it is not that, or no opening explains the venue's average price.
    /// </summary>
    private bool TryOpen(PositionStatusReport report, decimal signedQty)
    {
        if (_local.ContainsKey(report.InstrumentId) || report.SignedDecimalQty == 0 || report.AvgPxOpen is not { } average
            || _fills[report.InstrumentId].FirstOrDefault() is not { } first || OpeningTrade.PriceOf(signedQty, _fills[report.InstrumentId], average) is not { } price
            || Terms(report, signedQty, price) is not { Quantity.IsPositive: true } terms || first.TsEvent.Value == 0)
        {
            return false;
        }

        var time = new UnixNanos(first.TsEvent.Value - 1);
        var (venueOrderId, tradeId) = ReconciliationIds.Opening(
            report.InstrumentId, time, first.VenueOrderId, terms.Side, Text(terms.Quantity.Value), Text(terms.Price.Value));
        events.InsertRange(events.IndexOf(first), MakeUp(report, venueOrderId, tradeId, terms, time));
        return true;
    }

    /// <summary>An order, acknowledged and filled, that nobody sent: at the venue's time and with ids that follow from the facts.</summary>
    private bool TryExplain(PositionStatusReport report, decimal signedQty, decimal? atPrice, string tag)
    {
        if (Terms(report, signedQty, atPrice) is not { } terms)
        {
            return false;
        }

        if (terms.Quantity.IsPositive)
        {
            // Some venues stamp a position with the time of the question: the ids are made of the last trade that is known instead.
            var venueOrderId = ReconciliationIds.PositionOrder(
                report with { TsLast = PositionAfter(report.InstrumentId)?.TsLast ?? default }, terms.Side, terms.Quantity.Value, terms.Price.Value, tag);
            events.AddRange(MakeUp(report, venueOrderId, new TradeId(venueOrderId.ToString()), terms, report.TsLast));
        }

        return true;
    }

    /// <summary>In the steps of the instrument; null without a price.</summary>
    private (OrderSide Side, Quantity Quantity, Price Price)? Terms(PositionStatusReport report, decimal signedQty, decimal? atPrice)
    {
        var instrument = books.Local.Instruments[report.InstrumentId];
        var quantity = new Quantity(decimal.Round(Math.Abs(signedQty), instrument.SizePrecision), instrument.SizePrecision);
        var price = atPrice is { } value ? decimal.Round(value, instrument.PricePrecision) : 0;
        return price > 0 || quantity.IsZero
            ? (signedQty > 0 ? OrderSide.Buy : OrderSide.Sell, quantity, new Price(price, instrument.PricePrecision))
            : null;
    }

    /// <summary>The events of an order that nobody sent; none when it cannot be added, which is told as a difference.</summary>
    private List<OrderEvent> MakeUp(
        PositionStatusReport report, VenueOrderId venueOrderId, TradeId tradeId, (OrderSide Side, Quantity Quantity, Price Price) terms, UnixNanos time)
    {
        var id = ReconciliationIds.ExternalOrder(report.AccountId, report.InstrumentId, venueOrderId);
        var isBegun = books.IsBegun(id);
        if (books.Has(id) && !isBegun)
        {
            books.Differ(report.InstrumentId.ToString(), $"order {id} was made up for this difference before, and it is still there");
            return [];
        }

        var initialized = ExternalOrders.Market(books, id, report.InstrumentId, venueOrderId, terms.Side, terms.Quantity, time, ExternalOrders.ReconciliationTag);
        if (books.Add(initialized) is not { } order)
        {
            return [];
        }

        var kept = isBegun ? order.Events.Count : 0;
        var isAccepted = order.Lifecycle >= OrderLifecycle.Accepted || books.Apply(order, ExternalOrders.Accepted(books, order, venueOrderId, time));
        return isAccepted && books.Apply(order, Filled(order, report, venueOrderId, tradeId, terms.Price, time)) ? [.. order.Events.Skip(kept)] : [];
    }

    private OrderFilled Filled(Order order, PositionStatusReport report, VenueOrderId venueOrderId, TradeId tradeId, Price price, UnixNanos time) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = report.AccountId,
        VenueOrderId = venueOrderId,
        TradeId = tradeId,
        OrderSide = order.Side,
        OrderType = order.OrderType,
        LastQty = order.Quantity,
        LastPx = price,
        Currency = books.Local.Instruments[report.InstrumentId].QuoteCurrency,
        LiquiditySide = LiquiditySide.None,
        IsInferred = true,
        EventId = ReconciliationIds.Event(report.AccountId.ToString(), order.ClientOrderId.ToString(), "filled", venueOrderId.ToString()),
        TsEvent = time,
        TsInit = books.Venue.AsOf,
        Reconciliation = true,
    };

    /// <summary>What was bought of a pair is a balance: no venue lists it among its positions, and its absence there says nothing.</summary>
    private bool IsHeldAsPosition(InstrumentId instrumentId) => books.Local.Instruments.GetValueOrDefault(instrumentId) is not CurrencyPair;

    /// <summary>What will be held: of most instruments a sum, without the position itself, which takes longer the more trades there are.</summary>
    private decimal NetOf(InstrumentId instrumentId)
    {
        // Of a pair a commission may come out of what is held.
        if (books.Local.Instruments.GetValueOrDefault(instrumentId) is CurrencyPair)
        {
            return PositionAfter(instrumentId)?.SignedQty ?? 0;
        }

        var change = _fills[instrumentId].Sum(fill => fill.OrderSide == OrderSide.Buy ? fill.LastQty.Value : -fill.LastQty.Value);
        return (_local.GetValueOrDefault(instrumentId)?.SignedQty ?? 0) + change;
    }

    /// <summary>The position with the trades of the plan.</summary>
    private Position? PositionAfter(InstrumentId instrumentId)
    {
        if (_after.TryGetValue(instrumentId, out var known))
        {
            return known;
        }

        var position = _local.GetValueOrDefault(instrumentId)?.Copy();
        foreach (var fill in _fills[instrumentId])
        {
            if (position is null)
            {
                position = books.Local.Instruments.TryGetValue(instrumentId, out var instrument)
                    ? new Position(instrument, IdentifierFormats.NettingPositionId(instrumentId, fill.StrategyId), fill)
                    : null;
            }
            else if (position.TryApply(fill) is { Kind: not PositionApplyErrorKind.DuplicateFill } error)
            {
                books.Differ(instrumentId.ToString(), error.Message);
            }
        }

        _after[instrumentId] = position;
        return position;
    }

    private bool IsWanted(InstrumentId instrumentId) => books.Options.InstrumentIds.Count == 0 || books.Options.InstrumentIds.Contains(instrumentId);

    /// <summary>What a complete answer says by not naming an instrument; as old as our position, so that its ids do not change.</summary>
    private PositionStatusReport Flat(Position position) => new()
    {
        ReportId = default,
        TsInit = books.Venue.AsOf,
        AccountId = books.Venue.AccountId,
        InstrumentId = position.InstrumentId,
        PositionSide = PositionSide.Flat,
        Quantity = Quantity.Zero(position.Instrument.SizePrecision),
        TsLast = position.TsLast,
    };

    private static string Text(decimal value) => ReconciliationIds.Text(value);
}
