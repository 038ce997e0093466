namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <content>Orders that belong together: groups of which one cancels the others, and the exits of entries.</content>
internal sealed partial class OrderDesk
{
    /// <summary>
    /// Moves exits of a position that exist. Gives back their ids, stop losses first.
    /// </summary>
    /// <exception cref="RefusedException">404 without the position, 409 without the exit, 400 or 422 for the price.</exception>
    public (IReadOnlyList<string> StopLosses, IReadOnlyList<string> TakeProfits) MoveExits(string positionId, decimal? stopLoss, decimal? takeProfit)
    {
        Holding holding = ledger.Find(positionId) ?? throw new RefusedException(ApiErrors.NoPosition(positionId));
        CheckTicks(holding.Market, stopLoss, takeProfit);
        TektiiOrder[] stops = stopLoss is null ? [] : [.. ExitsOf(positionId, TektiiOrderType.Stop)];
        TektiiOrder[] profits = takeProfit is null ? [] : [.. ExitsOf(positionId, TektiiOrderType.Limit)];
        if ((stopLoss is not null && stops.Length == 0) || (takeProfit is not null && profits.Length == 0))
        {
            throw new RefusedException(ApiErrors.NotModifiable(positionId, $"Position {positionId} has no such exit to move."));
        }

        if (FailNextReplacement)
        {
            FailNextReplacement = false;
            End((stops.Length > 0 ? stops : profits)[0], TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
            throw new RefusedException(ApiErrors.ExitLost);
        }

        foreach (TektiiOrder exit in stops)
        {
            Change(exit, exit.Request with { StopPrice = stopLoss });
        }

        foreach (TektiiOrder exit in profits)
        {
            Change(exit, exit.Request with { LimitPrice = takeProfit });
        }

        return (Array.ConvertAll(stops, exit => exit.Id), Array.ConvertAll(profits, exit => exit.Id));
    }

    /// <summary>What a fill means for other orders.</summary>
    private void FollowUp(TektiiOrder order, FillEffect effect, decimal quantity)
    {
        ReduceGroup(order, quantity);
        foreach ((string _, Holding holding) in effect.Changes)
        {
            if (holding.Quantity == 0)
            {
                CancelExits(holding.Id);
            }
        }

        if (effect.Opened > 0 && (order.Request.StopLoss ?? order.Request.TakeProfit) is not null)
        {
            Protect(order, effect.PositionId, effect.Opened);
        }
    }

    /// <summary>The other orders of its group lose what it filled; nothing of them is left when it is filled.</summary>
    private void ReduceGroup(TektiiOrder order, decimal quantity)
    {
        if (order.Request.OcoGroupId is not { } group)
        {
            return;
        }

        foreach (TektiiOrder other in Working().Where(other => other.Request.OcoGroupId == group && other.Id != order.Id).ToArray())
        {
            decimal left = other.Request.Quantity - quantity;
            if (order.Status == TektiiOrderStatus.Filled || left <= other.FilledQuantity)
            {
                End(other, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
            }
            else
            {
                Change(other, other.Request with { Quantity = left });
            }
        }
    }

    private void CancelExits(string positionId)
    {
        foreach (TektiiOrder exit in Working().Where(order => order.ParentOrderId is not null && order.Request.PositionId == positionId).ToArray())
        {
            End(exit, TektiiOrderStatus.Cancelled, "ORDER_CANCELLED");
        }
    }

    /// <summary>Places the exits of an entry with its first fill, and lets them grow with the next ones.</summary>
    private void Protect(TektiiOrder entry, string positionId, decimal quantity)
    {
        TektiiOrder[] exits = [.. Working().Where(order => order.ParentOrderId == entry.Id)];
        foreach (TektiiOrder exit in exits)
        {
            Change(exit, exit.Request with { Quantity = exit.Request.Quantity + quantity });
        }

        if (exits.Length > 0)
        {
            return;
        }

        var exitRequest = new TektiiOrderRequest
        {
            Symbol = entry.Request.Symbol,
            Side = entry.Request.Side == TektiiSide.Buy ? TektiiSide.Sell : TektiiSide.Buy,
            Type = TektiiOrderType.Stop,
            Quantity = quantity,
            PositionId = positionId,
            ReduceOnly = true,
            OcoGroupId = $"exits-{entry.Id}",
        };
        if (entry.Request.StopLoss is { } stopLoss)
        {
            Create(exitRequest with { StopPrice = stopLoss }, TektiiOrderStatus.Open, entry.Id, "BRACKET_ORDER_CREATED");
        }

        if (entry.Request.TakeProfit is { } takeProfit)
        {
            TektiiOrder exit = Create(
                exitRequest with { Type = TektiiOrderType.Limit, LimitPrice = takeProfit }, TektiiOrderStatus.Open, entry.Id, "BRACKET_ORDER_CREATED");
            Store(exit with { IsResting = true });
        }
    }

    private IEnumerable<TektiiOrder> ExitsOf(string positionId, TektiiOrderType type) =>
        Working().Where(order => order.ParentOrderId is not null && order.Request.PositionId == positionId && order.Request.Type == type);

    private TektiiOrder Change(TektiiOrder order, TektiiOrderRequest request)
    {
        TektiiOrder changed = Store(order with { Request = request, UpdatedAt = now() });
        events.Order(order.ParentOrderId is null ? "ORDER_MODIFIED" : "BRACKET_ORDER_MODIFIED", changed);
        return changed;
    }
}
