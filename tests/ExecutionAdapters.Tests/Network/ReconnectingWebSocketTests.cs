using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using ExecutionAdapters.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Tests.Network;

public sealed class ReconnectingWebSocketTests
{
    [Fact]
    public async Task Frames_go_both_ways()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        await using var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        var peer = await server.AcceptedAsync();
        Assert.Equal("connected 1", await handler.NextAsync());

        Assert.True(socket.TrySend(1, "hello"u8.ToArray()));
        Assert.Equal("hello", await WebSocketServer.ReceiveAsync(peer));
        await WebSocketServer.SendAsync(peer, "welcome");
        Assert.Equal("message welcome", await handler.NextAsync());
    }

    [Fact]
    public async Task A_long_message_in_many_fragments_arrives_whole()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        await using var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        var peer = await server.AcceptedAsync();
        await handler.NextAsync();

        var text = new string('x', 300_000);
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var sent = 0; sent < bytes.Length; sent += 50_000)
        {
            await peer.SendAsync(bytes.AsMemory(sent, 50_000), WebSocketMessageType.Text, sent + 50_000 == bytes.Length, TestTimeout.Token());
        }

        Assert.Equal("message " + text, await handler.NextAsync());
    }

    [Fact]
    public async Task A_message_over_the_limit_ends_the_connection()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        await using var socket = Create(server.Url, handler, maxMessageBytes: 100_000);
        await socket.ConnectAsync(TestTimeout.Token());
        var peer = await server.AcceptedAsync();
        await handler.NextAsync();

        await WebSocketServer.SendAsync(peer, new string('x', 200_000));
        Assert.StartsWith("lost 1 message longer than", await handler.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_loss_it_dials_again_and_numbers_the_connection()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        await using var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        var first = await server.AcceptedAsync();
        await handler.NextAsync();

        await first.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "restart", TestTimeout.Token());
        Assert.Equal("lost 1 closed by the venue (1001) restart", await handler.NextAsync());
        Assert.Equal("dialing 1", await handler.NextAsync());
        var second = await server.AcceptedAsync();
        Assert.Equal("connected 2", await handler.NextAsync());

        Assert.False(socket.TrySend(1, "stale"u8.ToArray()));
        Assert.True(socket.TrySend(2, "fresh"u8.ToArray()));
        Assert.Equal("fresh", await WebSocketServer.ReceiveAsync(second));
    }

    [Fact]
    public async Task A_handler_that_throws_does_not_end_the_connection()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder { ThrowsOn = "bad" };
        await using var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        var peer = await server.AcceptedAsync();
        await handler.NextAsync();

        await WebSocketServer.SendAsync(peer, "bad");
        await WebSocketServer.SendAsync(peer, "good");
        Assert.Equal("message good", await handler.NextAsync());
    }

    [Fact]
    public async Task A_first_dial_that_fails_throws_and_nothing_goes_on_in_the_background()
    {
        var handler = new Recorder();
        await using var socket = Create(new Uri("ws://127.0.0.1:1/"), handler);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(TestTimeout.Token()));
        Assert.False(socket.TrySend(1, "x"u8.ToArray()));
        await socket.DisposeAsync();
        Assert.Empty(handler.All());
    }

    [Fact]
    public async Task Dispose_ends_a_connection_that_is_up()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        await server.AcceptedAsync();
        await handler.NextAsync();
        await socket.DisposeAsync();
        Assert.Equal("lost 1 closed by this side", await handler.NextAsync());
        Assert.False(socket.TrySend(1, "x"u8.ToArray()));
    }

    [Fact]
    public async Task Drop_gives_up_the_connection_and_dials_a_new_one()
    {
        await using var server = new WebSocketServer();
        var handler = new Recorder();
        await using var socket = Create(server.Url, handler);
        await socket.ConnectAsync(TestTimeout.Token());
        await server.AcceptedAsync();
        await handler.NextAsync();
        socket.Drop("streams not live");
        Assert.Equal("lost 1 streams not live", await handler.NextAsync());
        Assert.Equal("dialing 1", await handler.NextAsync());
        Assert.Equal("connected 2", await handler.NextAsync());
    }

    private static ReconnectingWebSocket Create(Uri url, Recorder handler, int maxMessageBytes = 1_000_000) => new(
        new ReconnectingWebSocketOptions
        {
            Url = url,
            MaxMessageBytes = maxMessageBytes,
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.Zero },
        },
        handler, TimeProvider.System, new Random(1), NullLogger.Instance);

    private sealed class Recorder : IWebSocketHandler
    {
        private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();

        public string? ThrowsOn { get; init; }

        public async Task<string> NextAsync() => await _calls.Reader.ReadAsync(TestTimeout.Token());

        public IReadOnlyList<string> All()
        {
            var all = new List<string>();
            while (_calls.Reader.TryRead(out var call))
            {
                all.Add(call);
            }

            return all;
        }

        public void OnConnected(int connection) => _calls.Writer.TryWrite($"connected {connection}");

        public void OnMessage(ReadOnlySpan<byte> message)
        {
            var text = Encoding.UTF8.GetString(message);
            if (text == ThrowsOn)
            {
                throw new InvalidOperationException("cannot read this");
            }

            _calls.Writer.TryWrite("message " + text);
        }

        public void OnLost(int connection, string cause) => _calls.Writer.TryWrite($"lost {connection} {cause}");

        public void OnDialing(int attempt) => _calls.Writer.TryWrite($"dialing {attempt}");
    }
}
