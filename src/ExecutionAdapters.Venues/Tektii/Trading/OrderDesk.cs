using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>The life of orders: taken, matched, modified, ended. Every change is a new record in the one list.</summary>
internal sealed partial class OrderDesk(
    TektiiVenueOptions options, Ledger ledger, IReadOnlyDictionary<string, Market> markets, Func<DateTimeOffset> now, IBrokerEvents events)
{
    private readonly Dictionary<string, TektiiOrder> _orders = [];
    private readonly Dictionary<string, string> _byClientId = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _working = [];
    private DateTime _day;

    /// <summary>All orders, oldest first.</summary>
    public IEnumerable<TektiiOrder> Orders => _ids.Select(id => _orders[id]);

    /// <summary>The broker rejects the next order only after it was taken.</summary>
    public TektiiRejectReason? RejectNextLater { get; set; }

    /// <summary>The next cancel-and-replace loses the order that it replaces.</summary>
    public bool FailNextReplacement { get; set; }

    /// <summary>Whether orders meet the current quote at once; otherwise, in a backtest, the next price.</summary>
    private bool MatchesOnArrival => !options.IsBacktest;

    public TektiiOrder? Find(string id) => _orders.GetValueOrDefault(id);

    /// <summary>Takes an order; what comes back is how it stands after it has met the market.</summary>
    /// <exception cref="RefusedException">400, 422 or 501.</exception>
    public TektiiOrder Place(TektiiOrderRequest request)
    {
        OrderRules.Validate(request);
        OrderRules.CheckOffered(request, options);
        if (request.ClientOrderId is { } clientId && _byClientId.TryGetValue(clientId, out string? known))
        {
            switch (options.DuplicateClientOrderIds)
            {
                case TektiiDuplicateIds.ReturnExisting:
                    return _orders[known];
                case TektiiDuplicateIds.Reject:
                    throw Rejected(TektiiRejectReason.Unknown, $"client_order_id {clientId} was used before");
            }
        }

        Market market = Admit(request);
        if (RejectNextLater is { } reason)
        {
            RejectNextLater = null;
            TektiiOrder pending = Create(request, TektiiOrderStatus.Pending, parentId: null, "ORDER_CREATED");
            Reject(pending, reason);
            return pending;
        }

        TektiiOrder order = Create(request, TektiiOrderStatus.Open, parentId: null, "ORDER_CREATED");
        if (MatchesOnArrival && market.HasQuote)
        {
            Match(order, market);
        }

        return _orders[order.Id];
    }

    /// <summary>Ends a working order; false when it is not working any more.</summary>
    /// <exception cref="RefusedException">404.</exception>
    public bool Cancel(string id)
    {
        TektiiOrder order = Required(id);
        if (order.IsWorking)
        {
            End(order, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        }

        return order.IsWorking;
    }

    /// <summary>Cancels what works, of one symbol or of all; gives back how many.</summary>
    public int CancelAll(string? symbol)
    {
        TektiiOrder[] orders = [.. Working().Where(order => symbol is null || order.Request.Symbol == symbol)];
        foreach (TektiiOrder order in orders)
        {
            End(order, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        }

        return orders.Length;
    }

    /// <summary>Closes a position, or a part of it, by a reduce-only order against it.</summary>
    /// <exception cref="RefusedException">400, 404, 422 or 501.</exception>
    public TektiiOrder Close(string positionId, decimal? quantity, TektiiOrderType type, decimal? limitPrice)
    {
        Holding holding = ledger.Find(positionId) ?? throw new RefusedException(ApiErrors.NoPosition(positionId));
        return Place(new TektiiOrderRequest
        {
            Symbol = holding.Symbol,
            Side = holding.ExitSide,
            Type = type,
            Quantity = quantity ?? holding.Quantity,
            LimitPrice = limitPrice,
            PositionId = positionId,
            ReduceOnly = true,
        });
    }

    /// <summary>Ends the day orders of days before.</summary>
    public void ExpireDays()
    {
        DateTime today = now().UtcDateTime.Date;
        if (today == _day)
        {
            return;
        }

        _day = today;
        foreach (TektiiOrder order in Working().Where(order => order.Request.TimeInForce == TektiiTimeInForce.Day).ToArray())
        {
            if (order.CreatedAt.UtcDateTime.Date < today)
            {
                End(order, TektiiOrderStatus.Expired, "ORDER_EXPIRED");
            }
        }
    }

    private IEnumerable<TektiiOrder> Working() => _working.Select(id => _orders[id]);

    private TektiiOrder Required(string id) => Find(id) ?? throw new RefusedException(ApiErrors.NoOrder(id));

    /// <summary>The broker's own checks.</summary>
    private Market Admit(TektiiOrderRequest order)
    {
        if (!markets.TryGetValue(order.Symbol, out Market? market))
        {
            throw Rejected(TektiiRejectReason.SymbolNotTradeable, $"Symbol {order.Symbol} not found");
        }

        if (!market.IsInLots(order.Quantity))
        {
            throw Rejected(TektiiRejectReason.InvalidQuantity, $"quantity must be a multiple of {market.Instrument.LotSize}");
        }

        CheckTicks(market, order.LimitPrice, order.StopPrice, order.StopLoss, order.TakeProfit);
        if (MatchesOnArrival && !market.HasQuote && order.Type == TektiiOrderType.Market)
        {
            throw Rejected(TektiiRejectReason.MarketClosed, $"No quote available for {order.Symbol}");
        }

        if (order.ReduceOnly && ledger.Reducible(order) == 0)
        {
            throw Rejected(TektiiRejectReason.ReduceOnlyViolated, "There is no position that the order could reduce");
        }

        decimal? reference = market.HasQuote ? market.PriceFor(order.Side) : null;
        if (order.PostOnly && reference is { } quote && order.LimitPrice is { } limit && IsMarketable(order.Side, quote, limit))
        {
            throw Rejected(TektiiRejectReason.PostOnlyViolated, "The order would take liquidity");
        }

        if (!order.ReduceOnly && (order.LimitPrice ?? order.StopPrice ?? reference) is { } price && !ledger.CanCarry(order, order.Quantity, price))
        {
            throw Rejected(TektiiRejectReason.InsufficientMargin, "The margin does not suffice");
        }

        return order.Leverage > options.Leverage
            ? throw new RefusedException(ApiErrors.InvalidValue("leverage", $"{order.Leverage}", $"leverage must be at most {options.Leverage}"))
            : market;
    }

    private static void CheckTicks(Market market, params ReadOnlySpan<decimal?> prices)
    {
        foreach (decimal? price in prices)
        {
            if (price is { } value && !market.IsOnTick(value))
            {
                throw Rejected(TektiiRejectReason.InvalidPrice, $"price {value} must be a multiple of {market.Instrument.TickSize}");
            }
        }
    }

    private TektiiOrder Create(TektiiOrderRequest request, TektiiOrderStatus status, string? parentId, string eventName)
    {
        var order = new TektiiOrder
        {
            Id = $"o-{_ids.Count + 1}",
            Request = request,
            Status = status,
            CreatedAt = now(),
            UpdatedAt = now(),
            ParentOrderId = parentId,
        };
        _ids.Add(order.Id);
        _working.Add(order.Id);
        _orders.Add(order.Id, order);
        if (request.ClientOrderId is { } clientId)
        {
            _byClientId[clientId] = order.Id;
        }

        events.Order(eventName, order);
        return order;
    }

    /// <summary>Keeps a changed order.</summary>
    private TektiiOrder Store(TektiiOrder order)
    {
        _orders[order.Id] = order;
        if (!order.IsWorking)
        {
            _working.Remove(order.Id);
        }

        return order;
    }

    private void End(TektiiOrder order, TektiiOrderStatus status, string eventName) =>
        events.Order(eventName, Store(order with { Status = status, UpdatedAt = now() }));

    private void Reject(TektiiOrder order, TektiiRejectReason reason) =>
        End(order with { RejectReason = reason }, TektiiOrderStatus.Rejected, "ORDER_REJECTED");

    private static RefusedException Rejected(TektiiRejectReason reason, string message) => new(ApiErrors.Rejected(reason, message));
}
