namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// When the account streams are to be subscribed again with a fresh token: long before the old one ends, and after a failure soon,
/// then less often. All streams together are one round, which fails once, however many of them are refused. Belongs to the client's loop.
/// </summary>
internal sealed class TokenRotation(TimeProvider timeProvider)
{
    /// <summary>The first delay after a failure; it doubles.</summary>
    public static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);

    /// <summary>The longest delay.</summary>
    public static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    /// <summary>Failing for longer than this is an error: the tokens in use come to their end.</summary>
    public static readonly TimeSpan RetryWindow = TimeSpan.FromHours(1);

    private long _since;
    private long _failingSince;
    private TimeSpan _delay = LighterProtocol.AuthTokenRotation;
    private int _failures;
    private bool _hasFailed;

    /// <summary>Time to subscribe with a fresh token.</summary>
    public bool IsDue => timeProvider.GetElapsedTime(_since) >= _delay;

    /// <summary>A fresh token is about to be made and sent; unless that fails, the next is due in 6 hours.</summary>
    public void BeginRound()
    {
        if (!_hasFailed)
        {
            // The round before this one was taken.
            _failures = 0;
        }

        _hasFailed = false;
        _since = timeProvider.GetTimestamp();
        _delay = LighterProtocol.AuthTokenRotation;
    }

    /// <summary>Minting failed, or the venue refused the token.</summary>
    /// <returns>The delay until the next attempt, and whether failing has gone on for too long; null: this round had failed before.</returns>
    public (TimeSpan Delay, bool IsOverdue)? OnFailed()
    {
        if (_hasFailed)
        {
            return null;
        }

        _hasFailed = true;
        _since = timeProvider.GetTimestamp();
        if (_failures++ == 0)
        {
            _failingSince = _since;
        }

        var isOverdue = timeProvider.GetElapsedTime(_failingSince) >= RetryWindow;
        var doubled = FirstRetry * Math.Pow(2, Math.Min(_failures - 1, 10));
        _delay = isOverdue || doubled > LongestRetry ? LongestRetry : doubled;
        return (_delay, isOverdue);
    }
}
