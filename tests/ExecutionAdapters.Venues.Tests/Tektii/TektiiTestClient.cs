using System.Buffers;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

/// <summary>An answer: its status, its JSON and its headers.</summary>
internal sealed record Answer(int Status, JsonNode? Body, HttpResponseHeaders Headers)
{
    public string Code => (string)Body!["code"]!;
}

/// <summary>A plain client of a running venue: sends requests, reads frames, acknowledges them.</summary>
internal sealed class TektiiTestClient(TektiiVenue venue) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();

    public HttpClient Http { get; } = new() { BaseAddress = venue.BaseUrl };

    public ClientWebSocketOptions Options => _socket.Options;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<TektiiTestClient> ConnectAsync(TektiiVenue venue, bool isEngine = false)
    {
        var client = new TektiiTestClient(venue);
        await client.ConnectAsync(isEngine ? venue.EngineStreamUrl : venue.StreamUrl);
        await EventuallyAsync(() => venue.StreamCount > 0);
        return client;
    }

    public Task ConnectAsync(Uri url) => _socket.ConnectAsync(url, CancellationToken.None);

    public async Task<Answer> SendAsync(string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        Answer answer = await SendAsync("GET", path);
        Assert.Equal(200, answer.Status);
        return answer.Body!;
    }

    public ValueTask WriteAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);

    public ValueTask AckAsync(params string[] events) => WriteAsync(
        $"{{\"type\":\"event_ack\",\"correlation_id\":\"c\",\"events_processed\":[{string.Join(',', events.Select(id => $"\"{id}\""))}],\"timestamp\":1}}");

    /// <summary>The next frame's text; null when the venue closes.</summary>
    public async Task<string?> NextTextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var message = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(message.GetMemory(4_096), patience.Token);
            message.Advance(received.Count);
        }
        while (!received.EndOfMessage);
        return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(message.WrittenSpan);
    }

    public async Task<JsonObject> NextAsync() => JsonNode.Parse(await NextTextAsync() ?? throw new InvalidOperationException("The venue closed."))!.AsObject();

    /// <summary>The next frame, which must be of a type.</summary>
    public async Task<JsonObject> NextAsync(string type)
    {
        JsonObject frame = await NextAsync();
        Assert.Equal(type, (string)frame["type"]!);
        return frame;
    }

    /// <summary>The next frame of a type; those before are skipped.</summary>
    public async Task<JsonObject> WaitAsync(string type)
    {
        while (true)
        {
            JsonObject frame = await NextAsync();
            if ((string)frame["type"]! == type)
            {
                return frame;
            }
        }
    }

    /// <summary>Acknowledges frame after frame until the venue closes; gives back all frames.</summary>
    public async Task<List<JsonObject>> RunToEndAsync(Func<JsonObject, Task>? onFrame = null)
    {
        List<JsonObject> frames = [];
        while (await NextTextAsync() is { } text)
        {
            JsonObject frame = JsonNode.Parse(text)!.AsObject();
            frames.Add(frame);
            if (onFrame is not null)
            {
                await onFrame(frame);
            }

            if ((string?)frame["event_id"] is { } id)
            {
                await AckAsync(id);
            }
        }

        return frames;
    }

    public static async Task EventuallyAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        Http.Dispose();
        return ValueTask.CompletedTask;
    }
}
