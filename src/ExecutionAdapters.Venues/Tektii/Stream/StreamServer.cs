using System.Net.WebSockets;
using ExecutionAdapters.Venues.Tektii.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>Takes WebSocket upgrades: /v1/ws, and /ws of a backtest engine.</summary>
internal sealed class StreamServer(VenueCore core, ApiKeyCheck keys, ILogger logger)
{
    public const string GatewayPath = "/v1/ws";
    public const string EnginePath = "/ws";

    public async Task HandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value!;
        if (core.Run(() => Refusal(http)) is { } refused)
        {
            await RestServer.WriteAsync(http.Response, RestServer.Refuse(path, refused), http.RequestAborted).ConfigureAwait(false);
            return;
        }

        var accept = new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.Zero };
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
        Dialect dialect = path == EnginePath ? Dialect.Engine : Dialect.Gateway;
        using var session = new StrategyConnection(socket, http, dialect, core.Options.SlowReaderFrames, logger);
        if (!core.Run(() => core.Open(session)))
        {
            session.Close(WebSocketCloseStatus.PolicyViolation, ApiErrors.AlreadyAttached.Message); // another one was faster
        }

        await session.RunAsync(message => core.Receive(session, message.Span)).ConfigureAwait(false);
        core.Run(() => core.Close(session));
        await session.DrainAsync().ConfigureAwait(false);
    }

    private ApiError? Refusal(HttpContext http)
    {
        core.Capture(RestServer.Capture(http.Request, []));
        return keys.Check(http.Request.Headers) is { } unauthorized ? unauthorized
            : !http.WebSockets.IsWebSocketRequest ? ApiErrors.InvalidField("upgrade", "This is a WebSocket endpoint.")
            : core.IsShuttingDown ? ApiErrors.ShuttingDown
            : core.Backtest is { State: not TektiiBacktestState.Waiting } ? ApiErrors.AlreadyAttached
            : null;
    }
}
