namespace ExecutionAdapters.Lighter.Signing;

/// <summary>One known attribute of transactions.</summary>
/// <param name="Type">Its type number.</param>
/// <param name="Name">The venue's name.</param>
/// <param name="Minimum">Least value when present.</param>
/// <param name="Maximum">Largest value when present.</param>
/// <param name="Nil">The value that means "not set": it is neither hashed nor written.</param>
/// <param name="VenueCode">The venue's error code for a value out of range.</param>
/// <param name="OnlyFor">The transaction type it has a meaning for; null for any.</param>
public sealed record TransactionAttributeRow(
    byte Type,
    string Name,
    long Minimum,
    long Maximum,
    long Nil,
    int VenueCode,
    LighterTransactionType? OnlyFor = null);

/// <summary>
/// The known attributes (venue's Go SDK), a row each. The venue keeps adding types: one that has no row is carried,
/// hashed and written as it is, with a nil value of 0.
/// </summary>
public static class TransactionAttributeTable
{
    /// <summary>The integrator's account.</summary>
    public const byte IntegratorAccountIndex = 1;

    /// <summary>The integrator's taker fee, 1e-6 of the notional.</summary>
    public const byte IntegratorTakerFee = 2;

    /// <summary>The integrator's maker fee, 1e-6 of the notional.</summary>
    public const byte IntegratorMakerFee = 3;

    /// <summary>1: nonces may have gaps.</summary>
    public const byte SkipTxNonce = 4;

    /// <summary>The market of an immediate cancel-all; 255 is all.</summary>
    public const byte CancelAllMarketIndex = 5;

    /// <summary>0 expire maker, 1 expire taker, 2 cancel both, 3 reduce.</summary>
    public const byte SelfTradeBehaviorMode = 6;

    /// <summary>0 same account, 1 same master account.</summary>
    public const byte SelfTradeEqualityMode = 7;

    private static readonly TransactionAttributeRow[] Known =
    [
        new(IntegratorAccountIndex, nameof(IntegratorAccountIndex), 0, LighterLimits.MaximumAccountIndex, 0,
            VenueCodes.InvalidAccountIndex),
        new(IntegratorTakerFee, nameof(IntegratorTakerFee), 0, LighterLimits.MaximumFee, 0, VenueCodes.InvalidFee),
        new(IntegratorMakerFee, nameof(IntegratorMakerFee), 0, LighterLimits.MaximumFee, 0, VenueCodes.InvalidFee),
        new(SkipTxNonce, nameof(SkipTxNonce), 1, 1, 0, VenueCodes.InvalidTxInfo),
        new(CancelAllMarketIndex, nameof(CancelAllMarketIndex), 0, LighterLimits.NilMarketIndex, LighterLimits.NilMarketIndex,
            VenueCodes.InvalidMarketIndex, LighterTransactionType.CancelAllOrders),
        new(SelfTradeBehaviorMode, nameof(SelfTradeBehaviorMode), 0, 3, 0, VenueCodes.InvalidTxInfo),
        new(SelfTradeEqualityMode, nameof(SelfTradeEqualityMode), 0, 1, 0, VenueCodes.InvalidTxInfo),
    ];

    /// <summary>All rows, ascending by type.</summary>
    public static IReadOnlyList<TransactionAttributeRow> Rows => Known;

    /// <summary>The row of a type, or null for a type without one.</summary>
    /// <param name="type">The attribute's type.</param>
    public static TransactionAttributeRow? Find(byte type)
    {
        foreach (TransactionAttributeRow row in Known)
        {
            if (row.Type == type)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Whether a value means "not set": it is then neither hashed nor written.</summary>
    /// <param name="type">The attribute's type.</param>
    /// <param name="value">Its value.</param>
    public static bool IsNil(byte type, long value) => value == (Find(type)?.Nil ?? 0);
}
