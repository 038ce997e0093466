using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Hosting;

/// <summary>What a <see cref="LoopbackServer"/> is to serve, and where.</summary>
internal sealed record LoopbackServerOptions
{
    /// <summary>Names the venue in messages and exceptions.</summary>
    public required Type Venue { get; init; }

    /// <summary>TCP port; 0 for a free one.</summary>
    public required int Port { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Builds the pipeline; called anew for each restart.</summary>
    public required Action<WebApplication> Configure { get; init; }

    /// <summary>Whether socket events run the code that waits for them on the same thread: faster turns for code that never blocks.</summary>
    public bool RunsInline { get; init; }
}

/// <summary>
/// The web server in front of a venue: loopback only, no configuration from outside, no signal handlers. It can be restarted;
/// nothing of the venue's state lives here.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private const long MaximumBodyBytes = 1024 * 1024;

    private readonly LoopbackServerOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopped = new();
    private WebApplication? _application;

    private LoopbackServer(LoopbackServerOptions options)
    {
        _options = options;
        Url = new Uri($"http://127.0.0.1:{options.Port}");
    }

    /// <summary>http://127.0.0.1:port.</summary>
    public Uri Url { get; private set; }

    /// <exception cref="VenueStartException">The port is taken.</exception>
    public static async Task<LoopbackServer> StartAsync(LoopbackServerOptions options, CancellationToken cancellationToken)
    {
        var server = new LoopbackServer(options);
        await server.OpenAsync(cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>A restart that nobody waits for; one that fails is logged.</summary>
    public void BeginRestart(TimeSpan downtime) => _ = Task.Run(async () =>
    {
        try
        {
            await RestartAsync(downtime, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The venue was stopped meanwhile.
        }
#pragma warning disable CA1031 // Nobody awaits this: an error must not vanish; it is logged.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RestartFailed(_options.Logger, _options.Venue.Name, exception);
        }
    });

    /// <summary>Cuts everything, stays away, comes back on the same port. Restarts take turns.</summary>
    public async Task RestartAsync(TimeSpan downtime, CancellationToken cancellationToken)
    {
        ThrowIfStopped();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfStopped();
            Log.Restarting(_options.Logger, _options.Venue.Name, downtime);
            await CloseAsync().ConfigureAwait(false);
            using (var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                reserved.Bind(new IPEndPoint(IPAddress.Loopback, Url.Port)); // so that no outgoing connection is given the port meanwhile
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
                await Task.Delay(downtime, _options.TimeProvider, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            ThrowIfStopped();
            await OpenAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _turn.Release(); // whoever waited for a turn finds the venue stopped
    }

    private void ThrowIfStopped() => ObjectDisposedException.ThrowIf(_stopped.IsCancellationRequested, _options.Venue);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        WebApplication application = Build(_options, Url.Port);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new VenueStartException(
                $"Port {Url.Port} on 127.0.0.1 is taken by another program: choose another port, or 0 for a free one.", exception);
        }

        _application = application;
        Url = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private async Task CloseAsync()
    {
        if (_application is not { } application)
        {
            return;
        }

        _application = null;
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false); // open streams would otherwise hold the server up
        await application.StopAsync(now.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(LoopbackServerOptions options, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        if (options.RunsInline)
        {
            builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        }

        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        if (options.LoggerFactory is { } loggers)
        {
            builder.Services.AddSingleton(loggers);
        }

        WebApplication application = builder.Build();
        options.Configure(application);
        return application;
    }

    /// <summary>The venue is stopped by disposing it, not by signals to the process: those belong to the program that hosts it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
