using System.Globalization;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>Transactions handed to the socket and not yet answered, and which of them an answer belongs to. Belongs to the client's loop.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="onLeft">Told how many are in flight no more.</param>
internal sealed class InFlightTransactions(TimeProvider timeProvider, Action<int> onLeft)
{
    private const int OverdueKept = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly List<PendingTransaction> _transactions = [];
    private readonly List<PendingTransaction> _overdue = [];

    public int Count => _transactions.Count;

    /// <summary>Nothing is in flight, or nothing that has not been overdue for a while: one lost answer must not hold up everybody.</summary>
    public bool IsQuiet => _transactions.TrueForAll(transaction => timeProvider.GetElapsedTime(transaction.SentAt) >= Patience);

    public void Add(PendingTransaction transaction) => _transactions.Add(transaction);

    public void Remove(PendingTransaction transaction)
    {
        if (_transactions.Remove(transaction))
        {
            onLeft(1);
        }
        else
        {
            _overdue.Remove(transaction);
        }
    }

    /// <summary>
    /// By the echoed id, else by the hash, else the oldest; null: it belongs to none of these. A refusal that names nobody is not blamed on
    /// an oldest whose own answer seems lost, when others were sent after it.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="isCertain">Whether the answer cannot be somebody else's.</param>
    public PendingTransaction? Find(LighterFrame.TransactionResponse response, out bool isCertain)
    {
        isCertain = true;
        if (response.Id is { } id && FindById(id) is { } named)
        {
            return named;
        }

        if (response.Hashes is [var hash, ..])
        {
            return Find(transaction => transaction.Hash.Equals(Normalize(hash), StringComparison.OrdinalIgnoreCase));
        }

        isCertain = IsAlone;
        if (response.Id is not null)
        {
            return null;
        }

        if (response.IsAdmitted)
        {
            return _transactions.FirstOrDefault();
        }

        // One that the venue has shown to have taken in was not refused: its own answer is lost.
        var oldest = _transactions.Find(transaction => !transaction.ShowsEffect);
        return oldest is not null && !isCertain && !IsRecent(oldest) ? null : oldest;
    }

    /// <summary>
    /// By the echoed id; else the only one there is, when it was sent a moment ago and the code is one that concerns transactions.
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="isCertain">Whether the error cannot be somebody else's.</param>
    public PendingTransaction? Find(LighterFrame.BareError error, out bool isCertain)
    {
        isCertain = error.Id is not null || IsAlone;
        if (error.Id is { } id)
        {
            return FindById(id);
        }

        return LighterProtocol.IsTransactionCode(error.Code) && _transactions is [var only]
            && IsRecent(only)
            ? only
            : null;
    }

    /// <summary>
    /// Those that were sent longer ago than that: they are in flight no more, but an answer with their id or hash still finds them.
    /// </summary>
    public IReadOnlyList<PendingTransaction> GiveUpOlderThan(TimeSpan age)
    {
        var old = Take(transaction => timeProvider.GetElapsedTime(transaction.SentAt) > age);
        _overdue.AddRange(old);
        if (_overdue.Count > OverdueKept)
        {
            _overdue.RemoveRange(0, _overdue.Count - OverdueKept);
        }

        return old;
    }

    /// <summary>Takes out all: the connection is gone, and no answer can come any more.</summary>
    public IReadOnlyList<PendingTransaction> TakeAll()
    {
        _overdue.Clear();
        return Take(_ => true);
    }

    private List<PendingTransaction> Take(Predicate<PendingTransaction> match)
    {
        var taken = _transactions.FindAll(match);
        if (_transactions.RemoveAll(match) is > 0 and var left)
        {
            onLeft(left);
        }

        return taken;
    }

    /// <summary>There is only one to which an answer can belong.</summary>
    private bool IsAlone => _transactions.Count == 1 && _overdue.Count == 0;

    private PendingTransaction? FindById(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? Find(transaction => transaction.Sequence == sequence)
            : null;

    private PendingTransaction? Find(Predicate<PendingTransaction> match) => _transactions.Find(match) ?? _overdue.Find(match);

    private bool IsRecent(PendingTransaction transaction) => timeProvider.GetElapsedTime(transaction.SentAt) <= LighterProtocol.BareErrorWindow;

    private static string Normalize(string hash) => hash.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hash[2..] : hash;
}
