using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Faults;
using ExecutionAdapters.Venues.Lighter.Rows;
using ExecutionAdapters.Venues.Lighter.Sequencing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>The REST API: finds the endpoint, runs it on the venue's loop and writes its answer.</summary>
internal sealed class RestServer(VenueLoop loop, VenueCore core, ILogger logger)
{
    /// <summary>The GET endpoints by their path below /api/v1/.</summary>
    private static readonly FrozenDictionary<string, RestEndpoint> Endpoints = new Dictionary<string, RestEndpoint>
    {
        ["orderBookDetails"] = MarketEndpoints.OrderBookDetails,
        ["orderBooks"] = MarketEndpoints.OrderBooks,
        ["orderBookOrders"] = MarketEndpoints.OrderBookOrders,
        ["recentTrades"] = MarketEndpoints.RecentTrades,
        ["assetDetails"] = MarketEndpoints.AssetDetails,
        ["systemConfig"] = MarketEndpoints.SystemConfig,
        ["account"] = AccountEndpoints.Account,
        ["accountsByL1Address"] = AccountEndpoints.AccountsByL1Address,
        ["accountLimits"] = AccountEndpoints.AccountLimits,
        ["nextNonce"] = AccountEndpoints.NextNonce,
        ["apikeys"] = AccountEndpoints.ApiKeys,
        ["getMakerOnlyApiKeys"] = AccountEndpoints.MakerOnlyApiKeys,
        ["accountActiveOrders"] = HistoryEndpoints.ActiveOrders,
        ["accountInactiveOrders"] = HistoryEndpoints.InactiveOrders,
        ["trades"] = HistoryEndpoints.Trades,
        ["accountTxs"] = HistoryEndpoints.AccountTransactions,
        ["tx"] = HistoryEndpoints.Transaction,
    }.ToFrozenDictionary();

