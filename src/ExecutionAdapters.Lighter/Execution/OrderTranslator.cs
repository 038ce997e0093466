using System.Globalization;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>The wire form of an order, or the reason why there is none. A denial begins with a code of the field's contract.</summary>
internal readonly record struct OrderTranslation(LighterOrderInfo? Order, string? Denial)
{
    public static OrderTranslation Denied(string reason) => new(null, reason);
}

/// <summary>
/// Orders to the venue's ticks, types, times in force and expiries. Pure: no clock, no state, no I/O.
/// The mapping follows the venue's create-order combination matrix (venue's Go SDK).
/// </summary>
internal static class OrderTranslator
{
    public const string SlippageParameter = "market_order_slippage_bps";

    /// <summary>What no Lighter market takes, found without knowing the instrument. Null: nothing found.</summary>
    public static string? FindUnsupported(OrderInitialized order)
    {
        if (order.OrderType is not (OrderType.Market or OrderType.Limit or OrderType.StopMarket or OrderType.StopLimit
            or OrderType.MarketIfTouched or OrderType.LimitIfTouched))
        {
            return $"UNSUPPORTED_ORDER_TYPE: Unsupported order type for Lighter: {order.OrderType}";
        }

        if (HasLimitPrice(order.OrderType) && order.Price is null)
        {
            return $"VALIDATION_FAILED: Lighter {order.OrderType} orders require a limit price";
        }

        if (order.QuoteQuantity)
        {
            return "VALIDATION_FAILED: Lighter orders do not support quote_quantity";
        }

        if (order.DisplayQty is not null)
        {
            return "VALIDATION_FAILED: Lighter orders do not support display_qty iceberg";
        }

        if (IsConditional(order.OrderType) && order.InstrumentId.Symbol.Value.EndsWith("-SPOT", StringComparison.Ordinal))
        {
            return $"UNSUPPORTED_ORDER_TYPE: Lighter spot markets do not support conditional order type {order.OrderType}";
        }

        return FindUnsupportedTimeInForce(order);
    }

    /// <summary>The order in the venue's numbers. Call <see cref="FindUnsupported"/> first.</summary>
    /// <param name="order">The order.</param>
    /// <param name="market">Its market.</param>
    /// <param name="quote">The latest quote: market orders are priced from it.</param>
    /// <param name="defaultSlippageBps">Slippage unless the order has its own.</param>
    /// <param name="parameters">Parameters of the command.</param>
    /// <param name="clientOrderIndex">The index that stands for the client order id.</param>
    /// <param name="now">The present time: expiries are counted from it.</param>
    public static OrderTranslation Translate(
        OrderInitialized order,
        LighterMarket market,
        QuoteTick? quote,
        int defaultSlippageBps,
        IReadOnlyDictionary<string, string>? parameters,
        long clientOrderIndex,
        UnixNanos now)
    {
        var isAsk = order.Side == OrderSide.Sell;
        if (FindBadQuantity(order, market) is { } badQuantity)
        {
            return OrderTranslation.Denied(badQuantity);
        }

        var triggerTicks = 0L;
        if (IsConditional(order.OrderType) && FindBadPrice(order.TriggerPrice, "trigger price", market, out triggerTicks) is { } badTrigger)
        {
            return OrderTranslation.Denied(badTrigger);
        }

        if (Slippage(defaultSlippageBps, parameters) is not { } slippageBps)
        {
            return OrderTranslation.Denied($"VALIDATION_FAILED: parameter {SlippageParameter} must be a whole number from 0 to 10000");
        }

        if (FindPriceTicks(order, market, quote, slippageBps, isAsk, out var priceTicks) is { } badPrice)
        {
            return OrderTranslation.Denied(badPrice);
        }

        if (FindBelowMinimum(order, market, priceTicks) is { } belowMinimum)
        {
            return OrderTranslation.Denied(belowMinimum);
        }

        if (FindExpiry(order, now, out var expiryMs) is { } badExpiry)
        {
            return OrderTranslation.Denied(badExpiry);
        }

        if (order.ReduceOnly && market.IsSpot)
        {
            return OrderTranslation.Denied("VALIDATION_FAILED: Lighter spot markets do not support reduce_only");
        }

        return new OrderTranslation(
            new LighterOrderInfo
            {
                MarketIndex = market.Index,
                ClientOrderIndex = clientOrderIndex,
                BaseAmount = market.SizeToTicks(order.Quantity.Value)!.Value,
                Price = (uint)priceTicks,
                IsAsk = isAsk,
                Type = ToWireType(order.OrderType),
                TimeInForce = ToWireTimeInForce(order),
                ReduceOnly = order.ReduceOnly,
                TriggerPrice = (uint)triggerTicks,
                OrderExpiry = expiryMs,
            },
            Denial: null);
    }

