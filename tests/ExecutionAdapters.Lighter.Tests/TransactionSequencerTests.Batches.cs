using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

/// <content>Batches: they wait, they are waited for, and what is told of a refused one needs proof.</content>
public sealed partial class TransactionSequencerTests
{
    [Fact]
    public void A_batch_waits_until_what_was_sent_before_is_answered()
    {
        _sequencer.Open(100);
        Enqueue("A");
        _sequencer.EnqueueBatch([Transaction("B"), Transaction("C")]);
        Assert.Equal(0, _wire.Batches);
        Acknowledge("1");
        Assert.Equal(1, _wire.Batches);
        Assert.Equal([("A", 100L), ("B", 101L), ("C", 102L)], _wire.Sent);
    }

    [Fact]
    public void What_comes_after_a_batch_waits_for_its_response()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        Enqueue("C");
        Assert.Equal([("A", 100L), ("B", 101L)], _wire.Sent);
        _sequencer.OnBatchOutcome(new SendOutcome.Admitted());
        Assert.Equal(("C", 102L), _wire.Sent[^1]);
        Assert.IsType<SendOutcome.Admitted>(Outcome("A"));
    }

    [Fact]
    public void An_answer_is_matched_by_id_then_by_hash_then_by_order()
    {
        _sequencer.Open(100);
        var a = Transaction("A");
        var b = Transaction("B");
        var c = Transaction("C");
        foreach (var transaction in new[] { a, b, c })
        {
            _sequencer.Enqueue(transaction);
        }

        _sequencer.OnResponse(new LighterFrame.TransactionResponse("2", 200, "", []));
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 200, "", ["0x" + c.Hash.ToUpperInvariant()]));
        _sequencer.OnResponse(new LighterFrame.TransactionResponse(null, 200, "", []));
        Assert.Equal(["B", "C", "A"], _outcomes.Select(outcome => outcome.Name));
    }

    [Fact]
    public void A_refused_batch_of_which_the_venue_took_nothing_is_refused_for_each()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21702, "invalid price"));
        Assert.Empty(_outcomes);
        _sequencer.OnNextNonce(_wire.Question, 100);
        Assert.All(_outcomes, outcome => Assert.IsType<SendOutcome.Refused>(outcome.Outcome));
        Assert.Equal(2, _outcomes.Count);
    }

    [Fact]
    public void A_refused_batch_whose_first_nonce_is_used_is_refused_only_for_the_rest_and_unknown_for_the_first()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21702, "invalid price"));
        _sequencer.OnNextNonce(_wire.Question, 101);
        Assert.IsType<SendOutcome.Unknown>(Outcome("A"));
        Assert.IsType<SendOutcome.Refused>(Outcome("B"));
    }

    [Fact]
    public void A_batch_with_a_refused_nonce_that_may_have_been_taken_in_is_not_sent_again()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21104, "invalid nonce"));
        _sequencer.OnNextNonce(_wire.Question, 102);
        Assert.All(_outcomes, outcome => Assert.IsType<SendOutcome.Unknown>(outcome.Outcome));
        Assert.Equal(2, _wire.Sent.Count);
    }

    [Fact]
    public void A_batch_whose_fate_the_sequencer_told_is_not_sent_again_whatever_its_answer_says()
    {
        _sequencer.Open(100);
        var batch = new[] { Transaction("A"), Transaction("B") };
        _sequencer.EnqueueBatch(batch);
        Assert.All(batch, transaction => Assert.NotNull(_sequencer.TakeVerdict(transaction.Hash)));
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21104, "invalid nonce"));
        _sequencer.OnNextNonce(_wire.Question, 100);
        Assert.Empty(_outcomes);
        Assert.Equal(2, _wire.Sent.Count);
    }

    [Fact]
    public void A_batch_that_is_refused_while_the_connection_is_down_does_not_block_the_next_session()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A")]);
        _sequencer.Close("lost");
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21702, "invalid price"));
        _sequencer.Open(100);
        Enqueue("B");
        _sequencer.OnNextNonce(_wire.Question, 100);
        Assert.IsType<SendOutcome.Refused>(Outcome("A"));
        Assert.Equal(("B", 100L), _wire.Sent[^1]);
    }

    [Fact]
    public void A_batch_whose_response_never_came_is_unknown_for_each_and_never_a_refusal()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Unknown("timeout"));
        Assert.All(_outcomes, outcome => Assert.IsType<SendOutcome.Unknown>(outcome.Outcome));
        Assert.Equal(1, _wire.NonceRequests);
    }

    [Fact]
    public void A_batch_with_a_refused_nonce_is_signed_anew_as_a_whole()
    {
        _sequencer.Open(100);
        _sequencer.EnqueueBatch([Transaction("A"), Transaction("B")]);
        _sequencer.OnBatchOutcome(new SendOutcome.Refused(21104, "invalid nonce"));
        _sequencer.OnNextNonce(_wire.Question, 90);
        Assert.Empty(_outcomes);
        Assert.Equal([("A", 90L), ("B", 91L)], _wire.Sent.TakeLast(2));
    }
}
