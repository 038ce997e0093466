using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>The lane by which transactions leave, with the wire in the test's hands.</summary>
public sealed partial class TransactionSequencerTests : IDisposable
{
    private readonly LighterPrivateKey _key = LighterPrivateKey.FromSeed(new byte[32]);
    private readonly ManualTimeProvider _time = new();
    private readonly Wire _wire = new();
    private readonly List<(string Name, SendOutcome Outcome)> _outcomes = [];
    private readonly TransactionSequencer _sequencer;

    public TransactionSequencerTests()
    {
        _sequencer = new TransactionSequencer(
            _wire,
            (transaction, outcome) => _outcomes.Add((transaction.Key.ClientOrderId.Value, outcome)),
            new LighterCredentials(12345, 5, _key),
            _time,
            new LighterOptions { AcknowledgementTimeout = TimeSpan.FromSeconds(5) },
            new TransactionLimits(SharedLimits.For(LighterDeployment.Testnet, "test", _time), PerMinute: 1_000),
            NullLogger.Instance);
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Transactions_leave_at_once_with_consecutive_nonces()
    {
        _sequencer.Open(100);
        Enqueue("A", "B", "C");
        Assert.Equal([("A", 100L), ("B", 101L), ("C", 102L)], _wire.Sent);
    }

    [Fact]
    public void Nothing_leaves_before_the_session_is_live()
    {
        Enqueue("A");
        Assert.Empty(_wire.Sent);
        Assert.IsType<SendOutcome.NotSent>(Outcome("A"));
    }

    [Fact]
    public void A_frame_that_the_socket_does_not_take_is_not_sent_and_its_nonce_is_used_again()
    {
        _sequencer.Open(100);
        _wire.IsUp = false;
        Enqueue("A");
        _wire.IsUp = true;
        Enqueue("B");
        Assert.IsType<SendOutcome.NotSent>(Outcome("A"));
        Assert.Equal([("B", 100L)], _wire.Sent);
    }

    [Fact]
    public void A_refusal_before_execution_gives_its_nonce_to_the_next()
    {
        _sequencer.Open(100);
        Enqueue("A");
        Refuse("1", 21739);
        Enqueue("B");
        Assert.Equal(21739, Assert.IsType<SendOutcome.Refused>(Outcome("A")).Code);
        Assert.Equal(("B", 100L), _wire.Sent[^1]);
    }

    [Fact]
    public void Successors_of_a_refused_transaction_are_signed_anew_in_their_order_and_none_is_told_as_refused()
    {
        _sequencer.Open(100);
        Enqueue("A", "B", "C");
        Refuse("1", 21739);
        Refuse("2", 21104);
        Refuse("3", 21104);
        Assert.Equal(1, _wire.NonceRequests);
        _sequencer.OnNextNonce(_wire.Question, 100);
        Assert.Equal([("A", 100L), ("B", 101L), ("C", 102L), ("B", 100L), ("C", 101L)], _wire.Sent);
        Assert.Equal("A", Assert.Single(_outcomes).Name);
    }

    [Fact]
    public void A_command_that_came_during_the_resync_does_not_overtake()
    {
        _sequencer.Open(100);
        Enqueue("A", "B");
        Refuse("1", 21104);
        Enqueue("C");
        Refuse("2", 21104);
        _sequencer.OnNextNonce(_wire.Question, 200);
        Assert.Equal([("A", 200L), ("B", 201L), ("C", 202L)], _wire.Sent.TakeLast(3));
    }

    [Fact]
    public void A_nonce_that_is_refused_again_and_again_ends_as_a_refusal()
    {
        _sequencer.Open(100);
        Enqueue("A");
        for (var attempt = 0; attempt < TransactionSequencer.MaxNonceRefusals; attempt++)
        {
            Refuse("1", 21104);
            _sequencer.OnNextNonce(_wire.Question, 100);
        }

        Assert.Equal(21104, Assert.IsType<SendOutcome.Refused>(Outcome("A")).Code);
        Assert.Equal(TransactionSequencer.MaxNonceRefusals, _wire.Sent.Count);
    }

    [Fact]
    public void An_answer_with_an_unknown_hash_or_id_is_blamed_on_nobody()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 21702, "invalid price", ["00"]));
        _sequencer.OnResponse(new LighterFrame.TransactionResponse("77", 21702, "invalid price", []));
        Assert.Empty(_outcomes);
        Assert.Equal(1, _sequencer.InFlightCount);
    }

    [Fact]
    public void An_answer_with_an_id_of_the_venues_own_is_matched_by_its_hash()
    {
        _sequencer.Open(100);
        var transaction = Transaction("A");
        _sequencer.Enqueue(transaction);
        _sequencer.OnResponse(new LighterFrame.TransactionResponse("server-77", 200, "", [transaction.Hash]));
        Assert.IsType<SendOutcome.Admitted>(Outcome("A"));
    }

    [Fact]
    public void A_refused_nonce_that_may_be_somebody_elses_sends_nothing_again()
    {
        _sequencer.Open(100);
        Enqueue("A", "B");
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 21104, "invalid nonce", []));
        Assert.IsType<SendOutcome.Unknown>(Outcome("A"));
        _sequencer.OnResponse(new LighterFrame.TransactionResponse("2", 200, "", []));
        _sequencer.OnNextNonce(_wire.Question, 102);
        Assert.Equal(2, _wire.Sent.Count);
    }

    [Fact]
    public void A_refused_nonce_of_the_only_transaction_needs_no_name()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 21104, "invalid nonce", []));
        _sequencer.OnNextNonce(_wire.Question, 105);
        Assert.Equal([("A", 100L), ("A", 105L)], _wire.Sent);
    }

    [Fact]
    public void A_bare_error_is_blamed_on_the_only_transaction_in_flight()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.OnBareError(new LighterFrame.BareError(null, 21702, "invalid price"));
        Assert.Equal(21702, Assert.IsType<SendOutcome.Refused>(Outcome("A")).Code);
    }

    [Fact]
    public void A_bare_error_with_several_in_flight_is_blamed_on_nobody()
    {
        _sequencer.Open(100);
        Enqueue("A", "B");
        _sequencer.OnBareError(new LighterFrame.BareError(null, 21702, "invalid price"));
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void A_refusal_that_names_nobody_is_not_blamed_on_one_whose_answer_seems_lost()
    {
        _sequencer.Open(100);
        Enqueue("LOST");
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Enqueue("B");
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 21702, "invalid price", []));
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void A_refusal_that_names_nobody_is_the_oldest_ones_when_answers_come_in_order()
    {
        _sequencer.Open(100);
        Enqueue("A", "B");
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 21702, "invalid price", []));
        Assert.Equal("A", Assert.Single(_outcomes).Name);
    }

    [Fact]
    public void A_bare_error_that_concerns_a_subscription_is_blamed_on_nobody()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.OnBareError(new LighterFrame.BareError(null, 30003, "Already Subscribed"));
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void A_bare_error_long_after_the_send_is_blamed_on_nobody()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _time.Advance(TimeSpan.FromSeconds(2));
        _sequencer.OnBareError(new LighterFrame.BareError(null, 21702, "invalid price"));
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void After_a_loss_what_was_sent_is_unknown_and_what_waits_was_not_sent()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.EnqueueBatch([Transaction("B")]);
        _sequencer.Close("lost");
        Assert.IsType<SendOutcome.Unknown>(Outcome("A"));
        Assert.IsType<SendOutcome.NotSent>(Outcome("B"));
        _sequencer.Open(105);
        Enqueue("C");
        Assert.Equal([("A", 100L), ("C", 105L)], _wire.Sent);
    }

    [Fact]
    public void An_overdue_answer_makes_the_outcome_unknown_and_the_nonce_is_asked_for()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _time.Advance(TimeSpan.FromSeconds(6));
        _sequencer.OnTick();
        Assert.IsType<SendOutcome.Unknown>(Outcome("A"));
        Assert.Equal(1, _wire.NonceRequests);
        Enqueue("B");
        _sequencer.OnNextNonce(_wire.Question, 101);
        Assert.Equal(("B", 101L), _wire.Sent[^1]);
    }

    [Fact]
    public void One_lost_answer_does_not_hold_up_a_cancel_after_a_refusal_until_it_is_given_up()
    {
        _sequencer.Open(100);
        Enqueue("LOST", "REFUSED");
        Refuse("2", 21739);
        _sequencer.OnResponse(new LighterFrame.TransactionResponse("99", 200, "", []));
        Enqueue("CANCEL", "REFUSED-NONCE");
        Assert.Equal(4, _wire.Sent.Count);
        Refuse("4", 21739);
        Refuse("3", 21104);
        Assert.Equal(0, _wire.NonceRequests);
        _time.Advance(TimeSpan.FromSeconds(2));
        _sequencer.OnTick();
        _sequencer.OnNextNonce(_wire.Question, 101);
        Assert.Equal(("CANCEL", 101L), _wire.Sent[^1]);
    }

    [Fact]
    public void An_answer_to_a_question_of_before_a_reconnect_settles_nothing()
    {
        _sequencer.Open(100);
        Enqueue("A");
        Refuse("1", 21104);
        var stale = _wire.Question;
        _sequencer.Close("lost");
        _sequencer.Open(105);
        _sequencer.EnqueueBatch([Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21702, "invalid price"));
        _sequencer.OnNextNonce(stale, 100);
        Assert.DoesNotContain(_outcomes, outcome => outcome.Name == "B");
        _sequencer.OnNextNonce(_wire.Question, 106);
        Assert.IsType<SendOutcome.Unknown>(Outcome("B"));
    }

    [Fact]
    public void A_transaction_whose_outcome_was_told_as_unknown_never_leaves_again()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _time.Advance(TimeSpan.FromSeconds(6));
        _sequencer.OnTick();
        Refuse("1", 21104);
        Assert.Equal(["Unknown", "Refused"], _outcomes.Select(outcome => outcome.Outcome.GetType().Name));
        _sequencer.OnNextNonce(_wire.Question, 100);
        Assert.Single(_wire.Sent);
    }

    [Fact]
    public void Neighbours_of_many_refused_transactions_are_never_refused_themselves()
    {
        _sequencer.Open(100);
        var bad = Enumerable.Range(0, 10).Select(i => $"BAD{i}").ToArray();
        Enqueue([.. bad, "GOOD"]);
        for (var refused = 0; refused < bad.Length; refused++)
        {
            Refuse((refused + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), 21734);
            for (var later = refused + 1; later <= bad.Length; later++)
            {
                Refuse((later + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), 21104);
            }

            _sequencer.OnNextNonce(_wire.Question, 100);
        }

        Acknowledge("11");
        Assert.IsType<SendOutcome.Admitted>(Outcome("GOOD"));
        Assert.All(bad, name => Assert.Equal(21734, Assert.IsType<SendOutcome.Refused>(Outcome(name)).Code));
    }

    [Fact]
    public void A_verdict_that_overtakes_the_answer_finds_its_transaction()
    {
        _sequencer.Open(100);
        var transaction = Transaction("A");
        _sequencer.Enqueue(transaction);
        Assert.Same(transaction, _sequencer.TakeVerdict(transaction.Hash));
        Assert.Null(_sequencer.TakeVerdict(transaction.Hash));
        Acknowledge("1");
        Assert.Equal(0, _sequencer.InFlightCount);
    }

    [Fact]
    public void A_verdict_after_the_connection_was_lost_finds_its_transaction()
    {
        _sequencer.Open(100);
        var transaction = Transaction("A");
        _sequencer.Enqueue(transaction);
        _sequencer.Close("lost");
        Assert.Same(transaction, _sequencer.TakeVerdict(transaction.Hash));
    }

    [Fact]
    public void A_refusal_that_comes_after_the_answer_was_given_up_is_still_told()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _time.Advance(TimeSpan.FromSeconds(6));
        _sequencer.OnTick();
        Refuse("1", 21739);
        Assert.Equal(["Unknown", "Refused"], _outcomes.Select(outcome => outcome.Outcome.GetType().Name));
    }

    [Fact]
    public void Signing_that_fails_is_not_sent_and_takes_no_nonce()
    {
        _sequencer.Open(100);
        _key.Dispose();
        Enqueue("A");
        Assert.IsType<SendOutcome.NotSent>(Outcome("A"));
        Assert.Empty(_wire.Sent);
    }

    private void Enqueue(params string[] names)
    {
        foreach (var name in names)
        {
            _sequencer.Enqueue(Transaction(name));
        }
    }

    private void Acknowledge(string id) => _sequencer.OnResponse(new LighterFrame.TransactionResponse(id, 200, "", []));

    private void Refuse(string id, int code) => _sequencer.OnResponse(new LighterFrame.TransactionResponse(id, code, "refused", []));

    private SendOutcome Outcome(string name) => Assert.Single(_outcomes, outcome => outcome.Name == name).Outcome;

    private PendingTransaction Transaction(
        string name, TransactionPurpose purpose = TransactionPurpose.Cancel, TrackedOrder? order = null, bool isLeverageUpdate = false) => new()
        {
            Purpose = purpose,
            IsLeverageUpdate = isLeverageUpdate,
            Key = new OrderKey(new ClientOrderId(name), InstrumentId.Parse("ETH-PERP.LIGHTER"), new StrategyId("S-001")),
            VenueOrderId = null,
            Order = order,
            ReportsRefusal = true,
            CommandedAt = 0,
            Type = LighterTransactionType.CancelOrder,
            Write = (in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash) =>
            {
                var transaction = new CancelOrderTransaction { Header = header, MarketIndex = 0, Index = 1 };
                var length = LighterTransactionSigner.Sign(300, transaction, _key, txInfo, out hash, out _);
                _wire.Signed.Add((name, header.Nonce));
                _wire.Attributes.Add(header.Attributes);
                return length;
            },
        };

    /// <summary>Notes what would be on the wire. A single is sent when its frame is taken, a batch with all that was signed for it.</summary>
    private sealed class Wire : ITransactionTransport
    {
        public bool IsUp { get; set; } = true;

        public List<(string Name, long Nonce)> Signed { get; } = [];

        public List<(string Name, long Nonce)> Sent { get; } = [];

        public List<TransactionAttributes> Attributes { get; } = [];

        public int Batches { get; private set; }

        public int NonceRequests { get; private set; }

        public bool TrySend(ReadOnlySpan<byte> frame)
        {
            if (IsUp)
            {
                Sent.AddRange(Signed);
            }

            Signed.Clear();
            return IsUp;
        }

        public void SendBatch(ReadOnlyMemory<byte> form)
        {
            Batches++;
            Sent.AddRange(Signed);
            Signed.Clear();
        }

        public TimeSpan? Wake { get; private set; }

        public void WakeAfter(TimeSpan delay) => Wake = delay;

        public int Question { get; private set; }

        public void RememberNonce(long nonce)
        {
            // What is remembered across restarts is the client's business.
        }

        public void FetchNextNonce(int question)
        {
            NonceRequests++;
            Question = question;
        }
    }
}
