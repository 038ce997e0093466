namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

/// <summary>Every numeric limit of the venue's rules, as numbers of the documentation and not of the code.</summary>
internal static class RangeLimits
{
    public const long Pool = 1L << 47;
    private const long Account = (1L << 48) - 2;
    private const long Amount = (1L << 60) - 1;

    /// <summary>A limit of one member: a transaction with a given value there, the edges, and what is refused beyond them.</summary>
    public sealed record Limit(
        string Member, int TooLowCode, int TooHighCode, Int128 Minimum, Int128 Maximum, Int128 TypeMaximum, Func<Int128, ILighterTransaction> With)
    {
        /// <summary>Members of signed types reach below zero.</summary>
        public Int128 TypeMinimum => TypeMaximum == byte.MaxValue || TypeMaximum == ushort.MaxValue || TypeMaximum == uint.MaxValue || TypeMaximum == ulong.MaxValue
            ? 0
            : short.MinValue;
    }

    public static readonly Dictionary<string, Limit> All = new(StringComparer.Ordinal)
    {
        ["header account"] = Of("AccountIndex", 21102, -1, Account, v => Cancel(Samples.Header with { AccountIndex = (long)v })),
        ["transfer's account"] = Of("FromAccountIndex", 21102, -1, Account, v => Samples.Transfer with { Header = Samples.Header with { AccountIndex = (long)v } }),
        ["withdrawal's account"] = Of("FromAccountIndex", 21102, -1, Account, v => Withdraw() with { Header = Samples.Header with { AccountIndex = (long)v } }),
        ["sub-account's master"] = new("AccountIndex", 21102, 21128, -1, Pool - 1, Account,
            v => new CreateSubAccountTransaction { Header = Samples.Header with { AccountIndex = (long)v } }),
        ["pool's master"] = new("AccountIndex", 21102, 21128, -1, Pool - 1, Account,
            v => CreatePool() with { Header = Samples.Header with { AccountIndex = (long)v } }),
        ["API key"] = Of("ApiKeyIndex", 21110, 0, 254, byte.MaxValue, v => Cancel(Samples.Header with { ApiKeyIndex = (byte)v })),
        ["transaction expiry"] = Of("ExpiredAt", 21501, 0, (1L << 48) - 1, v => Cancel(Samples.Header with { ExpiredAt = (long)v })),
        ["nonce"] = Of("Nonce", 21104, 0, long.MaxValue, v => Cancel(Samples.Header with { Nonce = (long)v })),
        ["client order index"] = Of("ClientOrderIndex", 21727, 0, (1L << 48) - 1, v => Order(Samples.Limit with { ClientOrderIndex = (long)v })),
        ["base amount"] = Of("BaseAmount", 21701, 1, (1L << 48) - 1, v => Order(Samples.Limit with { BaseAmount = (long)v })),
        ["reduce-only base amount"] = Of("BaseAmount", 21701, 0, (1L << 48) - 1, v => Order(Samples.Limit with { BaseAmount = (long)v, ReduceOnly = true })),
        ["price"] = Of("Price", 21702, 1, uint.MaxValue, uint.MaxValue, v => Order(Samples.Limit with { Price = (uint)v })),
        ["trigger price"] = Of("TriggerPrice", 21729, 1, uint.MaxValue, uint.MaxValue, v => Order(Samples.Stop with { TriggerPrice = (uint)v })),
        ["order expiry"] = Of("OrderExpiry", 21711, 1, long.MaxValue, v => Order(Samples.Limit with { OrderExpiry = (long)v })),
        ["time in force"] = Of("TimeInForce", 21705, 0, 2, byte.MaxValue, v => Order(Samples.Stop with { TimeInForce = (LighterTimeInForce)(byte)v })),
        ["cancelled index"] = Of("Index", 21700, 1, Amount, v => new CancelOrderTransaction { Header = Samples.Header, Index = (long)v }),
        ["modified index"] = Of("Index", 21700, 1, Amount, v => Modify() with { Index = (long)v }),
        ["modified base amount"] = Of("BaseAmount", 21701, 0, (1L << 48) - 1, v => Modify() with { BaseAmount = (long)v }),
        ["modified price"] = Of("Price", 21702, 1, uint.MaxValue, uint.MaxValue, v => Modify() with { Price = (uint)v }),
        ["modified trigger price"] = Of("TriggerPrice", 0, 0, uint.MaxValue, uint.MaxValue, v => Modify() with { TriggerPrice = (uint)v }),
        ["scheduled time"] = Of("Time", 21714, 1, long.MaxValue, v => CancelAll(LighterCancelAllTimeInForce.Scheduled, (long)v)),
        ["immediate time"] = Of("Time", 21714, 0, 0, v => CancelAll(LighterCancelAllTimeInForce.Immediate, (long)v)),
        ["aborted time"] = Of("Time", 21714, 0, 0, v => CancelAll(LighterCancelAllTimeInForce.AbortScheduled, (long)v)),
        ["leverage market"] = Of("MarketIndex", 21621, 0, 254, short.MaxValue, v => Leverage() with { MarketIndex = (short)v }),
        ["initial margin fraction"] = Of("InitialMarginFraction", 21113, 1, 10_000, ushort.MaxValue, v => Leverage() with { InitialMarginFraction = (ushort)v }),
        ["margin mode"] = Of("MarginMode", 21613, 0, 1, byte.MaxValue, v => Leverage() with { MarginMode = (byte)v }),
        ["margin market"] = Of("MarketIndex", 21621, 0, 254, short.MaxValue, v => Margin() with { MarketIndex = (short)v }),
        ["margin amount"] = Of("USDCAmount", 21300, 1, Amount, v => Margin() with { USDCAmount = (long)v }),
        ["margin direction"] = Of("Direction", 21615, 0, 1, byte.MaxValue, v => Margin() with { Direction = (byte)v }),
        ["trading mode"] = Of("AccountTradingMode", 21501, 0, 1, byte.MaxValue,
            v => new UpdateAccountConfigTransaction { Header = Samples.Header, AccountTradingMode = (byte)v }),
        ["configured asset"] = Of("AssetIndex", 21801, 1, 62, short.MaxValue, v => AssetConfig() with { AssetIndex = (short)v }),
        ["asset margin mode"] = Of("AssetMarginMode", 21802, 0, 1, byte.MaxValue, v => AssetConfig() with { AssetMarginMode = (byte)v }),
        ["operator fee"] = Of("OperatorFee", 21201, 0, 1_000_000, v => CreatePool() with { OperatorFee = (long)v }),
        ["initial shares"] = Of("InitialTotalShares", 21204, 1, 1_000_000_000_000, v => CreatePool() with { InitialTotalShares = (long)v }),
        ["operator share"] = Of("MinOperatorShareRate", 21205, 0, 10_000, ushort.MaxValue, v => CreatePool() with { MinOperatorShareRate = (ushort)v }),
        ["updated pool"] = Of("PublicPoolIndex", 21200, Pool, Account, v => UpdatePool() with { PublicPoolIndex = (long)v }),
        ["pool status"] = Of("Status", 21202, 0, 1, byte.MaxValue, v => UpdatePool() with { Status = (byte)v }),
        ["updated operator fee"] = Of("OperatorFee", 21201, 0, 1_000_000, v => UpdatePool() with { OperatorFee = (long)v }),
        ["updated operator share"] = Of("MinOperatorShareRate", 21205, 0, 10_000, ushort.MaxValue, v => UpdatePool() with { MinOperatorShareRate = (ushort)v }),
        ["minted pool"] = Of("PublicPoolIndex", 21200, Pool, Account, v => new MintSharesTransaction { Header = Samples.Header, PublicPoolIndex = (long)v, ShareAmount = 1 }),
        ["minted shares"] = Of("ShareAmount", 21209, 1, Amount, v => new MintSharesTransaction { Header = Samples.Header, PublicPoolIndex = Pool, ShareAmount = (long)v }),
        ["burnt pool"] = Of("PublicPoolIndex", 21200, Pool, Account, v => new BurnSharesTransaction { Header = Samples.Header, PublicPoolIndex = (long)v, ShareAmount = 1 }),
        ["burnt shares"] = Of("ShareAmount", 21210, 1, Amount, v => new BurnSharesTransaction { Header = Samples.Header, PublicPoolIndex = Pool, ShareAmount = (long)v }),
        ["staking pool"] = Of("StakingPoolIndex", 21225, Pool, Account, v => new StakeAssetsTransaction { Header = Samples.Header, StakingPoolIndex = (long)v, ShareAmount = 1 }),
        ["staked shares"] = Of("ShareAmount", 21232, 1, Amount, v => new StakeAssetsTransaction { Header = Samples.Header, StakingPoolIndex = Pool, ShareAmount = (long)v }),
        ["unstaking pool"] = Of("StakingPoolIndex", 21225, Pool, Account, v => new UnstakeAssetsTransaction { Header = Samples.Header, StakingPoolIndex = (long)v, ShareAmount = 1 }),
        ["unstaked shares"] = Of("ShareAmount", 21233, 1, Amount, v => new UnstakeAssetsTransaction { Header = Samples.Header, StakingPoolIndex = Pool, ShareAmount = (long)v }),
        ["receiver"] = Of("ToAccountIndex", 21106, 0, Account, v => Samples.Transfer with { ToAccountIndex = (long)v }),
        ["transferred asset"] = Of("AssetIndex", 21801, 1, 62, short.MaxValue, v => Samples.Transfer with { AssetIndex = (short)v }),
        ["from route"] = Of("FromRouteType", 21124, 0, 1, byte.MaxValue, v => Samples.Transfer with { FromRouteType = (byte)v }),
        ["to route"] = Of("ToRouteType", 21124, 0, 1, byte.MaxValue, v => Samples.Transfer with { ToRouteType = (byte)v }),
        ["transferred amount"] = new("Amount", 21118, 21119, 1, Amount, long.MaxValue, v => Samples.Transfer with { Amount = (long)v }),
        ["transfer fee"] = Of("USDCFee", 21134, 0, Amount, v => Samples.Transfer with { USDCFee = (long)v }),
        ["withdrawn asset"] = Of("AssetIndex", 21801, 1, 62, short.MaxValue, v => Withdraw() with { AssetIndex = (short)v }),
        ["withdrawal route"] = Of("RouteType", 21124, 0, 1, byte.MaxValue, v => Withdraw() with { RouteType = (byte)v }),
        ["withdrawn amount"] = new("Amount", 21116, 21117, 1, Amount, ulong.MaxValue, v => Withdraw() with { Amount = (ulong)v }),
        ["integrator"] = Of("IntegratorAccountIndex", 21102, 0, Account, v => Samples.ApproveIntegrator with { IntegratorAccountIndex = (long)v }),
        ["perps taker cap"] = Of("MaxPerpsTakerFee", 21134, 0, 1_000_000, uint.MaxValue, v => Samples.ApproveIntegrator with { MaxPerpsTakerFee = (uint)v }),
        ["perps maker cap"] = Of("MaxPerpsMakerFee", 21134, 0, 1_000_000, uint.MaxValue, v => Samples.ApproveIntegrator with { MaxPerpsMakerFee = (uint)v }),
        ["spot taker cap"] = Of("MaxSpotTakerFee", 21134, 0, 1_000_000, uint.MaxValue, v => Samples.ApproveIntegrator with { MaxSpotTakerFee = (uint)v }),
        ["spot maker cap"] = Of("MaxSpotMakerFee", 21134, 0, 1_000_000, uint.MaxValue, v => Samples.ApproveIntegrator with { MaxSpotMakerFee = (uint)v }),
        ["approval expiry"] = Of("ApprovalExpiry", 21501, 0, (1L << 48) - 1, v => Samples.ApproveIntegrator with { ApprovalExpiry = (long)v }),
    };

