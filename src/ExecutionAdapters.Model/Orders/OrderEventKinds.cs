namespace ExecutionAdapters.Model;

/// <summary>The kinds of order events, as a set.</summary>
[Flags]
internal enum OrderEventKinds
{
    None = 0,
    Denied = 1,
    Emulated = 1 << 1,
    Released = 1 << 2,
    Submitted = 1 << 3,
    Accepted = 1 << 4,
    Rejected = 1 << 5,
    Canceled = 1 << 6,
    Expired = 1 << 7,
    Triggered = 1 << 8,
    PendingUpdate = 1 << 9,
    PendingCancel = 1 << 10,
    ModifyRejected = 1 << 11,
    CancelRejected = 1 << 12,
    Updated = 1 << 13,
    Filled = 1 << 14,
}
