using System.Globalization;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii.Execution;

/// <summary>Orders to the venue's terms, or why there are none. Pure.</summary>
internal static class OrderTranslator
{
    public const string NoOco = "the venue has no groups of which one cancels the others";
    private const int LongestClientOrderId = 64;

    public static (OrderRequest? Request, string? Denial) Translate(
        OrderInitialized order,
        OrderListId? list,
        PositionId? position,
        Instrument instrument,
        TektiiProtocol protocol,
        TektiiCapabilities capabilities,
        IReadOnlyDictionary<string, string>? parameters)
    {
        if (FindUnsupported(order, protocol, capabilities) is { } unsupported)
        {
            return (null, unsupported);
        }

        if (FindInvalid(order, instrument) is { } invalid)
        {
            return (null, DenialReason.Format(DenialReason.ValidationFailed, invalid));
        }

        var isTrailing = order.OrderType == OrderType.TrailingStopMarket;
        var leverage = parameters?.GetValueOrDefault("leverage");
        if (leverage is not null
            && !(decimal.TryParse(leverage, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) && parsed > 0 && parsed <= (capabilities.MaxLeverage ?? decimal.MaxValue)))
        {
            var most = capabilities.MaxLeverage is { } limit ? string.Create(CultureInfo.InvariantCulture, $", and at most the {limit} of this venue") : "";
            return (null, DenialReason.Format(DenialReason.ValidationFailed, $"parameter leverage must be a number above zero{most}"));
        }

        if (!protocol.IsRich && (leverage ?? parameters?.GetValueOrDefault("margin_mode")) is not null)
        {
            return (null, DenialReason.Format(DenialReason.ValidationFailed, "the engine takes neither leverage nor margin_mode"));
        }

        return (new OrderRequest
        {
            Symbol = instrument.RawSymbol.Value,
            Side = order.Side,
            OrderType = order.OrderType,
            Quantity = order.Quantity.Value,
            TimeInForce = order.TimeInForce,
            ClientOrderId = order.ClientOrderId.Value,
            LimitPrice = order.OrderType is OrderType.Limit or OrderType.StopLimit ? order.Price?.Value : null,
            StopPrice = order.OrderType is OrderType.StopMarket or OrderType.StopLimit ? order.TriggerPrice?.Value : null,
            TrailingDistance = !isTrailing ? null : order.TrailingOffsetType == TrailingOffsetType.BasisPoints ? order.TrailingOffset / 100 : order.TrailingOffset,
            IsTrailingPercent = order.TrailingOffsetType == TrailingOffsetType.BasisPoints,
            PositionId = position?.Value ?? parameters?.GetValueOrDefault("position_id"),
            ReduceOnly = order.ReduceOnly,
            PostOnly = order.PostOnly,
            Hidden = order.DisplayQty is { IsZero: true },
            DisplayQuantity = order.DisplayQty is { IsPositive: true } shown ? shown.Value : null,
            MarginMode = parameters?.GetValueOrDefault("margin_mode"),
            Leverage = leverage is null ? null : decimal.Parse(leverage, CultureInfo.InvariantCulture),
            OcoGroupId = order.ContingencyType == ContingencyType.OCO && order.ParentOrderId is null ? (list ?? order.OrderListId)?.Value : null,
        }, null);
    }

    private static string? FindUnsupported(OrderInitialized order, TektiiProtocol protocol, TektiiCapabilities capabilities)
    {
        if (TektiiProtocol.NameOf(order.OrderType) is null || (capabilities.OrderTypes.Count > 0 && !capabilities.OrderTypes.Contains(order.OrderType)))
        {
            return DenialReason.Format(DenialReason.UnsupportedOrderType, $"{order.OrderType.ToWireString()} is not among what the venue takes");
        }

        var times = protocol.IsRich ? (ReadOnlySpan<TimeInForce>)[TimeInForce.GTC, TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK] : [TimeInForce.GTC, TimeInForce.IOC];
        if (!times.Contains(order.TimeInForce) || (!protocol.IsRich && order is { TimeInForce: TimeInForce.IOC, OrderType: not (OrderType.Market or OrderType.Limit) }))
        {
            return DenialReason.Format(DenialReason.UnsupportedTimeInForce, $"{order.TimeInForce.ToWireString()} of a {order.OrderType.ToWireString()} order");
        }

        if (order is { ContingencyType: ContingencyType.OCO, ParentOrderId: null } && (!protocol.IsRich || !capabilities.HasOco))
        {
            return DenialReason.Format(DenialReason.UnsupportedOrderList, NoOco);
        }

        return order.ClientOrderId.Value.Length > LongestClientOrderId
            ? DenialReason.Format(DenialReason.InvalidClientOrderId, $"{order.ClientOrderId.Value.Length} characters, the venue takes {LongestClientOrderId}")
            : FindUnsupportedFlag(order, capabilities) is { } flag ? DenialReason.Format(DenialReason.ValidationFailed, flag + " are not supported by this venue")
            : order.OrderType == OrderType.TrailingStopMarket && order.TrailingOffsetType is not (TrailingOffsetType.Price or TrailingOffsetType.BasisPoints)
                ? DenialReason.Format(DenialReason.UnsupportedTrailingOffsetType, $"{order.TrailingOffsetType}; Price and BasisPoints are taken")
            : null;
    }

    private static string? FindUnsupportedFlag(OrderInitialized order, TektiiCapabilities capabilities) =>
        order.QuoteQuantity ? "quantities in the quote currency"
        : order.PostOnly && !capabilities.Has("post_only") ? "post-only orders"
        : order.ReduceOnly && !capabilities.Has("reduce_only") ? "reduce-only orders"
        : order.DisplayQty is { IsZero: true } && !capabilities.Has("hidden", "hidden_orders") ? "hidden orders"
        : order.DisplayQty is { IsPositive: true } && !capabilities.Has("iceberg", "display_quantity") ? "iceberg orders"
        : null;

    private static string? FindInvalid(OrderInitialized order, Instrument instrument) =>
        order.Validate()
        ?? (order.ActivationPrice is not null ? "the venue takes no activation price" : null)
        ?? (order.Quantity.Value % instrument.SizeIncrement.Value != 0 ? $"quantity {order.Quantity} is not a multiple of {instrument.SizeIncrement}" : null)
        ?? (order.Price is { } price && price.Value % instrument.PriceIncrement.Value != 0 ? $"price {price} is not a multiple of the tick {instrument.PriceIncrement}" : null)
        ?? (order.TriggerPrice is { } trigger && trigger.Value % instrument.PriceIncrement.Value != 0 ? $"trigger price {trigger} is not a multiple of the tick {instrument.PriceIncrement}" : null)
        ?? (order.Price is { IsPositive: false } || order.TriggerPrice is { IsPositive: false } ? "prices must be above zero" : null);
}
