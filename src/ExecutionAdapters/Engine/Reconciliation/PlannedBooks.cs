using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// The books as they will be when the plan is applied: copies of orders, on which every event is tried before it becomes part of the
/// plan. What cannot be applied is a difference, not an event.
/// </summary>
internal sealed class PlannedBooks
{
    private readonly Dictionary<ClientOrderId, Order> _orders;
    private readonly Dictionary<(InstrumentId Instrument, VenueOrderId Id), Order> _byVenueId = [];
    private readonly HashSet<ClientOrderId> _copied = [];
    private readonly Dictionary<ClientOrderId, UnixNanos> _latest = [];
    private readonly List<(UnixNanos Time, OrderEvent Event)> _events = [];

    public PlannedBooks(LocalSnapshot local, VenueSnapshot venue, ReconciliationOptions options)
    {
        Local = local;
        Venue = venue;
        Options = options;
        _orders = local.Orders.ToDictionary(order => order.ClientOrderId);
        foreach (var order in local.Orders)
        {
            Index(order);
        }
    }

    public LocalSnapshot Local { get; }

    public VenueSnapshot Venue { get; }

    public ReconciliationOptions Options { get; }

    public List<TargetedQuery> Queries { get; } = [];

    public List<UnresolvedDifference> Unresolved { get; } = [];

    public List<ClientOrderId> OnTheirWay { get; } = [];

    public List<InstrumentId> Unsettled { get; } = [];

    public IEnumerable<Order> Orders => _orders.Values;

    /// <summary>
    /// The venue's id decides where it is known: one order at the venue is never two of ours, and two are never one. Our id counts only for an order that
    /// has no venue id yet, or that is open and was replaced by a younger one.
    /// </summary>
    public Order? Find(ClientOrderId? clientOrderId, InstrumentId instrument, VenueOrderId venueOrderId, UnixNanos? acceptedAt = null)
    {
        if (_byVenueId.TryGetValue((instrument, venueOrderId), out var known))
        {
            return known;
        }

        if (clientOrderId is { } id && _orders.TryGetValue(id, out var own) && own.InstrumentId == instrument
            && (own.VenueOrderId is null || (!own.IsClosed && acceptedAt is { } at && at > (own.TsAccepted ?? default))))
        {
            return own;
        }

        return null;
    }

    /// <summary>
    /// An order that a reconciliation began, and of which a kill kept nothing more: it goes on from there. Of a made-up one the acknowledgement may be kept as
    /// well; no venue knows anything of that.
    /// </summary>
    public bool IsBegun(ClientOrderId clientOrderId) => _orders.TryGetValue(clientOrderId, out var order) && order.Events[0].Reconciliation
        && (order.Lifecycle == OrderLifecycle.Initialized
            || (order.Lifecycle == OrderLifecycle.Accepted && order.FilledQty.IsZero && order.Tags is [ExternalOrders.ReconciliationTag]));

    public bool Has(ClientOrderId clientOrderId) => _orders.ContainsKey(clientOrderId);

    /// <summary>The order for planning: a copy, the first time.</summary>
    public Order Open(Order order)
    {
        if (_copied.Add(order.ClientOrderId))
        {
            order = order.Copy();
            _orders[order.ClientOrderId] = order;
            Index(order);
        }

        return _orders[order.ClientOrderId];
    }

    /// <summary>Adds an order that the books do not have; null when its terms contradict each other, which is a difference.</summary>
    public Order? Add(OrderInitialized initialized)
    {
        if (initialized.Validate() is { } problem)
        {
            Differ(initialized.ClientOrderId.ToString(), $"an order at the venue cannot be taken over: {problem}");
            return null;
        }

        if (IsBegun(initialized.ClientOrderId))
        {
            return Open(_orders[initialized.ClientOrderId]);
        }

        var order = new Order(initialized);
        if (!_orders.TryAdd(order.ClientOrderId, order))
        {
            Differ(initialized.ClientOrderId.ToString(), "an order at the venue cannot be taken over: there is an order of its id already");
            return null;
        }

        _copied.Add(order.ClientOrderId);
        Record(order, initialized);
        return order;
    }

    /// <summary>Tries an event on an order for planning. False: it cannot be applied, which is a difference unless it is a trade that was applied before.</summary>
    public bool Apply(Order order, OrderEvent orderEvent)
    {
        var known = order.VenueOrderIds.Count;
        if (order.TryApply(orderEvent) is { } error)
        {
            if (error.Kind != OrderApplyErrorKind.DuplicateFill)
            {
                Differ(order.ClientOrderId.ToString(), error.Message);
            }

            return false;
        }

        if (order.VenueOrderIds.Count > known)
        {
            Index(order);
        }

        Record(order, orderEvent);
        return true;
    }

    public void Differ(string subject, string reason) => Unresolved.Add(new UnresolvedDifference(subject, reason));

    /// <summary>All events by time, which positions depend on; those of one order stay in their order.</summary>
    public List<OrderEvent> InOrder() => [.. _events.OrderBy(entry => entry.Time).Select(entry => entry.Event)];

    private void Record(Order order, OrderEvent orderEvent)
    {
        var time = _latest.TryGetValue(order.ClientOrderId, out var latest) && latest > orderEvent.TsEvent ? latest : orderEvent.TsEvent;
        _latest[order.ClientOrderId] = time;
        _events.Add((time, orderEvent));
    }

    private void Index(Order order)
    {
        foreach (var venueOrderId in order.VenueOrderIds)
        {
            _byVenueId[(order.InstrumentId, venueOrderId)] = order;
        }
    }
}
