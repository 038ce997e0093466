namespace ExecutionAdapters.Model;

/// <summary>
/// An order and its state machine. It changes only by events; an event is applied whole or refused with nothing changed.
/// Not safe for concurrent use: one writer owns it.
/// </summary>
/// <remarks>
/// <para>The state is three independent things: the <see cref="Lifecycle"/>, the two requests (<see cref="IsPendingUpdate"/>,
/// <see cref="IsPendingCancel"/>) and what is filled. <see cref="Status"/> is made from them for readers who think in the reference's single
/// status. For every single legal step from a fresh status it is what the reference's table of 65 transitions says.</para>
/// <para>Where the reference loses information, this model is kept instead (see <see cref="TryApply"/>): a fill, acknowledgement or trigger that
/// overtakes a request changes the status, but the request stays pending until it is answered; a refusal of a command is never illegal on an
/// order that was sent; a fill is never refused because the order is closed; an update that leaves nothing to fill closes the order.</para>
/// </remarks>
public sealed partial class Order
{
    private readonly OrderInitialized _initialized;
    private readonly List<OrderEvent> _events = [];
    private readonly List<TradeId> _tradeIds = [];
    private readonly List<VenueOrderId> _venueOrderIds = [];
    private readonly Dictionary<Currency, Money> _commissions = [];
    private OrderStatus _status = OrderStatus.Initialized; // without requests
    private Request _update;
    private Request _cancel;
    private decimal _filledNotional;

    /// <summary>Creates the order.</summary>
    /// <exception cref="ArgumentException">The terms are wrong; <see cref="OrderInitialized.Validate"/> says so beforehand.</exception>
    public Order(OrderInitialized initialized)
    {
        ArgumentNullException.ThrowIfNull(initialized);
        if (initialized.Validate() is { } error)
        {
            throw new ArgumentException($"Order {initialized.ClientOrderId}: {error}.", nameof(initialized));
        }

        _initialized = initialized;
        _events.Add(initialized);
        Quantity = initialized.Quantity;
        IsQuoteQuantity = initialized.QuoteQuantity;
        Price = initialized.OrderType.HasLimitPrice() ? initialized.Price : null;
        TriggerPrice = initialized.OrderType.HasTriggerPrice() ? initialized.TriggerPrice : null;
        EmulationTrigger = initialized.EmulationTrigger;
        FilledQty = Quantity.Zero(initialized.Quantity.Precision);
        TsLast = initialized.TsEvent;
    }

    /// <summary>A request to the venue that has not been answered.</summary>
    private enum Request
    {
        None,

        /// <summary>It is the latest thing that happened, and the status shows it.</summary>
        Shown,

        /// <summary>The order moved since; the status shows that.</summary>
        Overtaken,
    }

    /// <summary>
    /// Where the order stands, as the reference names it. A late fill shows here too (PartiallyFilled or Filled), so of a closed order ask
    /// <see cref="IsClosed"/>.
    /// </summary>
    public OrderStatus Status
        => _cancel == Request.Shown ? OrderStatus.PendingCancel : _update == Request.Shown ? OrderStatus.PendingUpdate : _status;

    /// <summary>Total quantity, as last confirmed by the venue.</summary>
    public Quantity Quantity { get; private set; }

    /// <summary><see cref="Quantity"/> is in the quote currency; then it cannot be compared with what is filled.</summary>
    public bool IsQuoteQuantity { get; private set; }

    /// <summary>Limit price; null for types without one. A market-to-limit order gets it when it becomes a limit order.</summary>
    public Price? Price { get; private set; }

    /// <summary>Trigger price; null for types without one.</summary>
    public Price? TriggerPrice { get; private set; }

    /// <summary>Worst price of a market order, when the venue told.</summary>
    public Price? ProtectionPrice { get; private set; }

    /// <summary>The price that an order emulator watches; none once released.</summary>
    public TriggerType EmulationTrigger { get; private set; }

    /// <summary>The account, once known.</summary>
    public AccountId? AccountId { get; private set; }

    /// <summary>The position of the last fill, when the venue gives one.</summary>
    public PositionId? PositionId { get; private set; }

    /// <summary>The venue's current id of the order, once known.</summary>
    public VenueOrderId? VenueOrderId { get; private set; }

    /// <summary>All ids the venue gave it, oldest first. Old ones stay resolvable: venues that replace an order give it a new one.</summary>
    public IReadOnlyList<VenueOrderId> VenueOrderIds => _venueOrderIds;

