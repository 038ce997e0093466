using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>Executes admitted transactions. What fails here has been acknowledged already: the failure shows in the event text.</summary>
internal sealed class TransactionExecutor(Exchange exchange, PriceBand band)
{
    private readonly MarginDesk _margins = new(exchange.State);

    private ExchangeState State => exchange.State;

    public ExecutionReport Execute(VerifiedTransaction verified, string hash) => verified.Transaction switch
    {
        CreateOrderTransaction create => Create(verified.Account, create, hash),
        CancelOrderTransaction cancel => Cancel(verified.Account, cancel),
        ModifyOrderTransaction modify => Modify(verified, modify, hash),
        CancelAllOrdersTransaction cancelAll => CancelAll(verified.Account, cancelAll),
        UpdateLeverageTransaction leverage => _margins.SetLeverage(
            verified.Account, exchange.Market(leverage.MarketIndex)!, leverage.InitialMarginFraction, leverage.MarginMode == 1),
        UpdateMarginTransaction margin => _margins.MoveMargin(
            verified.Account, exchange.Market(margin.MarketIndex)!, margin.Direction == 1 ? margin.USDCAmount : -margin.USDCAmount),
        ApproveIntegratorTransaction approve => ApproveIntegrator(verified.Account, approve),
        _ => ExecutionReport.Failed(null, VenueErrors.UnsupportedTxType),
    };

    private ExecutionReport Create(Account account, in CreateOrderTransaction create, string hash)
    {
        Market market = exchange.Market(create.Order.MarketIndex)!;
        OrderRequest request = OrderMapping.Request(create.Order, create.Header.Attributes);
        return AccountRules.CheckCreate(account, market, request) is { } error
            ? ExecutionReport.Failed(market, error)
            : exchange.Desk.Create(account, market, request, hash);
    }

    private ExecutionReport Cancel(Account account, in CancelOrderTransaction cancel)
    {
        Market market = exchange.Market(cancel.MarketIndex)!;
        if (FindActive(account, market, cancel.Index, VenueErrors.InactiveCancel, out VenueError error) is not { } order)
        {
            return ExecutionReport.Failed(market, error);
        }

        exchange.Desk.Cancel(order, OrderStatus.Canceled);
        return new ExecutionReport { Market = market, Order = order };
    }

    private ExecutionReport Modify(VerifiedTransaction verified, in ModifyOrderTransaction modify, string hash)
    {
        Market market = exchange.Market(modify.MarketIndex)!;
        if (FindActive(verified.Account, market, modify.Index, VenueErrors.NotActiveOrder, out VenueError error) is not { } order)
        {
            return ExecutionReport.Failed(market, error);
        }

        long total = modify.BaseAmount == 0 ? order.InitialBase : modify.BaseAmount;
        if (CheckModify(order, modify, total, verified.PriceProtection) is { } refused)
        {
            return ExecutionReport.Failed(market, refused);
        }

        var report = new ExecutionReport { Market = market, OldOrder = order.Snapshot(), Order = order };
        exchange.Desk.Modify(order, total, modify.Price, modify.TriggerPrice, hash, report);
        return report;
    }

    private VenueError? CheckModify(Order order, in ModifyOrderTransaction modify, long total, bool priceProtection)
    {
        if (order.IsConditional != (modify.TriggerPrice != 0))
        {
            return VenueErrors.InvalidOrderTriggerPrice.With(
                order.IsConditional ? "the trigger price of a conditional order must be repeated" : "the order has no trigger");
        }

        bool isWholePosition = order.ReduceOnly && order.InitialBase == 0;
        if (total <= order.FilledBase && !isWholePosition)
        {
            return VenueErrors.InvalidBaseAmount.With($"the new total {total} is not above the {order.FilledBase} ticks filled");
        }

        bool isWaiting = order.Status == OrderStatus.Pending;
        return (priceProtection ? band.Check(order.Market, order.IsAsk, isWaiting, modify.Price, modify.TriggerPrice) : null)
            ?? AccountRules.CheckModify(order, total, modify.Price);
    }

    private ExecutionReport CancelAll(Account account, in CancelAllOrdersTransaction cancelAll)
    {
        switch (cancelAll.TimeInForce)
        {
            case LighterCancelAllTimeInForce.Scheduled:
                account.CancelAllTimeMs = cancelAll.Time;
                break;
            case LighterCancelAllTimeInForce.AbortScheduled:
                account.CancelAllTimeMs = 0;
                break;
            default:
                bool isScoped = cancelAll.Header.Attributes.TryGet(TransactionAttributeTable.CancelAllMarketIndex, out long index);
                exchange.Desk.CancelAll(account, isScoped && index != LighterLimits.NilMarketIndex ? exchange.Market(index) : null);
                break;
        }

        return new ExecutionReport();
    }

    /// <summary>An expiry of 0, or one that has passed, takes the approval back.</summary>
    private ExecutionReport ApproveIntegrator(Account account, in ApproveIntegratorTransaction approve)
    {
        if (approve.ApprovalExpiry <= State.NowMs)
        {
            account.Integrators.Remove(approve.IntegratorAccountIndex);
        }
        else
        {
            account.Integrators[approve.IntegratorAccountIndex] = new IntegratorApproval(
                approve.IntegratorAccountIndex, approve.MaxPerpsTakerFee, approve.MaxPerpsMakerFee,
                approve.MaxSpotTakerFee, approve.MaxSpotMakerFee, approve.ApprovalExpiry);
        }

        return new ExecutionReport();
    }

    private Order? FindActive(Account account, Market market, long index, VenueError inactive, out VenueError error)
    {
        Order? order = exchange.FindOrder(account, index);
        error = order is not null && order.Owner != account ? VenueErrors.InvalidOrderOwner : inactive;
        return order is { IsActive: true } && order.Owner == account && order.Market == market ? order : null;
    }
}
