using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Lighter.Tests;

/// <content>Quota: who waits, who passes, who gives up; and nonces that may be skipped.</content>
public sealed partial class TransactionSequencerTests
{
    [Fact]
    public void Creates_wait_for_quota_and_leave_in_their_order_when_it_is_there()
    {
        var sequencer = WithQuota(2);
        Create(sequencer, "A", "B", "C", "D");
        Assert.Equal(["A", "B"], _wire.Sent.Select(sent => sent.Name));
        Assert.Equal(TimeSpan.FromMinutes(1), _wire.Wake);
        _time.Advance(TimeSpan.FromMinutes(1));
        sequencer.Pump();
        Assert.Equal([("A", 100L), ("B", 101L), ("C", 102L), ("D", 103L)], _wire.Sent);
    }

    [Fact]
    public void A_cancel_does_not_wait_behind_creates_that_wait_for_quota()
    {
        var sequencer = WithQuota(10);
        Create(sequencer, [.. Enumerable.Range(0, 12).Select(i => $"C{i}")]);
        Assert.Equal(9, _wire.Sent.Count);
        sequencer.Enqueue(Transaction("CANCEL"));
        Assert.Equal(("CANCEL", 109L), _wire.Sent[^1]);
    }

    [Fact]
    public void A_tenth_of_the_quota_is_left_to_cancels_and_no_more()
    {
        var sequencer = WithQuota(10);
        Create(sequencer, [.. Enumerable.Range(0, 10).Select(i => $"C{i}")]);
        sequencer.Enqueue(Transaction("X1"));
        sequencer.Enqueue(Transaction("X2"));
        Assert.Equal(10, _wire.Sent.Count);
        Assert.Contains(_wire.Sent, sent => sent.Name == "X1");
        Assert.DoesNotContain(_wire.Sent, sent => sent.Name == "X2");
    }

    [Fact]
    public void A_create_that_waits_too_long_for_quota_ends_as_not_sent_and_a_cancel_keeps_waiting()
    {
        var sequencer = WithQuota(1);
        Create(sequencer, "A", "B");
        sequencer.Enqueue(Transaction("X"));
        _time.Advance(TimeSpan.FromSeconds(31));
        sequencer.OnTick();
        Assert.Contains("waited", Assert.IsType<SendOutcome.NotSent>(Outcome("B")).Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_outcomes, outcome => outcome.Name == "X");
        _time.Advance(TimeSpan.FromSeconds(30));
        sequencer.Pump();
        Assert.Equal("X", _wire.Sent[^1].Name);
    }

    [Fact]
    public void A_cancel_withdraws_a_create_that_has_not_left()
    {
        var sequencer = WithQuota(1);
        Create(sequencer, "A");
        var waiting = Order("B");
        sequencer.Enqueue(Transaction("B", TransactionPurpose.Create, waiting));
        Assert.True(sequencer.Withdraw(waiting));
        Assert.Equal("canceled before it was sent", Assert.IsType<SendOutcome.NotSent>(Outcome("B")).Reason);
        _time.Advance(TimeSpan.FromMinutes(2));
        sequencer.Pump();
        Assert.Equal(["A"], _wire.Sent.Select(sent => sent.Name));
    }

