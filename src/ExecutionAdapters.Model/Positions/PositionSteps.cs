namespace ExecutionAdapters.Model;

/// <summary>The pure steps from one state of a position to the next. They throw when sums leave the range of the values; nothing is changed then.</summary>
internal static class PositionSteps
{
    /// <summary>Applies a fill that does not cross zero. From flat it begins a new episode.</summary>
    public static PositionSnapshot Fill(Instrument instrument, PositionSnapshot position, OrderFilled fill)
    {
        var sign = fill.OrderSide == OrderSide.Buy ? 1m : -1m;
        var before = position.SignedQty == 0m ? Reopened(instrument, position, fill, fill.OrderSide) : position;
        var signed = PositionMath.ExactSum(before.SignedQty, sign * fill.LastQty.Value);
        var after = before.SignedQty * sign < 0m ? Reduced(instrument, before, fill) : Increased(before, fill);
        after = after with
        {
            BuyQty = fill.OrderSide == OrderSide.Buy ? before.BuyQty + fill.LastQty : before.BuyQty,
            SellQty = fill.OrderSide == OrderSide.Sell ? before.SellQty + fill.LastQty : before.SellQty,
            Fills = before.Fills.Add(fill),
            Trades = before.Trades.Add(KeyOf(fill)),
        };
        return WithSigned(instrument, WithCommission(after, fill), signed, fill);
    }

    /// <summary>Applies a change of quantity without a trade that does not cross zero. From flat it begins a new episode at the price of the fill.</summary>
    public static PositionSnapshot Adjust(Instrument instrument, PositionSnapshot position, PositionAdjusted adjustment, OrderFilled fill)
    {
        var change = adjustment.QuantityChange!.Value;
        var before = position.SignedQty == 0m
            ? Reopened(instrument, position, fill, change > 0m ? OrderSide.Buy : OrderSide.Sell) with { AvgPxOpen = fill.LastPx.Value }
            : position;
        return WithSigned(instrument, before, PositionMath.ExactSum(before.SignedQty, change), fill) with { Adjustments = before.Adjustments.Add(adjustment) };
    }

    /// <summary>Applies a funding payment: only profit and loss change.</summary>
    public static PositionSnapshot Fund(PositionSnapshot position, PositionAdjusted adjustment)
    {
        var after = position with
        {
            RealizedAmount = position.RealizedAmount + adjustment.PnlChange!.Value.Amount,
            Adjustments = position.Adjustments.Add(adjustment),
            TsLast = adjustment.TsEvent,
        };
        return InRange(after);
    }

    public static TradeKey KeyOf(OrderFilled fill) => new(fill.TradeId, fill.ClientOrderId, fill.OrderSide);

    private static PositionSnapshot Increased(PositionSnapshot position, OrderFilled fill) => position with
    {
        AvgPxOpen = PositionMath.WeightedAverage(Math.Abs(position.SignedQty), position.AvgPxOpen, fill.LastQty.Value, fill.LastPx.Value),
    };

    private static PositionSnapshot Reduced(Instrument instrument, PositionSnapshot position, OrderFilled fill)
    {
        var isLong = position.SignedQty > 0m;
        var closedBefore = isLong ? position.SellQty.Value : position.BuyQty.Value;
        var average = position.AvgPxClose is { } close
            ? PositionMath.WeightedAverage(closedBefore, close, fill.LastQty.Value, fill.LastPx.Value)
            : fill.LastPx.Value;
        return position with
        {
            AvgPxClose = average,
            RealizedReturn = position.AvgPxOpen == 0m ? 0m : PositionMath.Points(instrument, isLong, position.AvgPxOpen, average) / position.AvgPxOpen,
            RealizedAmount = position.RealizedAmount + PositionMath.Pnl(instrument, isLong, position.AvgPxOpen, fill.LastPx.Value, fill.LastQty.Value),
        };
    }

    private static PositionSnapshot WithCommission(PositionSnapshot position, OrderFilled fill)
    {
        if (fill.Commission is not { } commission)
        {
            return position;
        }

        var sum = position.Commissions.TryGetValue(commission.Currency, out var paid) ? paid + commission : commission;
        return position with
        {
            Commissions = position.Commissions.SetItem(commission.Currency, sum),
            RealizedAmount = position.RealizedAmount - (commission.Currency == position.SettlementCurrency ? commission.Amount : 0m),
        };
    }

    private static PositionSnapshot WithSigned(Instrument instrument, PositionSnapshot position, decimal signed, OrderFilled fill)
    {
        var quantity = Held(Math.Abs(signed), instrument.SizePrecision);
        var after = position with
        {
            SignedQty = signed,
            Quantity = quantity,
            PeakQty = Quantity.Max(position.PeakQty, quantity),
            TsLast = fill.TsEvent,
            ClosingOrderId = signed == 0m ? fill.ClientOrderId : null,
            TsClosed = signed == 0m ? fill.TsEvent : null,
        };
        return InRange(after);
    }

    /// <summary>Exactly this much: at the size precision, or where that is too coarse at the precision of the amount.</summary>
    private static Quantity Held(decimal amount, byte sizePrecision)
        => decimal.Round(amount, sizePrecision) == amount ? new Quantity(amount, sizePrecision) : Quantity.FromDecimal(amount);

    /// <summary>What can be read of a state must not throw when it is read.</summary>
    private static PositionSnapshot InRange(PositionSnapshot position)
    {
        _ = position.RealizedPnl;
        _ = position.TotalRealizedPnl;
        return position;
    }

    private static PositionSnapshot Reopened(Instrument instrument, PositionSnapshot position, OrderFilled fill, OrderSide entry) => new()
    {
        Id = position.Id,
        TraderId = fill.TraderId,
        StrategyId = fill.StrategyId,
        InstrumentId = position.InstrumentId,
        AccountId = position.AccountId,
        SettlementCurrency = position.SettlementCurrency,
        OpeningOrderId = fill.ClientOrderId,
        Entry = entry,
        Quantity = Quantity.Zero(instrument.SizePrecision),
        PeakQty = Quantity.Zero(instrument.SizePrecision),
        BuyQty = Quantity.Zero(instrument.SizePrecision),
        SellQty = Quantity.Zero(instrument.SizePrecision),
        EarlierRealizedAmount = position.EarlierRealizedAmount + position.RealizedAmount,
        EarlierTrades = position.EarlierTrades.With(position.Fills),
        TsInit = fill.TsInit,
        TsOpened = fill.TsEvent,
        TsLast = fill.TsEvent,
    };
}
