using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <content>Orders meet prices. Each order is looked at in its turn, oldest first.</content>
/// <remarks>
/// Who comes to the market takes the quote: market orders, triggered stops, and limit orders that can trade on arrival. Who waits
/// there gives: a resting limit order fills at its limit, never better.
/// </remarks>
internal sealed partial class OrderDesk
{
    /// <summary>Matches what works in a market with its latest quote.</summary>
    public void MatchAll(Market market)
    {
        if (_working.Count == 0)
        {
            return;
        }

        foreach (string id in _working.ToArray())
        {
            TektiiOrder order = _orders[id];
            if (order.IsWorking && order.Request.Symbol == market.Symbol)
            {
                Match(order, market);
            }
        }
    }

    /// <summary>
    /// On the way from one price to another: the nearest price, not the first itself but perhaps the last, at which an order
    /// waits or is triggered. Null when there is none.
    /// </summary>
    public decimal? NextLevel(Market market, decimal from, decimal to)
    {
        decimal? nearest = null;
        foreach (string id in _working)
        {
            TektiiOrder order = _orders[id];
            if (order.Request.Symbol != market.Symbol || (order.TriggerPrice ?? order.ActiveLimit) is not { } level)
            {
                continue;
            }

            bool isOnTheWay = to > from ? level > from && level <= to : level < from && level >= to;
            if (isOnTheWay && (nearest is not { } best || Math.Abs(level - from) < Math.Abs(best - from)))
            {
                nearest = level;
            }
        }

        return nearest;
    }

    /// <summary>A fill that the test wants, whatever the quote is.</summary>
    /// <exception cref="ArgumentException">The order is unknown or not working, or the quantity is more than what is left.</exception>
    public void FillNow(string id, decimal? quantity, decimal? price)
    {
        if (Find(id) is not { IsWorking: true } order || quantity <= 0 || quantity > order.RemainingQuantity)
        {
            throw new ArgumentException($"Order {id} is not working or has less than {quantity} left.", nameof(id));
        }

        Market market = markets[order.Request.Symbol];
        decimal fillPrice = price ?? order.ActiveLimit ?? market.PriceFor(order.Request.Side);
        Fill(order, market, quantity ?? order.RemainingQuantity, fillPrice, order.IsResting);
    }

    private static bool IsMarketable(TektiiSide side, decimal quote, decimal limit) =>
        side == TektiiSide.Buy ? quote <= limit : quote >= limit;

