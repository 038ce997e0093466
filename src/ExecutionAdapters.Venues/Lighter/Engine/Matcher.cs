namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Matches an incoming order against the other side of its book by price and then time, at the maker's price.</summary>
internal sealed class Matcher(ExchangeState state, Settlement settlement, OrderRetirement retirement)
{
    /// <summary>Trades while prices cross. Afterwards the order is finished, or active with a remainder that is not in the book.</summary>
    public void Run(Order taker, string transactionHash, ExecutionReport report)
    {
        BookSide makers = taker.Market.Book.Side(!taker.IsAsk);
        while (taker.IsActive && taker.RemainingBase > 0 && makers.Best is { } level && Crosses(taker, level))
        {
            Order maker = level.First!;
            if (IsSelfTrade(taker, maker))
            {
                ResolveSelfTrade(taker, maker);
            }
            else
            {
                TryTrade(taker, maker, transactionHash, report);
            }
        }

        if (taker.IsActive && taker.RemainingBase == 0)
        {
            retirement.Finish(taker, OrderStatus.Filled);
        }
    }

    private static bool Crosses(Order taker, PriceLevel level) =>
        taker.IsAsk ? level.Price >= taker.Price : level.Price <= taker.Price;

    private static bool IsSelfTrade(Order taker, Order maker) =>
        taker.Owner == maker.Owner
        || (taker.Request.SelfTradeAcrossMaster && taker.Owner.L1Address == maker.Owner.L1Address);

    private void TryTrade(Order taker, Order maker, string transactionHash, ExecutionReport report)
    {
        long size = Math.Min(taker.RemainingBase, maker.RemainingBase);
        if (!Limit(maker, isMaker: true, maker.Price, ref size, out OrderStatus refused))
        {
            retirement.Finish(maker, refused);
            return;
        }

        if (!Limit(taker, isMaker: false, maker.Price, ref size, out refused))
        {
            retirement.Finish(taker, refused);
            return;
        }

        uint price = maker.Price;
        ReduceMaker(maker, size);
        taker.RemainingBase -= size;
        Fill(taker, size, price);
        Fill(maker, size, price);
        report.LastTrade = settlement.Settle(maker, taker, size, price, transactionHash);
        report.LastMaker = maker;
        if (maker.RemainingBase == 0)
        {
            retirement.Finish(maker, OrderStatus.Filled);
        }

        retirement.SweepReduceOnly(maker.Owner, maker.Market);
        retirement.SweepReduceOnly(taker.Owner, taker.Market);
    }

    /// <summary>Cuts the fill to what a reduce-only order may still close; false with the status to end the order with.</summary>
    private static bool Limit(Order order, bool isMaker, uint price, ref long size, out OrderStatus refused)
    {
        refused = OrderStatus.CanceledReduceOnly;
        if (order.Market.Definition.IsSpot)
        {
            return true; // funds are locked while the order rests, and checked before it takes
        }

        Position position = order.Owner.PositionIn(order.Market);
        if (order.ReduceOnly)
        {
            size = Math.Min(size, position.Closable(order.IsAsk));
            return size > 0;
        }

        refused = OrderStatus.CanceledMarginNotAllowed;
        IntegratorFees integrator = order.Request.Integrator;
        int rate = isMaker ? order.Owner.MakerFee + integrator.MakerFee : order.Owner.TakerFee + integrator.TakerFee;
        return order.Owner.IsSynthetic
            || Margin.CanFill(order.Owner, position, order.IsAsk, size, price, Amounts.Fee(size * price, rate));
    }

    private void ResolveSelfTrade(Order taker, Order maker)
    {
        SelfTradeBehavior behavior = taker.Request.SelfTrade;
        if (behavior == SelfTradeBehavior.Reduce)
        {
            long size = Math.Min(taker.RemainingBase, maker.RemainingBase);
            ReduceMaker(maker, size);
            taker.RemainingBase -= size;
            maker.InitialBase -= size;
            taker.InitialBase -= size;
            state.Touch(maker);
            state.Touch(taker);
        }

        if (behavior is SelfTradeBehavior.ExpireMaker or SelfTradeBehavior.ExpireBoth || maker.RemainingBase == 0)
        {
            retirement.Finish(maker, OrderStatus.CanceledSelfTrade);
        }

        if (behavior is SelfTradeBehavior.ExpireTaker or SelfTradeBehavior.ExpireBoth || taker.RemainingBase == 0)
        {
            retirement.Finish(taker, OrderStatus.CanceledSelfTrade);
        }
    }

    private void ReduceMaker(Order maker, long size)
    {
        Reservations.Apply(maker, take: false);
        maker.Level!.Reduce(maker, size);
        Reservations.Apply(maker, take: true);
        state.Changes.Levels.Add((maker.Market, maker.IsAsk, maker.Price));
    }

    private void Fill(Order order, long size, uint price)
    {
        order.FilledBase += size;
        order.FilledQuote += size * price;
        if (order.Status == OrderStatus.InProgress)
        {
            order.Status = OrderStatus.Open;
        }

        state.Touch(order);
    }
}
