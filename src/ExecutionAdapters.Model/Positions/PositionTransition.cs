namespace ExecutionAdapters.Model;

/// <summary>What one fill does to a position: up to three steps (close, open, adjust) and the events they bring about. Pure.</summary>
internal static class PositionTransition
{
    public static (PositionSnapshot State, IReadOnlyList<PositionEvent> Events) Of(Instrument instrument, PositionSnapshot position, OrderFilled fill)
    {
        var events = new List<PositionEvent>(2);
        foreach (var part in Split(position, fill))
        {
            var before = position;
            position = PositionSteps.Fill(instrument, before, part);
            events.Add(EventOf(instrument, before, position, part, part.LastQty));
        }

        if (instrument is CurrencyPair && fill.Commission is { IsZero: false } commission && commission.Currency == instrument.BaseCurrency)
        {
            position = Adjust(instrument, position, fill, commission, events);
        }

        return (position, events);
    }

    public static Money UnrealizedPnl(Instrument instrument, PositionSnapshot position, Price price)
        => position.SignedQty == 0m
            ? Money.Zero(position.SettlementCurrency)
            : new Money(
                PositionMath.Pnl(instrument, position.SignedQty > 0m, position.AvgPxOpen, price.Value, Math.Abs(position.SignedQty)),
                position.SettlementCurrency);

    /// <summary>A fill that crosses zero is one that closes and one that opens.</summary>
    private static IEnumerable<OrderFilled> Split(PositionSnapshot position, OrderFilled fill)
    {
        var open = Math.Abs(position.SignedQty);
        var reduces = position.SignedQty != 0m && position.SignedQty > 0m == (fill.OrderSide == OrderSide.Sell);
        if (!reduces || fill.LastQty.Value <= open)
        {
            return [fill];
        }

        var closing = Quantity.FromDecimal(open);
        Money? share = fill.Commission is { } commission ? new Money(commission.Amount * open / fill.LastQty.Value, commission.Currency) : null;
        return
        [
            fill with { LastQty = closing, Commission = share },
            fill with { LastQty = fill.LastQty - closing, Commission = fill.Commission - share },
        ];
    }

    private static PositionSnapshot Adjust(Instrument instrument, PositionSnapshot position, OrderFilled fill, Money commission, List<PositionEvent> events)
    {
        var adjusted = new PositionAdjusted
        {
            PositionId = position.Id,
            InstrumentId = position.InstrumentId,
            AccountId = position.AccountId,
            CausationId = fill.EventId,
            TsEvent = fill.TsEvent,
            TsInit = fill.TsInit,
            EventId = fill.EventId.WithLastBitFlipped(),
            AdjustmentType = PositionAdjustmentType.Commission,
            QuantityChange = -commission.Amount,
            Reason = "commission in base currency",
        };
        events.Add(adjusted);
        foreach (var change in Split(position.SignedQty, -commission.Amount))
        {
            var before = position;
            position = PositionSteps.Adjust(instrument, before, adjusted with { QuantityChange = change }, fill);
            events.Add(EventOf(instrument, before, position, fill, Quantity.Zero(instrument.SizePrecision)));
        }

        return position;
    }

    /// <summary>A change that crosses zero is one to zero and one from there.</summary>
    private static decimal[] Split(decimal signed, decimal change)
    {
        var after = PositionMath.ExactSum(signed, change);
        return Math.Sign(signed) * Math.Sign(after) < 0 ? [-signed, after] : [change];
    }

    private static PositionEvent EventOf(Instrument instrument, PositionSnapshot before, PositionSnapshot after, OrderFilled fill, Quantity lastQty)
    {
        if (after.SignedQty == 0m)
        {
            return new PositionClosed
            {
                PositionId = after.Id,
                InstrumentId = after.InstrumentId,
                AccountId = after.AccountId,
                CausationId = fill.EventId,
                TsEvent = fill.TsEvent,
                TsInit = fill.TsInit,
                Position = after,
                LastQty = lastQty,
                LastPx = fill.LastPx,
            };
        }

        if (before.SignedQty == 0m)
        {
            return new PositionOpened
            {
                PositionId = after.Id,
                InstrumentId = after.InstrumentId,
                AccountId = after.AccountId,
                CausationId = fill.EventId,
                TsEvent = fill.TsEvent,
                TsInit = fill.TsInit,
                Position = after,
                LastQty = lastQty,
                LastPx = fill.LastPx,
            };
        }

        return new PositionChanged
        {
            PositionId = after.Id,
            InstrumentId = after.InstrumentId,
            AccountId = after.AccountId,
            CausationId = fill.EventId,
            TsEvent = fill.TsEvent,
            TsInit = fill.TsInit,
            Position = after,
            LastQty = lastQty,
            LastPx = fill.LastPx,
            UnrealizedPnl = UnrealizedPnl(instrument, after, fill.LastPx),
        };
    }
}