    /// <summary>
    /// The worst price that a market-like order may trade at: the base moved by the slippage against the order, outward to the
    /// next tick, so that a buy is never capped below and a sell never above what was asked for. Null: below one tick or too large.
    /// </summary>
    public static long? WorstPriceTicks(decimal basePrice, int slippageBps, bool isAsk, byte priceDecimals)
    {
        var ticks = basePrice * Pow10(priceDecimals);
        var moved = ticks * (10_000m + (isAsk ? -slippageBps : slippageBps)) / 10_000m;
        var whole = isAsk ? decimal.Floor(moved) : decimal.Ceiling(moved);
        return whole is >= 1 and <= LighterProtocol.MaxPriceTicks ? (long)whole : null;
    }

    public static bool IsConditional(OrderType type) =>
        type is OrderType.StopMarket or OrderType.StopLimit or OrderType.MarketIfTouched or OrderType.LimitIfTouched;

    /// <summary>Conditional orders that become market orders: their price on the wire is a cap derived from the trigger.</summary>
    public static bool IsMarketConditional(OrderType type) => type is OrderType.StopMarket or OrderType.MarketIfTouched;

    public static bool HasLimitPrice(OrderType type) => type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;

    /// <summary>A price as whole ticks, or why it cannot be one.</summary>
    public static string? FindBadPrice(Price? price, string name, LighterMarket market, out long ticks)
    {
        ticks = 0;
        if (price is not { } value)
        {
            return $"VALIDATION_FAILED: {name} is missing";
        }

        if (market.PriceToTicks(value.Value) is not { } whole)
        {
            return $"VALIDATION_FAILED: {name} {value} of {market.InstrumentId} is not a multiple of the tick {market.Instrument.PriceIncrement}";
        }

        if (whole is < 1 or > LighterProtocol.MaxPriceTicks)
        {
            return $"VALIDATION_FAILED: {name} {value} of {market.InstrumentId} is outside 1 to {LighterProtocol.MaxPriceTicks} ticks";
        }

        ticks = whole;
        return null;
    }

