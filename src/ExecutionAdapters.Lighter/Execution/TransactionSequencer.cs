using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// The one lane by which transactions of an API key leave: in the order of their commands, with consecutive nonces taken at the
/// moment of leaving. Single transactions go by WebSocket, one after the other without waiting for answers. A batch goes by HTTP:
/// it waits until everything before it is answered, and what comes after waits for its response, because two
/// transports do not keep order between them. Belongs to the client's loop.
/// </summary>
internal sealed class TransactionSequencer
{
    /// <summary>Most times a transaction is signed anew after 21104. The venue refused the others before taking them in.</summary>
    public const int MaxAttempts = 4;

    private readonly ITransactionTransport _transport;
    private readonly Action<PendingTransaction, SendOutcome> _onOutcome;
    private readonly LighterCredentials _credentials;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _acknowledgementTimeout;
    private readonly ILogger _logger;
    private readonly NonceManager _nonces = new();
    private readonly OutgoingQueue _queue = new();
    private readonly InFlightTransactions _inFlight;
    private readonly AdmittedTransactions _admitted = new();
    private Outgoing? _batchInFlight;
    private SendOutcome.Refused? _batchRefusal;
    private bool _isFetchingNonce;
    private bool _isOpen;
    private long _lastSequence;

    public TransactionSequencer(
        ITransactionTransport transport,
        Action<PendingTransaction, SendOutcome> onOutcome,
        LighterCredentials credentials,
        TimeProvider timeProvider,
        TimeSpan acknowledgementTimeout,
        ILogger logger)
    {
        _transport = transport;
        _onOutcome = onOutcome;
        _credentials = credentials;
        _timeProvider = timeProvider;
        _acknowledgementTimeout = acknowledgementTimeout;
        _logger = logger;
        _inFlight = new InFlightTransactions(timeProvider);
    }

