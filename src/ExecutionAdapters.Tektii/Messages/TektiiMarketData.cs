using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii;

/// <summary>A candle.</summary>
public sealed record TektiiCandle
{
    /// <summary>The symbol, as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Its length, such as <c>1m</c>.</summary>
    public required string Timeframe { get; init; }

    /// <summary>The candle's time, as the venue gives it.</summary>
    public required UnixNanos Timestamp { get; init; }

    /// <summary>First price.</summary>
    public required decimal Open { get; init; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>Last price.</summary>
    public required decimal Close { get; init; }

    /// <summary>What was traded.</summary>
    public required decimal Volume { get; init; }
}

/// <summary>A quote.</summary>
public sealed record TektiiQuote
{
    /// <summary>The symbol, as the venue spells it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Best bid.</summary>
    public required decimal Bid { get; init; }

    /// <summary>Best ask.</summary>
    public required decimal Ask { get; init; }

    /// <summary>Quantity at the bid.</summary>
    public decimal? BidSize { get; init; }

    /// <summary>Quantity at the ask.</summary>
    public decimal? AskSize { get; init; }

    /// <summary>Last traded price.</summary>
    public decimal? Last { get; init; }

    /// <summary>When it was so.</summary>
    public required UnixNanos Timestamp { get; init; }
}

/// <summary>What the venue and the broker behind it can do.</summary>
public sealed record TektiiCapabilities
{
    /// <summary>Order types; empty: not told.</summary>
    public IReadOnlySet<OrderType> OrderTypes { get; init; } = new HashSet<OrderType>();

    /// <summary>Whether a symbol may have several positions.</summary>
    public bool IsHedging { get; init; }

    /// <summary>Features by the venue's names, in lower case; empty: not told.</summary>
    public IReadOnlySet<string> Features { get; init; } = new HashSet<string>();

    /// <summary>The highest leverage that an order may ask for; null: not told.</summary>
    public decimal? MaxLeverage { get; init; }

    internal bool HasOco => Has("oco", "oco_orders", "oco_groups");

    /// <summary>Whether one of the names is among the features; true as well where no features are told.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        if (Features.Count == 0)
        {
            return true;
        }

        foreach (var name in names)
        {
            if (Features.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}
