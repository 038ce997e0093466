using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class RestartTests : VenueTest
{
    [Fact]
    public async Task A_restart_cuts_the_connections_and_keeps_everything_else()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2361m);
        await Client.SubscribeAsync("account_all_orders/12345");
        await ExecuteAsync(Client.Limit(false, 5_000, 236_100, 1));
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, 2));
        string before = await Venue.GetStateAsync();

        await Venue.RestartAsync(TimeSpan.Zero);

        await Assert.ThrowsAnyAsync<Exception>(() => Client.WaitAsync(_ => false));
        Assert.Equal(before, await Venue.GetStateAsync());
        await Client.ReconnectAsync(); // at the same address
        Assert.Equal(3, await NextNonceAsync());
        Assert.Single(VenueClient.Rows(await Client.SubscribeAsync("account_all_orders/12345"), "orders"));
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, 3));
    }

    [Fact]
    public async Task A_restart_cuts_a_request_whose_answer_is_withheld()
    {
        Venue.Faults.Load("{\"faults\":[{\"fault\":\"withhold_ack\",\"transport\":\"http\"}]}");
        Task<(int Status, JsonObject Body)> posted = Client.PostTxAsync(Client.Limit(false, 5_000, 236_000));
        while ((await ActiveOrdersAsync()).Count == 0)
        {
        }

        await Venue.RestartAsync(TimeSpan.Zero);

        await Assert.ThrowsAnyAsync<Exception>(() => posted);
        Assert.Single(await ActiveOrdersAsync());
    }

    [Fact]
    public async Task Nobody_can_connect_while_the_venue_is_down()
    {
        Task restart = Venue.RestartAsync(TimeSpan.FromSeconds(10));
        await DownAsync();
        Assert.False(restart.IsCompleted);
        await TurnUntilAsync(restart);
        await Client.ReconnectAsync();
    }

    [Fact]
    public async Task A_restart_is_ordered_over_HTTP_and_by_script()
    {
        using HttpContent nothing = new StringContent("", Encoding.ASCII);
        Assert.Equal(400, (await Client.PostAsync("/control/restart?downtime_ms=-1", nothing)).Status);
        (int status, JsonObject body) = await Client.PostAsync("/control/restart?downtime_ms=0", nothing);
        Assert.Equal((200, 200), (status, (int)body["code"]!));
        await Assert.ThrowsAnyAsync<Exception>(() => Client.WaitAsync(_ => false));
        await ReachableAsync();

        await Client.ReconnectAsync();
        Venue.Faults.Load("{\"faults\":[{\"fault\":\"restart\",\"downtime_ms\":0}]}");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 5_000, 236_000)));
        await Assert.ThrowsAnyAsync<Exception>(() => Client.WaitAsync(_ => false));
        await ReachableAsync();
        Assert.Single(await ActiveOrdersAsync());
    }

    [Fact]
    public async Task A_venue_can_be_stopped_while_it_is_down()
    {
        LighterVenue venue = await LighterVenue.StartAsync(Options);
        Task restart = venue.RestartAsync(TimeSpan.FromHours(1));
        await venue.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restart);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => venue.RestartAsync(TimeSpan.Zero));
    }

    private async Task DownAsync()
    {
        while (true)
        {
            using var tcp = new TcpClient();
            try
            {
                await tcp.ConnectAsync(IPAddress.Loopback, Venue.RestUrl.Port);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    /// <summary>The downtime begins a little after the port has closed: turns the clock until it is over.</summary>
    private async Task TurnUntilAsync(Task restart)
    {
        while (!restart.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await restart;
    }

    private async Task ReachableAsync()
    {
        while (true)
        {
            try
            {
                await NextNonceAsync();
                return;
            }
            catch (HttpRequestException)
            {
                // still down
            }
        }
    }
}
