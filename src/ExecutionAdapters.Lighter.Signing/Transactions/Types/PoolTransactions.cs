namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Creates a public pool operated by the master account in the header.</summary>
public readonly record struct CreatePublicPoolTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CreatePublicPool;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>1e-6 of the profit, 0 to 1,000,000.</summary>
    public long OperatorFee { get; init; }

    /// <summary>Shares bought at the start, 1 to 10^12 of 0.001 USDC each; the venue asks for at least 10^6.</summary>
    public long InitialTotalShares { get; init; }

    /// <summary>Least share of the operator, 0 to 10,000 of 1e-4.</summary>
    public ushort MinOperatorShareRate { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.Between(nameof(OperatorFee), OperatorFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidOperatorFee)
        ?? TransactionRules.Between(
            nameof(InitialTotalShares), InitialTotalShares, 1, LighterLimits.MaximumInitialShares, VenueCodes.InvalidInitialTotalShares)
        ?? TransactionRules.Between(
            nameof(MinOperatorShareRate), MinOperatorShareRate, 0, LighterLimits.MaximumFraction, VenueCodes.InvalidMinOperatorShareRate)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        OperatorFee = visitor.Int64("OperatorFee"u8, OperatorFee),
        InitialTotalShares = visitor.Int64("InitialTotalShares"u8, InitialTotalShares),
        MinOperatorShareRate = visitor.UInt16("MinOperatorShareRate"u8, MinOperatorShareRate),
    });
}

/// <summary>Changes a public pool.</summary>
public readonly record struct UpdatePublicPoolTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.UpdatePublicPool;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The pool, 2^47 to 2^48 - 2.</summary>
    public long PublicPoolIndex { get; init; }

    /// <summary>0 active, 1 frozen.</summary>
    public byte Status { get; init; }

    /// <summary>1e-6 of the profit, 0 to 1,000,000.</summary>
    public long OperatorFee { get; init; }

    /// <summary>Least share of the operator, 0 to 10,000 of 1e-4.</summary>
    public ushort MinOperatorShareRate { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PoolIndex(nameof(PublicPoolIndex), PublicPoolIndex, VenueCodes.InvalidPublicPoolIndex)
        ?? TransactionRules.ZeroOrOne(nameof(Status), Status, VenueCodes.InvalidPublicPoolStatus, "0 (active) or 1 (frozen)")
        ?? TransactionRules.Between(nameof(OperatorFee), OperatorFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidOperatorFee)
        ?? TransactionRules.Between(
            nameof(MinOperatorShareRate), MinOperatorShareRate, 0, LighterLimits.MaximumFraction, VenueCodes.InvalidMinOperatorShareRate)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        PublicPoolIndex = visitor.Int64("PublicPoolIndex"u8, PublicPoolIndex),
        Status = visitor.Byte("Status"u8, Status),
        OperatorFee = visitor.Int64("OperatorFee"u8, OperatorFee),
        MinOperatorShareRate = visitor.UInt16("MinOperatorShareRate"u8, MinOperatorShareRate),
    });
}

/// <summary>Buys shares of a public pool.</summary>
public readonly record struct MintSharesTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.MintShares;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The pool, 2^47 to 2^48 - 2.</summary>
    public long PublicPoolIndex { get; init; }

    /// <summary>Shares, 1 to 2^60 - 1.</summary>
    public long ShareAmount { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PoolIndex(nameof(PublicPoolIndex), PublicPoolIndex, VenueCodes.InvalidPublicPoolIndex)
        ?? TransactionRules.Amount(nameof(ShareAmount), ShareAmount, VenueCodes.InvalidMintShareAmount, VenueCodes.InvalidMintShareAmount)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        PublicPoolIndex = visitor.Int64("PublicPoolIndex"u8, PublicPoolIndex),
        ShareAmount = visitor.Int64("ShareAmount"u8, ShareAmount),
    });
}

/// <summary>Sells shares of a public pool.</summary>
public readonly record struct BurnSharesTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.BurnShares;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The pool, 2^47 to 2^48 - 2.</summary>
    public long PublicPoolIndex { get; init; }

    /// <summary>Shares, 1 to 2^60 - 1.</summary>
    public long ShareAmount { get; init; }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? TransactionRules.PoolIndex(nameof(PublicPoolIndex), PublicPoolIndex, VenueCodes.InvalidPublicPoolIndex)
        ?? TransactionRules.Amount(nameof(ShareAmount), ShareAmount, VenueCodes.InvalidBurnShareAmount, VenueCodes.InvalidBurnShareAmount)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        PublicPoolIndex = visitor.Int64("PublicPoolIndex"u8, PublicPoolIndex),
        ShareAmount = visitor.Int64("ShareAmount"u8, ShareAmount),
    });
}
