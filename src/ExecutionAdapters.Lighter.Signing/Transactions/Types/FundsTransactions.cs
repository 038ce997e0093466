namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Moves an asset to another account, or between the routes of one.</summary>
public readonly record struct TransferTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.Transfer;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The receiving account, 0 to 2^48 - 2.</summary>
    public long ToAccountIndex { get; init; }

    /// <summary>1 to 62; 1 is ETH, 3 USDC.</summary>
    public short AssetIndex { get; init; }

    /// <summary>0 perpetuals, 1 spot.</summary>
    public byte FromRouteType { get; init; }

    /// <summary>0 perpetuals, 1 spot.</summary>
    public byte ToRouteType { get; init; }

    /// <summary>Base units of the asset (USDC: 1e-6), 1 to 2^60 - 1.</summary>
    public long Amount { get; init; }

    /// <summary>The venue's fee in micro USDC, 0 to 2^60 - 1, as its transfer fee endpoint tells.</summary>
    public long USDCFee { get; init; }

    /// <summary>32 bytes for the receiver. Not hashed: only the layer 1 signature covers it.</summary>
    public TransferMemo Memo { get; init; }

    /// <summary>
    /// The wallet's signature of the transaction's layer 1 text: <c>0x</c> and 130 hex digits, or empty for none. Not hashed.
    /// </summary>
    public string L1Signature
    {
        get => field ?? "";
        init => field = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.Between(
            nameof(ToAccountIndex), ToAccountIndex, 0, LighterLimits.MaximumAccountIndex, VenueCodes.InvalidToAccount)
        ?? TransactionRules.AssetIndex(AssetIndex)
        ?? TransactionRules.ZeroOrOne(nameof(FromRouteType), FromRouteType, VenueCodes.InvalidRouteType, "0 (perpetuals) or 1 (spot)")
        ?? TransactionRules.ZeroOrOne(nameof(ToRouteType), ToRouteType, VenueCodes.InvalidRouteType, "0 (perpetuals) or 1 (spot)")
        ?? TransactionRules.Amount(nameof(Amount), Amount, VenueCodes.TransferAmountTooLow, VenueCodes.TransferAmountTooHigh)
        ?? TransactionRules.Between(nameof(USDCFee), USDCFee, 0, LighterLimits.MaximumAmount, VenueCodes.InvalidFee)
        ?? TransactionRules.L1Signature(L1Signature)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        ToAccountIndex = visitor.Int64("ToAccountIndex"u8, ToAccountIndex),
        AssetIndex = visitor.Int16("AssetIndex"u8, AssetIndex),
        FromRouteType = visitor.Byte("FromRouteType"u8, FromRouteType),
        ToRouteType = visitor.Byte("ToRouteType"u8, ToRouteType),
        Amount = visitor.SplitInt64("Amount"u8, Amount),
        USDCFee = visitor.SplitInt64("USDCFee"u8, USDCFee),
        Memo = visitor.Memo("Memo"u8, Memo),
        L1Signature = visitor.L1Signature(L1SignaturePlace.AfterSig, L1Signature),
    });
}

/// <summary>Withdraws an asset to layer 1.</summary>
public readonly record struct WithdrawTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.Withdraw;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>1 to 62; 1 is ETH, 3 USDC.</summary>
    public short AssetIndex { get; init; }

    /// <summary>0 perpetuals, 1 spot.</summary>
    public byte RouteType { get; init; }

    /// <summary>Base units of the asset (USDC: 1e-6), 1 to 2^60 - 1.</summary>
    public ulong Amount { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.AssetIndex(AssetIndex)
        ?? TransactionRules.ZeroOrOne(nameof(RouteType), RouteType, VenueCodes.InvalidRouteType, "0 (perpetuals) or 1 (spot)")
        ?? TransactionRules.Amount(nameof(Amount), Amount, VenueCodes.WithdrawalAmountTooLow, VenueCodes.WithdrawalAmountTooHigh)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        AssetIndex = visitor.Int16("AssetIndex"u8, AssetIndex),
        RouteType = visitor.Byte("RouteType"u8, RouteType),
        Amount = visitor.SplitUInt64("Amount"u8, Amount),
    });
}
