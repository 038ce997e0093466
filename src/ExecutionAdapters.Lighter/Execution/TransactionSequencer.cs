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
internal sealed partial class TransactionSequencer
{
    /// <summary>How often the venue may refuse a nonce that it has just named before the transaction counts as refused.</summary>
    public const int MaxNonceRefusals = 4;

    private readonly ITransactionTransport _transport;
    private readonly Action<PendingTransaction, SendOutcome> _onOutcome;
    private readonly LighterCredentials _credentials;
    private readonly TimeProvider _timeProvider;
    private readonly LighterOptions _options;
    private readonly ILogger _logger;
    private readonly NonceManager _nonces = new();
    private readonly OutgoingQueue _queue = new();
    private readonly InFlightTransactions _inFlight;
    private readonly SentTransactions _sent = new();
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
        ILogger logger)
    {
        _transport = transport;
        _onOutcome = onOutcome;
        _credentials = credentials;
        _timeProvider = timeProvider;
        _options = options;
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
            _queue.RemoveFirst();
            Settle(first, new SendOutcome.NotSent(cause));
        }
    }

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
        if (!_isFetchingNonce && _inFlight.Count == 0 && (_batchInFlight is null || _batchRefusal is not null))
        {
            _isFetchingNonce = true;
            _transport.FetchNextNonce(++_question);
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
            Conclude(transaction, new SendOutcome.NotSent("signing failed: " + exception.Message));
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

            Conclude(transaction, new SendOutcome.NotSent("the connection to the venue is not live, or its send queue is full"));
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
        (transaction.Nonce, transaction.HasFreshNonce) = _nonces.Take();
        transaction.ExpiredAtMs = (_timeProvider.GetUtcNow() + _options.TransactionLifetime).ToUnixTimeMilliseconds();
        var started = _timeProvider.GetTimestamp();
        var signed = transaction.Sign(new TransactionHeader(_credentials.AccountIndex, _credentials.ApiKeyIndex, transaction.ExpiredAtMs, transaction.Nonce));
        LighterTelemetry.Sign.Record(_timeProvider.GetElapsedTime(started).TotalMicroseconds);
        transaction.Hash = signed.Hash.ToString();
        _sent.Remember(transaction);
        return signed;
    }

    private void Settle(Outgoing outgoing, SendOutcome outcome)
    {
        foreach (var transaction in outgoing.Transactions)
        {
            Conclude(transaction, outcome);
        }
    }
}
