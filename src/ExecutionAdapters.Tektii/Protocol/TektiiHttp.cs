using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using ExecutionAdapters.Clients;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>
/// The venue's REST API: one request and what became of it. Questions and deletions are asked again, as Tektii's SDK does; what makes or changes something
/// is sent once. Thread-safe; holds no business state.
/// </summary>
internal sealed class TektiiHttp : IDisposable
{
    private const int MaxResponseBytes = 16 * 1024 * 1024;
    private const int MostAttempts = 3;
    private const string UnknownCode = "UNKNOWN";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Uri _base;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;

    public TektiiHttp(TektiiOptions options, TektiiProtocol protocol, TimeProvider timeProvider)
    {
        Protocol = protocol;
        _timeout = options.HttpTimeout;
        _timeProvider = timeProvider;
        _base = new Uri(options.RestUrl.AbsoluteUri.TrimEnd('/') + protocol.Root);
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false, UseProxy = !options.RestUrl.IsLoopback })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
        foreach (var (name, value) in options.KeyHeaders)
        {
            // Unchecked: what is wrong with a header's form would be told with the key in it.
            _client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
    }

    public TektiiProtocol Protocol { get; }

    /// <summary>Asks, and reads the answer.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked, refused, or its answer cannot be read.</exception>
    public async Task<T> GetAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false);
        return answer.Outcome is SendOutcome.Admitted ? Read(path, () => read(answer.Body)) : throw ToException(path, answer);
    }

    /// <summary>As <see cref="GetAsync"/>; null when the venue answers that there is no such thing.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked, refused, or its answer cannot be read.</exception>
    public async Task<T?> FindAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false);
        return answer.Outcome switch
        {
            SendOutcome.Admitted => Read(path, () => read(answer.Body)),
            SendOutcome.Refused { Code: 404 } => null,
            _ => throw ToException(path, answer),
        };
    }

    /// <summary>Sends one request. Never throws but for the caller's own cancellation.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var isRepeatable = method == HttpMethod.Get || method == HttpMethod.Delete;
        SendOutcome? earlier = null;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, retryAfter) = await SendCoreAsync(method, path, body, cancellationToken).ConfigureAwait(false);
            var isFinal = answer.Outcome is SendOutcome.Admitted or SendOutcome.Refused;
            if (earlier is not null && (answer.Outcome is SendOutcome.NotSent || answer.IsTooMany || (answer.Outcome is SendOutcome.Refused && method != HttpMethod.Get)))
            {
                // This attempt came to nothing; one before it may have been carried out, and what it did may be why this one is refused.
                answer = new Answer(earlier);
            }

            earlier = answer is { Outcome: SendOutcome.Unknown, IsTooMany: false } ? answer.Outcome : earlier;
            if (!isRepeatable || attempt == MostAttempts || isFinal)
            {
                return answer;
            }

            var pause = retryAfter ?? TimeSpan.FromMilliseconds(200 * attempt);
            await Task.Delay(pause < LongestPause ? pause : LongestPause, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="SendAsync"/>, and never a second time.</summary>
    public async Task<Answer> SendOnceAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken) =>
        (await SendCoreAsync(method, path, body, cancellationToken).ConfigureAwait(false)).Answer;

    public void Dispose() => _client.Dispose();

    public static ExecutionClientException ToException(string path, Answer answer) => new($"Tektii {path}: {Describe(answer.Outcome)}")
    {
        VenueCode = answer.Outcome is SendOutcome.Refused refused ? refused.Code : null,
    };

    public static string Describe(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Refused refused => string.Create(CultureInfo.InvariantCulture, $"refused with HTTP {refused.Code}: {refused.Message}"),
        SendOutcome.NotSent notSent => notSent.Reason,
        SendOutcome.Unknown unknown => unknown.Cause,
        _ => "taken in",
    };

    /// <summary>Reads a part of an answer.</summary>
    /// <exception cref="ExecutionClientException">Names the path and what is wrong.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new ExecutionClientException($"Tektii {path}: the answer cannot be read: {exception.Message}", exception);
        }
    }

    private async Task<(Answer Answer, TimeSpan? RetryAfter)> SendCoreAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, new Uri(_base, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, linked.Token).ConfigureAwait(false);
            var content = await response.Content.ReadAsByteArrayAsync(linked.Token).ConfigureAwait(false);
            return (ToAnswer(response, content, isQuestion: method == HttpMethod.Get), RetryAfter(response));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (new Answer(new SendOutcome.Unknown($"no answer within {_timeout.TotalSeconds:0.#} s")), null);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            || exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return (new Answer(new SendOutcome.NotSent($"no connection to {_base.Authority}: {exception.Message}")), null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (new Answer(new SendOutcome.Unknown(exception.Message)), null);
        }
    }

    private Answer ToAnswer(HttpResponseMessage response, byte[] content, bool isQuestion)
    {
        var status = (int)response.StatusCode;
        var body = Parse(content);
        if (response.IsSuccessStatusCode)
        {
            return body is { } read ? new Answer(new SendOutcome.Admitted(), read) : new Answer(new SendOutcome.Unknown("the answer is not valid JSON"));
        }

        var refusal = ReadRefusal(status, body ?? default);
        var message = $"{refusal.Code}: {refusal.Message}{(refusal.RejectCode is { } code ? $" ({code})" : "")}";

        // Too much, or trouble behind the gateway or before it: whether it was carried out is not known. A refusal is one that the venue itself has worded.
        return status is 408 or 425 or 429 or (>= 500 and not 501) || (refusal.Code == UnknownCode && !(isQuestion && status is 401 or 403))
            ? new Answer(new SendOutcome.Unknown(string.Create(CultureInfo.InvariantCulture, $"HTTP {status} {message}"))) { Refusal = refusal, IsTooMany = status == 429 && refusal.Code != UnknownCode }
            : new Answer(new SendOutcome.Refused(status, message)) { Refusal = refusal };
    }

    private VenueRefusal ReadRefusal(int status, JsonElement body)
    {
        try
        {
            return Protocol.ReadRefusal(status, body);
        }
        catch (FormatException exception)
        {
            return new VenueRefusal(UnknownCode, exception.Message, null);
        }
    }

    private static JsonElement? Parse(byte[] content)
    {
        if (content.Length == 0)
        {
            return default(JsonElement);
        }

        try
        {
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = TektiiProtocol.MaxDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - _timeProvider.GetUtcNow());
        return pause > TimeSpan.Zero ? pause : null;
    }
}

/// <summary>What became of a request.</summary>
/// <param name="Outcome">Taken in, refused, not sent, or not known.</param>
/// <param name="Body">The body of an answer that took it in.</param>
internal readonly record struct Answer(SendOutcome Outcome, JsonElement Body = default)
{
    /// <summary>What the venue said instead.</summary>
    public VenueRefusal Refusal { get; init; }

    /// <summary>The venue says, in words of its own, that there were too many requests: it did not carry this one out, unless what it made shows otherwise.</summary>
    public bool IsTooMany { get; init; }

    /// <summary>The venue says that it did not do it.</summary>
    public bool IsRefused => Outcome is SendOutcome.Refused || IsTooMany;
}
