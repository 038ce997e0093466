namespace ExecutionAdapters.Model;

/// <summary>Why a fill or adjustment was not applied to a position. The position is as it was.</summary>
/// <param name="Kind">The sort of error.</param>
/// <param name="Message">What was wrong, with the position's id.</param>
public sealed record PositionApplyError(PositionApplyErrorKind Kind, string Message)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

/// <summary>Sorts of <see cref="PositionApplyError"/>.</summary>
public enum PositionApplyErrorKind
{
    /// <summary>The fill is for another instrument or account.</summary>
    IdentityMismatch,

    /// <summary>This trade of this order was applied before. Usually to be ignored: the same trade came another way.</summary>
    DuplicateFill,

    /// <summary>The fill has no quantity or no side, or its sums leave the range of the values.</summary>
    InvalidFill,

    /// <summary>The adjustment is in another currency than the position settles in, or its sums leave the range of the values.</summary>
    InvalidAdjustment,
}
