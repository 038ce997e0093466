using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace ExecutionAdapters.Tests.Network;

/// <summary>A server on a free loopback port that hands each accepted WebSocket to the test.</summary>
internal sealed class WebSocketServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<WebSocket> _accepted = Channel.CreateUnbounded<WebSocket>();
    private readonly Task _accepting;

    public WebSocketServer()
    {
        var port = FreePort();
        Url = new Uri($"ws://127.0.0.1:{port}/");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public async Task<WebSocket> AcceptedAsync() => await _accepted.Reader.ReadAsync(TestTimeout.Token());

    public static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, TestTimeout.Token());
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    public static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestTimeout.Token());

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        _listener.Close();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var socket = await context.AcceptWebSocketAsync(subProtocol: null);
                _accepted.Writer.TryWrite(socket.WebSocket);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            _accepted.Writer.TryComplete();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

/// <summary>How long a test waits before it calls a missing thing missing.</summary>
internal static class TestTimeout
{
    public static CancellationToken Token() => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
}
