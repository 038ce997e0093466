namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The rules that several transactions share. Each returns null, without allocating, when the rule is kept.</summary>
internal static class TransactionRules
{
    private const int L1SignatureLength = 2 + (2 * 65);

    /// <summary>The four numbers of the header.</summary>
    public static TransactionRuleViolation? Header(LighterTransactionType type, in TransactionHeader header)
    {
        string account = AccountMember(type);
        return Between(
                account,
                header.AccountIndex,
                LighterLimits.MinimumAccountIndex,
                LighterLimits.MaximumAccountIndex,
                VenueCodes.InvalidAccountIndex)
            ?? MasterAccount(type, account, header.AccountIndex)
            ?? ApiKey(type, header.ApiKeyIndex)
            ?? Between("ExpiredAt", header.ExpiredAt, 0, LighterLimits.MaximumTimestamp, VenueCodes.InvalidTxInfo, " ms")
            ?? Between("Nonce", header.Nonce, 0, long.MaxValue, VenueCodes.InvalidNonce);
    }

    /// <summary>The wire name of the header's account.</summary>
    public static string AccountMember(LighterTransactionType type) =>
        HasFromAccount(type) ? "FromAccountIndex" : "AccountIndex";

    public static bool HasFromAccount(LighterTransactionType type) =>
        type is LighterTransactionType.Transfer or LighterTransactionType.Withdraw;

    public static TransactionRuleViolation? Between(
        string member, long value, long minimum, long maximum, int venueCode, string unit = "") =>
        value >= minimum && value <= maximum
            ? null
            : new TransactionRuleViolation(member, venueCode, $"{member} is {value}; it must be {minimum} to {maximum}{unit}.");

    public static TransactionRuleViolation? Market(short marketIndex) =>
        IsPerp(marketIndex) || IsSpot(marketIndex)
            ? null
            : Broken("MarketIndex", VenueCodes.InvalidMarketIndex,
                $"MarketIndex is {marketIndex}; it must be 0 to {LighterLimits.MaximumPerpMarketIndex} (perpetuals) or "
                + $"{LighterLimits.MinimumSpotMarketIndex} to {LighterLimits.MaximumSpotMarketIndex} (spot).");

    public static TransactionRuleViolation? PerpMarket(short marketIndex) =>
        Between("MarketIndex", marketIndex, 0, LighterLimits.MaximumPerpMarketIndex, VenueCodes.InvalidPerpsMarketIndex);

    public static bool IsPerp(short marketIndex) => marketIndex is >= 0 and <= LighterLimits.MaximumPerpMarketIndex;

    public static bool IsSpot(short marketIndex) =>
        marketIndex is >= LighterLimits.MinimumSpotMarketIndex and <= LighterLimits.MaximumSpotMarketIndex;

    /// <summary>A client order index or a venue order index: which it is shows in its size.</summary>
    public static TransactionRuleViolation? OrderIndex(long index) =>
        Between("Index", index, 1, LighterLimits.MaximumVenueOrderIndex, VenueCodes.InvalidOrderIndex);

    public static TransactionRuleViolation? Amount(string member, long value, int tooLowCode, int tooHighCode) =>
        Between(member, value, 1, LighterLimits.MaximumAmount, value < 1 ? tooLowCode : tooHighCode);

    public static TransactionRuleViolation? Amount(string member, ulong value, int tooLowCode, int tooHighCode) =>
        value <= long.MaxValue
            ? Amount(member, (long)value, tooLowCode, tooHighCode)
            : Broken(member, tooHighCode, $"{member} is {value}; it must be 1 to {LighterLimits.MaximumAmount}.");

    public static TransactionRuleViolation? PoolIndex(string member, long value, int venueCode) =>
        Between(member, value, LighterLimits.MaximumMasterAccountIndex + 1, LighterLimits.MaximumAccountIndex, venueCode);

    public static TransactionRuleViolation? AssetIndex(short value) =>
        Between("AssetIndex", value, 1, LighterLimits.MaximumAssetIndex, VenueCodes.InvalidAssetIndex);

    /// <summary>A member with the values 0 and 1 only.</summary>
    public static TransactionRuleViolation? ZeroOrOne(string member, byte value, int venueCode, string meaning) =>
        value <= 1 ? null : Broken(member, venueCode, $"{member} is {value}; it must be {meaning}.");

    public static TransactionRuleViolation? L1Signature(string value)
    {
        bool hasForm = value.Length == 0 || (value.Length == L1SignatureLength && value.StartsWith("0x", StringComparison.Ordinal));
        for (int i = 2; hasForm && i < value.Length; i++)
        {
            hasForm = char.IsAsciiHexDigit(value[i]);
        }

        return hasForm
            ? null
            : Broken("L1Sig", VenueCodes.InvalidL1Signature,
                $"L1Sig has {value.Length} characters; it must be empty, or 0x and 130 hex digits.");
    }

    public static TransactionRuleViolation Broken(string member, int venueCode, string message) => new(member, venueCode, message);

    private static TransactionRuleViolation? MasterAccount(LighterTransactionType type, string account, long index) =>
        type is LighterTransactionType.CreateSubAccount or LighterTransactionType.CreatePublicPool
            && index > LighterLimits.MaximumMasterAccountIndex
            ? Broken(account, VenueCodes.InvalidMasterAccountIndex,
                $"{account} is {index}; {type} is for master accounts, up to {LighterLimits.MaximumMasterAccountIndex}.")
            : null;

    private static TransactionRuleViolation? ApiKey(LighterTransactionType type, byte index) =>
        index == LighterLimits.NilApiKeyIndex && type != LighterTransactionType.CancelAllOrders
            ? Broken("ApiKeyIndex", VenueCodes.InvalidApiKeyIndex,
                $"ApiKeyIndex is {index}; it must be 0 to {LighterLimits.MaximumApiKeyIndex} (255, all keys, only cancels all orders).")
            : null;
}
