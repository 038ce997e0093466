namespace ExecutionAdapters.Model;

/// <summary>Why an event was not applied to an order. The order is as it was.</summary>
/// <param name="Kind">The sort of error.</param>
/// <param name="Message">What was wrong, with the order's id.</param>
public sealed record OrderApplyError(OrderApplyErrorKind Kind, string Message)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

/// <summary>Sorts of <see cref="OrderApplyError"/>.</summary>
public enum OrderApplyErrorKind
{
    /// <summary>The event is for another order, strategy or instrument.</summary>
    IdentityMismatch,

    /// <summary>A fill with this trade id was applied before. Usually to be ignored: the same trade came another way.</summary>
    DuplicateFill,

    /// <summary>The event is not legal where the order stands; a late acknowledgement of a closed order, say.</summary>
    IllegalTransition,

    /// <summary>The event contradicts the order's terms: a trigger price for a limit order, a fill of zero.</summary>
    InvalidEvent,
}

/// <summary>Thrown by <see cref="Order.Apply"/> when an event cannot be applied. The order is as it was.</summary>
public sealed class InvalidOrderEventException : Exception
{
    /// <summary>Wraps the error.</summary>
    public InvalidOrderEventException(OrderApplyError error)
        : base(error?.Message)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>What was wrong.</summary>
    public OrderApplyError Error { get; }
}
