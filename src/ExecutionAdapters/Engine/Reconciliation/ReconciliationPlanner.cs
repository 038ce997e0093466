using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// Finds the events that bring the books of one account to where its venue is. Pure: the same two snapshots give the same plan, with the
/// same ids, whatever the time and the process; applied to the books it leaves nothing for a second one to do. It changes
/// neither snapshot, and guesses nothing: what only a further question to the venue can settle is asked for, and what nothing can settle is told.
/// </summary>
public static class ReconciliationPlanner
{
    /// <summary>Makes the plan.</summary>
    /// <exception cref="ArgumentException">The snapshots are of different accounts.</exception>
    public static ReconciliationPlan Plan(LocalSnapshot local, VenueSnapshot venue, ReconciliationOptions options)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(venue);
        ArgumentNullException.ThrowIfNull(options);
        if (local.AccountId != venue.AccountId)
        {
            throw new ArgumentException($"The books are of {local.AccountId}, the venue's answer is of {venue.AccountId}.", nameof(venue));
        }

        var books = new PlannedBooks(local, venue, options);
        var fills = venue.Fills.Items
            .Where(fill => fill.LastQty.IsPositive && IsWanted(options, fill.InstrumentId, fill.ClientOrderId) && (local.Settled.Count == 0 || !local.Settled.ContainsKey((fill.InstrumentId, fill.VenueOrderId))))
            .GroupBy(fill => (fill.InstrumentId, fill.VenueOrderId))
            .ToDictionary(group => group.Key, group => group.ToList());
        var told = new HashSet<ClientOrderId>();
        var reports = MostAdvanced(venue.Orders.Items.Concat(venue.Answers.Values.OfType<OrderStatusReport>()));
        var skipped = 0;
        foreach (var report in reports)
        {
            fills.Remove((report.InstrumentId, report.VenueOrderId), out var ofOrder);
            if (local.Settled.TryGetValue((report.InstrumentId, report.VenueOrderId), out var settled))
            {
                if (IsWanted(options, report.InstrumentId, report.ClientOrderId))
                {
                    CompareSettled(books, report, settled);
                }

                skipped++;
                continue;
            }

            if (!IsWanted(options, report.InstrumentId, report.ClientOrderId) || FindOrTakeOver(books, report, ofOrder) is not { } order)
            {
                skipped++;
                continue;
            }

            if (order.VenueOrderId is not { } current || current == report.VenueOrderId || !order.VenueOrderIds.Contains(report.VenueOrderId))
            {
                told.Add(order.ClientOrderId);
            }

            var reconciliation = new OrderReconciliation(books, order, report);
            if (local.Moving.Contains(order.ClientOrderId))
            {
                reconciliation.Fill(ofOrder ?? []);
            }
            else
            {
                reconciliation.Run(ofOrder ?? []);
            }
        }