    /// <summary>The slippage of this command, in basis points; null: its parameter is no whole number from 0 to 10000.</summary>
    public static int? Slippage(int defaultBps, IReadOnlyDictionary<string, string>? parameters)
    {
        if (parameters is null || !parameters.TryGetValue(SlippageParameter, out var text))
        {
            return defaultBps;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 10_000 ? value : null;
    }

    private static string? FindUnsupportedTimeInForce(OrderInitialized order)
    {
        if (order.TimeInForce == TimeInForce.FOK)
        {
            return "UNSUPPORTED_TIME_IN_FORCE: Lighter has no fill-or-kill TIF";
        }

        if (order.TimeInForce is TimeInForce.AtTheOpen or TimeInForce.AtTheClose)
        {
            return $"UNSUPPORTED_TIME_IN_FORCE: Lighter does not support {order.TimeInForce}";
        }

        if (order.PostOnly && (!HasLimitPrice(order.OrderType) || order.TimeInForce == TimeInForce.IOC))
        {
            return $"VALIDATION_FAILED: post_only needs a resting limit price; Lighter does not support it for {order.OrderType} {order.TimeInForce}";
        }

        if (order.OrderType == OrderType.Market && order.TimeInForce is not (TimeInForce.GTC or TimeInForce.IOC))
        {
            return $"UNSUPPORTED_TIME_IN_FORCE: Lighter does not support {order.TimeInForce} for MARKET orders";
        }

        return IsMarketConditional(order.OrderType) && order.TimeInForce == TimeInForce.IOC
            ? $"UNSUPPORTED_TIME_IN_FORCE: Lighter {order.OrderType} orders require a positive expiry and so cannot be IOC"
            : null;
    }

    private static string? FindBadQuantity(OrderInitialized order, LighterMarket market)
    {
        if (market.SizeToTicks(order.Quantity.Value) is not { } ticks)
        {
            return order.Quantity.Value < market.Instrument.SizeIncrement.Value
                ? $"QUANTITY_BELOW_MINIMUM: quantity {order.Quantity} of {market.InstrumentId} rounds to 0 ticks of {market.Instrument.SizeIncrement}"
                : $"VALIDATION_FAILED: quantity {order.Quantity} of {market.InstrumentId} is not a multiple of {market.Instrument.SizeIncrement}";
        }

        return ticks switch
        {
            < 1 => $"QUANTITY_BELOW_MINIMUM: quantity {order.Quantity} of {market.InstrumentId} rounds to 0 ticks of {market.Instrument.SizeIncrement}",
            > LighterProtocol.MaxBaseAmount => $"QUANTITY_EXCEEDS_MAXIMUM: quantity {order.Quantity} is more than {LighterProtocol.MaxBaseAmount} ticks",
            _ => null,
        };
    }

    private static string? FindPriceTicks(
        OrderInitialized order, LighterMarket market, QuoteTick? quote, int slippageBps, bool isAsk, out long ticks)
    {
        ticks = 0;
        if (HasLimitPrice(order.OrderType))
        {
            return FindBadPrice(order.Price, "price", market, out ticks);
        }

        decimal basePrice;
        if (order.OrderType == OrderType.Market)
        {
            if (quote is not { } tick || (isAsk ? tick.BidPrice : tick.AskPrice).Value <= 0)
            {
                return $"VALIDATION_FAILED: no cached quote for {market.InstrumentId}: subscribe to quotes before submitting MARKET orders";
            }

            basePrice = (isAsk ? tick.BidPrice : tick.AskPrice).Value;
        }
        else
        {
            basePrice = order.TriggerPrice!.Value.Value;
        }

        if (WorstPriceTicks(basePrice, slippageBps, isAsk, market.PriceDecimals) is not { } cap)
        {
            return $"VALIDATION_FAILED: the worst price for {market.InstrumentId}, {slippageBps} bps from {basePrice}, is outside 1 to {LighterProtocol.MaxPriceTicks} ticks";
        }

        ticks = cap;
        return null;
    }

    /// <summary>Minimums are for opening: what is left of a position may be less, and whether that closes is the venue's to say.</summary>
    private static string? FindBelowMinimum(OrderInitialized order, LighterMarket market, long priceTicks)
    {
        if (order.ReduceOnly)
        {
            return null;
        }

        if (order.Quantity.Value < market.MinBaseAmount)
        {
            return $"QUANTITY_BELOW_MINIMUM: quantity {order.Quantity} of {market.InstrumentId} is below {market.MinBaseAmount}";
        }

        var notional = order.Quantity.Value * priceTicks / Pow10(market.PriceDecimals);
        return notional < market.MinQuoteAmount
            ? $"NOTIONAL_BELOW_MINIMUM: {order.Quantity} × {priceTicks / Pow10(market.PriceDecimals)} = {notional} of {market.InstrumentId} is below {market.MinQuoteAmount}"
            : null;
    }

    private static string? FindExpiry(OrderInitialized order, UnixNanos now, out long expiryMs)
    {
        expiryMs = 0;
        var nowMs = now.ToMilliseconds();
        if (order.OrderType == OrderType.Market || (order.TimeInForce == TimeInForce.IOC && !IsConditional(order.OrderType)))
        {
            return null;
        }

        if (order.TimeInForce == TimeInForce.GTD)
        {
            if (order.ExpireTime is not { } expireTime || expireTime.Value == 0)
            {
                return "MISSING_EXPIRE_TIME: GTD orders need an expire_time";
            }

            expiryMs = expireTime.ToMilliseconds();
        }
        else if (order.TimeInForce == TimeInForce.DAY)
        {
            expiryMs = (nowMs / MillisecondsPerDay + 1) * MillisecondsPerDay;
        }
        else
        {
            expiryMs = nowMs + (long)LighterProtocol.GoodTillCanceledLifetime.TotalMilliseconds;
        }

        if (expiryMs <= nowMs)
        {
            return $"EXPIRE_TIME_IN_PAST: expire_time {expiryMs} ms, now {nowMs} ms";
        }

        return expiryMs < nowMs + LighterProtocol.MinOrderLifetime.TotalMilliseconds || expiryMs > nowMs + LighterProtocol.MaxOrderLifetime.TotalMilliseconds
            ? $"VALIDATION_FAILED: Lighter takes expiries from 5 minutes to 30 days ahead; this one is {(expiryMs - nowMs) / 1000} s ahead"
            : null;
    }

    private const long MillisecondsPerDay = 86_400_000;

    private static LighterOrderType ToWireType(OrderType type) => type switch
    {
        OrderType.Market => LighterOrderType.Market,
        OrderType.Limit => LighterOrderType.Limit,
        OrderType.StopMarket => LighterOrderType.StopLoss,
        OrderType.StopLimit => LighterOrderType.StopLossLimit,
        OrderType.MarketIfTouched => LighterOrderType.TakeProfit,
        OrderType.LimitIfTouched => LighterOrderType.TakeProfitLimit,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type that Lighter takes."),
    };

    private static LighterTimeInForce ToWireTimeInForce(OrderInitialized order)
    {
        if (order.PostOnly)
        {
            return LighterTimeInForce.PostOnly;
        }

        return order.OrderType == OrderType.Market || IsMarketConditional(order.OrderType) || order.TimeInForce == TimeInForce.IOC
            ? LighterTimeInForce.ImmediateOrCancel
            : LighterTimeInForce.GoodTillTime;
    }

    private static decimal Pow10(byte exponent) => 1m / new decimal(1, 0, 0, isNegative: false, exponent);
}
