using System.Globalization;
using System.Net;
using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Http;

/// <summary>What became of a transaction sent by HTTP, and how much of the volume quota is left when the venue said.</summary>
internal readonly record struct TransactionAnswer(SendOutcome Outcome, long? VolumeQuotaRemaining = null);

/// <content>Requests: quota, tokens, retries of what may be repeated, pages, and answers that must be readable.</content>
internal sealed partial class LighterHttp
{
    private const int MaxReadAttempts = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private async Task<TransactionAnswer> PostAsync(string endpoint, HttpContent form, CancellationToken cancellationToken)
    {
        using var content = form;
        await TakeQuotaAsync(endpoint, cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(_transactionTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _client.PostAsync(new Uri("api/v1/" + endpoint, UriKind.Relative), content, linked.Token).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                Limits.Pause(RetryAfter(response));
            }

            return ReadAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false));
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new TransactionAnswer(new SendOutcome.NotSent("no connection to the venue: " + exception.Message));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return new TransactionAnswer(new SendOutcome.Unknown(timeout.IsCancellationRequested ? "no answer in time" : exception.Message));
        }
    }

    private static TransactionAnswer ReadAnswer(HttpStatusCode status, byte[] body)
    {
        if (!TryParse(body, out var root))
        {
            return new TransactionAnswer(new SendOutcome.Unknown(Invariant($"HTTP {(int)status} without a readable body")));
        }

        try
        {
            var row = JsonRow.Read(root);
            var code = (int)row.Integer("code"u8);
            if (code == 200 && status == HttpStatusCode.OK)
            {
                return new TransactionAnswer(new SendOutcome.Admitted(), row.OptionalInteger("volume_quota_remaining"u8));
            }

            // Below 500 the venue says that it refused; at 500 and above nobody knows what was done before it failed.
            return new TransactionAnswer((int)status < 500
                ? new SendOutcome.Refused(code, row.Text("message"u8))
                : new SendOutcome.Unknown(Invariant($"HTTP {(int)status}, code {code}")));
        }
        catch (Exception exception) when (exception is RowFormatException or InvalidOperationException)
        {
            return new TransactionAnswer(new SendOutcome.Unknown(Invariant($"HTTP {(int)status}: {exception.Message}")));
        }
    }

    private async Task<IReadOnlyList<T>> GetPagesAsync<T>(
        string endpoint, string path, string member, RowReader<T> read, Func<T, bool> wanted, Action<string, string>? onUnreadable,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "";
        do
        {
            var page = cursor.Length == 0 ? path : path + "&cursor=" + Uri.EscapeDataString(cursor);
            var body = await GetAsync(page, isPrivate: true, cancellationToken).ConfigureAwait(false);
            var pageRows = ReadRows(endpoint, body, member, read, onUnreadable);
            rows.AddRange(pageRows.Where(wanted));
            if (pageRows.Count > 0 && !wanted(pageRows[^1]))
            {
                break;
            }

            Read(endpoint, () => cursor = JsonRow.Read(body).Text("next_cursor"u8));
            if (cursor.Length > 0 && !seen.Add(cursor))
            {
                throw new ExecutionClientException($"Lighter {endpoint}: the venue gave the cursor '{cursor}' twice.");
            }
        }
        while (cursor.Length > 0);
        return rows;
    }

    /// <summary>GET with retries: reading twice does no harm. The body is checked for the venue's own code.</summary>
    private async Task<JsonElement> GetAsync(string path, bool isPrivate, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetOnceAsync(path, isPrivate, cancellationToken).ConfigureAwait(false);
            }
            catch (ExecutionClientException exception) when (isPrivate && exception.VenueCode == LighterProtocol.InvalidAuth && attempt == 1)
            {
                // The token was minted a moment ago; one that the venue lost or saw too late is worth one more.
            }
            catch (TransientException exception) when (attempt < MaxReadAttempts)
            {
                if (exception.IsRateLimit)
                {
                    Limits.Pause(exception.RetryAfter);
                }

                var delay = exception.RetryAfter is { } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, MaxRetryDelay.Ticks)) : RetryDelay * attempt;
                await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TransientException exception)
            {
                throw new ExecutionClientException(exception.Message, exception.InnerException);
            }
        }
    }

    private async Task<JsonElement> GetOnceAsync(string path, bool isPrivate, CancellationToken cancellationToken)
    {
        var endpoint = path.Split('?')[0];
        await TakeQuotaAsync(endpoint[(endpoint.LastIndexOf('/') + 1)..], cancellationToken).ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (isPrivate)
        {
            request.Headers.TryAddWithoutValidation("authorization", _newAuthToken());
        }

        try
        {
            using var response = await _client.SendAsync(request, linked.Token).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            return ReadBody(endpoint, response, bytes);
        }
        catch (HttpRequestException exception)
        {
            throw new TransientException($"Lighter {endpoint} at {_client.BaseAddress!.Authority}: {exception.Message}", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(Invariant($"Lighter {endpoint} at {_client.BaseAddress!.Authority}: no answer within {_timeout.TotalSeconds} s"));
        }
    }

    private static JsonElement ReadBody(string endpoint, HttpResponseMessage response, byte[] bytes)
    {
        var status = (int)response.StatusCode;
        if (!TryParse(bytes, out var body))
        {
            var text = Invariant($"Lighter {endpoint}: HTTP {status} without a readable body");
            throw status is 429 or 405 or >= 500
                ? new TransientException(text) { RetryAfter = RetryAfter(response), IsRateLimit = status < 500 }
                : new ExecutionClientException(text);
        }

        var code = 0;
        var message = "";
        Read(endpoint, () =>
        {
            var row = JsonRow.Read(body);
            code = (int)(row.OptionalInteger("code"u8) ?? status);
            message = row.Text("message"u8);
        });
        if (status == 200 && code == 200)
        {
            return body;
        }

        var refusal = Invariant($"Lighter {endpoint}: HTTP {status}, code {code}: {message}");
        throw status is 429 or 405 or >= 500
            ? new TransientException(refusal) { RetryAfter = RetryAfter(response), IsRateLimit = status < 500 }
            : new ExecutionClientException(refusal) { VenueCode = code };
    }

    /// <summary>
    /// Without <paramref name="onUnreadable"/> a row that cannot be read fails the whole: an incomplete report must not pass for a complete one.
    /// </summary>
    private static List<T> ReadRows<T>(
        string endpoint, JsonElement body, string member, RowReader<T> read, Action<string, string>? onUnreadable = null)
    {
        var rows = new List<T>();
        Read(endpoint, () =>
        {
            foreach (var element in JsonList.Enumerate(body, member))
            {
                try
                {
                    rows.Add(read(JsonRow.Read(element)));
                }
                catch (RowFormatException exception) when (onUnreadable is not null)
                {
                    onUnreadable(endpoint, exception.Message);
                }
            }
        });
        return rows;
    }

    /// <summary>Reads an answer; what cannot be read is an exception that names the endpoint.</summary>
    public static void Read(string endpoint, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is RowFormatException or InvalidOperationException)
        {
            throw new ExecutionClientException($"Lighter {endpoint}: the answer cannot be read: {exception.Message}.", exception);
        }
    }

    private static bool TryParse(byte[] bytes, out JsonElement root)
    {
        root = default;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Worth another try.</summary>
    private sealed class TransientException(string message, Exception? inner = null) : Exception(message, inner)
    {
        public TimeSpan? RetryAfter { get; init; }

        public bool IsRateLimit { get; init; }
    }

    /// <summary>It may take long, up to a minute: whoever waits for a request should be able to see why.</summary>
    private async Task TakeQuotaAsync(string endpoint, CancellationToken cancellationToken)
    {
        var taking = Limits.TakeAsync(endpoint, cancellationToken);
        if (!taking.IsCompleted)
        {
            Log.WaitsForQuota(_logger, endpoint, Limits.Requests.Used, Limits.PerMinute);
        }

        await taking.ConfigureAwait(false);
    }
}
