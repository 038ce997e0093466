using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii;

/// <summary>One event of the stream, for strategies. Types that are not known are <see cref="TektiiUnknownEvent"/>.</summary>
public abstract record TektiiEvent
{
    /// <summary>The id by which the event paces a backtest; null: it does not. Acknowledging is the client's business.</summary>
    public string? EventId { get; init; }

    /// <summary>The venue's time; in a backtest the simulated one.</summary>
    public required UnixNanos Timestamp { get; init; }
}

/// <summary>A candle is complete.</summary>
public sealed record TektiiCandleEvent(TektiiCandle Candle) : TektiiEvent;

/// <summary>A quote changed.</summary>
public sealed record TektiiQuoteEvent(TektiiQuote Quote) : TektiiEvent;

/// <summary>An order changed.</summary>
/// <param name="Change">What happened, by the gateway's names, such as ORDER_FILLED; the engine's are mapped onto these.</param>
/// <param name="Order">The order after it.</param>
public sealed record TektiiOrderEvent(string Change, TektiiOrder Order) : TektiiEvent;

/// <summary>A position changed: POSITION_OPENED, POSITION_MODIFIED or POSITION_CLOSED; POSITION_CHANGED where the venue does not say.</summary>
public sealed record TektiiPositionEvent(string Change, TektiiPosition Position) : TektiiEvent;

/// <summary>The account changed: BALANCE_UPDATED, MARGIN_WARNING or MARGIN_CALL.</summary>
public sealed record TektiiAccountEvent(string Change, TektiiAccount Account) : TektiiEvent;

/// <summary>A trade was made.</summary>
public sealed record TektiiTradeEvent(TektiiTrade Trade) : TektiiEvent;

/// <summary>The gateway's connection to its broker changed, or the gateway is about to stop.</summary>
/// <param name="Change">Such as BROKER_DISCONNECTED.</param>
/// <param name="Broker">Which broker.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Gap">How long nothing was heard of the broker.</param>
public sealed record TektiiConnectionEvent(string Change, string? Broker, string? Error, TimeSpan? Gap) : TektiiEvent;

/// <summary>Quota is short or spent.</summary>
/// <param name="IsHit">It is spent; otherwise nearly.</param>
/// <param name="RequestsRemaining">What is left.</param>
/// <param name="ResetAt">When it is whole again.</param>
public sealed record TektiiRateLimitEvent(bool IsHit, long RequestsRemaining, UnixNanos? ResetAt) : TektiiEvent;

/// <summary>Prices of symbols are old, or fresh again.</summary>
public sealed record TektiiDataStalenessEvent(bool IsStale, IReadOnlyList<string> Symbols, UnixNanos? StaleSince, string? Broker) : TektiiEvent;

/// <summary>Financing was charged (below zero) or paid, in the account's currency.</summary>
public sealed record TektiiFinancingEvent(string Symbol, decimal Amount) : TektiiEvent;

/// <summary>Something is wrong at the venue.</summary>
/// <param name="Code">The venue's code; an open set.</param>
/// <param name="Message">The venue's text.</param>
/// <param name="Details">More, as JSON.</param>
public sealed record TektiiErrorEvent(string Code, string Message, string? Details) : TektiiEvent
{
    /// <summary>A position without its stop, two exits filled, a liquidation: somebody has to look at it now. It is also told as a <see cref="VenueAlert"/>.</summary>
    public bool IsHighSeverity => Code is "POSITION_UNPROTECTED" or "OCO_DOUBLE_EXIT" or "LIQUIDATION";
}

/// <summary>The backtest is over; nothing follows.</summary>
public sealed record TektiiBacktestCompleteEvent(string? Broker) : TektiiEvent;

/// <summary>The stream was interrupted; what happened meanwhile was read by REST, candles and quotes of that time are lost.</summary>
/// <param name="Gap">How long nothing was heard.</param>
/// <param name="Cause">Why.</param>
public sealed record TektiiGapEvent(TimeSpan Gap, string Cause) : TektiiEvent;

/// <summary>An event of a type that this client does not know.</summary>
/// <param name="Type">The type.</param>
/// <param name="Json">The whole frame.</param>
public sealed record TektiiUnknownEvent(string Type, string Json) : TektiiEvent;
