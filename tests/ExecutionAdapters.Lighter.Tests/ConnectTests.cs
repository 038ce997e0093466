using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class ConnectTests
{
    public static TheoryData<string> AccountStreams() => new("account_all_orders", "account_all_trades", "account_all_positions", "account_all_assets", "user_stats");

    [Fact]
    public async Task Connect_loads_instruments_and_tells_the_account()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        Assert.True(harness.Client.IsConnected);
        Assert.Equal(
            ["BTC-PERP.LIGHTER", "ETH-PERP.LIGHTER", "ETH/USDC-SPOT.LIGHTER", "SOL-PERP.LIGHTER"],
            harness.Client.Instruments.Select(instrument => instrument.Id.ToString()).Order(StringComparer.Ordinal));
        var eth = Assert.IsType<CryptoPerpetual>(harness.Client.Instruments.First(instrument => instrument.Id == Orders.Eth));
        Assert.Equal((2, 4), (eth.PricePrecision, eth.SizePrecision));
        Assert.Equal(ConnectionState.Connected, (await harness.NextAsync<ConnectionStateChanged>()).State);
        var state = await harness.NextAsync<AccountState>();
        Assert.Contains(state.Balances, balance => balance.Currency == Currency.USDC && balance.Total.Amount > 0);
    }

    [Fact]
    public async Task A_stream_that_stays_silent_fails_the_connect_by_name_and_a_later_connect_works()
    {
        await using var harness = await ClientHarness.StartAsync(accountStreamsTimeout: TimeSpan.FromSeconds(4));
        harness.Venue.Faults.WithholdFirstFrame("user_stats");
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.ConnectAsync());
        Assert.Contains("user_stats", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("account_all_orders", exception.Message, StringComparison.Ordinal);
        Assert.False(harness.Client.IsConnected);
        harness.Venue.Faults.Release("user_stats");
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
    }

    [Fact]
    public async Task A_key_that_is_not_the_registered_one_is_refused_at_connect()
    {
        await using var harness = await ClientHarness.StartAsync(key: LighterPrivateKey.FromSeed(new byte[32]));
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.ConnectAsync());
        Assert.Contains("does not belong to account 12345, API key 5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_that_is_down_is_one_clear_error()
    {
        using var key = LighterPrivateKey.Generate();
        await using var client = new LighterExecutionClient(new LighterOptions
        {
            Deployment = LighterDeployment.Local(new Uri("http://127.0.0.1:1"), new Uri("ws://127.0.0.1:1/stream")),
            Credentials = new LighterCredentials(12345, 5, key),
        });
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => client.ConnectAsync());
        Assert.Contains("127.0.0.1:1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_is_idempotent_and_disconnect_too_and_both_can_be_repeated()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.ConnectClientAsync();
        await harness.Client.DisconnectAsync();
        await harness.Client.DisconnectAsync();
        Assert.False(harness.Client.IsConnected);
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
        await harness.UntilAsync(() => harness.Events<ConnectionStateChanged>().Count == 3, "three notices");
        Assert.Equal(
            [ConnectionState.Connected, ConnectionState.Disconnected, ConnectionState.Connected],
            harness.Events<ConnectionStateChanged>().Select(notice => notice.State));
    }

    [Fact]
    public async Task An_order_while_not_connected_is_denied_and_nothing_is_sent()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Client.DisconnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Equal(["Denied"], harness.Story(order));
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task Dispose_ends_connects_that_wait_for_their_streams()
    {
        var harness = await ClientHarness.StartAsync();
        harness.Venue.Faults.WithholdFirstFrame("user_stats");
        var connects = new[] { harness.Client.ConnectAsync(), harness.Client.ConnectAsync() };
        await harness.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        foreach (var connect in connects)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => connect.WaitAsync(TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public async Task A_disposed_client_takes_no_command_and_says_so()
    {
        var harness = await ClientHarness.ConnectAsync();
        await harness.DisposeAsync();
        await harness.Client.DisconnectAsync();
        await harness.Client.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => harness.Client.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"))));
        Assert.Throws<ObjectDisposedException>(() => harness.Client.CancelAllOrders(Orders.CancelAll()));
    }

    [Fact]
    public async Task Connect_while_reconnecting_returns_when_the_session_is_back()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.WithholdFirstFrame("user_stats");
        harness.Venue.Faults.DropConnections();
        await harness.UntilAsync(() => !harness.Client.IsConnected, "the loss");
        var connecting = harness.Client.ConnectAsync();
        Assert.False(connecting.IsCompleted);
        harness.Venue.Faults.Release("user_stats");
        await connecting;
        Assert.True(harness.Client.IsConnected);
    }

    [Fact]
    public async Task Refused_subscriptions_are_tried_again_together_and_less_and_less_often()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var harness = await ClientHarness.ConnectAsync(clock: clock);
        var before = Count();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"stale_token","transport":"stream","times":null}]}""");
        harness.Venue.Faults.DropConnections();
        await harness.UntilAsync(() => Turn() && Count() >= before + 12, "the first retry");
        var healing = clock.GetUtcNow() + TimeSpan.FromSeconds(8);
        await harness.UntilAsync(() => Turn() && clock.GetUtcNow() >= healing, "eight more seconds");
        harness.Venue.Faults.Clear();
        await harness.UntilAsync(() => Turn() && harness.Client.IsConnected, "the session");
        Assert.InRange(Count() - before, 18, 42);

        int Count() => harness.Venue.Requests.Count(request => request.Path.StartsWith("/stream/", StringComparison.Ordinal));

        bool Turn()
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            return true;
        }
    }

    [Fact]
    public async Task A_cancelled_connect_leaves_nothing_behind()
    {
        await using var harness = await ClientHarness.StartAsync();
        harness.Venue.Faults.WithholdFirstFrame("account_all_orders");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Client.ConnectAsync(cancellation.Token));
        harness.Venue.Faults.Release("account_all_orders");
        await harness.ConnectClientAsync();
        Assert.True(harness.Client.IsConnected);
    }
}
