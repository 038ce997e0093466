using System.Collections.Concurrent;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Faults;
using ExecutionAdapters.Venues.Lighter.Rows;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>
/// The way of a transaction: verified and admitted or refused as a whole (a refusal consumes no nonce), then executed one by
/// one, where a failure is recorded and the nonce stays consumed.
/// </summary>
internal sealed class Sequencer(
    Exchange exchange,
    TransactionVerifier verifier,
    AdmissionRules rules,
    TransactionExecutor executor,
    RateLimits limits,
    FaultPlan faults,
    ILogger logger)
{
    /// <summary>How many received transactions are kept for tests to look at.</summary>
    public const int CaptureLimit = 100_000;

    private const long PredictedDelayMs = 5;

    private long _batches;

    public TransactionLog Log { get; } = new();

    /// <summary>Every transaction received, in order of arrival; read from any thread.</summary>
    public ConcurrentQueue<CapturedTransaction> Captured { get; } = new();

    public long SignaturesVerified { get; private set; }

    public long Admitted { get; private set; }

    public long Refused { get; private set; }

    public SubmissionOutcome Submit(Submission submission)
    {
        SubmissionOutcome outcome = Process(submission);
        faults.AfterSubmission(submission);
        return outcome;
    }

    private SubmissionOutcome Process(Submission submission)
    {
        if (faults.Take(FaultKind.RefuseTransaction, submission) is { } scripted)
        {
            VenueError error = scripted.Error;
            Capture(submission, error.Code, null);
            Refused++;
            return new SubmissionOutcome { Error = error, IsBare = scripted.Bare == true };
        }

        string? close = faults.Take(FaultKind.CloseConnection, submission)?.When;
        if (close == FaultRule.BeforeExecution)
        {
            Capture(submission, 0, null);
            return new SubmissionOutcome { CloseConnection = true };
        }

        VenueError? refused = Admit(submission, out List<VerifiedTransaction> admitted);
        SubmissionOutcome outcome = refused is { } refusal ? Refuse(submission, refusal) : Execute(submission, admitted);
        return outcome with
        {
            CloseConnection = close == FaultRule.AfterExecution,
            CloseAfterAnswer = close == FaultRule.AfterAck,
            SwallowAcknowledgement = outcome.Error is null && faults.Take(FaultKind.LoseAck, submission) is not null,
            OmitHash = faults.Take(FaultKind.OmitHash, submission) is not null,
            Withhold = faults.Take(FaultKind.WithholdAck, submission),
        };
    }

    private VenueError? Admit(Submission submission, out List<VerifiedTransaction> admitted)
    {
        admitted = [];
        if (submission.Transactions.Count == 0)
        {
            return VenueErrors.InvalidTxInfo.With("there is no transaction");
        }

        if (BatchLimit.Check(submission.Transport, submission.Transactions.Count) is { } tooMany)
        {
            return tooMany;
        }

        foreach (RawTransaction raw in submission.Transactions)
        {
            if (!verifier.TryVerify(raw, out VerifiedTransaction? verified, out VenueError error))
            {
                return error;
            }

            SignaturesVerified++;
            admitted.Add(verified with { PriceProtection = submission.PriceProtection });
        }

        return CheckSequence(admitted) ?? CheckRules(submission, admitted);
    }

    private static VenueError? CheckSequence(List<VerifiedTransaction> transactions)
    {
        ApiKey key = transactions[0].Key;
        long last = key.LastNonce;
        for (int i = 0; i < transactions.Count; i++)
        {
            VerifiedTransaction transaction = transactions[i];
            if (transaction.Key != key)
            {
                return VenueErrors.BatchTxMultipleOwner;
            }

            if (i > 0 && transaction.Header.Nonce <= last)
            {
                return VenueErrors.NonIncreasingNonce;
            }

            if (TransactionVerifier.CheckNonce(transaction, last) is { } error)
            {
                return error;
            }

            last = transaction.Header.Nonce;
        }

        return null;
    }

    private VenueError? CheckRules(Submission submission, List<VerifiedTransaction> transactions)
    {
        foreach (VerifiedTransaction transaction in transactions)
        {
            if (rules.Check(transaction) is { } error)
            {
                return error;
            }
        }

        if (!submission.IsBatch && CheckAccount(transactions[0]) is { } refused)
        {
            return refused;
        }

        return limits.TryTransactions(transactions[0].Account, transactions, exchange.State.NowUs) ? null : VenueErrors.TooManyRequest;
    }

    private VenueError? CheckAccount(VerifiedTransaction verified)
    {
        if (verified.Transaction is not ExecutionAdapters.Lighter.Signing.CreateOrderTransaction create)
        {
            return null;
        }

        Market market = exchange.Market(create.Order.MarketIndex)!;
        return AccountRules.CheckCreate(verified.Account, market, OrderMapping.Request(create.Order, create.Header.Attributes));
    }

    private SubmissionOutcome Refuse(Submission submission, VenueError error)
    {
        Refused += submission.Transactions.Count;
        Capture(submission, error.Code, null);
        Lighter.Log.Refused(logger, submission.Transport, submission.Transactions.Count, error.Code, error.Message);
        return new SubmissionOutcome { Error = error };
    }

    private SubmissionOutcome Execute(Submission submission, List<VerifiedTransaction> admitted)
    {
        Admitted += admitted.Count;
        string[] hashes = [.. admitted.Select(transaction => transaction.Hash.ToString())];
        Capture(submission, 200, hashes);
        for (int i = 0; i < admitted.Count; i++)
        {
            Execute(admitted[i], hashes[i]);
        }

        return new SubmissionOutcome
        {
            Hashes = hashes,
            PredictedExecutionMs = exchange.State.NowMs + PredictedDelayMs,
            VolumeQuotaRemaining = limits.QuotaRemaining(admitted[0].Account),
        };
    }

    private void Execute(VerifiedTransaction transaction, string hash)
    {
        ExchangeState state = exchange.State;
        transaction.Key.LastNonce = transaction.Header.Nonce;
        transaction.Key.TransactionTimeUs = state.NowUs;
        var record = new TransactionRecord
        {
            Hash = hash,
            Type = (byte)transaction.Transaction.Type,
            Info = transaction.Info,
            AccountIndex = transaction.Account.Index,
            L1Address = transaction.Account.L1Address,
            ApiKeyIndex = transaction.Key.Index,
            Nonce = transaction.Header.Nonce,
            ExpiredAt = transaction.Header.ExpiredAt,
            SequenceIndex = Log.NextSequenceIndex,
            QueuedUs = state.NowUs,
            BlockHeight = state.BlockHeight,
        };
        Log.Add(record);
        state.BeginStep();
        ExecutionReport report = executor.Execute(transaction, hash);
        record.ExecutedUs = state.NowUs;
        record.Status = report.Error is null ? TransactionStatus.Executed : TransactionStatus.Failed;
        record.EventInfo = EventText.Write(transaction.Transaction, report);
    }

    private void Capture(Submission submission, int code, string[]? hashes)
    {
        long? batch = submission.IsBatch ? ++_batches : null;
        for (int i = 0; i < submission.Transactions.Count; i++)
        {
            Captured.Enqueue(new CapturedTransaction
            {
                ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(exchange.State.NowMs),
                Transport = submission.Transport,
                BatchId = batch,
                TransactionType = submission.Transactions[i].Type,
                TransactionInfo = submission.Transactions[i].Info,
                OutcomeCode = code,
                TransactionHash = hashes?[i],
            });
        }

        while (Captured.Count > CaptureLimit)
        {
            Captured.TryDequeue(out _);
        }
    }
}
