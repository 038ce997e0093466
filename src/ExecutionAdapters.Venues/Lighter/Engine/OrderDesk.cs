using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>The life of an order: created, waiting for its trigger, executed, resting, canceled, expired.</summary>
internal sealed class OrderDesk
{
    private const int MinimumExpiriesBeforeCleaning = 1_000;

    private readonly ExchangeState _state;
    private readonly OrderRetirement _retirement;
    private readonly Matcher _matcher;
    private readonly PriorityQueue<Order, (long ExpiryMs, long Index)> _expiries = new();
    private int _expiriesBeforeCleaning = MinimumExpiriesBeforeCleaning;

    public OrderDesk(ExchangeState state)
    {
        _state = state;
        _retirement = new OrderRetirement(state);
        _matcher = new Matcher(state, new Settlement(state), _retirement);
    }

    /// <summary>How many orders the queue of expiries holds, finished ones included.</summary>
    public int ExpiryCount => _expiries.Count;

    public ExecutionReport Create(Account owner, Market market, in OrderRequest request, string transactionHash)
    {
        var order = new Order(_state.TakeOrderIndex(), owner, market, request) { CreatedMs = _state.NowMs };
        var report = new ExecutionReport { Market = market, Order = order };
        Register(order);
        if (!order.IsConditional)
        {
            Execute(order, transactionHash, report);
        }
        else if (order.IsTriggeredAt(market.MarkPrice))
        {
            Trigger(order, transactionHash, report);
        }
        else
        {
            order.Status = OrderStatus.Pending;
            order.TriggerStatus = TriggerStatus.MarkPrice;
            market.PendingOrders.Add(order);
            _state.Touch(order);
            _state.Changes.Statistics.Add(owner.Index);
        }

        return report;
    }

    public void Cancel(Order order, OrderStatus status) => _retirement.Finish(order, status);

    /// <summary>Cancels an account's active orders, oldest first; of one market when given.</summary>
    public int CancelAll(Account account, Market? market, OrderStatus status = OrderStatus.Canceled)
    {
        Order[] orders = [.. account.ActiveOrders.Values.Where(order => market is null || order.Market == market)];
        foreach (Order order in orders)
        {
            _retirement.Finish(order, status);
        }

        return orders.Length;
    }

    /// <summary>
    /// Changes size (the new total), price and trigger. A pure size decrease keeps the place in the queue;
    /// anything else puts the order behind its new price, where it may trade at once.
    /// </summary>
    public void Modify(Order order, long totalBase, uint price, uint triggerPrice, string transactionHash, ExecutionReport report)
    {
        long decrease = order.InitialBase - totalBase;
        order.TriggerPrice = triggerPrice;
        if (order.IsResting && price == order.Price && decrease >= 0)
        {
            Reservations.Apply(order, take: false);
            order.Level!.Reduce(order, decrease);
            order.InitialBase = totalBase;
            Reservations.Apply(order, take: true);
            _state.Changes.Levels.Add((order.Market, order.IsAsk, price));
            _retirement.NoteHoldChanged(order);
            _state.Touch(order);
            return;
        }

        TakeOutOfBook(order);
        order.Price = price;
        order.RemainingBase -= decrease;
        order.InitialBase = totalBase;
        _state.Touch(order);
        if (order.Status != OrderStatus.Pending)
        {
            Execute(order, transactionHash, report);
        }
        else if (order.IsTriggeredAt(order.Market.MarkPrice))
        {
            order.Market.PendingOrders.Remove(order);
            Trigger(order, transactionHash, report);
        }
    }

    /// <summary>Fires the conditional orders that the market's mark price has reached, oldest first.</summary>
    public void FireTriggers(Market market)
    {
        if (market.PendingOrders.Count == 0)
        {
            return;
        }

        foreach (Order order in market.PendingOrders.Where(order => order.IsTriggeredAt(market.MarkPrice)).ToArray())
        {
            if (order.Status == OrderStatus.Pending)
            {
                market.PendingOrders.Remove(order);
                Trigger(order, _state.TakeSystemHash(), new ExecutionReport());
            }
        }
    }

    /// <summary>Ends the orders whose expiry the clock has reached.</summary>
    public void ExpireOrders()
    {
        while (_expiries.TryPeek(out Order? order, out (long ExpiryMs, long) due) && due.ExpiryMs <= _state.NowMs)
        {
            _expiries.Dequeue();
            if (order.IsActive)
            {
                _retirement.Finish(order, OrderStatus.CanceledExpired);
            }
        }
    }