    [Fact]
    public void A_cancel_withdraws_its_order_from_a_waiting_batch_and_the_others_leave()
    {
        var sequencer = WithQuota(2);
        Create(sequencer, "A", "B");
        var unwanted = Order("D");
        sequencer.EnqueueBatch([Transaction("C", TransactionPurpose.Create, Order("C")), Transaction("D", TransactionPurpose.Create, unwanted)]);
        Assert.True(sequencer.Withdraw(unwanted));
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 200, "", []));
        sequencer.OnResponse(new LighterFrame.TransactionResponse("2", 200, "", []));
        _time.Advance(TimeSpan.FromMinutes(1));
        sequencer.Pump();
        Assert.Equal(1, _wire.Batches);
        Assert.Equal(["A", "B", "C"], _wire.Sent.Select(sent => sent.Name));
    }

    [Fact]
    public void A_create_that_has_left_is_not_withdrawn()
    {
        var sequencer = WithQuota(5);
        var order = Order("A");
        sequencer.Enqueue(Transaction("A", TransactionPurpose.Create, order));
        Assert.False(sequencer.Withdraw(order));
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void A_create_whose_nonce_was_refused_is_not_sent_again_when_its_cancel_is_under_way()
    {
        var sequencer = WithQuota(5);
        var order = Order("A");
        sequencer.Enqueue(Transaction("A", TransactionPurpose.Create, order));
        order.IsCancelUnderWay = true;
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 21104, "invalid nonce", []));
        sequencer.OnNextNonce(_wire.Question, 100);
        Assert.IsType<SendOutcome.NotSent>(Outcome("A"));
        Assert.Single(_wire.Sent);
    }

    [Fact]
    public void Clients_of_one_wallet_share_the_quota()
    {
        var first = WithQuota(3);
        var second = WithQuota(3);
        Create(first, "A", "B");
        Create(second, "C", "D");
        Assert.Equal(["A", "B", "C"], _wire.Sent.Select(sent => sent.Name));
    }

    [Fact]
    public void No_more_than_fifty_are_unanswered_at_a_time()
    {
        var sequencer = WithQuota(1_000);
        Create(sequencer, [.. Enumerable.Range(1, 60).Select(i => $"C{i}")]);
        Assert.Equal(50, _wire.Sent.Count);
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 200, "", []));
        Assert.Equal(51, _wire.Sent.Count);
    }

    [Fact]
    public void What_was_unanswered_when_the_connection_was_lost_makes_room_for_others()
    {
        var lost = WithQuota(1_000);
        Create(lost, [.. Enumerable.Range(1, 50).Select(i => $"L{i}")]);
        var other = WithQuota(1_000);
        Create(other, "A");
        Assert.Equal(50, _wire.Sent.Count);
        lost.Close("lost");
        Assert.Equal(TimeSpan.Zero, _wire.Wake);
        other.Pump();
        Assert.Equal("A", _wire.Sent[^1].Name);
    }

    [Fact]
    public void Updates_of_leverage_have_a_bucket_of_their_own()
    {
        var sequencer = WithQuota(1_000);
        for (var i = 0; i < SharedLimits.LeverageUpdatesPerMinute + 1; i++)
        {
            sequencer.Enqueue(Transaction($"U{i}", TransactionPurpose.Account, order: null, isLeverageUpdate: true));
        }

        Assert.Equal(SharedLimits.LeverageUpdatesPerMinute, _wire.Sent.Count);
    }

    [Fact]
    public void An_update_of_leverage_that_waits_for_the_common_quota_takes_nothing_of_its_own()
    {
        var limits = new TransactionLimits(SharedLimits.For(LighterDeployment.Testnet, "leverage", _time), PerMinute: 10);
        Assert.True(limits.TryTake(9, areCancels: false, isLeverageUpdate: false, out _));
        Assert.False(limits.TryTake(1, areCancels: false, isLeverageUpdate: true, out _));
        Assert.Equal(0, limits.Shared.LeverageUpdates.Used);
    }

    [Fact]
    public void What_the_venue_did_not_look_at_leaves_again_after_a_while_and_holds_nobody_up()
    {
        var sequencer = WithQuota(1_000);
        Create(sequencer, "A");
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 23000, "too many requests", []));
        Create(sequencer, "B");
        Assert.Single(_wire.Sent);
        _time.Advance(TimeSpan.FromSeconds(1));
        sequencer.Pump();
        Assert.Equal([("A", 100L), ("A", 100L), ("B", 101L)], _wire.Sent);
        Assert.Empty(_outcomes);
    }

    [Fact]
    public void What_the_venue_does_not_look_at_for_too_long_ends_as_not_sent()
    {
        var sequencer = WithQuota(1_000);
        Create(sequencer, "A");
        for (var second = 0; second < 40 && _outcomes.Count == 0; second++)
        {
            sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 23000, "too many requests", []));
            _time.Advance(TimeSpan.FromSeconds(1));
            sequencer.OnTick();
        }

        Assert.IsType<SendOutcome.NotSent>(Outcome("A"));
    }

    [Theory]
    [InlineData(30003)]
    [InlineData(29500)]
    [InlineData(23000)]
    public void A_code_that_does_not_concern_transactions_refuses_none(int code)
    {
        var sequencer = WithQuota(1_000);
        Create(sequencer, "A", "B");
        sequencer.OnResponse(new LighterFrame.TransactionResponse(null, code, "something", []));
        Assert.IsType<SendOutcome.Unknown>(Outcome("A"));
    }

    [Fact]
    public void With_skipped_nonces_a_refusal_holds_nobody_up_and_no_nonce_is_used_twice()
    {
        var sequencer = WithQuota(1_000, skipNonce: true);
        Create(sequencer, "A", "B");
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 21739, "refused", []));
        Create(sequencer, "C");
        Assert.Equal([("A", 100L), ("B", 101L), ("C", 102L)], _wire.Sent);
        Assert.Equal(0, _wire.NonceRequests);
        Assert.All(_wire.Attributes, attributes => Assert.True(attributes.TryGet(4, out var value) && value == 1));
    }

    [Fact]
    public void With_skipped_nonces_a_refused_nonce_is_asked_for_all_the_same()
    {
        var sequencer = WithQuota(1_000, skipNonce: true);
        Create(sequencer, "A");
        sequencer.OnResponse(new LighterFrame.TransactionResponse("1", 21104, "invalid nonce", []));
        sequencer.OnNextNonce(_wire.Question, 500);
        Assert.Equal([("A", 100L), ("A", 500L)], _wire.Sent);
    }

    private TransactionSequencer WithQuota(int perMinute, bool skipNonce = false)
    {
        var sequencer = new TransactionSequencer(
            _wire,
            (transaction, outcome) => _outcomes.Add((transaction.Key.ClientOrderId.Value, outcome)),
            new LighterCredentials(12345, 5, _key),
            _time,
            new LighterOptions { AcknowledgementTimeout = TimeSpan.FromHours(1), SkipNonce = skipNonce },
            new TransactionLimits(SharedLimits.For(LighterDeployment.Testnet, "quota", _time), perMinute),
            NullLogger.Instance);
        sequencer.Open(100);
        return sequencer;
    }

    private void Create(TransactionSequencer sequencer, params string[] names)
    {
        foreach (var name in names)
        {
            sequencer.Enqueue(Transaction(name, TransactionPurpose.Create, Order(name)));
        }
    }

    private static TrackedOrder Order(string name) => new()
    {
        Key = new OrderKey(new ClientOrderId(name), InstrumentId.Parse("ETH-PERP.LIGHTER"), new StrategyId("S-001")),
        Side = OrderSide.Buy,
        OrderType = OrderType.Limit,
        MarketIndex = 0,
        ClientOrderIndex = 1,
        Quantity = Quantity.Parse("1"),
        Price = null,
        TriggerPrice = null,
    };
}
