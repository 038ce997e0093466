using System.Text;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class SubscriptionQueueTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _sent = [];
    private readonly SubscriptionQueue _queue;
    private TimeSpan? _wake;

    public SubscriptionQueueTests() => _queue = new SubscriptionQueue(_time, Send, delay => _wake = delay)
    {
        Limits = SharedLimits.For(LighterDeployment.Testnet, "subscriptions", _time),
    };

    [Fact]
    public void At_most_thirty_five_are_unanswered_at_a_time()
    {
        Add(40);
        Assert.Equal(SubscriptionQueue.MaxUnanswered, _sent.Count);
        _queue.OnAnswered("ticker:0");
        Assert.Equal(SubscriptionQueue.MaxUnanswered + 1, _sent.Count);
    }

    [Fact]
    public void An_answer_counts_once()
    {
        Add(40);
        _queue.OnAnswered("ticker:0");
        _queue.OnAnswered("ticker/0");
        Assert.Equal(SubscriptionQueue.MaxUnanswered + 1, _sent.Count);
    }

    [Fact]
    public void Subscriptions_that_are_never_answered_do_not_hold_up_the_others_for_ever()
    {
        Add(40);
        _time.Advance(TimeSpan.FromSeconds(11));
        _queue.Pump();
        Assert.Equal(40, _sent.Count);
    }

    [Fact]
    public void No_more_than_two_hundred_messages_leave_within_a_minute()
    {
        for (var i = 0; i < 210; i++)
        {
            _queue.Add($"ticker/{i}", () => null);
            _queue.OnAnswered($"ticker:{i}");
        }

        Assert.Equal(SharedLimits.StreamMessagesPerMinute, _sent.Count);
        Assert.Equal(TimeSpan.FromMinutes(1), _wake);
        _time.Advance(TimeSpan.FromMinutes(1));
        _queue.Pump();
        Assert.Equal(210, _sent.Count);
    }

    [Fact]
    public void While_nothing_more_may_be_unanswered_the_minutes_messages_are_kept()
    {
        var limits = _queue.Limits!;
        while (limits.InFlight.TryEnter(() => { }))
        {
        }

        Add(1);
        for (var i = 0; i < 10; i++)
        {
            _queue.Pump();
        }

        Assert.Equal((0, 0L), (_sent.Count, limits.StreamMessages.Used));
        limits.InFlight.Leave();
        Assert.Equal(TimeSpan.Zero, _wake);
        _queue.Pump();
        Assert.Equal((1, 1L), (_sent.Count, limits.StreamMessages.Used));
    }

    [Fact]
    public void While_the_minutes_messages_are_used_up_nobody_is_kept_from_asking()
    {
        var limits = _queue.Limits!;
        limits.StreamMessages.Charge(SharedLimits.StreamMessagesPerMinute);
        for (var i = 0; i < 60; i++)
        {
            _queue.Pump();
            _queue.Add($"ticker/{i}", () => null);
        }

        Assert.Empty(_sent);
        Assert.True(limits.InFlight.TryEnter(() => { }));
    }

    [Fact]
    public void After_a_loss_nothing_of_the_old_connection_is_sent()
    {
        Add(40);
        _queue.Clear();
        _queue.OnAnswered("ticker:0");
        Assert.Equal(SubscriptionQueue.MaxUnanswered, _sent.Count);
    }

    [Fact]
    public void The_token_is_made_when_the_subscription_leaves()
    {
        Add(SubscriptionQueue.MaxUnanswered);
        var token = "old";
        _queue.Add("user_stats/1", () => token);
        token = "fresh";
        _queue.OnAnswered("ticker:0");
        Assert.Contains("fresh", _sent[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_waits_or_is_unanswered_is_not_subscribed_twice()
    {
        Add(SubscriptionQueue.MaxUnanswered + 1);
        Add(SubscriptionQueue.MaxUnanswered + 1);
        for (var i = 0; i <= SubscriptionQueue.MaxUnanswered; i++)
        {
            _queue.OnAnswered($"ticker:{i}");
        }

        Assert.Equal(SubscriptionQueue.MaxUnanswered + 1, _sent.Count);
        Add(1);
        Assert.Equal(SubscriptionQueue.MaxUnanswered + 2, _sent.Count);
    }

    [Fact]
    public void A_channel_that_waits_leaves_with_the_newest_token()
    {
        Add(SubscriptionQueue.MaxUnanswered);
        _queue.Add("user_stats/1", () => "old");
        _queue.Add("user_stats/1", () => "fresh");
        _queue.OnAnswered("ticker:0");
        Assert.Contains("fresh", _sent[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unanswered_channel_may_be_subscribed_again_after_a_while()
    {
        Add(1);
        _time.Advance(TimeSpan.FromSeconds(11));
        Add(1);
        Assert.Equal(2, _sent.Count);
    }

    private void Add(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _queue.Add($"ticker/{i}", () => null);
        }
    }

    private bool Send(byte[] frame)
    {
        _sent.Add(Encoding.UTF8.GetString(frame));
        return true;
    }
}
