using System.Net.WebSockets;
using System.Text;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Sequencing;
using ExecutionAdapters.Venues.Lighter.Stream;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Venues.Tests.Lighter;

/// <summary>Parts behind the sockets, driven directly.</summary>
public sealed class VenueCoreTests
{
    private const long StartUs = 1_790_000_000_000_000;

    [Fact]
    public void After_a_long_pause_the_flow_goes_on_instead_of_catching_up()
    {
        var core = new VenueCore(new LighterVenueOptions(), StartUs, NullLogger.Instance);
        uint before = core.Exchange.Market(0)!.MarkPrice;
        long nextDay = StartUs + 86_400_000_000;

        core.Begin(nextDay);
        core.Tick(nextDay);

        Assert.InRange(core.Exchange.Market(0)!.MarkPrice, before - (before / 20_000), before + (before / 20_000)); // one step
    }

    [Fact]
    public void The_two_hundred_and_fifty_sixth_connection_is_turned_away()
    {
        var core = new VenueCore(new LighterVenueOptions(), StartUs, NullLogger.Instance);
        StreamSession?[] sessions = [.. Enumerable.Range(0, 256).Select(_ => core.Hub.Open(new Recorder(), isReadOnly: false))];
        Assert.NotNull(sessions[254]);
        Assert.Null(sessions[255]);
        core.Hub.Remove(sessions[0]!);
        Assert.NotNull(core.Hub.Open(new Recorder(), isReadOnly: false));
    }

    [Fact]
    public void The_five_hundred_and_first_subscription_is_refused()
    {
        var core = new VenueCore(new LighterVenueOptions(), StartUs, NullLogger.Instance);
        var output = new Recorder();
        StreamSession session = core.Hub.Open(output, isReadOnly: false)!;
        for (int i = 0; i < 500; i++)
        {
            session.Subscriptions.Add(new StreamChannel(ChannelKind.OrderBook, 1_000 + i, 0));
        }

        _ = core.Hub.Receive(session, """{"type":"subscribe","channel":"ticker/0"}"""u8.ToArray());

        Assert.Contains("23001", output.Frames[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_exhausted_volume_quota_leaves_one_transaction_per_fifteen_seconds_and_cancels_free()
    {
        var limits = new RateLimits(enabled: true, TierTerms.Of(LighterAccountTier.Premium));
        Account account = Account();
        VerifiedTransaction create = Verified(account, new CreateOrderTransaction());
        VerifiedTransaction cancel = Verified(account, new CancelOrderTransaction());
        Assert.True(limits.TryTransactions(account, [.. Enumerable.Repeat(create, 1_000)], StartUs));
        Assert.Equal(0, limits.QuotaRemaining(account));

        Assert.True(limits.TryTransactions(account, [create], StartUs));
        Assert.False(limits.TryTransactions(account, [create], StartUs + 14_000_000));
        Assert.True(limits.TryTransactions(account, [cancel], StartUs + 14_000_000));
        Assert.True(limits.TryTransactions(account, [create], StartUs + 15_000_000));
        Assert.False(limits.TryTransactions(account, [create, create], StartUs + 40_000_000));

        account.Volume = 14_000_000; // 14 USD traded are two more
        Assert.Equal(2, limits.QuotaRemaining(account));
    }

    [Fact]
    public void The_transaction_log_keeps_the_latest_hundred_thousand()
    {
        var log = new TransactionLog();
        for (long i = 1; i <= TransactionLog.Limit + 10; i++)
        {
            log.Add(Record(i));
        }

        Assert.Null(log.FindByHash("10"));
        Assert.Null(log.FindBySequence(10));
        Assert.NotNull(log.FindByHash("11"));
        Assert.Equal(TransactionLog.Limit, log.Of(1, long.MaxValue).Count());
        Assert.Equal([19, 18], log.Of(1, 20).Take(2).Select(record => record.SequenceIndex));
    }

    [Fact]
    public void A_frame_that_cannot_be_written_is_left_out_and_the_others_go_out()
    {
        var core = new VenueCore(new LighterVenueOptions { SyntheticFlow = false }, StartUs, NullLogger.Instance);
        var recorder = new Recorder();
        StreamSession session = core.Hub.Open(recorder, isReadOnly: false)!;
        var height = new StreamChannel(ChannelKind.Height, 0, 0);
        core.Hub.Subscribe(session, height);
        int before = recorder.Frames.Count;

        core.Hub.Update(height, _ => throw new OverflowException());
        core.Hub.Update(height, json => json.WriteNumber("height", 5));

        Assert.Equal(["{\"type\":\"update/height\",\"channel\":\"height\",\"height\":5}"], recorder.Frames.Skip(before));
    }

    [Fact]
    public void Changes_that_cannot_be_published_do_not_come_up_again()
    {
        var core = new VenueCore(new LighterVenueOptions { SyntheticFlow = false, Markets = ["ETH"] }, StartUs, NullLogger.Instance);
        ChangeLog changes = core.Exchange.State.Changes;
        changes.Statistics.Add(1);
        var foreign = new VenueCore(new LighterVenueOptions { SyntheticFlow = false }, StartUs, NullLogger.Instance);
        changes.Levels.Add((foreign.Exchange.Market(2)!, false, 1)); // a market without a feed here

        Assert.ThrowsAny<Exception>(core.End);

        Assert.Empty(changes.Statistics);
        Assert.Empty(changes.Levels);
        core.End();
    }

    [Theory]
    [InlineData("order_book/0", "order_book:0")]
    [InlineData("account_orders/0/77", "account_orders:0:77")]
    [InlineData("user_stats/77", "user_stats:77")]
    [InlineData("market_stats/all", "market_stats:all")]
    [InlineData("height", "height")]
    [InlineData("order_book:3", "order_book:3")]
    [InlineData("order_book/all", null)]
    [InlineData("order_book/-1", null)]
    [InlineData("order_book", null)]
    [InlineData("height/1", null)]
    [InlineData("account_orders/0", null)]
    [InlineData("account_all_orders/1/2", null)]
    [InlineData("", null)]
    public void Channels_go_out_with_slashes_and_come_back_with_colons(string outbound, string? inbound) =>
        Assert.Equal(inbound, StreamChannel.TryParse(outbound, out StreamChannel channel) ? channel.Name : null);

    private static Account Account() => new() { Index = 1, L1Address = "0x1", TakerFee = 0, MakerFee = 0 };

    private static VerifiedTransaction Verified(Account account, ILighterTransaction transaction) =>
        new(transaction, default, account, new ApiKey(1, 1, default, StartUs), "");

    private static TransactionRecord Record(long sequence) => new()
    {
        Hash = $"{sequence}",
        Type = 14,
        Info = "",
        AccountIndex = 1,
        L1Address = "",
        ApiKeyIndex = 1,
        Nonce = sequence,
        ExpiredAt = 0,
        SequenceIndex = sequence,
        QueuedUs = 0,
        BlockHeight = 1,
    };

    private sealed class Recorder : IStreamOutput
    {
        public List<string> Frames { get; } = [];

        public long LastActivityUs => StartUs;

        public void Send(ReadOnlyMemory<byte> frame) => Frames.Add(Encoding.UTF8.GetString(frame.Span));

        public void Close(WebSocketCloseStatus status, string reason) => Frames.Add($"closed: {reason}");

        public void Abort(string reason) => Frames.Add($"aborted: {reason}");
    }
}
