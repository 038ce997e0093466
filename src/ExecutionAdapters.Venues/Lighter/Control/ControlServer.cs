using System.Globalization;
using System.Text;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Faults;
using ExecutionAdapters.Venues.Lighter.Rest;
using ExecutionAdapters.Venues.Lighter.Rows;
using Microsoft.AspNetCore.Http;

namespace ExecutionAdapters.Venues.Lighter.Control;

/// <summary>
/// Control over HTTP: state, mark prices, house orders, faults, restart. Parameters stand in the query, a fault script in the body.
/// </summary>
internal sealed class ControlServer(VenueLoop loop, VenueCore core)
{
    public const string Prefix = "/control/";

    public async Task HandleAsync(HttpContext http)
    {
        byte[] body;
        try
        {
            body = await RunAsync(http).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            body = JsonText.Object(json => JsonText.WriteError(json, VenueErrors.InvalidParameter.With(exception.Message)));
        }
        catch (RestRefusedException refused)
        {
            http.Response.StatusCode = refused.HttpStatus;
            body = JsonText.Object(json => JsonText.WriteError(json, refused.Error));
        }

        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private Task<byte[]> RunAsync(HttpContext http)
    {
        var request = new RestRequest(http.Request.Query, form: null, authorizationHeader: null);
        return ($"{http.Request.Method} {http.Request.Path.Value}") switch
        {
            "GET /control/state" => loop.RunAsync(() => StateText.Write(core), http.RequestAborted),
            "POST /control/mark" => Done(() => VenueControl.SetMarkPrice(core, MarketId(request), Number(request, "price"))),
            "POST /control/house-order" => Done(() => VenueControl.PlaceHouseOrder(
                core, MarketId(request), IsAsk(request), Number(request, "size"), Number(request, "price"), TimeInForce(request))),
            "GET /control/faults" => loop.RunAsync(() => FaultText.Write(core.Faults), http.RequestAborted),
            "POST /control/faults" => LoadFaultsAsync(http),
            "DELETE /control/faults" => Done(core.Faults.Clear),
            "POST /control/restart" => RestartAsync(http, Downtime(request)),
            _ => throw new RestRefusedException(VenueErrors.NotFound, StatusCodes.Status404NotFound),
        };
    }

    private Task<byte[]> Done(Action action) => loop.RunAsync(() =>
    {
        action();
        return JsonText.Object(json => json.WriteNumber("code"u8, StatusCodes.Status200OK));
    });

    /// <summary>Reads no more than a script may have.</summary>
    private async Task<byte[]> LoadFaultsAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        do
        {
            read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted).ConfigureAwait(false);
            await body.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted).ConfigureAwait(false);
        }
        while (read > 0 && body.Length <= FaultScript.MaximumBytes);

        FaultScript script = FaultScript.Parse(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        return await Done(() => core.Faults.Arm(script)).ConfigureAwait(false);
    }

    /// <summary>Answers first: the restart cuts this connection as well.</summary>
    private Task<byte[]> RestartAsync(HttpContext http, TimeSpan downtime)
    {
        http.Response.OnCompleted(() =>
        {
            core.Faults.Restart(downtime);
            return Task.CompletedTask;
        });
        return Done(() => { });
    }

    private static TimeSpan Downtime(RestRequest request) =>
        request.Integer("downtime_ms", 0) is var ms and >= 0 and <= 3_600_000
            ? TimeSpan.FromMilliseconds(ms)
            : throw RestRequest.Invalid("downtime_ms must be 0 to 3600000");

    private static short MarketId(RestRequest request) =>
        request.Integer("market_id") is var id and >= 0 and <= short.MaxValue
            ? (short)id
            : throw RestRequest.Invalid("market_id is out of range");

    private static bool IsAsk(RestRequest request) => request.Choice("side", "", "buy", "sell") == "sell";

    private static LighterTimeInForce TimeInForce(RestRequest request) =>
        request.Choice("time_in_force", "gtt", "ioc", "gtt", "post-only") switch
        {
            "ioc" => LighterTimeInForce.ImmediateOrCancel,
            "gtt" => LighterTimeInForce.GoodTillTime,
            _ => LighterTimeInForce.PostOnly,
        };

    private static decimal Number(RestRequest request, string name) =>
        decimal.TryParse(request.Required(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw RestRequest.Invalid($"{name} must be a positive decimal number");
}