    private void Register(Order order)
    {
        _state.Orders.Add(order.Index, order);
        order.Owner.ActiveOrders.Add(order.Index, order);
        if (order.Request.ClientIndex != 0)
        {
            order.Owner.ActiveByClientIndex.Add(order.Request.ClientIndex, order);
        }

        if (order.Request.ExpiryMs != 0)
        {
            ForgetFinishedExpiries();
            _expiries.Enqueue(order, (order.Request.ExpiryMs, order.Index));
        }
    }

    /// <summary>Orders mostly finish long before they expire: the queue must not hold on to them until then.</summary>
    private void ForgetFinishedExpiries()
    {
        if (_expiries.Count < _expiriesBeforeCleaning)
        {
            return;
        }

        (Order Order, (long ExpiryMs, long Index) Due)[] active = [.. _expiries.UnorderedItems.Where(item => item.Element.IsActive)];
        _expiries.Clear();
        _expiries.EnqueueRange(active);
        _expiriesBeforeCleaning = Math.Max(MinimumExpiriesBeforeCleaning, 2 * active.Length);
    }

    private void Trigger(Order order, string transactionHash, ExecutionReport report)
    {
        order.Status = OrderStatus.InProgress;
        order.TriggerStatus = TriggerStatus.Ready;
        order.TriggerTimeMs = _state.NowMs;
        Position position = order.Owner.PositionIn(order.Market);
        long quote = order.RemainingBase * (order.IsAsk ? Math.Max(order.Price, order.Market.MarkPrice) : order.Price);
        long fee = Amounts.Fee(quote, order.Owner.TakerFee + order.Request.Integrator.TakerFee);
        if (!order.ReduceOnly && !order.Owner.IsSynthetic && !Margin.CanPlace(order.Owner, position, order.IsAsk, quote, fee))
        {
            _retirement.Finish(order, OrderStatus.CanceledMarginNotAllowed);
            return;
        }

        Execute(order, transactionHash, report);
    }

    private void Execute(Order order, string transactionHash, ExecutionReport report)
    {
        if (order.ReduceOnly && !TrimToPosition(order))
        {
            _retirement.Finish(order, OrderStatus.CanceledReduceOnly);
            report.Error = VenueErrors.ReduceOnlyIncreasesPosition;
            return;
        }

        if (order.TimeInForce == LighterTimeInForce.PostOnly && order.Market.Book.Crosses(order.IsAsk, order.Price))
        {
            _retirement.Finish(order, OrderStatus.CanceledPostOnly);
            report.Error = VenueErrors.InvalidOrderStatus.With("canceled-post-only, the order would have taken liquidity");
            return;
        }

        BookSide makers = order.Market.Book.Side(!order.IsAsk);
        _matcher.Run(order, transactionHash, report);
        if (!order.IsActive)
        {
            return;
        }

        if (order.TimeInForce == LighterTimeInForce.ImmediateOrCancel)
        {
            _retirement.Finish(order, UnfilledStatus(order, makers));
        }
        else
        {
            Rest(order);
        }
    }

    /// <summary>Cuts a reduce-only order to the position it may close; false when there is none.</summary>
    private static bool TrimToPosition(Order order)
    {
        long closable = order.Owner.PositionIn(order.Market).Closable(order.IsAsk);
        if (closable == 0)
        {
            return false;
        }

        bool wholePosition = order.InitialBase == 0;
        if (wholePosition || order.RemainingBase > closable)
        {
            order.RemainingBase = closable;
            order.InitialBase = order.FilledBase + closable;
        }

        return true;
    }

    private static OrderStatus UnfilledStatus(Order order, BookSide makers)
    {
        bool isMarketLike = order.Request.Type is LighterOrderType.Market or LighterOrderType.StopLoss or LighterOrderType.TakeProfit;
        if (!isMarketLike)
        {
            return OrderStatus.Canceled;
        }

        return makers.Best is null ? OrderStatus.CanceledNotEnoughLiquidity : OrderStatus.CanceledTooMuchSlippage;
    }

    private void Rest(Order order)
    {
        order.Status = OrderStatus.Open;
        order.Market.Book.Side(order.IsAsk).Add(order);
        Reservations.Apply(order, take: true);
        _state.Changes.Levels.Add((order.Market, order.IsAsk, order.Price));
        _retirement.NoteHoldChanged(order);
        _state.Touch(order);
    }

    private void TakeOutOfBook(Order order)
    {
        if (order.IsResting)
        {
            Reservations.Apply(order, take: false);
            order.Market.Book.Side(order.IsAsk).Remove(order);
            _state.Changes.Levels.Add((order.Market, order.IsAsk, order.Price));
            _retirement.NoteHoldChanged(order);
        }
    }
}
