using System.Globalization;

namespace ExecutionAdapters.Model;

/// <summary>The forms in which ids are made up. Pure: time and count come in.</summary>
public static class IdentifierFormats
{
    /// <summary><c>O-YYYYMMDD-HHMMSS-{traderTag}-{strategyTag}-{count}</c>, in UTC.</summary>
    public static ClientOrderId ClientOrderId(UnixNanos time, TraderId trader, StrategyId strategy, int count)
        => new(Stamped('O', time, trader, strategy, count, ""));

    /// <summary>The id of the <paramref name="number"/>th order that an execution algorithm spawns: <c>{primary}-E{number}</c>.</summary>
    public static ClientOrderId SpawnedClientOrderId(ClientOrderId primary, int number)
        => new(string.Create(CultureInfo.InvariantCulture, $"{primary}-E{number}"));

    /// <summary>The one position of a strategy in an instrument: <c>{InstrumentId}-{StrategyId}</c>.</summary>
    public static PositionId NettingPositionId(InstrumentId instrument, StrategyId strategy) => new($"{instrument}-{strategy}");

    /// <summary><c>P-YYYYMMDD-HHMMSS-{traderTag}-{strategyTag}-{count}</c>, in UTC, with an <c>F</c> at the end when a flip produced it.</summary>
    public static PositionId HedgingPositionId(UnixNanos time, TraderId trader, StrategyId strategy, int count, bool flipped = false)
        => new(Stamped('P', time, trader, strategy, count, flipped ? "F" : ""));

    private static string Stamped(char kind, UnixNanos time, TraderId trader, StrategyId strategy, int count, string suffix)
        => string.Create(CultureInfo.InvariantCulture, $"{kind}-{time.ToDateTimeOffset():yyyyMMdd-HHmmss}-{trader.Tag}-{strategy.Tag}-{count}{suffix}");
}