    public async Task HandleAsync(HttpContext http)
    {
        RestReply reply = await ReplyAsync(http).ConfigureAwait(false);
        if (reply.Hold is { } hold)
        {
            // The client may give up first.
            await hold.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (reply.Abort)
        {
            http.Abort();
            return;
        }

        if (reply.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (reply.CloseAfter)
        {
            http.Response.Headers.Connection = "close";
        }

        http.Response.StatusCode = reply.HttpStatus;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = reply.Body.Length;
        await http.Response.Body.WriteAsync(reply.Body, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task<RestReply> ReplyAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "/";
        try
        {
            if (await ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false) is not { } request)
            {
                return Failure(StatusCodes.Status400BadRequest, VenueErrors.InvalidParameter.With("the request's form cannot be read"));
            }

            bool isPost = HttpMethods.IsPost(http.Request.Method);
            return await loop.RunAsync(() => Run(path, isPost, request), http.RequestAborted).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // No request may end without an answer that says so; it is logged as an error.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.RequestFailed(logger, path, exception);
            return Failure(StatusCodes.Status500InternalServerError, VenueErrors.InternalServerError);
        }
    }

    /// <summary>Null for a form that is cut short, malformed, too large or in an encoding that is not offered.</summary>
    private static async Task<RestRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection? form;
        try
        {
            form = request.HasFormContentType ? await request.ReadFormAsync(cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return null;
        }

        string? authorization = request.Headers.Authorization;
        return new RestRequest(request.Query, form, string.IsNullOrEmpty(authorization) ? null : authorization);
    }

    private RestReply Run(string path, bool isPost, RestRequest request)
    {
        string name = FaultVocabulary.EndpointName(path);
        bool Matches(FaultRule rule) => rule.Path is null || rule.Path == name;
        if (core.Faults.Take(FaultKind.RefuseRequest, Matches) is { } refuse)
        {
            if (refuse.Execute == true)
            {
                Handle(name, isPost, request);
            }

            return Failure((int)refuse.Status!.Value, refuse.Error) with { RetryAfterSeconds = refuse.RetryAfterSeconds };
        }

        if (core.Faults.Take(FaultKind.AnswerRequest, Matches) is { } answer)
        {
            return new RestReply(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(answer.Body!));
        }

        if (core.Faults.Take(FaultKind.DelayRequest, Matches) is not { } delay)
        {
            return Handle(name, isPost, request);
        }

        Task hold = core.Faults.HoldAsync(delay, delay.DelayMs);
        return delay.Execute == false
            ? new RestReply(StatusCodes.Status200OK, []) { Hold = hold, Abort = true }
            : Handle(name, isPost, request) with { Hold = hold };
    }

    private RestReply Handle(string name, bool isPost, RestRequest request)
    {
        if (!core.Limits.TryRequest(Caller(request), name, core.Exchange.State.NowUs))
        {
            return Failure(StatusCodes.Status429TooManyRequests, VenueErrors.TooManyRequest);
        }

        try
        {
            return isPost ? Post(name, request) : Get(name, request);
        }
        catch (RestRefusedException refused)
        {
            return Failure(refused.HttpStatus, refused.Error);
        }
    }

    private RestReply Get(string name, RestRequest request)
    {
        if (name is "/" or "/info")
        {
            return new RestReply(StatusCodes.Status200OK, JsonText.Object(json => WriteStatus(json, name)));
        }

        if (!Endpoints.TryGetValue(name, out RestEndpoint? endpoint))
        {
            return Failure(StatusCodes.Status404NotFound, VenueErrors.NotFound);
        }

        return new RestReply(StatusCodes.Status200OK, JsonText.Object(json =>
        {
            json.WriteNumber("code"u8, StatusCodes.Status200OK);
            endpoint(new RestContext(core, request), json);
        }));
    }

    private RestReply Post(string name, RestRequest request)
    {
        if (name is not (TransactionEndpoints.Single or TransactionEndpoints.Batch))
        {
            return Failure(StatusCodes.Status404NotFound, VenueErrors.NotFound);
        }

        bool isBatch = name == TransactionEndpoints.Batch;
        SubmissionOutcome outcome = TransactionEndpoints.Send(core, request, isBatch);
        RestReply reply = outcome.Error is { } error
            ? Failure(HttpStatus(error), error)
            : new RestReply(StatusCodes.Status200OK, JsonText.Object(json =>
            {
                json.WriteNumber("code"u8, StatusCodes.Status200OK);
                if (!outcome.OmitHash && outcome.Hashes.Count > 0)
                {
                    SubmissionRow.WriteMembers(json, outcome, isBatch);
                }
            }));
        return reply with
        {
            Hold = outcome.Withhold is { } rule ? core.Faults.HoldAsync(rule, rule.DelayMs) : null,
            Abort = outcome.CloseConnection || outcome.SwallowAcknowledgement,
            CloseAfter = outcome.CloseAfterAnswer,
        };
    }

    private void WriteStatus(Utf8JsonWriter json, string name)
    {
        if (name == "/info")
        {
            json.WriteString("contract_address"u8, "0x0000000000000000000000000000000000000000");
            return;
        }

        json.WriteNumber("status"u8, StatusCodes.Status200OK);
        json.WriteNumber("network_id"u8, core.Options.ChainId);
        json.WriteNumber("timestamp"u8, core.NowMs / 1_000);
    }

    /// <summary>Requests with a valid token count for its account, all others for the address.</summary>
    private string Caller(RestRequest request) =>
        LighterAuthToken.TryParse(request.AuthToken, out LighterAuthTokenClaims claims)
        && core.Tokens.Check(request.AuthToken, claims.AccountIndex, core.NowMs) is null
            ? $"account {claims.AccountIndex}"
            : "address";

    private static int HttpStatus(VenueError error) =>
        error.Code == VenueErrors.TooManyRequest.Code ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest;

    private static RestReply Failure(int httpStatus, VenueError error) =>
        new(httpStatus, JsonText.Object(json => JsonText.WriteError(json, error)));

    private sealed record RestReply(int HttpStatus, byte[] Body)
    {
        public Task? Hold { get; init; }

        /// <summary>Cut the connection instead of answering.</summary>
        public bool Abort { get; init; }

        public bool CloseAfter { get; init; }

        public long? RetryAfterSeconds { get; init; }
    }
}
