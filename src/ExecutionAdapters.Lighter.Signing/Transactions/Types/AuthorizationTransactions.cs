namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Registers a public key in the API key slot of the header. It is signed by the new key.</summary>
public readonly record struct ChangePubKeyTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.ChangePubKey;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The new public key, as the 40 bytes of the wire.</summary>
    public EncodedPublicKey PublicKey { get; init; }

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
        ?? PublicKeyIsSet()
        ?? TransactionRules.L1Signature(L1Signature)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        PublicKey = visitor.PublicKey("PubKey"u8, PublicKey),
        L1Signature = visitor.L1Signature(L1SignaturePlace.BeforeExpiredAt, L1Signature),
    });

    private TransactionRuleViolation? PublicKeyIsSet() =>
        PublicKey == default
            ? TransactionRules.Broken("PubKey", VenueCodes.InvalidPublicKey, "PubKey is all zeros; it must be a public key.")
            : null;
}

/// <summary>Approves an integrator and the most it may charge. All caps and the expiry 0 revoke the approval.</summary>
public readonly record struct ApproveIntegratorTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.ApproveIntegrator;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>The integrator's account, 0 to 2^48 - 2.</summary>
    public long IntegratorAccountIndex { get; init; }

    /// <summary>Largest taker fee on perpetuals, 0 to 1,000,000 of 1e-6.</summary>
    public uint MaxPerpsTakerFee { get; init; }

    /// <summary>Largest maker fee on perpetuals, 0 to 1,000,000 of 1e-6.</summary>
    public uint MaxPerpsMakerFee { get; init; }

    /// <summary>Largest taker fee on spot, 0 to 1,000,000 of 1e-6.</summary>
    public uint MaxSpotTakerFee { get; init; }

    /// <summary>Largest maker fee on spot, 0 to 1,000,000 of 1e-6.</summary>
    public uint MaxSpotMakerFee { get; init; }

    /// <summary>When the approval ends, Unix milliseconds, 0 to 2^48 - 1.</summary>
    public long ApprovalExpiry { get; init; }

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
            nameof(IntegratorAccountIndex), IntegratorAccountIndex, 0, LighterLimits.MaximumAccountIndex, VenueCodes.InvalidAccountIndex)
        ?? TransactionRules.Between(nameof(MaxPerpsTakerFee), MaxPerpsTakerFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidFee)
        ?? TransactionRules.Between(nameof(MaxPerpsMakerFee), MaxPerpsMakerFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidFee)
        ?? TransactionRules.Between(nameof(MaxSpotTakerFee), MaxSpotTakerFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidFee)
        ?? TransactionRules.Between(nameof(MaxSpotMakerFee), MaxSpotMakerFee, 0, LighterLimits.MaximumFee, VenueCodes.InvalidFee)
        ?? TransactionRules.Between(
            nameof(ApprovalExpiry), ApprovalExpiry, 0, LighterLimits.MaximumTimestamp, VenueCodes.InvalidTxInfo, " ms")
        ?? TransactionRules.L1Signature(L1Signature)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        IntegratorAccountIndex = visitor.Int64("IntegratorAccountIndex"u8, IntegratorAccountIndex),
        MaxPerpsTakerFee = visitor.UInt32("MaxPerpsTakerFee"u8, MaxPerpsTakerFee),
        MaxPerpsMakerFee = visitor.UInt32("MaxPerpsMakerFee"u8, MaxPerpsMakerFee),
        MaxSpotTakerFee = visitor.UInt32("MaxSpotTakerFee"u8, MaxSpotTakerFee),
        MaxSpotMakerFee = visitor.UInt32("MaxSpotMakerFee"u8, MaxSpotMakerFee),
        ApprovalExpiry = visitor.Int64("ApprovalExpiry"u8, ApprovalExpiry),
        L1Signature = visitor.L1Signature(L1SignaturePlace.AfterSig, L1Signature),
    });
}