        ApplyOrphans(books, fills.Values);
        AskForMissing(books, told);
        var events = books.InOrder();
        var positions = options.FilterPositionReports ? 0 : new PositionReconciliation(books, events).Run();
        ExplainIncomplete(books);
        return new ReconciliationPlan
        {
            AccountId = venue.AccountId,
            Events = events,
            Queries = books.Queries,
            Unresolved = books.Unresolved,
            OnTheirWay = books.OnTheirWay,
            Unsettled = books.Unsettled,
            OrdersCompared = reports.Count - skipped,
            FillsCompared = venue.Fills.Items.Count,
            PositionsCompared = positions,
            Skipped = skipped,
        };
    }

    /// <summary>An order that is over and of which only the sum is kept: a trade that came later can no longer be told from those before.</summary>
    private static void CompareSettled(PlannedBooks books, OrderStatusReport report, decimal settled)
    {
        if (report.FilledQty.Value != settled)
        {
            books.Differ(
                report.VenueOrderId.ToString(),
                $"{report.FilledQty} are filled at the venue and {ReconciliationIds.Text(settled)} here, and the order's events were compacted away");
        }
    }

    private static bool IsWanted(ReconciliationOptions options, InstrumentId instrument, ClientOrderId? clientOrderId) =>
        (options.InstrumentIds.Count == 0 || options.InstrumentIds.Contains(instrument))
        && (clientOrderId is not { } id || !options.FilteredClientOrderIds.Contains(id));

    /// <summary>Of two reports of one order the one that is further: more filled, else the later status.</summary>
    private static List<OrderStatusReport> MostAdvanced(IEnumerable<OrderStatusReport> reports) =>
    [
        .. reports.GroupBy(report => (report.InstrumentId, report.VenueOrderId))
            .Select(group => group.MaxBy(report => (report.FilledQty.Value, Rank(report.OrderStatus)))!),
    ];

    private static int Rank(OrderStatus status) => status switch
    {
        OrderStatus.Filled => 6,
        OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Rejected => 5,
        OrderStatus.PartiallyFilled => 4,
        OrderStatus.Triggered => 3,
        OrderStatus.Accepted or OrderStatus.PendingUpdate or OrderStatus.PendingCancel => 2,
        OrderStatus.Released or OrderStatus.Denied => 1,
        _ => 0,
    };

    private static Order? FindOrTakeOver(PlannedBooks books, OrderStatusReport report, List<FillReport>? fills) =>
        books.Find(report.ClientOrderId, report.InstrumentId, report.VenueOrderId, report.TsAccepted) is { } order
            ? IsWanted(books.Options, order.InstrumentId, order.ClientOrderId) ? books.Open(order) : null
            : ExternalOrders.TakeOver(books, report, fills is not null);

    /// <summary>
    /// Trades of orders that the venue did not list: they are true all the same. An order that is not in the books either is made of its
    /// trades, if the venue listed all it has; otherwise its report is still to come.
    /// </summary>
    private static void ApplyOrphans(PlannedBooks books, IEnumerable<List<FillReport>> groups)
    {
        foreach (var group in groups.OrderBy(group => group[0].TsEvent).ThenBy(group => group[0].VenueOrderId.ToString(), StringComparer.Ordinal))
        {
            group.Sort((left, right) => left.TsEvent.CompareTo(right.TsEvent));
            var known = books.Find(group[0].ClientOrderId, group[0].InstrumentId, group[0].VenueOrderId);
            if (known is not null && !IsWanted(books.Options, known.InstrumentId, known.ClientOrderId))
            {
                continue;
            }

            if (known is null && !books.Venue.Orders.IsComplete)
            {
                books.Differ(group[0].VenueOrderId.ToString(), $"trade {group[0].TradeId} is of an order that is not known, and the venue's orders are not complete");
                continue;
            }

            if ((known is null ? ExternalOrders.FromFills(books, group) : books.Open(known)) is not { } order)
            {
                continue;
            }

            foreach (var fill in group)
            {
                FillReconciliation.Apply(books, order, fill);
            }
        }
    }

    /// <summary>
    /// Orders that may be at the venue and that its complete answer does not name. One may have ended a moment ago, or lie further back than
    /// was asked: only an answer about itself proves anything.
    /// </summary>
    private static void AskForMissing(PlannedBooks books, HashSet<ClientOrderId> told)
    {
        foreach (var order in books.Orders.Where(order => !order.IsClosed && !told.Contains(order.ClientOrderId)).ToList())
        {
            if (order.Lifecycle == OrderLifecycle.Emulated || books.IsBegun(order.ClientOrderId) || books.Local.Moving.Contains(order.ClientOrderId) || !IsWanted(books.Options, order.InstrumentId, order.ClientOrderId))
            {
                continue;
            }

            if (books.Venue.Answers.TryGetValue(order.ClientOrderId, out var answer))
            {
                if (answer is null)
                {
                    OrderReconciliation.RunAbsent(books, books.Open(order));
                }
            }
            else if (books.Venue.Orders.IsComplete)
            {
                books.Queries.Add(new TargetedQuery(order.ClientOrderId, order.VenueOrderId, order.InstrumentId));
            }
        }
    }

    private static void ExplainIncomplete(PlannedBooks books)
    {
        if (books.Venue.Orders.Kind is EvidenceKind.Partial or EvidenceKind.Failed)
        {
            books.Differ("orders", $"the venue's orders are not complete: {books.Venue.Orders.Reason}");
        }

        if (books.Venue.Fills.Kind is EvidenceKind.Partial or EvidenceKind.Failed)
        {
            books.Differ("fills", $"the venue's trades are not complete: {books.Venue.Fills.Reason}");
        }
    }
}
