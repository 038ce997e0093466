using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <summary>An event of a client that could not be applied: nothing of it was.</summary>
/// <param name="Event">The event.</param>
/// <param name="Reason">Why.</param>
/// <param name="Order">The order as it stood, in words; null: the books do not have it.</param>
/// <param name="ReceivedAt">When.</param>
public sealed record QuarantinedEvent(ExecutionEvent Event, string Reason, string? Order, UnixNanos ReceivedAt);
