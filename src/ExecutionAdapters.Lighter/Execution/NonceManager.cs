namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// The nonces of one API key. The venue takes exactly the one after the last, so a nonce is taken only when its transaction is
/// about to leave, and given back when that transaction was refused before anything followed it. Belongs to the client's loop.
/// </summary>
internal sealed class NonceManager
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

    /// <summary>Gives back a nonce that was provably not consumed. False when a later one has been taken since: then only the venue knows.</summary>
    public bool TryGiveBack(long nonce)
    {
        if (_next != nonce + 1)
        {
            return false;
        }

        _next = nonce;
        return true;
    }

    /// <summary>Sets what the venue says comes next.</summary>
    public void Reset(long next)
    {
        _next = next;
        _isFresh = true;
    }

    /// <summary>Forgets: the venue must be asked before the next transaction.</summary>
    public void Invalidate() => _next = null;
}
