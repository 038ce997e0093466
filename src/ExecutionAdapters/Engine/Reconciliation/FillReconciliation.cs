using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>Trades: true ones as the venue tells them, and inferred ones for what it says is filled without a trade.</summary>
internal static class FillReconciliation
{
    /// <summary>A true trade; one that was applied before changes nothing.</summary>
    public static void Apply(PlannedBooks books, Order order, FillReport fill)
    {
        if (order.TradeIds.Contains(fill.TradeId) || IsCovered(order, fill.TsEvent, fill.LastQty))
        {
            return;
        }

        if (!books.Local.Instruments.TryGetValue(order.InstrumentId, out var instrument))
        {
            books.Differ(order.ClientOrderId.ToString(), $"trade {fill.TradeId} is in {order.InstrumentId}, which is not known");
            return;
        }

        books.Apply(order, new OrderFilled
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = fill.AccountId,
            VenueOrderId = fill.VenueOrderId,
            TradeId = fill.TradeId,
            PositionId = fill.VenuePositionId,
            OrderSide = fill.OrderSide,
            OrderType = order.OrderType,
            LastQty = fill.LastQty,
            LastPx = fill.LastPx,
            Currency = instrument.QuoteCurrency,
            LiquiditySide = fill.LiquiditySide,
            Commission = fill.Commission,
            Kind = fill.Kind,
            EventId = ReconciliationIds.Event(fill.AccountId.ToString(), order.InstrumentId.ToString(), order.ClientOrderId.ToString(), "filled", fill.TradeId.ToString()),
            TsEvent = fill.TsEvent,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
        });
    }

    /// <summary>
    /// A trade that is not newer than an inferred fill of its order is part of that: what the venue said was filled then held it. So is one that would fill
    /// such an order beyond its quantity. It is not to be added.
    /// </summary>
    public static bool IsCovered(Order order, UnixNanos tradedAt, Quantity quantity)
    {
        foreach (var orderEvent in order.Events)
        {
            if (orderEvent is OrderFilled { IsInferred: true } && (orderEvent.TsEvent >= tradedAt || (!order.IsQuoteQuantity && order.FilledQty + quantity > order.Quantity)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// What is filled beyond every trade that is known. Only where the venue told all its trades: otherwise the true one may still
    /// come, and would count twice.
    /// </summary>
    public static void Infer(PlannedBooks books, Order order, OrderStatusReport report, decimal missing)
    {
        var subject = order.ClientOrderId.ToString();
        var what = $"{report.FilledQty} are filled at the venue and {order.FilledQty} here";
        if (!books.Options.GenerateMissingOrders)
        {
            books.Differ(subject, $"{what}, and no fills are to be made up");
        }
        else if (!books.Options.IsConfirmed)
        {
            books.Differ(subject, $"{what}; the trades may be on their way");
        }
        else if (!books.Venue.Fills.IsComplete)
        {
            books.Differ(subject, $"{what}, and the venue's trades are not complete: {books.Venue.Fills.Reason}");
        }
        else if (!books.Local.Instruments.TryGetValue(order.InstrumentId, out var instrument))
        {
            books.Differ(subject, $"{what}, and {order.InstrumentId} is not known");
        }
        else if (PriceOf(order, report, missing, instrument) is not { } price)
        {
            books.Differ(subject, $"{what}, and neither the venue nor the order tells a price");
        }
        else
        {
            books.Apply(order, Inferred(books, order, report, new Quantity(missing, order.Quantity.Precision), price, instrument));
        }
    }

    private static OrderFilled Inferred(
        PlannedBooks books, Order order, OrderStatusReport report, Quantity quantity, Price price, Instrument instrument)
    {
        var tradeId = ReconciliationIds.InferredTrade(order, report.AccountId, report, quantity.Value, price.Value);
        var liquidity = LiquidityOf(order);
        return new OrderFilled
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = report.AccountId,
            VenueOrderId = report.VenueOrderId,
            TradeId = tradeId,
            PositionId = report.VenuePositionId,
            OrderSide = order.Side,
            OrderType = order.OrderType,
            LastQty = quantity,
            LastPx = price,
            Currency = instrument.QuoteCurrency,
            LiquiditySide = liquidity,
            IsInferred = true,
            EventId = ReconciliationIds.Event(report.AccountId.ToString(), order.InstrumentId.ToString(), order.ClientOrderId.ToString(), "filled", tradeId.ToString()),
            TsEvent = report.TsLast,
            TsInit = books.Venue.AsOf,
            Reconciliation = true,
        };
    }

    /// <summary>What the averages before and after say of the missing part; else the venue's average, its price, the order's price.</summary>
    private static Price? PriceOf(Order order, OrderStatusReport report, decimal missing, Instrument instrument)
    {
        var difference = report.AvgPx is { } venueAverage && order.AvgPx is { } average
            ? ((venueAverage * report.FilledQty.Value) - (average * order.FilledQty.Value)) / missing
            : (decimal?)null;
        foreach (var candidate in (ReadOnlySpan<decimal?>)[difference, report.AvgPx, report.Price?.Value, order.Price?.Value])
        {
            if (candidate is { } value && decimal.Round(value, instrument.PricePrecision) is > 0 and var rounded)
            {
                var price = new Price(rounded, instrument.PricePrecision);
                return instrument.MaxPrice is { } maximum && price > maximum ? maximum : price;
            }
        }

        return null;
    }

    private static LiquiditySide LiquidityOf(Order order) => order.OrderType switch
    {
        OrderType.Market or OrderType.StopMarket or OrderType.TrailingStopMarket or OrderType.MarketToLimit => LiquiditySide.Taker,
        _ => order.IsPostOnly ? LiquiditySide.Maker : LiquiditySide.None,
    };
}
