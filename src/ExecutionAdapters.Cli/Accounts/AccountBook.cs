using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>What the venue says of an account, whoever trades on it: the latest report of each order and position, and the latest fills.</summary>
/// <remarks>Thread-safe. Reports may come from streams and from questions, in any order: an order that is closed stays so.</remarks>
internal sealed class AccountBook
{
    private const int MostFills = 100;
    private const int MostClosedOrders = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<VenueOrderId, OrderStatusReport> _orders = [];
    private readonly LinkedList<VenueOrderId> _closed = new();
    private readonly Dictionary<InstrumentId, PositionStatusReport> _positions = [];
    private readonly LinkedList<FillReport> _fills = new();
    private AccountState? _account;

    /// <summary>Balances and margins; null before the first state.</summary>
    public AccountState? Account
    {
        get
        {
            lock (_lock)
            {
                return _account;
            }
        }
    }

    /// <summary>Positions that are not flat.</summary>
    public IReadOnlyList<PositionStatusReport> Positions
    {
        get
        {
            lock (_lock)
            {
                return [.. _positions.Values.Where(position => position.PositionSide != PositionSide.Flat).OrderBy(position => position.InstrumentId.ToString(), StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The latest fills, newest first.</summary>
    public IReadOnlyList<FillReport> Fills
    {
        get
        {
            lock (_lock)
            {
                return [.. _fills];
            }
        }
    }

    public IReadOnlyList<OrderStatusReport> OpenOrders
    {
        get
        {
            lock (_lock)
            {
                return [.. _orders.Values.Where(order => order.OrderStatus.IsOpen()).OrderBy(order => order.TsAccepted)];
            }
        }
    }

    public void Apply(ExecutionMassStatus status)
    {
        foreach (var report in status.OrderReports.Values.Cast<ExecutionReport>()
            .Concat(status.FillReports.Values.SelectMany(fills => fills).OrderBy(fill => fill.TsEvent))
            .Concat(status.PositionReports.Values.SelectMany(positions => positions)))
        {
            Apply(report);
        }
    }

    public void Apply(ExecutionEvent executionEvent)
    {
        lock (_lock)
        {
            switch (executionEvent)
            {
                case AccountState state:
                    _account = state;
                    break;
                case OrderStatusReport report:
                    Apply(report);
                    break;
                case FillReport fill:
                    Apply(fill);
                    break;
                case OrderWithFills both:
                    Apply(both.Order);
                    foreach (var fill in both.Fills)
                    {
                        Apply(fill);
                    }

                    break;
                case PositionStatusReport position:
                    _positions[position.InstrumentId] = position;
                    break;
            }
        }
    }

    private void Apply(OrderStatusReport report)
    {
        if (_orders.TryGetValue(report.VenueOrderId, out var known) && (known.OrderStatus.IsClosed() || known.TsLast > report.TsLast))
        {
            return;
        }

        _orders[report.VenueOrderId] = report;
        if (report.OrderStatus.IsClosed())
        {
            _closed.AddLast(report.VenueOrderId);
            if (_closed.Count > MostClosedOrders)
            {
                _orders.Remove(_closed.First!.Value);
                _closed.RemoveFirst();
            }
        }
    }

    private void Apply(FillReport fill)
    {
        if (_fills.Any(known => known.TradeId == fill.TradeId))
        {
            return;
        }

        _fills.AddFirst(fill);
        if (_fills.Count > MostFills)
        {
            _fills.RemoveLast();
        }
    }
}
