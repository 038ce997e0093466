using System.Net;
using System.Net.Sockets;

namespace ExecutionAdapters.Testing;

/// <summary>
/// A TCP proxy on a free port of 127.0.0.1, between a client and a server on this machine: it cuts links, refuses new ones, swallows what the server says, or delays, when a test says
/// so. What a client does about it is then the same as on a bad network.
/// </summary>
/// <remarks>
/// Thread-safe. It holds at most 16 KiB of each direction of a link: whoever sends faster than the other side reads waits. More than 256 links at a time are refused.
/// </remarks>
public sealed class LinkCuttingProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const int MostLinks = 256;

    private readonly IPEndPoint _server;
    private readonly TimeProvider _timeProvider;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Link> _links = [];
    private readonly List<Task> _carrying = [];
    private readonly Task _accepting;
    private long _delayTicks;
    private volatile bool _refusesLinks;
    private volatile bool _dropsAnswers;
    private int _isDisposed;

    /// <summary>Starts the proxy.</summary>
    /// <param name="server">Where the server listens, for example http://127.0.0.1:8900; only host and port count. The host is an address or localhost.</param>
    /// <param name="timeProvider">The clock of delays; null: the system's.</param>
    /// <exception cref="ArgumentException">The address names no port, or a host that is neither an address nor localhost.</exception>
    public LinkCuttingProxy(Uri server, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        var host = server.Host == "localhost" ? "127.0.0.1" : server.Host.Trim('[', ']');
        _server = IPAddress.TryParse(host, out var address) && server.Port > 0
            ? new IPEndPoint(address, server.Port)
            : throw new ArgumentException($"{server} is no address with a port.", nameof(server));
        _timeProvider = timeProvider ?? TimeProvider.System;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>How many links are open.</summary>
    public int LinkCount
    {
        get
        {
            lock (_lock)
            {
                return _links.Count;
            }
        }
    }

    /// <summary>Whether new links are closed as soon as they are made. Default false.</summary>
    public bool RefusesLinks
    {
        get => _refusesLinks;
        set => _refusesLinks = value;
    }

    /// <summary>
    /// Whether what the server says is swallowed, while what the client says passes. A link that lost something so stays silent for good, since the rest would make no sense: when it is to
    /// talk again, cut it. Default false.
    /// </summary>
    public bool DropsAnswers
    {
        get => _dropsAnswers;
        set => _dropsAnswers = value;
    }

    /// <summary>How long each piece (what one read gives, at most 16 KiB) waits in the proxy, in both directions; their order stays. Zero or more; default zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Interlocked.Exchange(ref _delayTicks, value.Ticks);
        }
    }

    /// <summary>The same address by way of the proxy.</summary>
    /// <param name="url">An address of the server.</param>
    public Uri Through(Uri url) => new UriBuilder(url) { Host = "127.0.0.1", Port = Port }.Uri;

    /// <summary>Cuts every link, in the middle of whatever goes over it. Clients that dial again get new ones, unless <see cref="RefusesLinks"/>.</summary>
    /// <returns>How many there were.</returns>
    public int Cut()
    {
        Link[] links;
        lock (_lock)
        {
            links = [.. _links];
            _links.Clear();
        }

        foreach (var link in links)
        {
            link.Cut();
        }

        return links.Length;
    }

    /// <summary>Cuts every link and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Cut();
        Task[] carrying;
        lock (_lock)
        {
            carrying = [.. _carrying];
        }

        await Task.WhenAll(carrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
            lock (_lock)
            {
                _carrying.RemoveAll(task => task.IsCompleted);
                _carrying.Add(CarryAsync(client));
            }
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var link = new Link(client, _server.AddressFamily);
        try
        {
            if (!TryAdd(link))
            {
                return;
            }

            await link.Server.ConnectAsync(_server, _stop.Token).ConfigureAwait(false);
            await Task.WhenAll(
                PumpAsync(link, link.Client, link.Server, isAnswer: false),
                PumpAsync(link, link.Server, link.Client, isAnswer: true)).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The server does not listen.
        }
        finally
        {
            lock (_lock)
            {
                _links.Remove(link);
            }

            link.Cut();
        }
    }

    private bool TryAdd(Link link)
    {
        lock (_lock)
        {
            return !_refusesLinks && !_stop.IsCancellationRequested && _links.Count < MostLinks && _links.Add(link);
        }
    }

    private static bool IsEnd(Exception exception) => exception is SocketException or ObjectDisposedException or OperationCanceledException;

    private async Task PumpAsync(Link link, Socket from, Socket to, bool isAnswer)
    {
        try
        {
            await CopyAsync(link, from, to, isAnswer).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // One side was cut: so is the other, which may have nothing to say and would not notice.
            link.Cut();
        }
    }

    private async Task CopyAsync(Link link, Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReceiveAsync(buffer.AsMemory(), _stop.Token).ConfigureAwait(false) is > 0 and var count)
        {
            if (Delay is { Ticks: > 0 } delay)
            {
                await Task.Delay(delay, _timeProvider, _stop.Token).ConfigureAwait(false);
            }

            if (isAnswer && (link.IsSilent |= _dropsAnswers))
            {
                continue;
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stop.Token).ConfigureAwait(false);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>The two sockets of one connection.</summary>
    private sealed class Link
    {
        public Link(Socket client, AddressFamily family)
        {
            Client = client;
            Server = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            Client.NoDelay = true;
            Server.NoDelay = true;
        }

        public Socket Client { get; }

        public Socket Server { get; }

        /// <summary>Something that the server said was swallowed. Only the pump of answers looks at it.</summary>
        public bool IsSilent { get; set; }

        /// <summary>Both sides see a reset, not an orderly end.</summary>
        public void Cut()
        {
            foreach (var socket in (ReadOnlySpan<Socket>)[Client, Server])
            {
                socket.Close(timeout: 0);
            }
        }
    }
}
