namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>What an order must look like before the broker sees it.</summary>
internal static class OrderRules
{
    private const int LongestSymbol = 20;
    private const int LongestId = 64;

    /// <exception cref="RefusedException">400: members contradict each other or are out of range.</exception>
    public static void Validate(TektiiOrderRequest order)
    {
        Require(order.Symbol.Length is > 0 and <= LongestSymbol, "symbol", order.Symbol, "symbol must have 1 to 20 characters");
        Require((order.ClientOrderId?.Length ?? 1) is > 0 and <= LongestId, "client_order_id", order.ClientOrderId, "client_order_id must have 1 to 64 characters");
        Require((order.OcoGroupId?.Length ?? 1) is > 0 and <= LongestId, "oco_group_id", order.OcoGroupId, "oco_group_id must have 1 to 64 characters");
        RequirePositive("quantity", order.Quantity);
        RequirePositive("limit_price", order.LimitPrice);
        RequirePositive("stop_price", order.StopPrice);
        RequirePositive("trailing_distance", order.TrailingDistance);
        RequirePositive("stop_loss", order.StopLoss);
        RequirePositive("take_profit", order.TakeProfit);
        RequirePositive("leverage", order.Leverage);
        RequirePositive("display_quantity", order.DisplayQuantity);
        if (order.DisplayQuantity >= order.Quantity)
        {
            throw new RefusedException(ApiErrors.Validation("display_quantity must be below quantity"));
        }

        ValidatePrices(order);
    }

    /// <exception cref="RefusedException">501: the venue does not offer what the order asks for.</exception>
    public static void CheckOffered(TektiiOrderRequest order, TektiiVenueOptions options)
    {
        if (!options.OrderTypes.Contains(order.Type))
        {
            throw new RefusedException(ApiErrors.Unsupported($"{order.Type} orders", options.ProviderName));
        }

        if (!options.TimesInForce.Contains(order.TimeInForce))
        {
            throw new RefusedException(ApiErrors.Unsupported($"time_in_force {order.TimeInForce}", options.ProviderName));
        }

        Span<(bool IsAsked, string Feature)> asked =
        [
            (order.StopLoss is not null || order.TakeProfit is not null, TektiiFeatures.Brackets),
            (order.OcoGroupId is not null, TektiiFeatures.Oco),
            (order.PostOnly, TektiiFeatures.PostOnly),
            (order.ReduceOnly, TektiiFeatures.ReduceOnly),
            (order.Hidden, TektiiFeatures.Hidden),
            (order.DisplayQuantity is not null, TektiiFeatures.Iceberg),
            (order.Leverage is not null || order.MarginMode is not null, TektiiFeatures.Leverage),
        ];
        foreach ((bool isAsked, string feature) in asked)
        {
            if (isAsked && !options.Features.Contains(feature))
            {
                throw new RefusedException(ApiErrors.Unsupported(feature, options.ProviderName));
            }
        }
    }

    private static void ValidatePrices(TektiiOrderRequest order)
    {
        bool wantsLimit = order.Type is TektiiOrderType.Limit or TektiiOrderType.StopLimit;
        bool wantsStop = order.Type is TektiiOrderType.Stop or TektiiOrderType.StopLimit;
        bool wantsTrailing = order.Type == TektiiOrderType.TrailingStop;
        bool hasTrailing = order.TrailingDistance is not null || order.TrailingType is not null;
        string? fault =
            wantsLimit != (order.LimitPrice is not null) ? $"limit_price {Must(wantsLimit)}"
            : wantsStop != (order.StopPrice is not null) ? $"stop_price {Must(wantsStop)}"
            : !wantsTrailing && hasTrailing ? "trailing_distance and trailing_type must not be given"
            : wantsTrailing && (order.TrailingDistance is null || order.TrailingType is null) ? "trailing_distance and trailing_type must be given"
            : order is { TrailingType: TektiiTrailingType.Percent, TrailingDistance: >= 100 } ? "trailing_distance must be below 100 percent"
            : null;
        if (fault is not null)
        {
            throw new RefusedException(ApiErrors.Validation($"{fault} for {order.Type} orders"));
        }
    }

    private static string Must(bool isWanted) => isWanted ? "must be given" : "must not be given";

    private static void RequirePositive(string field, decimal? value)
    {
        if (value <= 0)
        {
            throw new RefusedException(ApiErrors.InvalidValue(field, $"{value}", $"{field} must be above zero"));
        }
    }

    private static void Require(bool holds, string field, string? provided, string message)
    {
        if (!holds)
        {
            throw new RefusedException(ApiErrors.InvalidValue(field, provided is { Length: > LongestId } ? provided[..LongestId] : provided ?? "", message));
        }
    }
}
