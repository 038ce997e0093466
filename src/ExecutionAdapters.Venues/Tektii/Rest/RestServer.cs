using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Rows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>Reads requests, lets an API answer them with the venue's gate held, and does to the answers what faults want.</summary>
internal sealed class RestServer(VenueCore core, ApiKeyCheck keys, ILogger logger)
{
    private const string GatewayPrefix = "/v1/";
    private const string EnginePrefix = "/api/v1/";

    private readonly GatewayApi _gateway = new(core);
    private readonly EngineApi _engine = new(core);

    public async Task HandleAsync(HttpContext http)
    {
        byte[] body = await ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        (RestReply? reply, TektiiRequestFault? fault, Task released) = core.Run(() => Arrive(http.Request, body));
        if (fault is { Kind: TektiiRequestFaultKind.HoldRequest or TektiiRequestFaultKind.HoldResponse })
        {
            // The client may give up first.
            Task held = fault.Delay is { } delay ? Task.Delay(delay, core.Options.TimeProvider, http.RequestAborted) : released.WaitAsync(http.RequestAborted);
            await held.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (fault is { Kind: TektiiRequestFaultKind.HoldRequest })
        {
            reply = core.Run(() => Handle(http.Request, http.Request.Path.Value ?? "/", body));
        }

        if (reply is null || fault is { Kind: TektiiRequestFaultKind.DropResponse })
        {
            http.Abort();
            return;
        }

        await WriteAsync(http.Response, fault is { Kind: TektiiRequestFaultKind.TruncateResponse } ? Half(reply) : reply, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A refusal in the dialect of the path.</summary>
    public static RestReply Refuse(string path, ApiError error)
    {
        bool isEngine = path.StartsWith(EnginePrefix, StringComparison.Ordinal);
        RestReply reply = RestReply.Object(json => (isEngine ? EngineRows.Error : (Action<Utf8JsonWriter, ApiError>)GatewayRows.Error)(json, error), error.Status);
        return reply with { RetryAfterSeconds = error.RetryAfterSeconds };
    }

    public static async Task WriteAsync(HttpResponse response, RestReply reply, CancellationToken cancellationToken)
    {
        if (reply.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request as tests see it.</summary>
    public static TektiiRequest Capture(HttpRequest request, byte[] body) => new(
        request.Method,
        request.Path.Value ?? "/",
        request.QueryString.Value ?? "",
        request.Headers.ToDictionary(
            header => header.Key,
            header => header.Key is ApiKeyCheck.KeyHeader or "Authorization" ? "(present)" : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase),
        Encoding.UTF8.GetString(body));

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(); // the server bounds it
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return body.ToArray();
    }

    /// <summary>No reply: the connection is to be cut, or the request is not to be looked at yet.</summary>
    private (RestReply? Reply, TektiiRequestFault? Fault, Task Released) Arrive(HttpRequest http, byte[] body)
    {
        string path = http.Path.Value ?? "/";
        core.Capture(Capture(http, body));
        if (PublicPages.Find(core, path) is { } page)
        {
            return (page, null, Task.CompletedTask);
        }

        TektiiRequestFault? fault = core.Faults.TakeRequest(http.Method, path);
        RestReply? reply = fault switch
        {
            { Kind: TektiiRequestFaultKind.DropRequest or TektiiRequestFaultKind.HoldRequest } => null,
            { Kind: TektiiRequestFaultKind.Answer, Execute: false } => Scripted(path, fault),
            _ => Handle(http, path, body),
        };
        return (fault is { Kind: TektiiRequestFaultKind.Answer } ? Scripted(path, fault) : reply, fault, core.Faults.Released);
    }

    private RestReply Handle(HttpRequest http, string path, byte[] body)
    {
        try
        {
            if (keys.Check(http.Headers) is { } refused)
            {
                return Refuse(path, refused);
            }

            bool isEngine = path.StartsWith(EnginePrefix, StringComparison.Ordinal) && core.Options.IsBacktest;
            if (!isEngine && !path.StartsWith(GatewayPrefix, StringComparison.Ordinal))
            {
                return Refuse(path, ApiErrors.NotFound);
            }

            string[] segments = path[(isEngine ? EnginePrefix : GatewayPrefix).Length..].TrimEnd('/').Split('/');
            var request = new RestRequest(http.Method, segments, http.Query, body);
            CheckOpen(request);
            core.Desk.ExpireDays();
            return isEngine ? _engine.Handle(request) : _gateway.Handle(request);
        }
        catch (RefusedException refused)
        {
            return Refuse(path, refused.Error);
        }
#pragma warning disable CA1031 // No request may end without an answer that says so; it is logged as an error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.RequestFailed(logger, http.Method, path, exception);
            return Refuse(path, ApiErrors.Internal);
        }
    }

    private void CheckOpen(RestRequest request)
    {
        ApiError? closed =
            core.IsShuttingDown ? ApiErrors.ShuttingDown
            : !core.Broker.IsConnected && request.Path[0] is not ("status" or "capabilities" or "circuit-breakers") ? ApiErrors.BrokerGone
            : !request.IsRead && core.Backtest is { TakesOrders: false } ? ApiErrors.RunEnded
            : null;
        if (closed is not null)
        {
            throw new RefusedException(closed);
        }
    }

    private static RestReply Scripted(string path, TektiiRequestFault fault)
    {
        ApiError error = fault.Status switch
        {
            429 => ApiErrors.RateLimited(fault.RetryAfterSeconds ?? 1),
            501 => ApiErrors.Unsupported("This", "mock"),
            502 => new ApiError(502, "PROVIDER_ERROR", "The broker failed.") { Details = [("provider", "mock")] },
            503 => ApiErrors.BrokerGone,
            _ => ApiErrors.Internal with { Status = fault.Status },
        };
        RestReply reply = Refuse(path, error) with { RetryAfterSeconds = fault.RetryAfterSeconds };
        return fault.Body is { } body ? reply with { Body = Encoding.UTF8.GetBytes(body) } : reply;
    }

    private static RestReply Half(RestReply reply) => reply with { Body = reply.Body[..(reply.Body.Length / 2)] };
}
