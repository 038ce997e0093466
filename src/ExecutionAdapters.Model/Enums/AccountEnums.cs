namespace ExecutionAdapters.Model;

/// <summary>Direction of a position.</summary>
public enum PositionSide
{
    /// <summary>No side: only as a filter.</summary>
    NoPositionSide = 0,

    /// <summary>Nothing is held.</summary>
    Flat = 1,

    /// <summary>Bought.</summary>
    Long = 2,

    /// <summary>Sold.</summary>
    Short = 3,
}

/// <summary>Why a position changed without a fill.</summary>
public enum PositionAdjustmentType
{
    /// <summary>A commission was taken in the base currency.</summary>
    Commission = 1,

    /// <summary>A funding payment.</summary>
    Funding = 2,
}

/// <summary>How positions are kept.</summary>
public enum OmsType
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>One position per instrument.</summary>
    Netting = 1,

    /// <summary>Several positions per instrument.</summary>
    Hedging = 2,
}

/// <summary>What an account may do.</summary>
public enum AccountType
{
    /// <summary>Trades what it holds.</summary>
    Cash = 1,

    /// <summary>Trades against collateral.</summary>
    Margin = 2,

    /// <summary>A betting account.</summary>
    Betting = 3,

    /// <summary>An on-chain wallet.</summary>
    Wallet = 4,
}

/// <summary>How margin follows from notional. Not part of the reference's numeric enums.</summary>
public enum MarginModel
{
    /// <summary>notional / leverage × rate.</summary>
    Leveraged = 1,

    /// <summary>notional × rate; leverage is not used.</summary>
    Standard = 2,
}

/// <summary>Whether orders may go out.</summary>
public enum TradingState
{
    /// <summary>All orders.</summary>
    Active = 1,

    /// <summary>No order.</summary>
    Halted = 2,

    /// <summary>Only orders that reduce a position.</summary>
    Reducing = 3,
}
