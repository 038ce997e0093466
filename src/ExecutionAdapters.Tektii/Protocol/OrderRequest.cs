using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>A new order, in the venue's terms.</summary>
internal sealed record OrderRequest
{
    public required string Symbol { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType OrderType { get; init; }

    public required decimal Quantity { get; init; }

    public required TimeInForce TimeInForce { get; init; }

    public required string ClientOrderId { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    public decimal? TrailingDistance { get; init; }

    public bool IsTrailingPercent { get; init; }

    public decimal? StopLoss { get; init; }

    public decimal? TakeProfit { get; init; }

    public string? PositionId { get; init; }

    public bool ReduceOnly { get; init; }

    public bool PostOnly { get; init; }

    public bool Hidden { get; init; }

    public decimal? DisplayQuantity { get; init; }

    public string? MarginMode { get; init; }

    public decimal? Leverage { get; init; }

    public string? OcoGroupId { get; init; }
}

/// <summary>New terms of an order; null: as it is.</summary>
internal readonly record struct OrderChange(decimal? Quantity = null, decimal? LimitPrice = null, decimal? StopPrice = null, decimal? StopLoss = null, decimal? TakeProfit = null);

/// <summary>What the venue answers instead of what was asked for.</summary>
/// <param name="Code">The venue's code; UNKNOWN where the body tells none.</param>
/// <param name="Message">The venue's text.</param>
/// <param name="RejectCode">Why an order was refused, if it was that.</param>
internal readonly record struct VenueRefusal(string Code, string Message, string? RejectCode);
