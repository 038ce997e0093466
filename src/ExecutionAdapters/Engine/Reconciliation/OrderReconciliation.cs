using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// One order against what the venue says of it, whatever its status: acknowledged, amended, triggered, its true trades, what is filled
/// beyond them, its end.
/// </summary>
/// <param name="books">Where events go.</param>
/// <param name="order">The order, for planning.</param>
/// <param name="report">What the venue says.</param>
internal sealed class OrderReconciliation(PlannedBooks books, Order order, OrderStatusReport report)
{
    private readonly string _account = books.Venue.AccountId.ToString();

    public void Run(IEnumerable<FillReport> fills)
    {
        if (report.Validate() is { } contradiction)
        {
            Differ("the venue's report contradicts itself: " + contradiction);
            return;
        }

        if (report.OrderSide != order.Side)
        {
            Differ($"it is a {order.Side.ToWireString()} here and a {report.OrderSide.ToWireString()} at the venue");
            return;
        }

        // The end of a leg that was replaced is not the end of the order.
        var isReplaced = order.VenueOrderId is { } current && current != report.VenueOrderId && order.VenueOrderIds.Contains(report.VenueOrderId);
        if (isReplaced)
        {
            Fill(fills);
            return;
        }

        if (report.OrderStatus == OrderStatus.Rejected)
        {
            // Trades are true whatever else is said of their order.
            Fill(fills);
            Reject(report.CancelReason ?? "UNKNOWN");
            return;
        }

        Accept();
        Amend();
        Trigger();
        Fill(fills);
        Infer();
        End();
    }

    /// <summary>The venue answered and does not know the order.</summary>
    public static void RunAbsent(PlannedBooks books, Order order)
    {
        var sentAt = order.TsSubmitted ?? order.Events[0].TsEvent;

        // Of an order of an earlier run nobody knows when it left: its time begins with this run.
        sentAt = books.Local.RunStartedAt > sentAt ? books.Local.RunStartedAt : sentAt;
        var waited = books.Venue.AsOf.DurationSince(sentAt) ?? 0;
        if (order.Lifecycle > OrderLifecycle.Submitted || order.FilledQty.IsPositive)
        {
            books.Differ(order.ClientOrderId.ToString(), "the venue once had the order and does not know it any more");
        }
        else if (waited < (ulong)books.Options.MaximumProcessingTime.TotalNanoseconds)
        {
            books.OnTheirWay.Add(order.ClientOrderId);
        }
        else
        {
            books.Apply(order, new OrderRejected
            {
                TraderId = order.TraderId,
                StrategyId = order.StrategyId,
                InstrumentId = order.InstrumentId,
                ClientOrderId = order.ClientOrderId,
                AccountId = books.Venue.AccountId,
                EventId = ReconciliationIds.Event(books.Venue.AccountId.ToString(), order.ClientOrderId.ToString(), "absent"),
                TsEvent = books.Venue.AsOf,
                TsInit = books.Venue.AsOf,
                Reconciliation = true,
                Reason = "NOT_FOUND_AT_VENUE: the venue was asked for the order, its history included, and does not know it",
            });
        }
    }

