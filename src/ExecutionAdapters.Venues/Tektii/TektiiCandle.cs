namespace ExecutionAdapters.Venues.Tektii;

/// <summary>Prices and volume of one span of time.</summary>
/// <param name="TimeMs">Where the span begins, in ms since 1970.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price, above zero.</param>
/// <param name="Close">The last price.</param>
/// <param name="Volume">0 or more.</param>
public readonly record struct TektiiCandle(long TimeMs, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)
{
    /// <summary>Where the span begins.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(TimeMs);

    /// <summary>Why it is no candle, or null.</summary>
    internal string? Fault =>
        Low <= 0 ? "low must be above zero"
        : Low > Math.Min(Open, Close) || High < Math.Max(Open, Close) ? "open and close must lie between low and high"
        : Volume < 0 ? "volume must not be negative"
        : null;
}
