namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Stakes assets in a staking pool.</summary>
public readonly record struct StakeAssetsTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.StakeAssets;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The staking pool, 2^47 to 2^48 - 2.</summary>
    public long StakingPoolIndex { get; init; }

    /// <summary>Shares, 1 to 2^60 - 1.</summary>
    public long ShareAmount { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PoolIndex(nameof(StakingPoolIndex), StakingPoolIndex, VenueCodes.InvalidStakingPoolIndex)
        ?? TransactionRules.Amount(nameof(ShareAmount), ShareAmount, VenueCodes.InvalidStakeAssetAmount, VenueCodes.InvalidStakeAssetAmount)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        StakingPoolIndex = visitor.Int64("StakingPoolIndex"u8, StakingPoolIndex),
        ShareAmount = visitor.Int64("ShareAmount"u8, ShareAmount),
    });
}

/// <summary>Takes assets out of a staking pool.</summary>
public readonly record struct UnstakeAssetsTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UnstakeAssets;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The staking pool, 2^47 to 2^48 - 2.</summary>
    public long StakingPoolIndex { get; init; }

    /// <summary>Shares, 1 to 2^60 - 1.</summary>
    public long ShareAmount { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PoolIndex(nameof(StakingPoolIndex), StakingPoolIndex, VenueCodes.InvalidStakingPoolIndex)
        ?? TransactionRules.Amount(
            nameof(ShareAmount), ShareAmount, VenueCodes.InvalidUnstakeAssetAmount, VenueCodes.InvalidUnstakeAssetAmount)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        StakingPoolIndex = visitor.Int64("StakingPoolIndex"u8, StakingPoolIndex),
        ShareAmount = visitor.Int64("ShareAmount"u8, ShareAmount),
    });
}