    private void Reject(string reason)
    {
        if (order.IsClosed || order.FilledQty.IsPositive)
        {
            if (!order.IsClosed || order.FilledQty > report.FilledQty)
            {
                Differ($"{order.FilledQty} of it are filled here, and the venue says that it was rejected: {reason}");
            }

            return;
        }

        var letters = string.Concat(reason.Where(char.IsLetter)).ToLowerInvariant();
        books.Apply(order, new OrderRejected
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = report.AccountId,
            EventId = EventId("rejected"),
            TsEvent = report.TsLast,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
            Reason = reason,
            DuePostOnly = letters.Contains("postonly", StringComparison.Ordinal) || letters.Contains("postwouldexecute", StringComparison.Ordinal),
        });
    }

    private void Accept()
    {
        if (order.Lifecycle >= OrderLifecycle.Accepted)
        {
            return;
        }

        books.Apply(order, new OrderAccepted
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = report.AccountId,
            VenueOrderId = report.VenueOrderId,
            EventId = EventId("accepted"),
            TsEvent = report.TsAccepted,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
        });
    }

    /// <summary>What the report does not tell is not cleared by it.</summary>
    private void Amend()
    {
        var isOtherQuantity = report.Quantity != order.Quantity && report.Quantity >= order.FilledQty && !order.IsQuoteQuantity;
        var price = order.OrderType.HasLimitPrice() && report.Price != order.Price ? report.Price : null;
        var trigger = order.OrderType.HasAmendableTrigger() && report.TriggerPrice != order.TriggerPrice ? report.TriggerPrice : null;
        var isOtherId = order.VenueOrderId is { } known && known != report.VenueOrderId;
        if (order.IsClosed || report.TsLast < TermsToldAt() || (!isOtherQuantity && price is null && trigger is null && !isOtherId))
        {
            return;
        }

        books.Apply(order, new OrderUpdated
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = report.AccountId,
            VenueOrderId = report.VenueOrderId,
            EventId = EventId("updated"),
            TsEvent = report.TsLast,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
            Quantity = isOtherQuantity ? report.Quantity : order.Quantity,
            Price = price,
            TriggerPrice = trigger,
            IsQuoteQuantity = order.IsQuoteQuantity,
        });
    }

    /// <summary>When the venue told the terms that the books have: an older answer does not bring back older terms.</summary>
    private UnixNanos TermsToldAt()
    {
        for (var i = order.Events.Count - 1; i > 0; i--)
        {
            if (order.Events[i] is OrderUpdated or OrderAccepted)
            {
                return order.Events[i].TsEvent;
            }
        }

        return default;
    }

    private void Trigger()
    {
        var at = report.TsTriggered ?? (report.OrderStatus == OrderStatus.Triggered ? report.TsLast : null);
        if (at is not { } time || order.IsClosed || order.IsTriggered || !order.OrderType.IsTriggerable())
        {
            return;
        }

        books.Apply(order, new OrderTriggered
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = report.AccountId,
            VenueOrderId = report.VenueOrderId,
            EventId = EventId("triggered"),
            TsEvent = time,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
        });
    }

    /// <summary>True trades, whatever else the order came to.</summary>
    public void Fill(IEnumerable<FillReport> fills)
    {
        foreach (var fill in fills.OrderBy(fill => fill.TsEvent))
        {
            FillReconciliation.Apply(books, order, fill);
        }
    }

    private void Infer()
    {
        var missing = report.FilledQty.Value - order.FilledQty.Value;
        if (missing < 0)
        {
            var unit = (decimal)Math.Pow(10, -order.Quantity.Precision);
            if (-missing > unit && !IsOfPresentIdAlone())
            {
                Differ($"{order.FilledQty} are filled here and {report.FilledQty} at the venue");
            }

            return;
        }

        if (missing > 0)
        {
            FillReconciliation.Infer(books, order, report, missing);
        }
    }

    /// <summary>
    /// A venue that replaces an order may make the new one of what was left alone: then its report is about the trades under its own id, and these agree.
    /// </summary>
    private bool IsOfPresentIdAlone() =>
        order.VenueOrderIds.Count > 1
        && order.Events.OfType<OrderFilled>().Where(fill => fill.VenueOrderId == report.VenueOrderId).Sum(fill => fill.LastQty.Value) == report.FilledQty.Value;

    private void End()
    {
        if (order.IsClosed)
        {
            if (report.OrderStatus.IsOpen())
            {
                Differ($"it is over here ({order.Status}) and open at the venue");
            }

            return;
        }

        switch (report.OrderStatus)
        {
            case OrderStatus.Canceled:
                books.Apply(order, new OrderCanceled
                {
                    TraderId = order.TraderId,
                    StrategyId = order.StrategyId,
                    InstrumentId = order.InstrumentId,
                    ClientOrderId = order.ClientOrderId,
                    AccountId = report.AccountId,
                    VenueOrderId = report.VenueOrderId,
                    EventId = EventId("canceled"),
                    TsEvent = report.TsLast,
                    TsInit = books.Venue.AsOf,
                    Reconciliation = true,
                    Reason = report.CancelReason,
                });
                break;
            case OrderStatus.Expired:
                books.Apply(order, new OrderExpired
                {
                    TraderId = order.TraderId,
                    StrategyId = order.StrategyId,
                    InstrumentId = order.InstrumentId,
                    ClientOrderId = order.ClientOrderId,
                    AccountId = report.AccountId,
                    VenueOrderId = report.VenueOrderId,
                    EventId = EventId("expired"),
                    TsEvent = report.TsLast,
                    TsInit = books.Venue.AsOf,
                    Reconciliation = true,
                });
                break;
            default:
                break;
        }
    }

    private Uuid4 EventId(string kind) => ReconciliationIds.Event(
        _account, order.InstrumentId.ToString(), order.ClientOrderId.ToString(), kind, report.VenueOrderId.ToString(), report.TsLast.ToString());

    private void Differ(string reason) => books.Differ(order.ClientOrderId.ToString(), reason);
}
