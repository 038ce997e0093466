namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The ranges of <see cref="TransactionAttributeTable"/> and the rules between attributes.</summary>
internal static class AttributeRules
{
    private const long Reduce = 3;
    private const long SameMasterAccount = 1;

    public static TransactionRuleViolation? Check(LighterTransactionType type, in TransactionAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            return null;
        }

        for (int i = 0; i < attributes.Count; i++)
        {
            (byte attribute, long value) = attributes[i];
            if (TransactionAttributeTable.Find(attribute) is { } row && Row(row, type, value) is { } violation)
            {
                return violation;
            }
        }

        return Fees(attributes) ?? SelfTrade(attributes);
    }

    private static TransactionRuleViolation? Row(TransactionAttributeRow row, LighterTransactionType type, long value) =>
        TransactionRules.Between(row.Name, value, row.Minimum, row.Maximum, row.VenueCode)
        ?? (row.OnlyFor is { } only && only != type && value != row.Nil
            ? TransactionRules.Broken(row.Name, row.VenueCode, $"{row.Name} has a meaning for {only} only, not for {type}.")
            : null);

    private static TransactionRuleViolation? Fees(in TransactionAttributes attributes)
    {
        byte? withFee = FeeAttribute(attributes);
        return withFee is { } fee && NonNil(attributes, TransactionAttributeTable.IntegratorAccountIndex) is null
            ? TransactionRules.Broken(TransactionAttributeTable.Find(fee)!.Name, VenueCodes.InvalidFee,
                "An integrator fee needs an integrator: set IntegratorAccountIndex, or no fee.")
            : null;
    }

    private static TransactionRuleViolation? SelfTrade(in TransactionAttributes attributes)
    {
        long? behavior = NonNil(attributes, TransactionAttributeTable.SelfTradeBehaviorMode);
        long? equality = NonNil(attributes, TransactionAttributeTable.SelfTradeEqualityMode);
        if ((behavior ?? equality) is not null && FeeAttribute(attributes) is not null)
        {
            string member = behavior is not null
                ? nameof(TransactionAttributeTable.SelfTradeBehaviorMode)
                : nameof(TransactionAttributeTable.SelfTradeEqualityMode);
            return TransactionRules.Broken(member, VenueCodes.InvalidTxInfo, $"{member} cannot be combined with integrator fees.");
        }

        return behavior == Reduce && equality == SameMasterAccount
            ? TransactionRules.Broken(nameof(TransactionAttributeTable.SelfTradeBehaviorMode), VenueCodes.InvalidTxInfo,
                "SelfTradeBehaviorMode 3 (reduce) cannot be combined with SelfTradeEqualityMode 1 (same master account).")
            : null;
    }

    private static byte? FeeAttribute(in TransactionAttributes attributes) =>
        NonNil(attributes, TransactionAttributeTable.IntegratorTakerFee) is not null ? TransactionAttributeTable.IntegratorTakerFee
        : NonNil(attributes, TransactionAttributeTable.IntegratorMakerFee) is not null ? TransactionAttributeTable.IntegratorMakerFee
        : null;

    private static long? NonNil(in TransactionAttributes attributes, byte type) =>
        attributes.TryGet(type, out long value) && !TransactionAttributeTable.IsNil(type, value) ? value : null;
}
