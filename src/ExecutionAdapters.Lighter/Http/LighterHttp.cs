using System.Globalization;
using System.Net;
using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.Http;

/// <summary>The venue's REST API, as far as an execution client needs it. Thread-safe; holds no business state.</summary>
internal sealed class LighterHttp : IDisposable
{
    private const int MaxReadAttempts = 3;
    private const int MaxResponseBytes = 32 * 1024 * 1024;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;

    public LighterHttp(Uri baseUrl, TimeSpan timeout, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _timeout = timeout;
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = baseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
    }

    public async Task<IReadOnlyList<MarketRow>> GetMarketsAsync(CancellationToken cancellationToken)
    {
        var body = await GetAsync("api/v1/orderBookDetails?filter=all", authToken: null, cancellationToken).ConfigureAwait(false);
        var rows = new List<MarketRow>();
        Read("orderBookDetails", () =>
        {
            foreach (var (name, isSpot) in new[] { ("order_book_details", false), ("spot_order_book_details", true) })
            {
                foreach (var row in JsonList.Enumerate(body, name))
                {
                    rows.Add(MarketRow.Read(row, isSpot));
                }
            }
        });
        return rows;
    }

    public async Task<long> GetNextNonceAsync(long accountIndex, byte apiKeyIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/nextNonce?account_index={accountIndex}&api_key_index={apiKeyIndex}"), authToken: null, cancellationToken).ConfigureAwait(false);
        var nonce = 0L;
        Read("nextNonce", () => nonce = JsonRow.Integer(body, "nonce"));
        return nonce;
    }

    /// <summary>The public key that the venue has for this slot, lower-case hex; null when the slot is empty.</summary>
    public async Task<string?> GetPublicKeyAsync(long accountIndex, byte apiKeyIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/apikeys?account_index={accountIndex}&api_key_index={apiKeyIndex}"), authToken: null, cancellationToken).ConfigureAwait(false);
        string? key = null;
        Read("apikeys", () =>
        {
            foreach (var row in JsonList.Enumerate(body, "api_keys"))
            {
                if (JsonRow.OptionalInteger(row, "api_key_index") == apiKeyIndex)
                {
                    key = JsonRow.Text(row, "public_key").ToLowerInvariant();
                }
            }
        });
        return key;
    }

    /// <summary>What became of a transaction; null: the venue answered and does not know its hash.</summary>
    public async Task<TransactionRow?> GetTransactionAsync(string hash, CancellationToken cancellationToken)
    {
        try
        {
            var body = await GetAsync("api/v1/tx?by=hash&value=" + hash, authToken: null, cancellationToken).ConfigureAwait(false);
            TransactionRow? row = null;
            Read("tx", () => row = TransactionRow.Read(body));
            return row;
        }
        catch (ExecutionClientException exception) when (exception.VenueCode == LighterProtocol.TransactionNotFound)
        {
            return null;
        }
    }

    /// <summary>The account as REST gives it.</summary>
    public async Task<JsonElement> GetAccountAsync(long accountIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/account?by=index&value={accountIndex}"), authToken: null, cancellationToken).ConfigureAwait(false);
        foreach (var account in JsonList.Enumerate(body, "accounts"))
        {
            return account;
        }

        throw new ExecutionClientException($"Lighter account: the venue does not know account {accountIndex}.");
    }

    public async Task<IReadOnlyList<OrderRow>> GetActiveOrdersAsync(long accountIndex, short? market, string authToken, CancellationToken cancellationToken)
    {
        var path = Invariant($"api/v1/accountActiveOrders?account_index={accountIndex}&market_id={market ?? 255}");
        var body = await GetAsync(path, authToken, cancellationToken).ConfigureAwait(false);
        return ReadRows("accountActiveOrders", body, "orders", OrderRow.Read);
    }

    /// <summary>Orders closed in the window (seconds, both inclusive), newest first, every page.</summary>
    public Task<IReadOnlyList<OrderRow>> GetInactiveOrdersAsync(
        long accountIndex, short? market, (long Start, long End)? window, string authToken, CancellationToken cancellationToken)
    {
        var path = Invariant($"api/v1/accountInactiveOrders?account_index={accountIndex}&market_id={market ?? 255}&limit={LighterProtocol.PageSize}");
        if (window is { } between)
        {
            path += Invariant($"&between_timestamps={between.Start}-{between.End}");
        }

        return GetPagesAsync("accountInactiveOrders", path, "orders", OrderRow.Read, _ => true, authToken, cancellationToken);
    }

    /// <summary>Trades of the account, newest first, every page until <paramref name="fromMs"/>.</summary>
    public Task<IReadOnlyList<TradeRow>> GetTradesAsync(
        long accountIndex, short? market, long? orderIndex, long? fromMs, string authToken, CancellationToken cancellationToken)
    {
        var path = Invariant($"api/v1/trades?sort_by=timestamp&account_index={accountIndex}&market_id={market ?? 255}&limit={LighterProtocol.PageSize}");
        if (orderIndex is { } order)
        {
            path += Invariant($"&order_index={order}");
        }

        if (fromMs is { } from)
        {
            path += Invariant($"&from={from}");
        }

        return GetPagesAsync("trades", path, "trades", TradeRow.Read, trade => trade.TimestampMs >= (fromMs ?? 0), authToken, cancellationToken);
    }