    private static Limit Of(string member, int code, Int128 minimum, Int128 maximum, Func<Int128, ILighterTransaction> with) =>
        new(member, code, code, minimum, maximum, long.MaxValue, with);

    private static Limit Of(string member, int code, Int128 minimum, Int128 maximum, Int128 typeMaximum, Func<Int128, ILighterTransaction> with) =>
        new(member, code, code, minimum, maximum, typeMaximum, with);

    public static CreateOrderTransaction Order(LighterOrderInfo order) => Samples.CreateOrder with { Order = order };

    public static CancelOrderTransaction Cancel(TransactionHeader header) => new() { Header = header, MarketIndex = 1, Index = 1 };

    public static CancelAllOrdersTransaction CancelAll(LighterCancelAllTimeInForce timeInForce, long time) =>
        new() { Header = Samples.Header, TimeInForce = timeInForce, Time = time };

    public static ModifyOrderTransaction Modify() => (ModifyOrderTransaction)Samples.Of(LighterTransactionType.ModifyOrder);

    public static UpdateLeverageTransaction Leverage() => (UpdateLeverageTransaction)Samples.Of(LighterTransactionType.UpdateLeverage);

    public static UpdateMarginTransaction Margin() => (UpdateMarginTransaction)Samples.Of(LighterTransactionType.UpdateMargin);

    public static WithdrawTransaction Withdraw() => (WithdrawTransaction)Samples.Of(LighterTransactionType.Withdraw);

    public static CreatePublicPoolTransaction CreatePool() => (CreatePublicPoolTransaction)Samples.Of(LighterTransactionType.CreatePublicPool);

    public static UpdatePublicPoolTransaction UpdatePool() => (UpdatePublicPoolTransaction)Samples.Of(LighterTransactionType.UpdatePublicPool);

    public static UpdateAccountAssetConfigTransaction AssetConfig() =>
        (UpdateAccountAssetConfigTransaction)Samples.Of(LighterTransactionType.UpdateAccountAssetConfig);
}
