using System.Net.WebSockets;
using ExecutionAdapters.Venues.Hosting;
using ExecutionAdapters.Venues.Lighter.Control;
using ExecutionAdapters.Venues.Lighter.Rest;
using ExecutionAdapters.Venues.Lighter.Stream;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>What the venue serves: REST, the stream and the control endpoints in front of the loop.</summary>
internal static class VenueServer
{
    public static Task<LoopbackServer> StartAsync(
        LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger, CancellationToken cancellationToken) =>
        LoopbackServer.StartAsync(
            new LoopbackServerOptions
            {
                Venue = typeof(LighterVenue),
                Port = options.Port,
                TimeProvider = options.TimeProvider,
                Logger = logger,
                LoggerFactory = options.LoggerFactory,
                Configure = application => Configure(application, options, loop, core, logger),
            },
            cancellationToken);

    private static void Configure(WebApplication application, LighterVenueOptions options, VenueLoop loop, VenueCore core, ILogger logger)
    {
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
}
