namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The venue's published error codes that a client-side check can foresee (venue documentation).</summary>
internal static class VenueCodes
{
    public const int InvalidAccountIndex = 21102;
    public const int InvalidNonce = 21104;
    public const int InvalidToAccount = 21106;
    public const int InvalidPublicKey = 21108;
    public const int InvalidApiKeyIndex = 21110;
    public const int InvalidInitialMarginFraction = 21113;
    public const int WithdrawalAmountTooLow = 21116;
    public const int WithdrawalAmountTooHigh = 21117;
    public const int TransferAmountTooLow = 21118;
    public const int TransferAmountTooHigh = 21119;
    public const int InvalidRouteType = 21124;
    public const int InvalidMasterAccountIndex = 21128;
    public const int InvalidFee = 21134;
    public const int InvalidPublicPoolIndex = 21200;
    public const int InvalidOperatorFee = 21201;
    public const int InvalidPublicPoolStatus = 21202;
    public const int InvalidInitialTotalShares = 21204;
    public const int InvalidMinOperatorShareRate = 21205;
    public const int InvalidMintShareAmount = 21209;
    public const int InvalidBurnShareAmount = 21210;
    public const int InvalidStakingPoolIndex = 21225;
    public const int InvalidStakeAssetAmount = 21232;
    public const int InvalidUnstakeAssetAmount = 21233;
    public const int InvalidAssetAmount = 21300;
    public const int InvalidTxInfo = 21501;
    public const int InvalidL1Signature = 21504;
    public const int InvalidMarketIndex = 21602;
    public const int InvalidMarginMode = 21613;
    public const int InvalidUpdateMarginDirection = 21615;
    public const int InvalidOrderTypeForMarket = 21618;
    public const int InvalidPerpsMarketIndex = 21621;
    public const int InvalidOrderIndex = 21700;
    public const int InvalidBaseAmount = 21701;
    public const int InvalidPrice = 21702;
    public const int InvalidIsAsk = 21703;
    public const int InvalidOrderType = 21704;
    public const int InvalidOrderTimeInForce = 21705;
    public const int InvalidOrderExpiry = 21711;
    public const int InvalidCancelAllTimeInForce = 21713;
    public const int InvalidCancelAllTime = 21714;
    public const int InvalidClientOrderIndex = 21727;
    public const int InvalidOrderTriggerPrice = 21729;
    public const int InvalidReduceOnlyMode = 21740;
    public const int InvalidGroupingType = 21741;
    public const int InvalidOrderGroupSize = 21742;
    public const int InvalidAssetIndex = 21801;
    public const int InvalidAssetMarginMode = 21802;
}
