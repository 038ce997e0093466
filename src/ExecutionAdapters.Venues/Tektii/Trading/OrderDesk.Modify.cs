using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>What is to change about an order; null leaves a member as it is.</summary>
internal sealed record Modification
{
    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    /// <summary>The new total.</summary>
    public decimal? Quantity { get; init; }

    public decimal? StopLoss { get; init; }

    public decimal? TakeProfit { get; init; }

    public decimal? TrailingDistance { get; init; }
}

/// <content>Modification, in place or by cancelling and replacing.</content>
internal sealed partial class OrderDesk
{
    /// <summary>Modifies a working order. When it was replaced, the id before comes back as well.</summary>
    /// <exception cref="RefusedException">400, 404, 409, or 422 when the replacement failed: the original is cancelled then.</exception>
    public (TektiiOrder Order, string? PreviousId) Modify(string id, Modification change)
    {
        TektiiOrder order = Required(id);
        if (!order.IsWorking || order.Status == TektiiOrderStatus.Pending)
        {
            throw new RefusedException(ApiErrors.NotModifiable(id, $"Order {id} is {order.Status}."));
        }

        TektiiOrderRequest request = Changed(order, change);
        Market market = markets[request.Symbol];
        if (request.Quantity == order.FilledQuantity)
        {
            TektiiOrder filled = order with { Request = request };
            End(filled, TektiiOrderStatus.Filled, "ORDER_FILLED");
            return (_orders[id], null);
        }

        if (!options.ReplacesOnModify)
        {
            MoveChildren(order, change);
            TektiiOrder changed = Change(order, request);
            if (MatchesOnArrival && market.HasQuote)
            {
                Match(changed with { IsResting = false }, market); // a new price may meet the quote: it takes then
            }

            return (_orders[id], null);
        }

        End(order, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        if (FailNextReplacement)
        {
            FailNextReplacement = false;
            throw new RefusedException(ApiErrors.ReplacementFailed);
        }

        TektiiOrder replacement = Create(
            request with { Quantity = request.Quantity - order.FilledQuantity }, TektiiOrderStatus.Open, order.ParentOrderId, "ORDER_CREATED");
        if (MatchesOnArrival && market.HasQuote)
        {
            Match(replacement, market);
        }

        return (_orders[replacement.Id], id);
    }

    private TektiiOrderRequest Changed(TektiiOrder order, Modification change)
    {
        if (change == new Modification())
        {
            throw new RefusedException(ApiErrors.Validation("Nothing is to be modified"));
        }

        TektiiOrderRequest request = order.Request with
        {
            LimitPrice = change.LimitPrice ?? order.Request.LimitPrice,
            StopPrice = change.StopPrice ?? order.Request.StopPrice,
            Quantity = change.Quantity ?? order.Request.Quantity,
            StopLoss = change.StopLoss ?? order.Request.StopLoss,
            TakeProfit = change.TakeProfit ?? order.Request.TakeProfit,
            TrailingDistance = change.TrailingDistance ?? order.Request.TrailingDistance,
        };
        OrderRules.Validate(request);
        if (request.Quantity < order.FilledQuantity)
        {
            throw new RefusedException(ApiErrors.InvalidValue(
                "quantity", $"{request.Quantity}", $"quantity is a total: {order.FilledQuantity} is filled already"));
        }

        Market market = markets[request.Symbol];
        CheckTicks(market, request.LimitPrice, request.StopPrice, request.StopLoss, request.TakeProfit);
        return market.IsInLots(request.Quantity)
            ? request
            : throw Rejected(TektiiRejectReason.InvalidQuantity, $"quantity must be a multiple of {market.Instrument.LotSize}");
    }

    /// <summary>The exits of an entry that has begun to fill follow its new prices.</summary>
    private void MoveChildren(TektiiOrder entry, Modification change)
    {
        foreach (TektiiOrder exit in Working().Where(order => order.ParentOrderId == entry.Id).ToArray())
        {
            if (exit.Request.Type == TektiiOrderType.Stop && change.StopLoss is { } stopLoss)
            {
                Change(exit, exit.Request with { StopPrice = stopLoss });
            }
            else if (exit.Request.Type == TektiiOrderType.Limit && change.TakeProfit is { } takeProfit)
            {
                Change(exit, exit.Request with { LimitPrice = takeProfit });
            }
        }
    }
}