    private void Match(TektiiOrder order, Market market)
    {
        decimal quote = market.PriceFor(order.Request.Side);
        if (order.IsWaiting)
        {
            order = Trail(order, quote);
            if (order.TriggerPrice is { } trigger && IsMarketable(order.Request.Side, trigger, quote))
            {
                order = Store(order with { IsTriggered = true, IsResting = false });
            }
            else
            {
                Store(order);
                return;
            }
        }

        bool isArriving = !order.IsResting;
        order = Store(order with { IsResting = true });
        if (order.ActiveLimit is not { } limit)
        {
            Execute(order, market, quote, isMaker: false);
        }
        else if (IsMarketable(order.Request.Side, quote, limit))
        {
            Execute(order, market, isArriving ? quote : limit, isMaker: !isArriving);
        }

        if (options.SelfTrades && isArriving)
        {
            MeetOwn(order.Id, market);
        }

        order = _orders[order.Id];
        if (order.IsWorking && isArriving && order.Request.TimeInForce is TektiiTimeInForce.Ioc or TektiiTimeInForce.Fok)
        {
            End(order, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        }
    }

    /// <summary>The best price first, then the oldest order. Fill or kill is left to the quote: it would have to know beforehand what is there.</summary>
    private void MeetOwn(string id, Market market)
    {
        TektiiOrder[] others =
        [
            .. Working()
                .Where(other => other is { IsResting: true, ActiveLimit: not null } && IsFree(other) && other.Request.Symbol == market.Symbol && other.Request.Side != _orders[id].Request.Side)
                .OrderBy(other => other.Request.Side == TektiiSide.Sell ? other.ActiveLimit : -other.ActiveLimit),
        ];
        foreach (string otherId in others.Select(other => other.Id))
        {
            // A fill may end others of a group.
            (TektiiOrder order, TektiiOrder other) = (_orders[id], _orders[otherId]);
            if (order is not { IsWorking: true, ActiveLimit: { } limit } || !IsFree(order) || order.Request.TimeInForce == TektiiTimeInForce.Fok)
            {
                return;
            }

            if (other is { IsWorking: true, ActiveLimit: { } price } && IsMarketable(order.Request.Side, price, limit))
            {
                decimal quantity = Math.Min(order.RemainingQuantity, other.RemainingQuantity);
                string tradeId = NextTradeId;
                Fill(order, market, quantity, price, isMaker: false, tradeId);
                Fill(other, market, quantity, price, isMaker: true, tradeId);
            }
        }

        bool IsFree(TektiiOrder order) => !order.Request.PostOnly && !MayOnlyReduce(order);
    }

    private static TektiiOrder Trail(TektiiOrder order, decimal quote) => order.Request.Type != TektiiOrderType.TrailingStop
        ? order
        : order with
        {
            TrailPeak = order.TrailPeak is not { } peak ? quote
                : order.Request.Side == TektiiSide.Buy ? Math.Min(peak, quote) : Math.Max(peak, quote),
        };

    /// <summary>As much as one match fills: all, or the share that the options say, and never more than a position to reduce.</summary>
    private void Execute(TektiiOrder order, Market market, decimal price, bool isMaker)
    {
        decimal quantity = Share(order, market.Instrument.LotSize);
        if (order.Request.TimeInForce == TektiiTimeInForce.Fok && quantity < order.RemainingQuantity)
        {
            return; // the caller cancels it
        }

        bool mayOnlyReduce = MayOnlyReduce(order);
        if (mayOnlyReduce)
        {
            quantity = Math.Min(quantity, ledger.Reducible(order.Request));
        }
        else if (order.FilledQuantity == 0 && !ledger.CanCarry(order.Request, quantity, price))
        {
            Reject(order, TektiiRejectReason.InsufficientMargin);
            return;
        }

        if (quantity > 0)
        {
            Fill(order, market, quantity, price, isMaker);
        }

        if (mayOnlyReduce && _orders[order.Id] is { IsWorking: true } rest && ledger.Reducible(order.Request) == 0)
        {
            End(rest with { RejectReason = TektiiRejectReason.ReduceOnlyViolated }, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        }
    }

    private decimal Share(TektiiOrder order, decimal lotSize)
    {
        decimal share = Math.Ceiling(order.Request.Quantity * options.PartialFillRatio / lotSize) * lotSize;
        return Math.Min(share, order.RemainingQuantity);
    }

    private bool MayOnlyReduce(TektiiOrder order) =>
        order.Request.ReduceOnly
        || (options.PositionMode == TektiiPositionMode.Hedging
            && order.Request.PositionId is { } id && ledger.Find(id)?.ExitSide == order.Request.Side);

    private string NextTradeId => $"t-{ledger.Trades.Count + 1}";

    private void Fill(TektiiOrder order, Market market, decimal quantity, decimal price, bool isMaker, string? tradeId = null)
    {
        DateTimeOffset time = now();
        FillEffect effect = ledger.Apply(order, market, quantity, price, time);
        var trade = new TektiiTrade
        {
            Id = tradeId ?? NextTradeId,
            OrderId = order.Id,
            Symbol = market.Symbol,
            Side = order.Request.Side,
            Quantity = quantity,
            Price = price,
            Commission = Math.Round(quantity * price * options.CommissionRate, 8),
            RealizedPnl = effect.RealizedPnl,
            IsMaker = isMaker,
            PositionId = effect.PositionId,
            Timestamp = time,
        };
        ledger.Add(trade);
        bool isFilled = quantity == order.RemainingQuantity;
        order = Store(order with
        {
            FilledQuantity = order.FilledQuantity + quantity,
            FilledValue = order.FilledValue + (quantity * price),
            Status = isFilled ? TektiiOrderStatus.Filled : TektiiOrderStatus.PartiallyFilled,
            PositionId = effect.PositionId,
            UpdatedAt = time,
        });
        events.Order(isFilled ? "ORDER_FILLED" : "ORDER_PARTIALLY_FILLED", order);
        events.Trade(trade);
        foreach ((string name, Holding holding) in effect.Changes)
        {
            events.Position(name, holding.Snapshot());
        }

        events.Account("BALANCE_UPDATED", ledger.Account());
        FollowUp(order, effect, quantity);
    }
}