    /// <summary>Transactions sent and not yet answered.</summary>
    public int InFlightCount => _inFlight.Count + (_batchInFlight?.Transactions.Count ?? 0);

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
        _nonces.Reset(nextNonce);
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
            _queue.RemoveFirst();
            Settle(first, new SendOutcome.NotSent(cause));
        }
    }

    /// <summary>An answer that names its type.</summary>
    public void OnResponse(LighterFrame.TransactionResponse response)
    {
        if (_inFlight.Find(response) is not { } transaction)
        {
            Log.UnattributedResponse(_logger, response.Code, response.Message);
            return;
        }

        _inFlight.Remove(transaction);
        if (response.IsAdmitted)
        {
            Admit(transaction);
        }
        else
        {
            Refuse(transaction, new SendOutcome.Refused(response.Code, response.Message));
        }

        Pump();
    }

    /// <summary>
    /// An error that names nothing but its code. It is only blamed on a transaction when it carries that one's id, or when exactly
    /// one is in flight, sent a moment ago, and the code is one that concerns transactions.
    /// </summary>
    public void OnBareError(LighterFrame.BareError error)
    {
        if (_inFlight.Find(error) is not { } transaction)
        {
            Log.UnattributedResponse(_logger, error.Code, error.Message);
            return;
        }

        _inFlight.Remove(transaction);
        Refuse(transaction, new SendOutcome.Refused(error.Code, error.Message));
        Pump();
    }

    /// <summary>The HTTP batch ended.</summary>
    public void OnBatchOutcome(SendOutcome outcome)
    {
        if (_batchInFlight is not { } batch)
        {
            return;
        }

        switch (outcome)
        {
            case SendOutcome.Admitted:
                _batchInFlight = null;
                foreach (var transaction in batch.Transactions)
                {
                    Admit(transaction);
                }

                break;
            case SendOutcome.Refused refusal:
                // The answer is for the batch as a whole. How far the venue got is told by the nonce it expects next.
                _batchRefusal = refusal;
                _nonces.Invalidate();
                break;
            default:
                // Not sent or unknown: either way only the venue knows which nonce comes next.
                _batchInFlight = null;
                _nonces.Invalidate();
                Settle(batch, outcome);
                break;
        }

        Pump();
    }

    /// <summary>The venue named the next nonce; null: it could not be asked.</summary>
    public void OnNextNonce(long? next)
    {
        _isFetchingNonce = false;
        if (_batchRefusal is { } refusal && _batchInFlight is { } batch)
        {
            _batchRefusal = null;
            _batchInFlight = null;
            SettleRefusedBatch(batch, refusal, next);
        }

        // An answer to a question of before a reconnect must not overrule the session's own nonce.
        if (next is { } nonce && !_nonces.IsKnown)
        {
            _nonces.Reset(nonce);
        }

        Pump();
    }

    /// <summary>Gives up waiting for answers that are overdue: their outcome is unknown, and so is the nonce.</summary>
    public void OnTick()
    {
        foreach (var transaction in _inFlight.TakeOlderThan(_acknowledgementTimeout))
        {
            _nonces.Invalidate();
            _admitted.Remember(transaction);
            _onOutcome(transaction, new SendOutcome.Unknown("no answer in time"));
        }

        Pump();
    }

    /// <summary>A transaction of that hash which the venue took in, or may have; null: none of ours, or long ago. It is forgotten with this.</summary>
    public PendingTransaction? TakeAdmitted(string hash) => _admitted.Take(hash);

    private void Enqueue(Outgoing outgoing)
    {
        foreach (var transaction in outgoing.Transactions)
        {
            transaction.Sequence = ++_lastSequence;
        }

        if (!_isOpen)
        {
            Settle(outgoing, new SendOutcome.NotSent("the connection to the venue is not live"));
            return;
        }

        _queue.Add(outgoing);
        Pump();
    }

    private void Pump()
    {
        while (_isOpen && _batchInFlight is null && _queue.First is { } first)
        {
            if (!_nonces.IsKnown)
            {
                FetchNonceWhenQuiet();
                return;
            }

            if (!first.IsBatch)
            {
                _queue.RemoveFirst();
                SendSingle(first.Transactions[0]);
            }
            else if (_inFlight.Count == 0)
            {
                _queue.RemoveFirst();
                SendBatch(first);
            }
            else
            {
                return;
            }
        }

        if (_isOpen && !_nonces.IsKnown)
        {
            FetchNonceWhenQuiet();
        }
    }

    /// <summary>The venue's next nonce means something only when nothing is under way.</summary>
    private void FetchNonceWhenQuiet()
    {
        if (!_isFetchingNonce && _inFlight.Count == 0)
        {
            _isFetchingNonce = true;
            _transport.FetchNextNonce();
        }
    }

    private void SendSingle(PendingTransaction transaction)
    {
        SignedTransaction signed;
        try
        {
            signed = Sign(transaction);
        }
        catch (Exception exception) when (exception is LighterTransactionException or ObjectDisposedException)
        {
            _nonces.TryGiveBack(transaction.Nonce);
            _onOutcome(transaction, new SendOutcome.NotSent("signing failed: " + exception.Message));
            return;
        }

        var id = transaction.Sequence.ToString(CultureInfo.InvariantCulture);
        var frame = LighterFrameWriter.SendTransaction(id, (byte)signed.Type, signed.TxInfo.Span);
        transaction.SentAt = _timeProvider.GetTimestamp();
        _inFlight.Add(transaction);
        if (!_transport.TrySend(frame))
        {
            _inFlight.Remove(transaction);
            if (!_nonces.TryGiveBack(transaction.Nonce))
            {
                _nonces.Invalidate();
            }

            _onOutcome(transaction, new SendOutcome.NotSent("the connection to the venue is not live"));
        }
    }

    private void SendBatch(Outgoing batch)
    {
        string types, infos;
        try
        {
            (types, infos) = BatchWriter.Write(batch.Transactions, Sign);
        }
        catch (Exception exception) when (exception is LighterTransactionException or ObjectDisposedException)
        {
            _nonces.Reset(batch.Transactions[0].Nonce);
            Settle(batch, new SendOutcome.NotSent("signing failed: " + exception.Message));
            return;
        }

        _batchInFlight = batch;
        _transport.SendBatch(types, infos);
    }

    private SignedTransaction Sign(PendingTransaction transaction)
    {
        transaction.Nonce = _nonces.Take();
        transaction.Attempts++;
        var expiredAt = (_timeProvider.GetUtcNow() + LighterProtocol.TransactionLifetime).ToUnixTimeMilliseconds();
        var started = _timeProvider.GetTimestamp();
        var signed = transaction.Sign(new TransactionHeader(_credentials.AccountIndex, _credentials.ApiKeyIndex, expiredAt, transaction.Nonce));
        LighterTelemetry.Sign.Record(_timeProvider.GetElapsedTime(started).TotalMicroseconds);
        transaction.Hash = signed.Hash.ToString();
        return signed;
    }

    private void Admit(PendingTransaction transaction)
    {
        LighterTelemetry.Acknowledgement.Record(_timeProvider.GetElapsedTime(transaction.CommandedAt).TotalMicroseconds);
        _admitted.Remember(transaction);
        _onOutcome(transaction, new SendOutcome.Admitted());
    }

    /// <summary>A refusal before execution does not consume the nonce, so what was sent after it is about to be refused as well.</summary>
    private void Refuse(PendingTransaction transaction, SendOutcome.Refused refusal)
    {
        if (refusal.Code == LighterProtocol.InvalidNonce)
        {
            _nonces.Invalidate();
            if (transaction.Attempts < MaxAttempts && _isOpen)
            {
                _queue.PutBack(new Outgoing([transaction], IsBatch: false));
                return;
            }
        }
        else if (!_nonces.IsKnown || !_nonces.TryGiveBack(transaction.Nonce))
        {
            _nonces.Invalidate();
        }

        _onOutcome(transaction, refusal);
    }

    private void SettleRefusedBatch(Outgoing batch, SendOutcome.Refused refusal, long? next)
    {
        var firstNonce = batch.Transactions[0].Nonce;
        if (next is null)
        {
            Settle(batch, new SendOutcome.Unknown($"the batch was refused with {refusal.Code} and the venue did not tell how far it got"));
        }
        else if (next <= firstNonce && refusal.Code == LighterProtocol.InvalidNonce && batch.Transactions[0].Attempts < MaxAttempts && _isOpen)
        {
            _queue.PutBack(batch);
        }
        else if (next <= firstNonce)
        {
            Settle(batch, refusal);
        }
        else
        {
            foreach (var transaction in batch.Transactions)
            {
                if (transaction.Nonce < next)
                {
                    Admit(transaction);
                }
                else
                {
                    _onOutcome(transaction, refusal);
                }
            }
        }
    }

    private void Settle(Outgoing outgoing, SendOutcome outcome)
    {
        foreach (var transaction in outgoing.Transactions)
        {
            if (outcome is SendOutcome.Unknown)
            {
                _admitted.Remember(transaction);
            }

            _onOutcome(transaction, outcome);
        }
    }
}
