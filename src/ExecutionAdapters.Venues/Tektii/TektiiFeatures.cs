namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// What a venue can do beside plain orders, as GET /v1/capabilities lists it. The protocol leaves the words open; these are ours.
/// </summary>
public static class TektiiFeatures
{
    /// <summary>stop_loss and take_profit of orders.</summary>
    public const string Brackets = "bracket_orders";

    /// <summary>oco_group_id.</summary>
    public const string Oco = "oco";

    /// <summary>post_only.</summary>
    public const string PostOnly = "post_only";

    /// <summary>reduce_only; closing positions needs it.</summary>
    public const string ReduceOnly = "reduce_only";

    /// <summary>hidden.</summary>
    public const string Hidden = "hidden";

    /// <summary>display_quantity.</summary>
    public const string Iceberg = "iceberg";

    /// <summary>leverage and margin_mode.</summary>
    public const string Leverage = "leverage";

    /// <summary>Everything; what a paper broker has.</summary>
    public static IReadOnlyList<string> All { get; } = [Brackets, Oco, PostOnly, ReduceOnly, Hidden, Iceberg, Leverage];

    /// <summary>What the backtest engine has, or the gateway synthesises on top of it.</summary>
    public static IReadOnlyList<string> OfBacktests { get; } = [Brackets, Oco, ReduceOnly];
}
