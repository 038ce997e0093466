namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Creates one order.</summary>
public readonly record struct CreateOrderTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CreateOrder;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The order; its members stand at the top level on the wire.</summary>
    public LighterOrderInfo Order { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? OrderRules.Check(Order)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        Order = Order.Describe(ref visitor),
    });
}

/// <summary>Cancels one order.</summary>
public readonly record struct CancelOrderTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CancelOrder;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>Perpetuals 0 to 254, spot 2048 to 4094.</summary>
    public short MarketIndex { get; init; }

    /// <summary>A client order index (below 2^48) or the venue's order index (2^48 to 2^60 - 1).</summary>
    public long Index { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.Market(MarketIndex)
        ?? TransactionRules.OrderIndex(Index)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        MarketIndex = visitor.Int16("MarketIndex"u8, MarketIndex),
        Index = visitor.Int64("Index"u8, Index),
    });
}

/// <summary>Changes an order. The order keeps its index; unless only its size shrinks it loses its place in the queue.</summary>
public readonly record struct ModifyOrderTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.ModifyOrder;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>Perpetuals 0 to 254, spot 2048 to 4094.</summary>
    public short MarketIndex { get; init; }

    /// <summary>A client order index (below 2^48) or the venue's order index (2^48 to 2^60 - 1).</summary>
    public long Index { get; init; }

    /// <summary>The new total size in size ticks, up to 2^48 - 1; 0 leaves it, or stands for the whole position.</summary>
    public long BaseAmount { get; init; }

    /// <summary>The new price in ticks, 1 to 2^32 - 1.</summary>
    public uint Price { get; init; }

    /// <summary>The trigger price in ticks, to be repeated for stop losses and take profits; 0 for other types.</summary>
    public uint TriggerPrice { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.Market(MarketIndex)
        ?? TransactionRules.OrderIndex(Index)
        ?? TransactionRules.Between(
            nameof(BaseAmount), BaseAmount, 0, LighterLimits.MaximumBaseAmount, VenueCodes.InvalidBaseAmount, " ticks")
        ?? OrderRules.Price(Price)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        MarketIndex = visitor.Int16("MarketIndex"u8, MarketIndex),
        Index = visitor.Int64("Index"u8, Index),
        BaseAmount = visitor.Int64("BaseAmount"u8, BaseAmount),
        Price = visitor.UInt32("Price"u8, Price),
        TriggerPrice = visitor.UInt32("TriggerPrice"u8, TriggerPrice),
    });
}
