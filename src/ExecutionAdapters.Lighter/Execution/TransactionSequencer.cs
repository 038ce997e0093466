using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// The one lane by which transactions of an API key leave: in the order of their commands, with consecutive nonces taken at the
/// moment of leaving, when the venue's quota for them is there. Only cancels pass others, those that wait for quota. Single transactions go by WebSocket, one after the other without waiting for answers. A batch goes by HTTP:
/// it waits until everything before it is answered, and what comes after waits for its response, because two
/// transports do not keep order between them. Belongs to the client's loop.
/// </summary>
internal sealed partial class TransactionSequencer
{
    /// <summary>How often the venue may refuse a nonce that it has just named before the transaction counts as refused.</summary>
    public const int MaxNonceRefusals = 4;

    /// <summary>Most commands that wait; cancels are always taken.</summary>
    public const int MaxQueued = 10_000;

    private readonly ITransactionTransport _transport;
    private readonly Action<PendingTransaction, SendOutcome> _onOutcome;
    private readonly LighterCredentials _credentials;
    private readonly TimeProvider _timeProvider;
    private readonly LighterOptions _options;
    private readonly ILogger _logger;
    private readonly NonceManager _nonces;
    private readonly OutgoingQueue _queue = new();
    private readonly InFlightTransactions _inFlight;
    private readonly SentTransactions _sent = new();
    private readonly Action _onFreed;
    private readonly byte[] _frame = new byte[LighterFrameWriter.MaximumTransactionSize];
    private Outgoing? _batchInFlight;
    private SendOutcome.Refused? _batchRefusal;
    private bool _isFetchingNonce;
    private int _question;
    private bool _isOpen;
    private long _lastSequence;

    public TransactionSequencer(
        ITransactionTransport transport,
        Action<PendingTransaction, SendOutcome> onOutcome,
        LighterCredentials credentials,
        TimeProvider timeProvider,
        LighterOptions options,
        TransactionLimits limits,
        ILogger logger)
    {
        _transport = transport;
        _onOutcome = onOutcome;
        _credentials = credentials;
        _timeProvider = timeProvider;
        _options = options;
        _logger = logger;
        Limits = limits;
        _nonces = new NonceManager(options.SkipNonce);
        _inFlight = new InFlightTransactions(timeProvider, count => Limits.InFlight.Leave(count));
        _onFreed = () => _transport.WakeAfter(TimeSpan.Zero);
    }

    /// <summary>What may be sent. Changes only while nothing is in flight.</summary>
    public TransactionLimits Limits { get; set; }

    /// <summary>Transactions sent and not yet answered.</summary>
    public int InFlightCount => _inFlight.Count + (_batchInFlight?.Transactions.Count ?? 0);

    /// <summary>Commands that wait to leave.</summary>
    public int QueuedCount => _queue.Count;

    /// <summary>Whether transactions may leave now: the session is live. Otherwise an enqueued one ends as not sent.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Queues one transaction for the WebSocket.</summary>
    public void Enqueue(PendingTransaction transaction) => Enqueue(new Outgoing([transaction], IsBatch: false));

    /// <summary>Queues transactions that leave together in one HTTP request.</summary>
    public void EnqueueBatch(IReadOnlyList<PendingTransaction> transactions) => Enqueue(new Outgoing(transactions, IsBatch: true));

    /// <summary>The session is live and the venue named the next nonce.</summary>
    public void Open(long nextNonce)
    {
        _isOpen = true;
        _question++;
        _isFetchingNonce = false;
        if (_batchRefusal is null)
        {
            // With a refused batch to settle, the venue is asked once more: this nonce may have been named before the refusal.
            _nonces.Reset(nextNonce);
        }

        Pump();
    }

    /// <summary>
    /// The connection is lost. What was sent has an unknown outcome; what still waits was provably not sent. A batch under way is
    /// not concerned: it has a connection of its own.
    /// </summary>
    public void Close(string cause)
    {
        _isOpen = false;
        _nonces.Invalidate();
        foreach (var transaction in _inFlight.TakeAll())
        {
            _onOutcome(transaction, new SendOutcome.Unknown(cause));
        }

        while (_queue.First is { } first)
        {
            _queue.Remove(first);
            Settle(first, new SendOutcome.NotSent(cause));
        }
    }

    /// <summary>
    /// A cancel is about to follow: what still waits to create or modify its order must not leave any more. Each ends as not sent.
    /// </summary>
    /// <returns>True when the order's creation was among them: the venue does not know it, and there is nothing to cancel.</returns>
    public bool Withdraw(TrackedOrder order)
    {
        var withdrawn = _queue.Withdraw(order);
        foreach (var transaction in withdrawn)
        {
            Conclude(transaction, new SendOutcome.NotSent("canceled before it was sent"));
        }

        return withdrawn.Any(transaction => transaction.Purpose == TransactionPurpose.Create);
    }

