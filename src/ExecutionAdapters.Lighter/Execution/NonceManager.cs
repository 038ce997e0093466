namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// The nonces of one API key. The venue takes exactly the one after the last, so a nonce is taken only when its transaction is
/// about to leave, and given back when that transaction was refused before anything followed it. Where the transactions carry the
/// attribute that allows gaps, any larger nonce does, and nothing needs to be given back. Belongs to the client's loop.
/// </summary>
internal sealed class NonceManager(bool allowsGaps)
{
    private long? _next;
    private bool _isFresh;

    /// <summary>False until the venue has told, and after <see cref="Invalidate"/>.</summary>
    public bool IsKnown => _next is not null;

    /// <summary>Takes the next nonce; fresh: the venue has just named it.</summary>
    /// <exception cref="InvalidOperationException">The next nonce is not known.</exception>
    public (long Nonce, bool IsFresh) Take()
    {
        var nonce = _next ?? throw new InvalidOperationException("The next nonce is not known.");
        var isFresh = _isFresh;
        _next = nonce + 1;
        _isFresh = false;
        return (nonce, isFresh);
    }

    /// <summary>A nonce was provably not consumed. When a later one has been taken since, only the venue knows what comes next.</summary>
    public void GiveBack(long nonce)
    {
        if (allowsGaps)
        {
            return;
        }

        _next = _next == nonce + 1 ? nonce : null;
    }

    /// <summary>Nobody can say whether a nonce was consumed: the venue must be asked, unless gaps are allowed.</summary>
    public void Doubt() => _next = allowsGaps ? _next : null;

    /// <summary>Sets what the venue says comes next.</summary>
    public void Reset(long next)
    {
        _next = next;
        _isFresh = true;
    }

    /// <summary>Forgets: the venue must be asked before the next transaction.</summary>
    public void Invalidate() => _next = null;
}
