namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// Transactions that were sent and whose fate is not known: no answer came, or they were admitted and nothing has been heard since. The
/// venue is asked for them by their hash until each is decided by proof. Belongs to the client's loop.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="verdictTimeout">How long the streams have to tell what became of an admitted transaction before the venue is asked.</param>
/// <param name="isSettled">Whether they have told enough.</param>
internal sealed class UnresolvedTransactions(TimeProvider timeProvider, TimeSpan verdictTimeout, Func<PendingTransaction, bool> isSettled)
{
    /// <summary>Most transactions asked for in one round: each costs a request.</summary>
    public const int MaxRound = 10;

    private readonly Dictionary<PendingTransaction, (bool IsUnknown, long Since)> _transactions = [];

    public int Count => _transactions.Count;

    /// <summary>Those that the streams have not settled.</summary>
    public int CountUnsettled() => _transactions.Keys.Count(transaction => !isSettled(transaction));

    /// <summary>Its outcome is unknown, or it was admitted and now has to show an effect.</summary>
    public void Add(PendingTransaction transaction, bool isUnknown) => _transactions[transaction] = (isUnknown, timeProvider.GetTimestamp());

    /// <summary>Those that a caller waits for.</summary>
    public IReadOnlyList<PendingTransaction> TakeAwaited()
    {
        List<PendingTransaction> awaited = [.. _transactions.Keys.Where(transaction => transaction.Completion is { Task.IsCompleted: false })];
        awaited.ForEach(Remove);
        return awaited;
    }

    /// <summary>It is decided.</summary>
    public void Remove(PendingTransaction transaction) => _transactions.Remove(transaction);

    /// <summary>Those to ask for now, oldest first; those that the streams have settled meanwhile are dropped.</summary>
    /// <param name="asked">All but these, also those that were admitted only a moment ago; null: those whose time has come.</param>
    public IReadOnlyList<PendingTransaction> TakeRound(IReadOnlySet<PendingTransaction>? asked)
    {
        foreach (var settled in _transactions.Keys.Where(isSettled).ToList())
        {
            _transactions.Remove(settled);
        }

        var due = _transactions
            .Where(entry => asked is not null
                ? !asked.Contains(entry.Key)
                : entry.Value.IsUnknown || timeProvider.GetElapsedTime(entry.Value.Since) >= verdictTimeout)
            .OrderBy(entry => entry.Value.Since)
            .Select(entry => entry.Key);
        return due.Take(MaxRound).ToList();
    }

    /// <summary>It is being asked for: the others come first next time. False when it was settled meanwhile.</summary>
    public bool NoteAsked(PendingTransaction transaction)
    {
        if (!_transactions.TryGetValue(transaction, out var entry))
        {
            return false;
        }

        _transactions[transaction] = (entry.IsUnknown, timeProvider.GetTimestamp());
        return true;
    }
}
