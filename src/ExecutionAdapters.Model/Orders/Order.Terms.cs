namespace ExecutionAdapters.Model;

/// <content>What was fixed when the order was created.</content>
public sealed partial class Order
{
    /// <summary>The trader.</summary>
    public TraderId TraderId => _initialized.TraderId;

    /// <summary>The strategy that owns the order.</summary>
    public StrategyId StrategyId => _initialized.StrategyId;

    /// <summary>The instrument.</summary>
    public InstrumentId InstrumentId => _initialized.InstrumentId;

    /// <summary>Our id of the order.</summary>
    public ClientOrderId ClientOrderId => _initialized.ClientOrderId;

    /// <summary>The id of the event that created it.</summary>
    public Uuid4 InitId => _initialized.EventId;

    /// <summary>Buy or sell.</summary>
    public OrderSide Side => _initialized.Side;

    /// <summary>The type.</summary>
    public OrderType OrderType => _initialized.OrderType;

    /// <summary>How long it works.</summary>
    public TimeInForce TimeInForce => _initialized.TimeInForce;

    /// <summary>When it expires.</summary>
    public UnixNanos? ExpireTime => _initialized.ExpireTime;

    /// <summary>May only add liquidity.</summary>
    public bool IsPostOnly => _initialized.PostOnly;

    /// <summary>May only reduce a position.</summary>
    public bool IsReduceOnly => _initialized.ReduceOnly;

    /// <summary>The quantity that shows; 0 is fully hidden, null is fully shown.</summary>
    public Quantity? DisplayQty => _initialized.DisplayQty;

    /// <summary>Which price triggers; null for types without a trigger.</summary>
    public TriggerType? TriggerType => _initialized.OrderType.HasTriggerPrice() ? _initialized.TriggerType : null;

    /// <summary>Trailing types: the price at which trailing begins.</summary>
    public Price? ActivationPrice => _initialized.OrderType.IsTrailing() ? _initialized.ActivationPrice : null;

    /// <summary>TrailingStopLimit: distance of the limit price from the trigger.</summary>
    public decimal? LimitOffset => _initialized.LimitOffset;

    /// <summary>Trailing types: distance of the trigger from the market.</summary>
    public decimal? TrailingOffset => _initialized.TrailingOffset;

    /// <summary>The unit of the offsets.</summary>
    public TrailingOffsetType TrailingOffsetType => _initialized.TrailingOffsetType;

    /// <summary>The instrument whose price triggers, when it is another one.</summary>
    public InstrumentId? TriggerInstrumentId => _initialized.TriggerInstrumentId;

    /// <summary>How it depends on <see cref="LinkedOrderIds"/>.</summary>
    public ContingencyType ContingencyType => _initialized.ContingencyType;

    /// <summary>The list it belongs to.</summary>
    public OrderListId? OrderListId => _initialized.OrderListId;

    /// <summary>The orders it is contingent with.</summary>
    public IReadOnlyList<ClientOrderId>? LinkedOrderIds => _initialized.LinkedOrderIds;

    /// <summary>The order that triggers this one.</summary>
    public ClientOrderId? ParentOrderId => _initialized.ParentOrderId;

    /// <summary>The execution algorithm that works it.</summary>
    public ExecAlgorithmId? ExecAlgorithmId => _initialized.ExecAlgorithmId;

    /// <summary>Parameters of the execution algorithm.</summary>
    public IReadOnlyDictionary<string, string>? ExecAlgorithmParams => _initialized.ExecAlgorithmParams;

    /// <summary>The primary order that an execution algorithm spawned it from.</summary>
    public ClientOrderId? ExecSpawnId => _initialized.ExecSpawnId;

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string>? Tags => _initialized.Tags;

    /// <summary>When the order was created.</summary>
    public UnixNanos TsInit => _initialized.TsInit;
}