    /// <summary>
    /// Sends a batch. Never retried: a request that may have arrived is <see cref="SendOutcome.Unknown"/>.
    /// </summary>
    public async Task<SendOutcome> SendBatchAsync(string transactionTypes, string transactionInfos, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var content = new FormUrlEncodedContent([new("tx_types", transactionTypes), new("tx_infos", transactionInfos)]);
        try
        {
            using var response = await _client.PostAsync(new Uri("api/v1/sendTxBatch", UriKind.Relative), content, linked.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            return ReadSendOutcome(response.StatusCode, text);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new SendOutcome.NotSent("no connection to the venue: " + exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return new SendOutcome.Unknown(timeout.IsCancellationRequested ? "no answer in time" : exception.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private static SendOutcome ReadSendOutcome(HttpStatusCode status, byte[] body)
    {
        if (!TryParse(body, out var root))
        {
            return new SendOutcome.Unknown(Invariant($"HTTP {(int)status} without a readable body"));
        }

        try
        {
            var code = (int)JsonRow.Integer(root, "code");
            if (code == 200 && status == HttpStatusCode.OK)
            {
                return new SendOutcome.Admitted();
            }

            // Below 500 the venue says that it refused; at 500 and above nobody knows what was done before it failed.
            return (int)status < 500
                ? new SendOutcome.Refused(code, JsonRow.Text(root, "message"))
                : new SendOutcome.Unknown(Invariant($"HTTP {(int)status}, code {code}"));
        }
        catch (Exception exception) when (exception is RowFormatException or InvalidOperationException)
        {
            return new SendOutcome.Unknown(Invariant($"HTTP {(int)status}: {exception.Message}"));
        }
    }

    private async Task<IReadOnlyList<T>> GetPagesAsync<T>(
        string endpoint, string path, string member, Func<JsonElement, T> read, Func<T, bool> wanted, string authToken, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "";
        do
        {
            var page = cursor.Length == 0 ? path : path + "&cursor=" + Uri.EscapeDataString(cursor);
            var body = await GetAsync(page, authToken, cancellationToken).ConfigureAwait(false);
            var pageRows = ReadRows(endpoint, body, member, read);
            rows.AddRange(pageRows.Where(wanted));
            if (pageRows.Count > 0 && !wanted(pageRows[^1]))
            {
                break;
            }

            Read(endpoint, () => cursor = JsonRow.Text(body, "next_cursor"));
            if (cursor.Length > 0 && !seen.Add(cursor))
            {
                throw new ExecutionClientException($"Lighter {endpoint}: the venue gave the cursor '{cursor}' twice.");
            }
        }
        while (cursor.Length > 0);
        return rows;
    }

    /// <summary>GET with retries: reading twice does no harm. The body is checked for the venue's own code.</summary>
    private async Task<JsonElement> GetAsync(string path, string? authToken, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await GetOnceAsync(path, authToken, cancellationToken).ConfigureAwait(false);
            }
            catch (TransientException exception) when (attempt < MaxReadAttempts)
            {
                var delay = exception.RetryAfter is { } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, MaxRetryDelay.Ticks)) : RetryDelay * attempt;
                await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (TransientException exception)
            {
                throw new ExecutionClientException(exception.Message, exception.InnerException);
            }
        }
    }

    private async Task<JsonElement> GetOnceAsync(string path, string? authToken, CancellationToken cancellationToken)
    {
        var endpoint = path.Split('?')[0];
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (authToken is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", authToken);
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
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
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
            throw status >= 500 ? new TransientException(text) : new ExecutionClientException(text);
        }

        var code = 0;
        var message = "";
        Read(endpoint, () =>
        {
            code = (int)(JsonRow.OptionalInteger(body, "code") ?? status);
            message = JsonRow.Text(body, "message");
        });
        if (status == 200 && code == 200)
        {
            return body;
        }

        var refusal = Invariant($"Lighter {endpoint}: HTTP {status}, code {code}: {message}");
        throw status is 429 or 405 or >= 500
            ? new TransientException(refusal) { RetryAfter = response.Headers.RetryAfter?.Delta }
            : new ExecutionClientException(refusal) { VenueCode = code };
    }

    private static List<T> ReadRows<T>(string endpoint, JsonElement body, string member, Func<JsonElement, T> read)
    {
        // A row that cannot be read fails the whole report: an incomplete answer must not pass for a complete one.
        var rows = new List<T>();
        Read(endpoint, () =>
        {
            foreach (var row in JsonList.Enumerate(body, member))
            {
                rows.Add(read(row));
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

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Worth another try.</summary>
    private sealed class TransientException(string message, Exception? inner = null) : Exception(message, inner)
    {
        public TimeSpan? RetryAfter { get; init; }
    }
}
