namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Turns a match into a trade: moves positions, cash and assets, charges fees, records both sides.</summary>
internal sealed class Settlement(ExchangeState state)
{
    public Trade Settle(Order maker, Order taker, long size, uint price, string transactionHash)
    {
        Market market = maker.Market;
        TradeSide makerSide = Apply(maker, isMaker: true, size, price);
        TradeSide takerSide = Apply(taker, isMaker: false, size, price);
        var trade = new Trade
        {
            Id = state.TakeTradeId(),
            Market = market,
            Size = size,
            Price = price,
            IsMakerAsk = maker.IsAsk,
            Ask = maker.IsAsk ? makerSide : takerSide,
            Bid = maker.IsAsk ? takerSide : makerSide,
            TransactionHash = transactionHash,
            TimeUs = state.NowUs,
            BlockHeight = state.BlockHeight,
        };
        market.Record(trade);
        state.Changes.Trades.Add(trade);
        Keep(trade, maker.Owner);
        if (taker.Owner != maker.Owner)
        {
            Keep(trade, taker.Owner);
        }

        return trade;
    }

    private TradeSide Apply(Order order, bool isMaker, long size, uint price)
    {
        Account account = order.Owner;
        IntegratorFees integrator = order.Request.Integrator;
        int rate = isMaker ? account.MakerFee : account.TakerFee;
        int integratorRate = isMaker ? integrator.MakerFee : integrator.TakerFee;
        long quote = size * price;
        long venueFee = Amounts.Fee(quote, rate);
        long integratorFee = Amounts.Fee(quote, integratorRate);
        long fee = venueFee + integratorFee;
        var side = new TradeSide
        {
            AccountIndex = account.Index,
            OrderIndex = order.Index,
            ClientIndex = order.Request.ClientIndex,
            FeeRate = rate,
            IntegratorFeeRate = integratorRate,
            IntegratorIndex = integrator.AccountIndex,
            FeePaid = fee,
        };

        account.FeesPaid += fee;
        account.Volume += quote;
        state.FeesCollected += venueFee + CreditIntegrator(integrator.AccountIndex, integratorFee);
        return order.Market.Definition.IsSpot ? MoveAssets(order, size, quote, fee, side) : MovePosition(order, size, price, fee, side);
    }

    private TradeSide MovePosition(Order order, long size, uint price, long fee, TradeSide side)
    {
        Account account = order.Owner;
        Position position = account.PositionIn(order.Market);
        side = side with
        {
            SizeBefore = position.Size,
            EntryQuoteBefore = position.EntryQuote,
            InitialMarginFractionBefore = position.InitialMarginFraction,
            AllocatedMarginBefore = position.AllocatedMargin,
        };
        long realized = position.Apply(order.IsAsk, size, price);
        account.Collateral += realized - fee;
        state.Changes.Positions.Add(account.Index);
        state.Changes.Assets.Add(account.Index);
        state.Changes.Statistics.Add(account.Index);
        return side with
        {
            RealizedPnl = realized,
            SignChanged = Math.Sign(position.Size) * Math.Sign(side.SizeBefore) < 0,
            AllocatedMarginAfter = position.AllocatedMargin,
        };
    }

    private TradeSide MoveAssets(Order order, long size, long quote, long fee, TradeSide side)
    {
        int direction = order.IsAsk ? -1 : 1;
        MarketDefinition definition = order.Market.Definition;
        order.Owner.Balance(definition.BaseAssetId).Balance += direction * size * definition.BaseUnitsPerTick;
        order.Owner.Balance(Asset.UsdcId).Balance -= (direction * quote) + fee;
        state.Changes.Assets.Add(order.Owner.Index);
        return side;
    }

    /// <summary>Pays an integrator's fee into its collateral; what nobody can receive stays with the venue.</summary>
    private long CreditIntegrator(long accountIndex, long fee)
    {
        if (fee == 0 || !state.Accounts.TryGetValue(accountIndex, out Account? integrator))
        {
            return fee;
        }

        integrator.Collateral += fee;
        state.Changes.Statistics.Add(accountIndex);
        return 0;
    }

    private static void Keep(Trade trade, Account account)
    {
        if (!account.IsSynthetic)
        {
            account.Trades.Add(trade, out _);
        }
    }
}
