using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using ExecutionAdapters.Venues.Lighter.Control;
using ExecutionAdapters.Venues.Lighter.Rest;
using ExecutionAdapters.Venues.Lighter.Stream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// The web server in front of the loop: loopback only, no configuration from outside, no signal handlers. It can be restarted;
/// nothing of the venue's state lives here.
/// </summary>
internal sealed class VenueServer : IAsyncDisposable
{
    private const long MaximumBodyBytes = 1024 * 1024;

    private readonly LighterVenueOptions _options;
    private readonly VenueLoop _loop;
    private readonly VenueCore _core;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopped = new();
    private WebApplication? _application;

    private VenueServer(LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger)
    {
        _options = options;
        _loop = loop;
        _core = core;
        _logger = logger;
        Url = new Uri($"http://127.0.0.1:{options.Port}");
    }

    /// <summary>http://127.0.0.1:port.</summary>
    public Uri Url { get; private set; }

    public static async Task<VenueServer> StartAsync(
        LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger, CancellationToken cancellationToken)
    {
        var server = new VenueServer(options, loop, core, logger);
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
            Log.RestartFailed(_logger, exception);
        }
    });

    /// <summary>Cuts everything, stays away, comes back on the same port. Restarts take turns.</summary>
    public async Task RestartAsync(TimeSpan downtime, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopped.IsCancellationRequested, typeof(LighterVenue));
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stopped.IsCancellationRequested, typeof(LighterVenue));
            Log.Restarting(_logger, downtime);
            await CloseAsync().ConfigureAwait(false);
            using (var reserved = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                reserved.Bind(new IPEndPoint(IPAddress.Loopback, Url.Port)); // so that no outgoing connection is given the port meanwhile
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
                await Task.Delay(downtime, _options.TimeProvider, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            ObjectDisposedException.ThrowIf(_stopped.IsCancellationRequested, typeof(LighterVenue));
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

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        WebApplication application = Build(_options, Url.Port, _loop, _core, _logger);
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

    private static WebApplication Build(LighterVenueOptions options, int port, VenueLoop loop, VenueCore core, ILogger logger)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        if (options.LoggerFactory is { } loggers)
        {
            builder.Services.AddSingleton(loggers);
        }

        WebApplication application = builder.Build();
        var rest = new RestServer(loop, core, logger);
        var control = new ControlServer(loop, core);
        application.Use(async (context, next) =>
        {
            if (context.Request.Path == StreamProtocol.Path && context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
            {
                context.Features.Set<IHttpUpgradeFeature>(new StreamActivity(upgrade, options.TimeProvider));
            }

            await next(context).ConfigureAwait(false);
        });
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        application.Run(context =>
        {
            HttpRequest request = context.Request;
            string path = request.Path.Value ?? "/";
            if (path.StartsWith(ControlServer.Prefix, StringComparison.Ordinal))
            {
                return control.HandleAsync(context);
            }

            core.Requests.Add(path, request.QueryString.Value ?? "", request.Headers.Authorization);
            return path == StreamProtocol.Path ? StreamAsync(context, loop, core.Hub, logger) : rest.HandleAsync(context);
        });
        return application;
    }

    private static async Task StreamAsync(HttpContext context, VenueLoop loop, StreamHub hub, ILogger logger)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var accept = new WebSocketAcceptContext { DangerousEnableCompression = true, KeepAliveInterval = TimeSpan.Zero };
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
        var activity = (StreamActivity)context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        using var connection = new StreamConnection(socket, context, activity, logger);
        bool isReadOnly = context.Request.Query["readonly"] == "true";
        await connection.RunAsync(loop, hub, isReadOnly).ConfigureAwait(false);
    }

    /// <summary>The venue is stopped by disposing it, not by signals to the process: those belong to the program that hosts it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
