using System.Collections.Immutable;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

/// <summary>A valid transaction of each type, with every member set to a value of its own.</summary>
internal static class Samples
{
    public const long Now = 1_790_000_000_000;

    public static readonly TransactionHeader Header = new(4711, 7, Now, 42);

    public static readonly LighterOrderInfo Limit = new()
    {
        MarketIndex = 3,
        ClientOrderIndex = 1001,
        BaseAmount = 2500,
        Price = 310_000,
        IsAsk = true,
        Type = LighterOrderType.Limit,
        TimeInForce = LighterTimeInForce.GoodTillTime,
        OrderExpiry = Now + 86_400_000,
    };

    public static readonly LighterOrderInfo Stop = Limit with
    {
        ClientOrderIndex = 1002,
        IsAsk = false,
        Type = LighterOrderType.StopLossLimit,
        ReduceOnly = true,
        TriggerPrice = 300_000,
    };

    public static readonly LighterOrderInfo Profit = Stop with
    {
        ClientOrderIndex = 1003,
        Type = LighterOrderType.TakeProfit,
        TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        TriggerPrice = 330_000,
    };

    public static string L1Signature { get; } = "0x" + string.Concat(Enumerable.Repeat("0123456789abcdef", 9))[..130];

    public static TransferMemo Memo
    {
        get
        {
            Assert.True(TransferMemo.TryFromBytes([.. Enumerable.Range(0, 32).Select(i => (byte)(i * 8))], out TransferMemo memo));
            return memo;
        }
    }

    public static CreateOrderTransaction CreateOrder => new() { Header = Header, Order = Limit };

    public static CreateGroupedOrdersTransaction Pair => Group(LighterGroupingType.OneCancelsTheOther, Stop, Profit);

    public static CreateGroupedOrdersTransaction ParentAndChild =>
        Group(LighterGroupingType.OneTriggersTheOther, Limit, Stop with { BaseAmount = 0 });

    public static CreateGroupedOrdersTransaction ParentAndPair =>
        Group(LighterGroupingType.OneTriggersAOneCancelsTheOther, Limit, Stop with { BaseAmount = 0 }, Profit with { BaseAmount = 0 });

    public static TransferTransaction Transfer => new()
    {
        Header = Header,
        ToAccountIndex = 815,
        AssetIndex = 3,
        FromRouteType = 0,
        ToRouteType = 1,
        Amount = 0x1234_5678_9ABC,
        USDCFee = 0x2_0000_0003,
        Memo = Memo,
        L1Signature = L1Signature,
    };

    public static ChangePubKeyTransaction ChangePubKey
    {
        get
        {
            using LighterPrivateKey key = LighterPrivateKey.FromSeed(new byte[32]);
            return new ChangePubKeyTransaction { Header = Header, PublicKey = key.PublicKey, L1Signature = L1Signature };
        }
    }

    public static ApproveIntegratorTransaction ApproveIntegrator => new()
    {
        Header = Header,
        IntegratorAccountIndex = 99,
        MaxPerpsTakerFee = 11,
        MaxPerpsMakerFee = 12,
        MaxSpotTakerFee = 13,
        MaxSpotMakerFee = 14,
        ApprovalExpiry = Now + 1,
        L1Signature = L1Signature,
    };

    public static CreateGroupedOrdersTransaction Group(LighterGroupingType grouping, params ImmutableArray<LighterOrderInfo> orders) =>
        new() { Header = Header, GroupingType = grouping, Orders = orders };

    public static ILighterTransaction Of(LighterTransactionType type) => type switch
    {
        LighterTransactionType.ChangePubKey => ChangePubKey,
        LighterTransactionType.CreateSubAccount => new CreateSubAccountTransaction { Header = Header },
        LighterTransactionType.CreatePublicPool =>
            new CreatePublicPoolTransaction { Header = Header, OperatorFee = 100_000, InitialTotalShares = 5_000_000, MinOperatorShareRate = 500 },
        LighterTransactionType.UpdatePublicPool =>
            new UpdatePublicPoolTransaction { Header = Header, PublicPoolIndex = (1L << 47) + 5, Status = 1, OperatorFee = 20, MinOperatorShareRate = 600 },
        LighterTransactionType.Transfer => Transfer,
        LighterTransactionType.Withdraw => new WithdrawTransaction { Header = Header, AssetIndex = 3, RouteType = 1, Amount = 0x7_0000_0005 },
        LighterTransactionType.CreateOrder => CreateOrder,
        LighterTransactionType.CancelOrder => new CancelOrderTransaction { Header = Header, MarketIndex = 2048, Index = 281474976710999 },
        LighterTransactionType.CancelAllOrders =>
            new CancelAllOrdersTransaction { Header = Header, TimeInForce = LighterCancelAllTimeInForce.Scheduled, Time = Now + 600_000 },
        LighterTransactionType.ModifyOrder =>
            new ModifyOrderTransaction { Header = Header, MarketIndex = 5, Index = 1001, BaseAmount = 300, Price = 310_500, TriggerPrice = 309_000 },
        LighterTransactionType.MintShares => new MintSharesTransaction { Header = Header, PublicPoolIndex = (1L << 47) + 6, ShareAmount = 17 },
        LighterTransactionType.BurnShares => new BurnSharesTransaction { Header = Header, PublicPoolIndex = (1L << 47) + 7, ShareAmount = 18 },
        LighterTransactionType.UpdateLeverage =>
            new UpdateLeverageTransaction { Header = Header, MarketIndex = 6, InitialMarginFraction = 2000, MarginMode = 1 },
        LighterTransactionType.CreateGroupedOrders => ParentAndPair,
        LighterTransactionType.UpdateMargin =>
            new UpdateMarginTransaction { Header = Header, MarketIndex = 7, USDCAmount = 0x3_0000_0001, Direction = 1 },
        LighterTransactionType.StakeAssets => new StakeAssetsTransaction { Header = Header, StakingPoolIndex = (1L << 47) + 8, ShareAmount = 19 },
        LighterTransactionType.UnstakeAssets => new UnstakeAssetsTransaction { Header = Header, StakingPoolIndex = (1L << 47) + 9, ShareAmount = 20 },
        LighterTransactionType.UpdateAccountConfig => new UpdateAccountConfigTransaction { Header = Header, AccountTradingMode = 1 },
        LighterTransactionType.UpdateAccountAssetConfig => new UpdateAccountAssetConfigTransaction { Header = Header, AssetIndex = 4, AssetMarginMode = 1 },
        LighterTransactionType.ApproveIntegrator => ApproveIntegrator,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no sample"),
    };

    public static IEnumerable<LighterTransactionType> Types => Enum.GetValues<LighterTransactionType>().Where(type => type != LighterTransactionType.None);

    public static TheoryData<LighterTransactionType> AllTypes => [.. Types];
}
