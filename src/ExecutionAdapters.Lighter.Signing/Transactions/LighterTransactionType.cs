namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The layer 2 transactions a user can sign, with the venue's numbers (venue's Go SDK).</summary>
public enum LighterTransactionType : byte
{
    /// <summary>No transaction.</summary>
    None = 0,

    /// <summary>Registers the public key of an API key slot.</summary>
    ChangePubKey = 8,

    /// <summary>Creates a sub-account of a master account.</summary>
    CreateSubAccount = 9,

    /// <summary>Creates a public pool.</summary>
    CreatePublicPool = 10,

    /// <summary>Changes a public pool's fee, status or minimum operator share.</summary>
    UpdatePublicPool = 11,

    /// <summary>Moves an asset to another account or route.</summary>
    Transfer = 12,

    /// <summary>Withdraws an asset to layer 1.</summary>
    Withdraw = 13,

    /// <summary>Creates one order.</summary>
    CreateOrder = 14,

    /// <summary>Cancels one order.</summary>
    CancelOrder = 15,

    /// <summary>Cancels all orders, now or at a scheduled time.</summary>
    CancelAllOrders = 16,

    /// <summary>Changes an order's size, price or trigger price.</summary>
    ModifyOrder = 17,

    /// <summary>Buys shares of a public pool.</summary>
    MintShares = 18,

    /// <summary>Sells shares of a public pool.</summary>
    BurnShares = 19,

    /// <summary>Sets margin mode and initial margin fraction of a market.</summary>
    UpdateLeverage = 20,

    /// <summary>Creates two or three orders that trigger or cancel each other.</summary>
    CreateGroupedOrders = 28,

    /// <summary>Adds or removes isolated margin.</summary>
    UpdateMargin = 29,

    /// <summary>Stakes assets in a staking pool.</summary>
    StakeAssets = 35,

    /// <summary>Takes assets out of a staking pool.</summary>
    UnstakeAssets = 36,

    /// <summary>Sets the account's trading mode.</summary>
    UpdateAccountConfig = 41,

    /// <summary>Sets whether an asset counts as margin.</summary>
    UpdateAccountAssetConfig = 42,

    /// <summary>Approves an integrator and the fees it may charge.</summary>
    ApproveIntegrator = 45,
}
