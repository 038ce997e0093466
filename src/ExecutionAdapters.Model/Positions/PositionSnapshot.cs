using System.Collections.Immutable;

namespace ExecutionAdapters.Model;

/// <summary>
/// A position at one moment; immutable. One <em>episode</em> lasts from the fill that opens the position until it is flat; the figures are
/// those of the current or, when flat, the last episode.
/// </summary>
public sealed record PositionSnapshot
{
    /// <summary>The id of the position.</summary>
    public required PositionId Id { get; init; }

    /// <summary>The trader.</summary>
    public required TraderId TraderId { get; init; }

    /// <summary>The strategy of the fill that opened the episode.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>The instrument.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>What profit and loss are in: the cost currency of the instrument.</summary>
    public required Currency SettlementCurrency { get; init; }

    /// <summary>The order whose fill opened the episode.</summary>
    public ClientOrderId OpeningOrderId { get; init; }

    /// <summary>The order whose fill made it flat; null while open.</summary>
    public ClientOrderId? ClosingOrderId { get; init; }

    /// <summary>The side that opened the episode.</summary>
    public OrderSide Entry { get; init; }

    /// <summary>How much: above zero long, below zero short. Exact, also beyond the size precision.</summary>
    public decimal SignedQty { get; init; }

    /// <summary>
    /// How much, without sign: always exactly |<see cref="SignedQty"/>|. Its precision is the size precision of the instrument, or finer where a
    /// venue filled more finely or took a commission in base currency. Such a rest cannot be ordered; the precision tells.
    /// </summary>
    public Quantity Quantity { get; init; }

    /// <summary>The largest quantity of the episode.</summary>
    public Quantity PeakQty { get; init; }

    /// <summary>Quantity-weighted average price of what opened and increased the episode.</summary>
    public decimal AvgPxOpen { get; init; }

    /// <summary>Quantity-weighted average price of what reduced it; null before the first reduction.</summary>
    public decimal? AvgPxClose { get; init; }

    /// <summary>Gain of the average close over the average open, as a fraction of the latter; 0 before the first reduction.</summary>
    public decimal RealizedReturn { get; init; }

    /// <summary>Realized profit and loss of the episode, less the commissions in settlement currency, plus funding.</summary>
    public Money RealizedPnl => new(RealizedAmount, SettlementCurrency);

    /// <summary>Realized profit and loss of this and all earlier episodes.</summary>
    public Money TotalRealizedPnl => new(EarlierRealizedAmount + RealizedAmount, SettlementCurrency);

    /// <summary>Bought in the episode.</summary>
    public Quantity BuyQty { get; init; }

    /// <summary>Sold in the episode.</summary>
    public Quantity SellQty { get; init; }

    /// <summary>Paid in the episode, per currency; rebates are negative.</summary>
    public ImmutableDictionary<Currency, Money> Commissions { get; init; } = ImmutableDictionary<Currency, Money>.Empty;

    /// <summary>The fills of the episode; a fill that flipped the position is split, each part with its share of the commission.</summary>
    public ImmutableList<OrderFilled> Fills { get; init; } = [];

    /// <summary>The adjustments of the episode.</summary>
    public ImmutableList<PositionAdjusted> Adjustments { get; init; } = [];

    /// <summary>When the object of the fill that opened the episode was built.</summary>
    public UnixNanos TsInit { get; init; }

    /// <summary>When the episode was opened.</summary>
    public UnixNanos TsOpened { get; init; }

    /// <summary>When it last changed.</summary>
    public UnixNanos TsLast { get; init; }

    /// <summary>When it became flat; null while open.</summary>
    public UnixNanos? TsClosed { get; init; }

    /// <summary>Flat, long or short, by the sign of <see cref="SignedQty"/>.</summary>
    public PositionSide Side => SignedQty switch
    {
        > 0m => PositionSide.Long,
        < 0m => PositionSide.Short,
        _ => PositionSide.Flat,
    };

    /// <summary>Nanoseconds from opening to becoming flat; 0 while open.</summary>
    public ulong DurationNanos => TsClosed?.DurationSince(TsOpened) ?? 0;

    /// <summary>Realized in this episode, exact; <see cref="RealizedPnl"/> is it at the precision of the currency.</summary>
    public decimal RealizedAmount { get; init; }

    /// <summary>Realized in all earlier episodes, exact.</summary>
    public decimal EarlierRealizedAmount { get; init; }

    internal ImmutableHashSet<TradeKey> Trades { get; init; } = [];

    /// <summary>Of the episodes before: an exact duplicate of one of their fills must not count again.</summary>
    internal EarlierTrades EarlierTrades { get; init; } = EarlierTrades.None;

    /// <summary>The position on one line.</summary>
    public override string ToString()
        => $"PositionSnapshot({Id} {Side.ToWireString()} {SignedQty} avg_px_open={AvgPxOpen} realized_pnl={RealizedPnl})";
}

/// <summary>What makes a trade one: with the order and its side, so that both sides of a self-trade count.</summary>
internal readonly record struct TradeKey(TradeId TradeId, ClientOrderId ClientOrderId, OrderSide Side);
