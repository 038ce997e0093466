namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The order of a create-order transaction or of a group. What goes with which type is checked by the transaction's validation.
/// </summary>
public readonly record struct LighterOrderInfo
{
    /// <summary>Perpetuals 0 to 254, spot 2048 to 4094.</summary>
    public short MarketIndex { get; init; }

    /// <summary>
    /// The client's number of the order, 1 to 2^48 - 1, or 0 for none. See <see cref="LighterLimits.MaximumClientOrderIndex"/>.
    /// </summary>
    public long ClientOrderIndex { get; init; }

    /// <summary>Size in the market's size ticks, 1 to 2^48 - 1; 0, the whole position, only with <see cref="ReduceOnly"/>.</summary>
    public long BaseAmount { get; init; }

    /// <summary>Price in the market's price ticks, 1 to 2^32 - 1; of market-like types the worst acceptable one.</summary>
    public uint Price { get; init; }

    /// <summary>True sells, false buys.</summary>
    public bool IsAsk { get; init; }

    /// <summary>The order type.</summary>
    public LighterOrderType Type { get; init; }

    /// <summary>The time in force.</summary>
    public LighterTimeInForce TimeInForce { get; init; }

    /// <summary>Whether the order may only reduce a position; perpetuals only.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Trigger price in ticks of stop losses and take profits; 0 for all other types.</summary>
    public uint TriggerPrice { get; init; }

    /// <summary>When the order expires, Unix milliseconds; 0 for none. The venue allows 5 minutes to 30 days ahead.</summary>
    public long OrderExpiry { get; init; }

    internal LighterOrderInfo Describe<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITransactionMemberVisitor, allows ref struct => new()
        {
            MarketIndex = visitor.Int16("MarketIndex"u8, MarketIndex),
            ClientOrderIndex = visitor.Int64("ClientOrderIndex"u8, ClientOrderIndex),
            BaseAmount = visitor.Int64("BaseAmount"u8, BaseAmount),
            Price = visitor.UInt32("Price"u8, Price),
            IsAsk = visitor.Flag("IsAsk"u8, IsAsk),
            Type = (LighterOrderType)visitor.Byte("Type"u8, (byte)Type),
            TimeInForce = (LighterTimeInForce)visitor.Byte("TimeInForce"u8, (byte)TimeInForce),
            ReduceOnly = visitor.Flag("ReduceOnly"u8, ReduceOnly),
            TriggerPrice = visitor.UInt32("TriggerPrice"u8, TriggerPrice),
            OrderExpiry = visitor.Int64("OrderExpiry"u8, OrderExpiry),
        };
}
