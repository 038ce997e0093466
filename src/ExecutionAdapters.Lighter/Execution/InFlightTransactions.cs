using System.Globalization;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>Transactions handed to the socket and not yet answered, and which of them an answer belongs to. Belongs to the client's loop.</summary>
internal sealed class InFlightTransactions(TimeProvider timeProvider)
{
    private readonly List<PendingTransaction> _transactions = [];

    public int Count => _transactions.Count;

    public void Add(PendingTransaction transaction) => _transactions.Add(transaction);

    public void Remove(PendingTransaction transaction) => _transactions.Remove(transaction);

    /// <summary>By the echoed id, else by the hash, else the oldest; null: it belongs to none of these.</summary>
    public PendingTransaction? Find(LighterFrame.TransactionResponse response)
    {
        if (response.Id is { } id)
        {
            return FindById(id);
        }

        return response.Hashes is [var hash, ..]
            ? _transactions.Find(transaction => transaction.Hash.Equals(Normalize(hash), StringComparison.OrdinalIgnoreCase))
            : _transactions.FirstOrDefault();
    }

    /// <summary>
    /// By the echoed id; else the only one there is, when it was sent a moment ago and the code is one that concerns transactions.
    /// </summary>
    public PendingTransaction? Find(LighterFrame.BareError error)
    {
        if (error.Id is { } id)
        {
            return FindById(id);
        }

        return LighterProtocol.IsTransactionCode(error.Code) && _transactions is [var only]
            && timeProvider.GetElapsedTime(only.SentAt) <= LighterProtocol.BareErrorWindow
            ? only
            : null;
    }

    /// <summary>Takes out all that were sent longer ago than that.</summary>
    public IReadOnlyList<PendingTransaction> TakeOlderThan(TimeSpan age) =>
        Take(transaction => timeProvider.GetElapsedTime(transaction.SentAt) > age);

    /// <summary>Takes out all.</summary>
    public IReadOnlyList<PendingTransaction> TakeAll() => Take(_ => true);

    private List<PendingTransaction> Take(Predicate<PendingTransaction> match)
    {
        var taken = _transactions.FindAll(match);
        _transactions.RemoveAll(match);
        return taken;
    }

    private PendingTransaction? FindById(string id) =>
        _transactions.Find(transaction => transaction.Sequence.ToString(CultureInfo.InvariantCulture) == id);

    private static string Normalize(string hash) => hash.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? hash[2..] : hash;
}
