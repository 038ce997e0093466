namespace ExecutionAdapters.Model;

/// <content>Fills.</content>
public sealed partial class Order
{
    /// <summary>Computes first, then changes: a fill whose sums leave the range of the values changes nothing.</summary>
    private OrderApplyError? TryFill(OrderFilled fill)
    {
        var filledQty = FilledQty.CheckedAdd(fill.LastQty);
        Money? commission = fill.Commission is { } paid
            ? _commissions.TryGetValue(paid.Currency, out var sum) ? sum.CheckedAdd(paid) : paid
            : null;
        if (filledQty is not { } filled || !CanHold(Quantity, filled) || (commission is null && fill.Commission is not null))
        {
            return Error(
                OrderApplyErrorKind.InvalidEvent, fill, $"of {fill.LastQty} with commission {fill.Commission} leaves the range of quantities or amounts");
        }

        FilledQty = filled;
        _filledNotional += fill.LastPx * fill.LastQty;
        if (commission is { } total)
        {
            _commissions[total.Currency] = total;
        }

        // The fill of a leg that was replaced meanwhile must not bring back the old id.
        Learn(fill.VenueOrderId, fill.AccountId);
        PositionId = fill.PositionId ?? PositionId;
        LiquiditySide = fill.LiquiditySide;
        LastTradeId = fill.TradeId;
        _tradeIds.Add(fill.TradeId);
        TsAccepted ??= fill.TsEvent;
        Slippage = CalculateSlippage();
        MoveFilled(fill.TsEvent);
        return null;
    }

    private void MoveFilled(UnixNanos at)
    {
        var status = LeavesQty.IsZero ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        if (IsClosed)
        {
            HasLateFill = true;
            _status = status;
        }
        else if (status == OrderStatus.Filled)
        {
            Close(OrderLifecycle.Filled, status, at);
        }
        else
        {
            Move(Lifecycle == OrderLifecycle.Triggered ? Lifecycle : OrderLifecycle.Accepted, status);
        }
    }

    private decimal? CalculateSlippage()
    {
        if ((Price ?? TriggerPrice)?.Value is not { } reference || AvgPx is not { } average)
        {
            return null;
        }

        var worse = Side == OrderSide.Buy ? average - reference : reference - average;
        return worse > 0m ? worse : null;
    }
}
