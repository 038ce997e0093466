using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>A rule that was loaded, and what came of it.</summary>
internal sealed class ArmedFault(FaultRule rule, Random random, long? nextUs)
{
    public FaultRule Rule { get; } = rule;

    /// <summary>Decides by the rule's probability; shared by the rules of one script.</summary>
    public Random Random { get; } = random;

    /// <summary>When a rule with every_ms is due next.</summary>
    public long? NextUs { get; set; } = nextUs;

    public long Matched { get; set; }

    public long Fired { get; set; }

    public bool IsSpent => Fired >= Rule.Times;
}

/// <summary>
/// The faults that are armed, and what they hold back. Owned by the venue's loop; <see cref="LighterVenueFaults"/> arms them
/// from outside, the places where a fault can happen ask here.
/// </summary>
internal sealed class FaultPlan
{
    private readonly List<ArmedFault> _armed = [];
    private readonly List<Held> _held = [];
    private readonly List<FaultRule> _afterStep = [];
    private long _nowUs;

    /// <summary>Cuts all stream connections.</summary>
    public Action DropConnections { get; set; } = () => { };

    /// <summary>Sends a raw frame to the subscribers of a channel; to everybody for null.</summary>
    public Action<string?, string> PushFrame { get; set; } = (_, _) => { };

    /// <summary>Closes the port for a while.</summary>
    public Action<TimeSpan> Restart { get; set; } = _ => { };

    public IReadOnlyList<ArmedFault> Armed => _armed;

    public long NowUs => _nowUs;

    public void Arm(FaultScript script)
    {
        if (_armed.Count + script.Rules.Count > FaultScript.MaximumRules)
        {
            _armed.RemoveAll(armed => armed.IsSpent);
        }

        if (_armed.Count + script.Rules.Count > FaultScript.MaximumRules)
        {
            throw new FormatException($"More than {FaultScript.MaximumRules} faults would be armed: clear them first.");
        }

        var random = new Random(unchecked((int)(script.Seed ^ (script.Seed >> 32))));
        _armed.AddRange(script.Rules.Select(rule =>
            new ArmedFault(rule, random, rule.EveryMs is { } every ? _nowUs + (every * 1_000) : null)));
    }

    public void Arm(FaultRule rule) => Arm(new FaultScript(0, [rule]));

    /// <summary>Takes rules back and releases what they hold.</summary>
    public void Disarm(Predicate<FaultRule> which)
    {
        _armed.RemoveAll(armed => which(armed.Rule));
        Release(held => held.Rule is { } rule && which(rule));
    }

    /// <summary>Takes everything back and releases everything that is held.</summary>
    public void Clear()
    {
        _armed.Clear();
        Release(_ => true);
    }

    /// <summary>The first rule of a kind that matches an event and fires at it; the event is then not offered to the others.</summary>
    public FaultRule? Take(FaultKind kind, Predicate<FaultRule> matches)
    {
        foreach (ArmedFault armed in _armed)
        {
            if (armed.Rule.Kind == kind && armed.Rule.EveryMs is null && !armed.IsSpent && matches(armed.Rule) && Fires(armed))
            {
                return armed.Rule;
            }
        }

        return null;
    }

    public FaultRule? Take(FaultKind kind, Submission submission) => Take(kind, rule => Matches(rule, submission));

    public bool HasAny(ReadOnlySpan<FaultKind> kinds)
    {
        foreach (ArmedFault armed in _armed)
        {
            if (!armed.IsSpent && kinds.Contains(armed.Rule.Kind))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>After a submission: what is to happen to all connections once this step's frames are on their way.</summary>
    public void AfterSubmission(Submission submission)
    {
        foreach (FaultKind kind in (ReadOnlySpan<FaultKind>)[FaultKind.DropConnections, FaultKind.PushFrame, FaultKind.Restart])
        {
            if (Take(kind, submission) is { } rule)
            {
                _afterStep.Add(rule);
            }
        }
    }

    /// <summary>Does something later: after a time, or when the rule is taken back (the only way for null).</summary>
    public void Hold(FaultRule? rule, long? delayMs, Action release) =>
        _held.Add(new Held(rule, delayMs is { } ms ? _nowUs + (ms * 1_000) : long.MaxValue, release));

    public Task HoldAsync(FaultRule rule, long? delayMs)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Hold(rule, delayMs, done.SetResult);
        return done.Task;
    }

    /// <summary>Before each step of the venue: what fell due until then.</summary>
    public void Advance(long nowUs)
    {
        _nowUs = Math.Max(_nowUs, nowUs);
        Release(held => held.DueUs <= _nowUs);
        foreach (ArmedFault armed in _armed.Where(armed => armed.NextUs <= _nowUs && !armed.IsSpent).ToArray())
        {
            armed.NextUs = _nowUs + (armed.Rule.EveryMs * 1_000);
            if (Fires(armed))
            {
                Perform(armed.Rule);
            }
        }
    }

    /// <summary>At the end of each step.</summary>
    public void EndStep()
    {
        foreach (FaultRule rule in _afterStep)
        {
            Perform(rule);
        }

        _afterStep.Clear();
    }

    private static bool Fires(ArmedFault armed)
    {
        const int Million = 1_000_000;
        armed.Matched++;
        bool fires = armed.Matched > armed.Rule.After
            && (armed.Rule.Probability == 1 || armed.Random.Next(Million) < armed.Rule.Probability * Million);
        armed.Fired += fires ? 1 : 0;
        return fires;
    }

    private static bool Matches(FaultRule rule, Submission submission) =>
        rule.MatchesTransport(submission.Transport is LighterTransport.Http or LighterTransport.HttpBatch)
        && (rule.Batch is null || rule.Batch == submission.IsBatch)
        && (rule.TransactionType is null || submission.Transactions.Any(transaction => transaction.Type == rule.TransactionType));

    private void Perform(FaultRule rule)
    {
        switch (rule.Kind)
        {
            case FaultKind.DropConnections:
                DropConnections();
                break;
            case FaultKind.PushFrame:
                PushFrame(rule.Channel, rule.Frame!);
                break;
            default:
                Restart(TimeSpan.FromMilliseconds(rule.DowntimeMs!.Value));
                break;
        }
    }

    /// <summary>In the order in which they fall due; a release may hold anew.</summary>
    private void Release(Predicate<Held> which)
    {
        if (_held.Count == 0)
        {
            return;
        }

        Held[] released = [.. _held.Where(held => which(held)).OrderBy(held => held.DueUs)];
        _held.RemoveAll(which);
        foreach (Held held in released)
        {
            held.Release();
        }
    }

    private sealed class Held(FaultRule? rule, long dueUs, Action release)
    {
        public FaultRule? Rule { get; } = rule;

        public long DueUs { get; } = dueUs;

        public Action Release { get; } = release;
    }
}
