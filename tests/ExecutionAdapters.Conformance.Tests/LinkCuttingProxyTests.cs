using System.Net;
using System.Net.Sockets;
using System.Text;
using ExecutionAdapters.Testing;

namespace ExecutionAdapters.Conformance.Tests;

public sealed class LinkCuttingProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _stop = new(Limit);
    private LinkCuttingProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _server.Start();
        _proxy = new LinkCuttingProxy(new Uri($"http://localhost:{((IPEndPoint)_server.LocalEndpoint).Port}"), _clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Both_directions_pass_and_addresses_lead_through_it()
    {
        using var link = await ConnectAsync();
        await SendAsync(link.Client, "question");
        Assert.Equal("question", await ReceiveAsync(link.Server));
        await SendAsync(link.Server, "answer");
        Assert.Equal("answer", await ReceiveAsync(link.Client));
        Assert.Equal(1, _proxy.LinkCount);
        Assert.Equal(new Uri($"ws://127.0.0.1:{_proxy.Port}/stream?a=1"), _proxy.Through(new Uri("ws://127.0.0.1:1/stream?a=1")));
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        using var link = await ConnectAsync();
        var text = new string('x', 1_000_000) + ".";
        var sending = SendAsync(link.Client, text);
        var received = new StringBuilder();
        while (received.Length < text.Length)
        {
            received.Append(await ReceiveAsync(link.Server));
        }

        await sending;
        Assert.Equal(text, received.ToString());
    }

    [Fact]
    public async Task A_cut_resets_both_sides_and_the_next_link_works()
    {
        using var link = await ConnectAsync();
        Assert.Equal(1, _proxy.Cut());
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(link.Client));
        await Assert.ThrowsAsync<SocketException>(() => ReceiveAsync(link.Server));
        Assert.Equal(0, _proxy.Cut());
        using var next = await ConnectAsync();
        await SendAsync(next.Client, "again");
        Assert.Equal("again", await ReceiveAsync(next.Server));
    }

    [Fact]
    public async Task While_it_refuses_links_an_open_one_goes_on()
    {
        using var link = await ConnectAsync();
        _proxy.RefusesLinks = true;
        Assert.True(await IsRefusedAsync());
        await SendAsync(link.Client, "still here");
        Assert.Equal("still here", await ReceiveAsync(link.Server));
        _proxy.RefusesLinks = false;
        using var next = await ConnectAsync();
    }

    [Fact]
    public async Task A_link_that_lost_an_answer_stays_silent_while_questions_pass()
    {
        using var link = await ConnectAsync();
        _proxy.DropsAnswers = true;
        await SendAsync(link.Server, "lost");
        await SendAsync(link.Client, "heard");
        Assert.Equal("heard", await ReceiveAsync(link.Server));
        using var other = await ConnectAsync();
        await UntilAsync(() => _proxy.LinkCount == 2);

        // The first answer is lost before the switch is turned back: the proxy reads as it comes.
        await Task.Delay(TimeSpan.FromMilliseconds(100), _stop.Token);
        _proxy.DropsAnswers = false;
        await SendAsync(link.Server, "never");
        await SendAsync(other.Server, "talks");
        Assert.Equal("talks", await ReceiveAsync(other.Client));
        Assert.Equal(0, link.Client.Available);
    }

    [Fact]
    public async Task What_is_delayed_comes_when_its_time_has_come()
    {
        using var link = await ConnectAsync();
        _proxy.Delay = TimeSpan.FromSeconds(5);
        await SendAsync(link.Client, "late");
        var receiving = ReceiveAsync(link.Server);
        while (!receiving.IsCompleted)
        {
            Assert.True(_clock.GetUtcNow() < new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero), "the message never came");
            await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromMilliseconds(20), _stop.Token));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("late", await receiving);
        Assert.True(_clock.GetUtcNow() >= new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero));
    }

    [Fact]
    public async Task When_one_side_ends_in_order_the_other_is_told()
    {
        using var link = await ConnectAsync();
        link.Server.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReceiveAsync(link.Client));
        await SendAsync(link.Client, "last words");
        Assert.Equal("last words", await ReceiveAsync(link.Server));
    }

    [Fact]
    public async Task A_server_that_does_not_listen_ends_the_link()
    {
        _server.Stop();
        Assert.True(await IsRefusedAsync());
        await UntilAsync(() => _proxy.LinkCount == 0);
    }

    [Fact]
    public async Task Its_end_cuts_links_and_frees_the_port()
    {
        using var link = await ConnectAsync();
        await _proxy.DisposeAsync();
        Assert.True(await IsEndedAsync(link.Client));
        await Assert.ThrowsAsync<SocketException>(DialAsync);
    }

    [Theory]
    [InlineData("http://an.example:80")]
    [InlineData("file:///etc")]
    public void What_is_no_address_is_refused(string url) => Assert.Throws<ArgumentException>(() => new LinkCuttingProxy(new Uri(url)));

    private async Task<Pair> ConnectAsync()
    {
        var accepting = _server.AcceptSocketAsync(_stop.Token).AsTask();
        var client = await DialAsync();
        return new Pair(client, await accepting);
    }

    private async Task<Socket> DialAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _proxy.Port, _stop.Token);
        return client;
    }

    private async Task SendAsync(Socket socket, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), _stop.Token);
        }
    }

    private async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token));
    }

    /// <summary>Closed as soon as it is made: the one who dials may see that while dialling or after.</summary>
    private async Task<bool> IsRefusedAsync()
    {
        try
        {
            using var link = await DialAsync();
            return await IsEndedAsync(link);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task<bool> IsEndedAsync(Socket socket)
    {
        try
        {
            return await ReceiveAsync(socket) == "";
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _stop.Token);
        }
    }

    private sealed record Pair(Socket Client, Socket Server) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
