namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Cancels all orders of the account, at once or as a dead man's switch. Attribute 5 narrows an immediate one to a market.
/// </summary>
public readonly record struct CancelAllOrdersTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CancelAllOrders;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>At once, at <see cref="Time"/>, or no more.</summary>
    public LighterCancelAllTimeInForce TimeInForce { get; init; }

    /// <summary>When a scheduled one takes effect, Unix milliseconds (the venue allows 5 minutes to 15 days ahead); 0 otherwise.</summary>
    public long Time { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? Schedule()
        ?? MarketScope()
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        TimeInForce = (LighterCancelAllTimeInForce)visitor.Byte("TimeInForce"u8, (byte)TimeInForce),
        Time = visitor.Int64("Time"u8, Time),
    });

    private TransactionRuleViolation? Schedule()
    {
        if (TimeInForce > LighterCancelAllTimeInForce.AbortScheduled)
        {
            return TransactionRules.Broken(nameof(TimeInForce), VenueCodes.InvalidCancelAllTimeInForce,
                $"TimeInForce is {(byte)TimeInForce}; it must be 0 (immediate), 1 (scheduled) or 2 (abort).");
        }

        bool scheduled = TimeInForce == LighterCancelAllTimeInForce.Scheduled;
        return (scheduled ? Time >= 1 : Time == 0)
            ? null
            : TransactionRules.Broken(nameof(Time), VenueCodes.InvalidCancelAllTime,
                $"Time is {Time}; with TimeInForce {TimeInForce} it must be {(scheduled ? "a time in Unix milliseconds" : "0")}.");
    }

    private TransactionRuleViolation? MarketScope() =>
        TimeInForce != LighterCancelAllTimeInForce.Immediate
            && Header.Attributes.TryGet(TransactionAttributeTable.CancelAllMarketIndex, out long market)
            && market != LighterLimits.NilMarketIndex
            ? TransactionRules.Broken(nameof(TransactionAttributeTable.CancelAllMarketIndex), VenueCodes.InvalidCancelAllTimeInForce,
                $"CancelAllMarketIndex {market} goes with an immediate cancel-all only, not with {TimeInForce}.")
            : null;
}
