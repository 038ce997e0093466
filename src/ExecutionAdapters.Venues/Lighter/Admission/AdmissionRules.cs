using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>
/// Rules that need the venue's configuration or markets but not the account's orders; a transaction that breaks one is
/// refused, also inside a batch. What depends on the account's orders and money is <see cref="AccountRules"/>.
/// </summary>
internal sealed class AdmissionRules(Exchange exchange, PriceBand band)
{
    private const long MinimumOrderLifeMs = 5 * 60_000;
    private const long MaximumOrderLifeMs = 30L * 24 * 3_600_000;
    private const long MaximumScheduleMs = 15L * 24 * 3_600_000;

    /// <summary>The highest fee an integrator can be approved for, in parts per million (systemConfig).</summary>
    public const int MaximumIntegratorFee = 1_000;

    private long NowMs => exchange.State.NowMs;

    public VenueError? Check(VerifiedTransaction verified)
    {
        if (verified.Key.IsMakerOnly && !IsMakerOnlyTransaction(verified))
        {
            return VenueErrors.MakerOnlyKey;
        }

        return verified.Transaction switch
        {
            CreateOrderTransaction create =>
                CheckIntegrator(verified, create.Order.MarketIndex) ?? CheckOrder(create.Order, verified.PriceProtection),
            ModifyOrderTransaction modify =>
                CheckIntegrator(verified, modify.MarketIndex) ?? CheckModify(modify),
            CancelOrderTransaction cancel => CheckMarket(cancel.MarketIndex),
            CancelAllOrdersTransaction cancelAll => CheckCancelAll(cancelAll),
            UpdateLeverageTransaction leverage => CheckLeverage(leverage),
            UpdateMarginTransaction margin => CheckMarket(margin.MarketIndex),
            ApproveIntegratorTransaction approve => CheckApproval(approve),
            CreateGroupedOrdersTransaction => VenueErrors.InvalidGroupingType.With("this venue does not offer grouped orders"),
            _ => VenueErrors.UnsupportedTxType.With($"this venue does not execute {verified.Transaction.Type}"),
        };
    }

    /// <summary>
    /// A changed order may trade at once unless it is post-only. An order that is not there yet is either made post-only by
    /// the same batch, or its modification fails.
    /// </summary>
    private bool IsMakerOnlyTransaction(VerifiedTransaction verified) => verified.Transaction switch
    {
        CreateOrderTransaction create => create.Order.TimeInForce == LighterTimeInForce.PostOnly,
        ModifyOrderTransaction modify =>
            exchange.FindOrder(verified.Account, modify.Index) is null or { TimeInForce: LighterTimeInForce.PostOnly },
        CancelOrderTransaction or CancelAllOrdersTransaction => true,
        _ => false,
    };

    private VenueError? CheckMarket(short marketIndex) =>
        exchange.Market(marketIndex) is null ? VenueErrors.InvalidMarketIndex.With($"there is no market {marketIndex}") : null;

    private VenueError? CheckOrder(in LighterOrderInfo order, bool priceProtection)
    {
        if (exchange.Market(order.MarketIndex) is not { } market)
        {
            return CheckMarket(order.MarketIndex);
        }

        if (order.Type == LighterOrderType.Twap)
        {
            return VenueErrors.UnsupportedOrderType.With("this venue does not offer TWAP orders");
        }

        return CheckAmounts(market, order.BaseAmount, order.Price)
            ?? CheckExpiry(order.OrderExpiry)
            ?? (priceProtection ? band.Check(market, order) : null);
    }

    /// <summary>Minimum sizes; zero (the whole position) is left to execution. Reduce-only orders are not exempt.</summary>
    private static VenueError? CheckAmounts(Market market, long baseAmount, uint price)
    {
        if (baseAmount == 0)
        {
            return null;
        }

        MarketDefinition definition = market.Definition;
        Int128 quote = (Int128)baseAmount * price;
        if (baseAmount < definition.MinimumBase)
        {
            return VenueErrors.InvalidOrderAmount.With(
                $"base amount {baseAmount} is below the market's minimum of {definition.MinimumBase} ticks");
        }

        if (quote < definition.MinimumQuote)
        {
            return VenueErrors.InvalidOrderAmount.With(
                $"quote amount {quote} is below the market's minimum of {definition.MinimumQuote} micro USDC");
        }

        Int128 notional = (Int128)baseAmount * Math.Max(price, market.MarkPrice);
        return notional > MarketDefinition.OrderQuoteLimit
            ? VenueErrors.InvalidOrderAmount.With(
                $"quote amount {notional} is above the limit of {MarketDefinition.OrderQuoteLimit} micro USDC")
            : null;
    }