    /// <summary>How far the order got in its life.</summary>
    public OrderLifecycle Lifecycle { get; private set; }

    /// <summary>The status before the last event; while a request is pending, the one before the first pending request.</summary>
    public OrderStatus? PreviousStatus { get; private set; }

    /// <summary>A modification was requested and not answered, whatever <see cref="Status"/> shows.</summary>
    public bool IsPendingUpdate => _update != Request.None;

    /// <summary>A cancellation was requested and not answered, whatever <see cref="Status"/> shows.</summary>
    public bool IsPendingCancel => _cancel != Request.None;

    /// <summary>It was never sent and is not closed.</summary>
    public bool IsActiveLocal => Lifecycle < OrderLifecycle.Submitted;

    /// <summary>An answer of the venue is awaited: to the order itself, a modification or a cancellation.</summary>
    public bool IsInFlight => Lifecycle == OrderLifecycle.Submitted || IsPendingUpdate || IsPendingCancel;

    /// <summary>It is or may be working at the venue. Overlaps <see cref="IsInFlight"/>.</summary>
    public bool IsOpen => !IsClosed && Status.IsOpen();

    /// <summary>Denied, rejected, canceled, expired or filled. Stays true whatever comes.</summary>
    public bool IsClosed => Lifecycle >= OrderLifecycle.Denied;

    /// <summary>Its trigger price was reached (triggerable types only).</summary>
    public bool IsTriggered => TsTriggered is not null;

    /// <summary>A fill came after the order was closed. It is recorded like any other; the order stays closed.</summary>
    public bool HasLateFill { get; private set; }

    /// <summary>The sum of the quantities of all fills.</summary>
    public Quantity FilledQty { get; private set; }

    /// <summary>What is not filled: quantity − filled, at least zero. Of a closed order it is what will not be filled.</summary>
    public Quantity LeavesQty => Quantity.SaturatingSub(FilledQty);

    /// <summary>What was filled beyond the quantity.</summary>
    public Quantity OverfillQty => FilledQty.SaturatingSub(Quantity);

    /// <summary>Quantity-weighted average price of all fills, to 28 digits; null before the first.</summary>
    public decimal? AvgPx => FilledQty.IsPositive ? _filledNotional / FilledQty.Value : null;

    /// <summary>How much worse than the limit price (of market stops: the trigger price) the average is; null when it is not worse.</summary>
    public decimal? Slippage { get; private set; }

    /// <summary>Of the last fill.</summary>
    public LiquiditySide LiquiditySide { get; private set; }

    /// <summary>Of the last fill.</summary>
    public TradeId? LastTradeId { get; private set; }

    /// <summary>Of all fills, in order of arrival; unique.</summary>
    public IReadOnlyList<TradeId> TradeIds => _tradeIds;

    /// <summary>What was paid, per currency; rebates are negative.</summary>
    public IReadOnlyDictionary<Currency, Money> Commissions => _commissions;

    /// <summary>All events applied, the first being the <see cref="OrderInitialized"/>.</summary>
    public IReadOnlyList<OrderEvent> Events => _events;

    /// <summary>When it was sent.</summary>
    public UnixNanos? TsSubmitted { get; private set; }

    /// <summary>When the venue accepted it; the time of the first fill if that came first.</summary>
    public UnixNanos? TsAccepted { get; private set; }

    /// <summary>When its trigger price was reached.</summary>
    public UnixNanos? TsTriggered { get; private set; }

    /// <summary>When it was closed.</summary>
    public UnixNanos? TsClosed { get; private set; }

    /// <summary>Time of the last event.</summary>
    public UnixNanos TsLast { get; private set; }

    /// <summary>Whether the rest of the order could only reduce a position of this side and quantity.</summary>
    public bool WouldReduceOnly(PositionSide positionSide, Quantity positionQty)
        => positionSide switch
        {
            PositionSide.Long => Side == OrderSide.Sell && LeavesQty <= positionQty,
            PositionSide.Short => Side == OrderSide.Buy && LeavesQty <= positionQty,
            _ => false,
        };

    /// <summary>The order on one line.</summary>
    public override string ToString()
        => $"Order({ClientOrderId} {InstrumentId} {Side.ToWireString()} {FilledQty}/{Quantity} {OrderType.ToWireString()} {Status.ToWireString()})";
}
