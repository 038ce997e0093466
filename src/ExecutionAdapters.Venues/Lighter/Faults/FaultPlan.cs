namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>An answer to give instead of looking at the next transaction.</summary>
internal sealed record ScriptedAnswer(VenueError Error, bool IsBare);

/// <summary>A refusal for requests to a path.</summary>
internal sealed record ScriptedRefusal(int HttpStatus, VenueError Error);

/// <summary>The faults that are armed. Owned by the venue's loop; <see cref="LighterVenueFaults"/> arms them from outside.</summary>
internal sealed class FaultPlan
{
    private readonly Dictionary<string, (ScriptedRefusal Refusal, int Times)> _restRefusals = [];
    private TaskCompletionSource? _batchHold;

    public Queue<ScriptedAnswer> Answers { get; } = new();

    public int SwallowAcknowledgements { get; set; }

    public bool OmitHash { get; set; }

    /// <summary>Null when not armed, otherwise whether the transaction is to be executed before the connection closes.</summary>
    public bool? CloseAfterNextTransaction { get; set; }

    public HashSet<string> WithheldFirstFrames { get; } = [];

    /// <summary>What batch answers wait for; null when they go out at once.</summary>
    public Task? BatchHold => _batchHold?.Task;

    /// <summary>Answers to batches of the stream, to be sent on release.</summary>
    public List<Action> HeldAnswers { get; } = [];

    public bool TakeSwallow()
    {
        if (SwallowAcknowledgements == 0)
        {
            return false;
        }

        SwallowAcknowledgements--;
        return true;
    }

    public bool? TakeClose()
    {
        bool? close = CloseAfterNextTransaction;
        CloseAfterNextTransaction = null;
        return close;
    }

    public void WithholdBatchResponses() => _batchHold ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseBatchResponses()
    {
        _batchHold?.SetResult();
        _batchHold = null;
        HeldAnswers.ForEach(send => send());
        HeldAnswers.Clear();
    }

    public void RefuseRest(string path, ScriptedRefusal refusal, int times) => _restRefusals[path] = (refusal, times);

    public ScriptedRefusal? TakeRestRefusal(string path)
    {
        if (!_restRefusals.TryGetValue(path, out (ScriptedRefusal Refusal, int Times) armed))
        {
            return null;
        }

        if (armed.Times <= 1)
        {
            _restRefusals.Remove(path);
        }
        else
        {
            _restRefusals[path] = (armed.Refusal, armed.Times - 1);
        }

        return armed.Refusal;
    }
}
