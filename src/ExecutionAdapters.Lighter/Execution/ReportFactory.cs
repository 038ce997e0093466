using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>Rows of the venue to reports. Pure.</summary>
internal static class ReportFactory
{
    public static OrderStatusReport Order(OrderRow row, LighterMarket market, ClientOrderId? clientOrderId, AccountId accountId, UnixNanos now)
    {
        var isConditional = row.TriggerPrice is not null;
        return new OrderStatusReport
        {
            ReportId = Uuid4.New(),
            TsInit = now,
            AccountId = accountId,
            InstrumentId = market.InstrumentId,
            ClientOrderId = clientOrderId,
            VenueOrderId = TrackedOrder.ToVenueOrderId(row.OrderIndex),
            OrderSide = row.IsAsk ? OrderSide.Sell : OrderSide.Buy,
            OrderType = Type(row),
            TimeInForce = TimeInForceOf(row),
            OrderStatus = Status(row),
            Quantity = market.Quantity(row.InitialBaseAmount),
            FilledQty = market.Quantity(row.FilledBaseAmount),
            Price = row.Price > 0 ? market.Price(row.Price) : null,
            TriggerPrice = row.TriggerPrice is { } trigger ? market.Price(trigger) : null,
            TriggerType = isConditional ? TriggerType.Default : null,
            ExpireTime = row.OrderExpiryMs > 0 ? UnixNanos.FromMilliseconds(row.OrderExpiryMs) : null,
            AvgPx = row.FilledBaseAmount > 0 ? row.FilledQuoteAmount / row.FilledBaseAmount : null,
            PostOnly = row.TimeInForce == "post-only",
            ReduceOnly = row.ReduceOnly,
            CancelReason = row.Status.StartsWith(OrderStatusNames.Canceled, StringComparison.Ordinal) ? row.Status : null,
            TsAccepted = UnixNanos.FromMilliseconds(row.CreatedAtMs),
            TsLast = UnixNanos.FromMilliseconds(row.UpdatedAtMs),
        };
    }

    /// <summary>The fill of one side of a trade. A trade with itself is two fills, so its ids get the side appended.</summary>
    public static FillReport Fill(
        TradeRow row, bool isAsk, bool isSelfTrade, LighterMarket market, ClientOrderId? clientOrderId, AccountId accountId, UnixNanos now)
    {
        var side = isAsk ? row.Ask : row.Bid;
        var isMaker = isAsk == row.IsMakerAsk;
        return new FillReport
        {
            ReportId = Uuid4.New(),
            TsInit = now,
            AccountId = accountId,
            InstrumentId = market.InstrumentId,
            ClientOrderId = clientOrderId,
            VenueOrderId = TrackedOrder.ToVenueOrderId(side.OrderIndex),
            TradeId = FillId(row, isAsk, isSelfTrade),
            OrderSide = isAsk ? OrderSide.Sell : OrderSide.Buy,
            LastQty = market.Quantity(row.Size),
            LastPx = market.Price(row.Price),
            Commission = Commission(row, isMaker),
            LiquiditySide = isMaker ? LiquiditySide.Maker : LiquiditySide.Taker,
            Kind = Kind(row.Type),
            TsEvent = UnixNanos.FromMilliseconds(row.TimestampMs),
        };
    }

    public static TradeId FillId(TradeRow row, bool isAsk, bool isSelfTrade)
    {
        var id = row.TradeId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new TradeId(isSelfTrade ? id + (isAsk ? "-S" : "-B") : id);
    }

    /// <summary>
    /// Fees are rates in parts per million of the notional, plus the integrator's in the same unit; maker rebates are negative.
    /// Rounded half to even at the currency's six decimals.
    /// </summary>
    public static Money Commission(TradeRow row, bool isMaker)
    {
        var ppm = isMaker ? row.MakerFeePpm + row.IntegratorMakerFeePpm : row.TakerFeePpm + row.IntegratorTakerFeePpm;
        return new Money(row.UsdAmount * ppm / 1_000_000m, Currency.USDC);
    }

    private static TradeKind Kind(string type) => type switch
    {
        "liquidation" => TradeKind.Liquidation,
        "deleverage" => TradeKind.Deleverage,
        "market-settlement" => TradeKind.Settlement,
        _ => TradeKind.Normal,
    };

    /// <summary>Spot wallet and collateral together; locked is what spot orders hold.</summary>
    public static AccountBalance Balance(AssetRow row)
    {
        var currency = Currency.GetOrCreateCrypto(row.Symbol);
        return AccountBalance.FromTotalAndLocked(new Money(row.Balance + row.MarginBalance, currency), new Money(row.LockedBalance, currency));
    }

    public static PositionStatusReport Position(decimal signedSize, decimal averageEntryPrice, LighterMarket market, AccountId accountId, UnixNanos now) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = now,
        AccountId = accountId,
        InstrumentId = market.InstrumentId,
        PositionSide = signedSize switch { > 0 => PositionSide.Long, < 0 => PositionSide.Short, _ => PositionSide.Flat },
        Quantity = market.Quantity(Math.Abs(signedSize)),
        AvgPxOpen = signedSize != 0 ? averageEntryPrice : null,
        TsLast = now,
    };

    private static OrderStatus Status(OrderRow row) => row.Status switch
    {
        OrderStatusNames.InProgress => OrderStatus.Submitted,
        OrderStatusNames.Pending => OrderStatus.Accepted,
        OrderStatusNames.Open => row.FilledBaseAmount > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
        OrderStatusNames.Filled => OrderStatus.Filled,
        OrderStatusNames.CanceledExpired => OrderStatus.Expired,
        OrderStatusNames.CanceledPostOnly => OrderStatus.Rejected,
        _ when row.IsClosed => OrderStatus.Canceled,
        _ => throw new RowFormatException($"order status '{row.Status}' is unknown"),
    };

    private static OrderType Type(OrderRow row) => row.Type switch
    {
        "limit" => OrderType.Limit,
        "market" or "liquidation" => OrderType.Market,
        "stop-loss" => OrderType.StopMarket,
        "stop-loss-limit" => OrderType.StopLimit,
        "take-profit" => OrderType.MarketIfTouched,
        "take-profit-limit" => OrderType.LimitIfTouched,

        // It leaves in slices, over time; like a limit order it is open until it is filled or ends, and trades at no worse price.
        "twap" or "twap-sub" => row.Price > 0 ? OrderType.Limit : OrderType.Market,
        _ => throw new RowFormatException($"order type '{row.Type}' is not supported"),
    };

    private static TimeInForce TimeInForceOf(OrderRow row) => row.TimeInForce switch
    {
        "immediate-or-cancel" => TimeInForce.IOC,
        _ => row.OrderExpiryMs > 0 ? TimeInForce.GTD : TimeInForce.GTC,
    };
}