    private VenueError? CheckExpiry(long expiryMs)
    {
        long life = expiryMs - NowMs;
        return expiryMs == 0 || IsWithin(life, MinimumOrderLifeMs, MaximumOrderLifeMs)
            ? null
            : VenueErrors.InvalidOrderExpiry.With($"{expiryMs} is {life} ms ahead, allowed are 5 minutes to 30 days");
    }

    /// <summary>Whether a time ahead lies in its window; the far end has the tolerance for a client's clock that is fast.</summary>
    private static bool IsWithin(long aheadMs, long minimumMs, long maximumMs) =>
        aheadMs >= minimumMs && aheadMs <= maximumMs + TransactionVerifier.ClockToleranceMs;

    private VenueError? CheckModify(in ModifyOrderTransaction modify) =>
        exchange.Market(modify.MarketIndex) is { } market
            ? CheckAmounts(market, modify.BaseAmount, modify.Price)
            : CheckMarket(modify.MarketIndex);

    private VenueError? CheckCancelAll(in CancelAllOrdersTransaction cancelAll)
    {
        if (cancelAll.Header.Attributes.TryGet(TransactionAttributeTable.CancelAllMarketIndex, out long market)
            && market != LighterLimits.NilMarketIndex)
        {
            return CheckMarket((short)market);
        }

        long ahead = cancelAll.Time - NowMs;
        return cancelAll.TimeInForce != LighterCancelAllTimeInForce.Scheduled
            || IsWithin(ahead, MinimumOrderLifeMs, MaximumScheduleMs)
            ? null
            : VenueErrors.InvalidCancelAllTime.With($"{cancelAll.Time} is {ahead} ms ahead, allowed are 5 minutes to 15 days");
    }

    private VenueError? CheckLeverage(in UpdateLeverageTransaction leverage)
    {
        if (exchange.Market(leverage.MarketIndex) is not { } market)
        {
            return CheckMarket(leverage.MarketIndex);
        }

        int minimum = market.Definition.MinimumInitialMarginFraction;
        return leverage.InitialMarginFraction < minimum
            ? VenueErrors.InvalidInitialMarginFraction.With($"the market's minimum is {minimum}")
            : null;
    }

    private VenueError? CheckApproval(in ApproveIntegratorTransaction approve)
    {
        uint highest = Math.Max(
            Math.Max(approve.MaxPerpsTakerFee, approve.MaxPerpsMakerFee), Math.Max(approve.MaxSpotTakerFee, approve.MaxSpotMakerFee));
        if (highest > MaximumIntegratorFee)
        {
            return VenueErrors.InvalidFee.With($"an integrator may take at most {MaximumIntegratorFee} ppm");
        }

        if (highest > 0 && approve.L1Signature.Length == 0)
        {
            return VenueErrors.FailToL1Signature.With("fee caps above zero need the wallet's signature");
        }

        return highest > 0 && approve.ApprovalExpiry != 0 && approve.ApprovalExpiry <= NowMs
            ? VenueErrors.InvalidOrderExpiry.With($"the approval expiry {approve.ApprovalExpiry} has passed")
            : null;
    }

    private VenueError? CheckIntegrator(VerifiedTransaction verified, short marketIndex)
    {
        IntegratorFees wanted = OrderMapping.Integrator(verified.Header.Attributes);
        if (wanted.AccountIndex == 0)
        {
            return null;
        }

        bool isSpot = exchange.Market(marketIndex)?.Definition.IsSpot ?? false;
        return verified.Account.Integrators.TryGetValue(wanted.AccountIndex, out IntegratorApproval? approval)
            && approval.ExpiryMs > NowMs
            && wanted.TakerFee <= (isSpot ? approval.MaxSpotTakerFee : approval.MaxPerpsTakerFee)
            && wanted.MakerFee <= (isSpot ? approval.MaxSpotMakerFee : approval.MaxPerpsMakerFee)
            ? null
            : VenueErrors.IntegratorNotApproved;
    }
}
