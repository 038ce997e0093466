using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Execution;

/// <content>What answers, and their absence, make of transactions that have left.</content>
internal sealed partial class TransactionSequencer
{
    private static readonly TimeSpan TooMuchPause = TimeSpan.FromSeconds(1);

    /// <summary>An answer that names its type.</summary>
    public void OnResponse(LighterFrame.TransactionResponse response)
    {
        if (_inFlight.Find(response, out var isCertain) is not { } transaction)
        {
            if (!response.IsAdmitted)
            {
                Log.UnattributedResponse(_logger, response.Code, response.Message);
            }

            return;
        }

        _inFlight.Remove(transaction);
        if (response.IsAdmitted)
        {
            Admit(transaction);
        }
        else
        {
            Refuse(transaction, new SendOutcome.Refused(response.Code, response.Message), isCertain);
        }

        Pump();
    }

    /// <summary>
    /// An error that names nothing but its code. It is only blamed on a transaction when it carries that one's id, or when exactly
    /// one is in flight, sent a moment ago, and the code is one that concerns transactions.
    /// </summary>
    /// <returns>Whether it was.</returns>
    public bool OnBareError(LighterFrame.BareError error)
    {
        if (_inFlight.Find(error, out var isCertain) is not { } transaction)
        {
            Log.UnattributedResponse(_logger, error.Code, error.Message);
            return false;
        }

        _inFlight.Remove(transaction);
        Refuse(transaction, new SendOutcome.Refused(error.Code, error.Message), isCertain);
        Pump();
        return true;
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
                _nonces.Doubt();
                Settle(batch, outcome);
                break;
        }

