using System.Globalization;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Rest;
using ExecutionAdapters.Venues.Lighter.Rows;
using Microsoft.AspNetCore.Http;

namespace ExecutionAdapters.Venues.Lighter.Control;

/// <summary>Control over HTTP: GET /control/state, POST /control/mark, POST /control/house-order. Parameters stand in the query.</summary>
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
        catch (ArgumentException exception)
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
            _ => throw new RestRefusedException(VenueErrors.NotFound, StatusCodes.Status404NotFound),
        };
    }

    private Task<byte[]> Done(Action action) => loop.RunAsync(() =>
    {
        action();
        return JsonText.Object(json => json.WriteNumber("code"u8, StatusCodes.Status200OK));
    });

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
