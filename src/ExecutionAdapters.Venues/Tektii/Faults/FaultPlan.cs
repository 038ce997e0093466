namespace ExecutionAdapters.Venues.Tektii.Faults;

/// <summary>The faults that are armed, and the requests and answers they hold back. The first one that matches and fires has the event.</summary>
internal sealed class FaultPlan
{
    private readonly List<Armed<TektiiRequestFault>> _requests = [];
    private readonly List<Armed<TektiiFrameFault>> _frames = [];
    private TaskCompletionSource _released = NewRelease();

    /// <summary>Whether acknowledgements are read and then ignored.</summary>
    public bool IgnoresAcks { get; set; }

    /// <summary>Completes with the next release.</summary>
    public Task Released => _released.Task;

    public void Arm(TektiiRequestFault fault) => _requests.Add(new Armed<TektiiRequestFault>(fault, fault.After, fault.Times));

    public void Arm(TektiiFrameFault fault) => _frames.Add(new Armed<TektiiFrameFault>(fault, fault.After, fault.Times));

    public TektiiRequestFault? TakeRequest(string method, string path) => Take(_requests, fault =>
        (fault.Method ?? method) == method && (fault.Path is null || path.StartsWith(fault.Path, StringComparison.Ordinal)));

    public TektiiFrameFaultKind? TakeFrame(string type, string? eventName) => _frames.Count == 0
        ? null
        : Take(_frames, fault => (fault.Type ?? type) == type && (fault.Event is null || fault.Event == eventName))?.Kind;

    /// <summary>Lets go all that is held.</summary>
    public void Release()
    {
        TaskCompletionSource held = _released;
        _released = NewRelease();
        held.SetResult();
    }

    public void Clear()
    {
        _requests.Clear();
        _frames.Clear();
        IgnoresAcks = false;
        Release();
    }

    private static TaskCompletionSource NewRelease() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static T? Take<T>(List<Armed<T>> armed, Predicate<T> matches)
        where T : class
    {
        foreach (Armed<T> candidate in armed)
        {
            if (matches(candidate.Fault) && candidate.Fires())
            {
                return candidate.Fault;
            }
        }

        return null;
    }

    private sealed class Armed<T>(T fault, int after, int? times)
    {
        private int _matched;
        private int _fired;

        public T Fault { get; } = fault;

        public bool Fires()
        {
            if (_fired >= times || _matched++ < after)
            {
                return false;
            }

            _fired++;
            return true;
        }
    }
}
