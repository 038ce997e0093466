using System.Net;
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

/// <summary>The web server in front of the loop: loopback only, no configuration from outside, no signal handlers.</summary>
internal sealed class VenueServer : IAsyncDisposable
{
    private const long MaximumBodyBytes = 1024 * 1024;
    private const string StreamPath = "/stream";

    private readonly WebApplication _application;

    private VenueServer(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    /// <summary>http://127.0.0.1:port.</summary>
    public Uri Url { get; }

    public static async Task<VenueServer> StartAsync(
        LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger, CancellationToken cancellationToken)
    {
        WebApplication application = Build(options, loop, core, logger);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new VenueStartException(
                $"Port {options.Port} on 127.0.0.1 is taken by another program: choose another port, or 0 for a free one.", exception);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new VenueServer(application, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync().ConfigureAwait(false); // open streams would otherwise hold the server up
        await _application.StopAsync(now.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
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
            if (context.Request.Path == StreamPath && context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
            {
                context.Features.Set<IHttpUpgradeFeature>(new StreamActivity(upgrade, options.TimeProvider));
            }

            await next(context).ConfigureAwait(false);
        });
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        application.Run(context => context.Request.Path.Value switch
        {
            StreamPath => StreamAsync(context, loop, core.Hub, logger),
            { } path when path.StartsWith(ControlServer.Prefix, StringComparison.Ordinal) => control.HandleAsync(context),
            _ => rest.HandleAsync(context),
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