    private void Enqueue(Outgoing outgoing)
    {
        foreach (var transaction in outgoing.Transactions)
        {
            transaction.Sequence = ++_lastSequence;
            transaction.QueuedAt = _timeProvider.GetTimestamp();
        }

        if (!_isOpen || (!outgoing.AreCancels && _queue.Count >= MaxQueued))
        {
            Settle(outgoing, new SendOutcome.NotSent(_isOpen ? $"{MaxQueued} commands wait already" : "the connection to the venue is not live"));
            return;
        }

        _queue.Add(outgoing);
        Pump();
    }

    /// <summary>Sends what may leave now.</summary>
    public void Pump()
    {
        while (_isOpen && _batchInFlight is null && _nonces.IsKnown && FindNext() is { } next)
        {
            if (next.IsBatch && !_inFlight.IsQuiet)
            {
                return;
            }

            if (!next.IsBatch && !Limits.InFlight.TryEnter(_onFreed))
            {
                return;
            }

            _queue.Remove(next);
            if (next.IsBatch)
            {
                SendBatch(next);
            }
            else
            {
                SendSingle(next.Transactions[0]);
            }
        }

        if (_isOpen && !_nonces.IsKnown)
        {
            FetchNonceWhenQuiet();
        }
    }

    /// <summary>The first command for which there is quota now: the very first, or else the first cancel.</summary>
    private Outgoing? FindNext()
    {
        if (_queue.First is not { } first)
        {
            return null;
        }

        if (HasQuota(first, out var wait))
        {
            return first;
        }

        if (_queue.FirstCancel is { } cancel && !ReferenceEquals(cancel, first))
        {
            if (HasQuota(cancel, out var cancelWait))
            {
                return cancel;
            }

            wait = wait < cancelWait ? wait : cancelWait;
        }

        _transport.WakeAfter(wait);
        return null;
    }

    private bool HasQuota(Outgoing outgoing, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        outgoing.HasQuota = outgoing.HasQuota
            || Limits.TryTake(outgoing.Transactions.Count, outgoing.AreCancels, outgoing.Transactions[0].IsLeverageUpdate, out wait);
        return outgoing.HasQuota;
    }

    /// <summary>
    /// The venue's next nonce means something only when nothing is under way. When an answer stays out, it is asked for all the same: a
    /// nonce that comes too early is refused, which proves that nothing was taken in, and asked for again.
    /// </summary>
    private void FetchNonceWhenQuiet()
    {
        if (!_isFetchingNonce && _inFlight.IsQuiet && (_batchInFlight is null || _batchRefusal is not null))
        {
            _isFetchingNonce = true;
            _transport.FetchNextNonce(++_question);
        }
    }

    private void SendSingle(PendingTransaction transaction)
    {
        int length;
        try
        {
            var start = LighterFrameWriter.BeginTransaction(_frame, transaction.Sequence, transaction.Type);
            length = LighterFrameWriter.EndTransaction(_frame, start + Sign(transaction, _frame.AsSpan(start)));
        }
        catch (Exception exception)
        {
            Limits.InFlight.Leave();
            _nonces.GiveBack(transaction.Nonce);
            Conclude(transaction, new SendOutcome.NotSent("signing failed: " + exception.Message));
            return;
        }

        transaction.SentAt = _timeProvider.GetTimestamp();
        _inFlight.Add(transaction);
        if (!_transport.TrySend(_frame.AsSpan(0, length)))
        {
            _inFlight.Remove(transaction);
            _nonces.GiveBack(transaction.Nonce);
            Conclude(transaction, new SendOutcome.NotSent("the connection to the venue is not live, or its send queue is full"));
        }
    }

    private void SendBatch(Outgoing batch)
    {
        ReadOnlyMemory<byte> form;
        try
        {
            form = BatchWriter.Write(batch.Transactions, Sign);
        }
        catch (Exception exception)
        {
            _nonces.Reset(batch.Transactions[0].Nonce);
            Settle(batch, new SendOutcome.NotSent("signing failed: " + exception.Message));
            return;
        }

        _batchInFlight = batch;
        foreach (var transaction in batch.Transactions)
        {
            transaction.SentAt = _timeProvider.GetTimestamp();
        }

        _transport.SendBatch(form);
    }

    private int Sign(PendingTransaction transaction, Span<byte> txInfo)
    {
        (transaction.Nonce, transaction.HasFreshNonce) = _nonces.Take();
        transaction.ExpiredAtMs = (_timeProvider.GetUtcNow() + _options.TransactionLifetime).ToUnixTimeMilliseconds();
        var started = _timeProvider.GetTimestamp();
        var attributes = _options.SkipNonce ? default(TransactionAttributes).SkipNonce() : default;
        var header = new TransactionHeader(_credentials.AccountIndex, _credentials.ApiKeyIndex, transaction.ExpiredAtMs, transaction.Nonce, attributes);
        var length = transaction.Write(header, txInfo, out var hash);
        LighterTelemetry.Sign.Record(_timeProvider.GetElapsedTime(started).TotalMicroseconds);
        transaction.Hash = hash.ToString();
        _sent.Remember(transaction);
        _transport.RememberNonce(transaction.Nonce);
        return length;
    }

    private void Settle(Outgoing outgoing, SendOutcome outcome)
    {
        foreach (var transaction in outgoing.Transactions)
        {
            Conclude(transaction, outcome);
        }
    }
}
