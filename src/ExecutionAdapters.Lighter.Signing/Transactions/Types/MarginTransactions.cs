namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Sets margin mode and leverage of a market.</summary>
public readonly record struct UpdateLeverageTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UpdateLeverage;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>A perpetual market, 0 to 254.</summary>
    public short MarketIndex { get; init; }

    /// <summary>1 to 10,000 of 1e-4: leverage L is 10,000 / L. Each market has its own least fraction.</summary>
    public ushort InitialMarginFraction { get; init; }

    /// <summary>0 cross, 1 isolated.</summary>
    public byte MarginMode { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PerpMarket(MarketIndex)
        ?? TransactionRules.Between(
            nameof(InitialMarginFraction), InitialMarginFraction, 1, LighterLimits.MaximumFraction, VenueCodes.InvalidInitialMarginFraction)
        ?? TransactionRules.ZeroOrOne(nameof(MarginMode), MarginMode, VenueCodes.InvalidMarginMode, "0 (cross) or 1 (isolated)")
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        MarketIndex = visitor.Int16("MarketIndex"u8, MarketIndex),
        InitialMarginFraction = visitor.UInt16("InitialMarginFraction"u8, InitialMarginFraction),
        MarginMode = visitor.Byte("MarginMode"u8, MarginMode),
    });
}

/// <summary>Adds or removes isolated margin of a position.</summary>
public readonly record struct UpdateMarginTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UpdateMargin;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>A perpetual market, 0 to 254.</summary>
    public short MarketIndex { get; init; }

    /// <summary>Micro USDC, 1 to 2^60 - 1.</summary>
    public long USDCAmount { get; init; }

    /// <summary>0 removes, 1 adds.</summary>
    public byte Direction { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PerpMarket(MarketIndex)
        ?? TransactionRules.Amount(nameof(USDCAmount), USDCAmount, VenueCodes.InvalidAssetAmount, VenueCodes.InvalidAssetAmount)
        ?? TransactionRules.ZeroOrOne(nameof(Direction), Direction, VenueCodes.InvalidUpdateMarginDirection, "0 (remove) or 1 (add)")
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        MarketIndex = visitor.Int16("MarketIndex"u8, MarketIndex),
        USDCAmount = visitor.SplitInt64("USDCAmount"u8, USDCAmount),
        Direction = visitor.Byte("Direction"u8, Direction),
    });
}