        Pump();
    }

    /// <summary>The venue named the next nonce; null: it could not be asked. An answer to an older question says nothing any more.</summary>
    public void OnNextNonce(int question, long? next)
    {
        if (question != _question)
        {
            return;
        }

        _isFetchingNonce = false;
        SettleRefusedBatch(next);
        if (next is { } nonce)
        {
            _nonces.Reset(nonce);
        }

        Pump();
    }

    /// <summary>
    /// Gives up waiting for answers that are overdue: their outcome is unknown, and so is the nonce. An answer that still comes is
    /// taken for what it says.
    /// </summary>
    public void OnTick()
    {
        foreach (var transaction in _inFlight.GiveUpOlderThan(_options.AcknowledgementTimeout))
        {
            _nonces.Doubt();
            transaction.IsGivenUp = true;
            _onOutcome(transaction, new SendOutcome.Unknown("no answer in time"));
        }

        foreach (var stale in _queue.TakeOthers(outgoing => _timeProvider.GetElapsedTime(outgoing.QueuedAt) > _options.QueueTimeout))
        {
            Settle(stale, new SendOutcome.NotSent($"it waited {_options.QueueTimeout.TotalSeconds:0.#} s for the venue's quota or nonce"));
        }

        Pump();
    }

    /// <summary>
    /// The transaction of ours whose fate the venue's sequencer tells, answered or not; null: none of ours, or long ago. A fate is
    /// told once.
    /// </summary>
    public PendingTransaction? TakeVerdict(string hash)
    {
        if (_sent.Take(hash) is not { } transaction)
        {
            return null;
        }

        transaction.HasVerdict = true;
        return transaction;
    }

    private void Admit(PendingTransaction transaction)
    {
        LighterTelemetry.Acknowledgement.Record(_timeProvider.GetElapsedTime(transaction.CommandedAt).TotalMicroseconds);
        _onOutcome(transaction, new SendOutcome.Admitted());
    }

    /// <summary>Tells how it ended; nothing more will be told of it unless that is unknown.</summary>
    private void Conclude(PendingTransaction transaction, SendOutcome outcome)
    {
        if (outcome is not SendOutcome.Unknown)
        {
            _sent.Forget(transaction);
        }

        _onOutcome(transaction, outcome);
    }

    /// <summary>
    /// A refusal before execution does not consume the nonce, so what was sent after it is about to be refused as well. What was refused
    /// for its nonce, or because it was too much, is sent again, if the answer can be nobody else's.
    /// </summary>
    private void Refuse(PendingTransaction transaction, SendOutcome.Refused refusal, bool isCertain)
    {
        if (transaction.ShowsEffect)
        {
            // The venue took it in, so this answer cannot be its own; whose it is, nobody knows.
            _nonces.Doubt();
            return;
        }

        var isNonce = refusal.Code == LighterProtocol.InvalidNonce;
        if (isNonce)
        {
            _nonces.Invalidate();
        }
        else
        {
            _nonces.GiveBack(transaction.Nonce);
        }

        var isTooMuch = LighterProtocol.IsFlowControl(refusal.Code);
        if (isTooMuch)
        {
            Limits.Shared.Transactions.Pause(TooMuchPause);
        }

        if ((isNonce || isTooMuch) && isCertain && TryPutBack(new Outgoing([transaction], IsBatch: false)))
        {
            return;
        }

        Conclude(transaction, Judge(refusal, isCertain));
    }

    /// <summary>
    /// A refusal is told as one only where its code concerns transactions, and a refused nonce only where the answer is certain.
    /// </summary>
    private static SendOutcome Judge(SendOutcome.Refused refusal, bool isCertain)
    {
        if (isCertain && LighterProtocol.IsFlowControl(refusal.Code))
        {
            return new SendOutcome.NotSent($"the venue did not look at it, being asked too much (code={refusal.Code}): {refusal.Message}");
        }

        var isRefusal = isCertain ? LighterProtocol.RefusesTransactions(refusal.Code)
            : LighterProtocol.IsTransactionCode(refusal.Code) && refusal.Code != LighterProtocol.InvalidNonce;
        return isRefusal ? refusal : new SendOutcome.Unknown($"the venue answered with {refusal.Code}: {refusal.Message}");
    }

    /// <summary>
    /// After a refused nonce, which proves that nothing was taken in: back to its old place, to be signed anew. False when the venue
    /// has refused too many nonces that it had named itself, or nothing can be sent.
    /// </summary>
    private bool TryPutBack(Outgoing outgoing)
    {
        var first = outgoing.Transactions[0];
        if (first.HasFreshNonce)
        {
            first.NonceRefusals++;
        }

        // Once its outcome was told as unknown, its owner may have acted on that: it must not leave after all.
        if (!_isOpen || first.NonceRefusals >= MaxNonceRefusals || outgoing.Transactions.Any(transaction => transaction.IsGivenUp || transaction.ShowsEffect))
        {
            return false;
        }

        foreach (var transaction in outgoing.Transactions)
        {
            _sent.Forget(transaction);
        }

        // What was refused and is to be cancelled by now stays unsent: its cancel may have passed it.
        var wanted = outgoing.Transactions.Where(transaction => transaction is not { Purpose: TransactionPurpose.Create, Order.IsCancelUnderWay: true }).ToList();
        foreach (var unwanted in outgoing.Transactions.Except(wanted).ToList())
        {
            Conclude(unwanted, new SendOutcome.NotSent("canceled before the venue took it in"));
        }

        if (wanted.Count == 0)
        {
            return true;
        }

        _queue.PutBack(new Outgoing(wanted, outgoing.IsBatch));
        return true;
    }

    /// <summary>
    /// Settles a batch that was refused as a whole, now that the venue was asked for its next nonce. At or below a transaction's own
    /// nonce proves that it was not taken in. Above proves nothing: somebody else may have used the key.
    /// </summary>
    private void SettleRefusedBatch(long? next)
    {
        if (_batchRefusal is not { } refusal || _batchInFlight is not { } batch)
        {
            return;
        }

        _batchRefusal = null;
        _batchInFlight = null;
        var isTooMuch = LighterProtocol.IsFlowControl(refusal.Code);
        if (isTooMuch)
        {
            Limits.Shared.Transactions.Pause(TooMuchPause);
        }

        if ((refusal.Code == LighterProtocol.InvalidNonce || isTooMuch) && next <= batch.Transactions[0].Nonce && TryPutBack(batch))
        {
            return;
        }

        foreach (var transaction in batch.Transactions.Where(transaction => !transaction.HasVerdict))
        {
            Conclude(transaction, next <= transaction.Nonce
                ? Judge(refusal, isCertain: true)
                : new SendOutcome.Unknown($"the batch was refused with {refusal.Code} and the venue did not tell how far it got"));
        }
    }
}
