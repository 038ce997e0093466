namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Creates a sub-account of the master account in the header.</summary>
public readonly record struct CreateSubAccountTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CreateSubAccount;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this);
}

/// <summary>Sets the account's trading mode.</summary>
public readonly record struct UpdateAccountConfigTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UpdateAccountConfig;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>0 simple, 1 unified.</summary>
    public byte AccountTradingMode { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.ZeroOrOne(nameof(AccountTradingMode), AccountTradingMode, VenueCodes.InvalidTxInfo, "0 (simple) or 1 (unified)")
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        AccountTradingMode = visitor.Byte("AccountTradingMode"u8, AccountTradingMode),
    });
}

/// <summary>Sets whether an asset counts as margin.</summary>
public readonly record struct UpdateAccountAssetConfigTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UpdateAccountAssetConfig;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>1 to 62; 1 is ETH, 3 USDC.</summary>
    public short AssetIndex { get; init; }

    /// <summary>0 off, 1 use as margin.</summary>
    public byte AssetMarginMode { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.AssetIndex(AssetIndex)
        ?? TransactionRules.ZeroOrOne(
            nameof(AssetMarginMode), AssetMarginMode, VenueCodes.InvalidAssetMarginMode, "0 (off) or 1 (use as margin)")
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        AssetIndex = visitor.Int16("AssetIndex"u8, AssetIndex),
        AssetMarginMode = visitor.Byte("AssetMarginMode"u8, AssetMarginMode),
    });
}
