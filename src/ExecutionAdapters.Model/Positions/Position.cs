namespace ExecutionAdapters.Model;

/// <summary>
/// A position in one instrument of one account, moved by fills. A fill is applied whole or refused with nothing changed.
/// Not safe for concurrent use: one writer owns it.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A fill that is larger than the open quantity and on the other side <em>flips</em> the position: it is split here into one that closes and
/// one that opens, with the same trade id. The commission is shared by quantity, rounded to the currency, the rest going to the second.</item>
/// <item>When flat, the next fill begins a new episode: averages, quantities, commissions, fills and realized profit and loss start over.
/// <see cref="TotalRealizedPnl"/> goes on over all episodes, and the <see cref="PositionClosed"/> in <see cref="LastEvents"/> holds the final
/// figures of the one that ended.</item>
/// <item>Of a <see cref="CurrencyPair"/>, a commission in base currency is taken out of the position: buying 1.0 with a fee of 0.001 leaves 0.999.
/// Selling with such a fee can leave a tiny short. After a fill there is one adjustment, for the whole commission. It is no realized loss.</item>
/// <item>A fill finer than the size precision of the instrument is true all the same and counts to its last digit: <see cref="Quantity"/> takes
/// the finer precision rather than being rounded, so that it is always |<see cref="SignedQty"/>|.</item>
/// <item>A commission in the settlement currency lowers realized profit and loss; one in any other currency is only recorded.</item>
/// <item>The same trade of the same order counts once. Remembered are all trades of this episode and the one before it, and of still earlier ones as
/// many as make 10 000 with the one before.</item>
/// </list>
/// </remarks>
public sealed class Position
{
    /// <summary>Opens a position by its first fill.</summary>
    /// <exception cref="ArgumentException">The fill is of another instrument, has no quantity, or leaves the range of the values.</exception>
    public Position(Instrument instrument, PositionId id, OrderFilled fill)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(fill);
        Instrument = instrument;
        Id = id;
        var zero = Quantity.Zero(instrument.SizePrecision);
        Snapshot = new PositionSnapshot
        {
            Id = id,
            TraderId = fill.TraderId,
            StrategyId = fill.StrategyId,
            InstrumentId = instrument.Id,
            AccountId = fill.AccountId,
            SettlementCurrency = instrument.CostCurrency,
            Quantity = zero,
            PeakQty = zero,
            BuyQty = zero,
            SellQty = zero,
        };
        if (TryApply(fill) is { } error)
        {
            throw new ArgumentException(error.Message, nameof(fill));
        }
    }

    private Position(Instrument instrument, PositionSnapshot snapshot)
    {
        Instrument = instrument;
        Id = snapshot.Id;
        Snapshot = snapshot;
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The id.</summary>
    public PositionId Id { get; }

    /// <summary>The state as an immutable value.</summary>
    public PositionSnapshot Snapshot { get; private set; }

    /// <summary>
    /// What the last applied fill or funding payment did, in order: Opened, Changed or Closed; both Closed and Opened for a flip; then, when a commission
    /// was taken out of the position, Adjusted and what that did.
    /// </summary>
    public IReadOnlyList<PositionEvent> LastEvents { get; private set; } = [];

    /// <summary>Something is held.</summary>
    public bool IsOpen => SignedQty != 0m;

    /// <summary>Nothing is held.</summary>
    public bool IsClosed => SignedQty == 0m;

    /// <summary>Bought.</summary>
    public bool IsLong => SignedQty > 0m;

    /// <summary>Sold.</summary>
    public bool IsShort => SignedQty < 0m;

    /// <inheritdoc cref="PositionSnapshot.TraderId"/>
    public TraderId TraderId => Snapshot.TraderId;

    /// <inheritdoc cref="PositionSnapshot.StrategyId"/>
    public StrategyId StrategyId => Snapshot.StrategyId;

    /// <inheritdoc cref="PositionSnapshot.InstrumentId"/>
    public InstrumentId InstrumentId => Snapshot.InstrumentId;

    /// <inheritdoc cref="PositionSnapshot.AccountId"/>
    public AccountId AccountId => Snapshot.AccountId;

    /// <inheritdoc cref="PositionSnapshot.SettlementCurrency"/>
    public Currency SettlementCurrency => Snapshot.SettlementCurrency;

    /// <inheritdoc cref="PositionSnapshot.OpeningOrderId"/>
    public ClientOrderId OpeningOrderId => Snapshot.OpeningOrderId;

    /// <inheritdoc cref="PositionSnapshot.ClosingOrderId"/>
    public ClientOrderId? ClosingOrderId => Snapshot.ClosingOrderId;

    /// <inheritdoc cref="PositionSnapshot.Entry"/>
    public OrderSide Entry => Snapshot.Entry;

    /// <inheritdoc cref="PositionSnapshot.Side"/>
    public PositionSide Side => Snapshot.Side;

    /// <inheritdoc cref="PositionSnapshot.SignedQty"/>
    public decimal SignedQty => Snapshot.SignedQty;

    /// <inheritdoc cref="PositionSnapshot.Quantity"/>
    public Quantity Quantity => Snapshot.Quantity;

    /// <inheritdoc cref="PositionSnapshot.PeakQty"/>
    public Quantity PeakQty => Snapshot.PeakQty;

    /// <inheritdoc cref="PositionSnapshot.AvgPxOpen"/>
    public decimal AvgPxOpen => Snapshot.AvgPxOpen;

    /// <inheritdoc cref="PositionSnapshot.AvgPxClose"/>
    public decimal? AvgPxClose => Snapshot.AvgPxClose;

    /// <inheritdoc cref="PositionSnapshot.RealizedReturn"/>
    public decimal RealizedReturn => Snapshot.RealizedReturn;

    /// <inheritdoc cref="PositionSnapshot.RealizedPnl"/>
    public Money RealizedPnl => Snapshot.RealizedPnl;

    /// <inheritdoc cref="PositionSnapshot.TotalRealizedPnl"/>
    public Money TotalRealizedPnl => Snapshot.TotalRealizedPnl;

    /// <inheritdoc cref="PositionSnapshot.BuyQty"/>
    public Quantity BuyQty => Snapshot.BuyQty;

    /// <inheritdoc cref="PositionSnapshot.SellQty"/>
    public Quantity SellQty => Snapshot.SellQty;

    /// <inheritdoc cref="PositionSnapshot.Commissions"/>
    public IReadOnlyDictionary<Currency, Money> Commissions => Snapshot.Commissions;

    /// <inheritdoc cref="PositionSnapshot.Fills"/>
    public IReadOnlyList<OrderFilled> Fills => Snapshot.Fills;

    /// <inheritdoc cref="PositionSnapshot.Adjustments"/>
    public IReadOnlyList<PositionAdjusted> Adjustments => Snapshot.Adjustments;

    /// <inheritdoc cref="PositionSnapshot.TsInit"/>
    public UnixNanos TsInit => Snapshot.TsInit;

    /// <inheritdoc cref="PositionSnapshot.TsOpened"/>
    public UnixNanos TsOpened => Snapshot.TsOpened;

    /// <inheritdoc cref="PositionSnapshot.TsLast"/>
    public UnixNanos TsLast => Snapshot.TsLast;

    /// <inheritdoc cref="PositionSnapshot.TsClosed"/>
    public UnixNanos? TsClosed => Snapshot.TsClosed;

    /// <inheritdoc cref="PositionSnapshot.DurationNanos"/>
    public ulong DurationNanos => Snapshot.DurationNanos;

    /// <summary>A position of its own in the same state: what happens to one does not touch the other.</summary>
    public Position Copy() => new(Instrument, Snapshot);

    /// <summary>
    /// A position in a state that was kept before. What the snapshot does not hold of its fills is not remembered as applied either: whoever
    /// keeps states keeps them with the trades of the orders.
    /// </summary>
    /// <exception cref="ArgumentException">The snapshot is of another instrument, or its parts contradict each other.</exception>
    public static Position Restore(Instrument instrument, PositionSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.InstrumentId != instrument.Id || snapshot.SettlementCurrency != instrument.CostCurrency)
        {
            throw new ArgumentException(
                $"The state is of {snapshot.InstrumentId}, settled in {snapshot.SettlementCurrency}; the instrument is {instrument.Id}, settled in {instrument.CostCurrency}.",
                nameof(snapshot));
        }

        return snapshot.Quantity.Value == Math.Abs(snapshot.SignedQty)
            ? new Position(instrument, snapshot)
            : throw new ArgumentException($"The state of {snapshot.Id} holds {snapshot.SignedQty} and a quantity of {snapshot.Quantity}.", nameof(snapshot));
    }

    /// <summary>Applies a fill and returns null, or changes nothing and says why.</summary>
    public PositionApplyError? TryApply(OrderFilled fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        if (Refused(fill) is { } error)
        {
            return error;
        }

        try
        {
            var (state, events) = PositionTransition.Of(Instrument, Snapshot, fill);
            Snapshot = state;
            LastEvents = events;
            return null;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return Error(PositionApplyErrorKind.InvalidFill, $"fill {fill.TradeId} cannot be applied: {e.Message}");
        }
    }

    /// <summary>Applies a funding payment (positive when received) and returns null, or changes nothing and says why. Quantities stay.</summary>
    public PositionApplyError? TryApplyFunding(Money payment, Uuid4 eventId, UnixNanos tsEvent, UnixNanos tsInit, string? reason = null)
    {
        if (!payment.HasCurrency || payment.Currency != SettlementCurrency)
        {
            return Error(PositionApplyErrorKind.InvalidAdjustment, $"funding of {payment} is not in {SettlementCurrency}");
        }

        var adjusted = new PositionAdjusted
        {
            PositionId = Id,
            InstrumentId = InstrumentId,
            AccountId = AccountId,
            CausationId = eventId,
            TsEvent = tsEvent,
            TsInit = tsInit,
            EventId = eventId,
            AdjustmentType = PositionAdjustmentType.Funding,
            PnlChange = payment,
            Reason = reason,
        };
        try
        {
            Snapshot = PositionSteps.Fund(Snapshot, adjusted);
            LastEvents = [adjusted];
            return null;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return Error(PositionApplyErrorKind.InvalidAdjustment, $"funding of {payment} cannot be applied: {e.Message}");
        }
    }

    /// <summary>What closing at <paramref name="price"/> would gain, before commissions; zero when flat.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range, or a price of zero for an inverse instrument.</exception>
    public Money UnrealizedPnl(Price price) => PositionTransition.UnrealizedPnl(Instrument, Snapshot, price);

    /// <summary>Realized in this episode plus unrealized at <paramref name="price"/>.</summary>
    public Money TotalPnl(Price price) => RealizedPnl + UnrealizedPnl(price);

    /// <summary>Notional value at <paramref name="price"/>; see <see cref="Instrument.Notional"/>.</summary>
    public Money Notional(Price price) => Instrument.Notional(Quantity, price);

    /// <summary>The position on one line.</summary>
    public override string ToString() => $"Position({Id} {Side.ToWireString()} {Quantity} @ {AvgPxOpen} realized_pnl={RealizedPnl})";

    private PositionApplyError? Refused(OrderFilled fill)
    {
        if (fill.InstrumentId != Instrument.Id || fill.AccountId != AccountId)
        {
            return Error(
                PositionApplyErrorKind.IdentityMismatch,
                $"fill {fill.TradeId} is for {fill.InstrumentId} of {fill.AccountId}, the position for {Instrument.Id} of {AccountId}");
        }

        if (fill.OrderSide is not (OrderSide.Buy or OrderSide.Sell) || !fill.LastQty.IsPositive)
        {
            return Error(PositionApplyErrorKind.InvalidFill, $"fill {fill.TradeId} has no side or no quantity: {fill.OrderSide.ToWireString()} {fill.LastQty}");
        }

        if (fill.Commission is { HasCurrency: false })
        {
            return Error(PositionApplyErrorKind.InvalidFill, $"fill {fill.TradeId} has a commission without a currency; without a commission it is null");
        }

        var key = PositionSteps.KeyOf(fill);
        return Snapshot.Trades.Contains(key) || Snapshot.EarlierTrades.Contains(key)
            ? Error(PositionApplyErrorKind.DuplicateFill, $"fill {fill.TradeId} of {fill.ClientOrderId} was applied before")
            : null;
    }

    private PositionApplyError Error(PositionApplyErrorKind kind, string what) => new(kind, $"Position {Id}: {what}.");
}
