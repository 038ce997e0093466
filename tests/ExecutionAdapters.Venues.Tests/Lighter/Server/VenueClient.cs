using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>A plain client of a running venue: signs, sends, and reads frames.</summary>
internal sealed class VenueClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LighterVenue _venue;
    private readonly TimeProvider _clock;
    private readonly LighterPrivateKey _key;
    private readonly HttpClient _http = new();
    private ClientWebSocket _socket = new();

    public VenueClient(LighterVenue venue, TimeProvider? clock = null, LighterTestAccount? account = null)
    {
        _venue = venue;
        _clock = clock ?? TimeProvider.System;
        Account = account ?? venue.TestAccount;
        _key = LighterPrivateKey.Parse(Account.PrivateKey);
        _http.BaseAddress = venue.RestUrl;
    }

    public LighterTestAccount Account { get; }

    public long NextNonce { get; set; } = 1;

    public long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public int ChainId { get; init; } = 300;

    public string Token(long secondsAhead = 3_600) =>
        LighterAuthToken.Create(_key, (NowMs / 1_000) + secondsAhead, Account.AccountIndex, Account.ApiKeyIndex);

    public TransactionHeader Header(TransactionAttributes attributes = default) =>
        new(Account.AccountIndex, Account.ApiKeyIndex, NowMs + 300_000, NextNonce++, attributes);

    public SignedTransaction Sign(ILighterTransaction transaction) => LighterTransactionSigner.Sign(ChainId, transaction, _key);

    public CreateOrderTransaction Limit(
        bool isAsk,
        long size,
        uint price,
        long clientIndex = 0,
        LighterTimeInForce timeInForce = LighterTimeInForce.GoodTillTime,
        short market = 0) =>
        Create(new LighterOrderInfo
        {
            MarketIndex = market,
            ClientOrderIndex = clientIndex,
            BaseAmount = size,
            Price = price,
            IsAsk = isAsk,
            TimeInForce = timeInForce,
            OrderExpiry = timeInForce == LighterTimeInForce.ImmediateOrCancel ? 0 : NowMs + (28L * 86_400_000),
        });

    public CreateOrderTransaction Create(LighterOrderInfo order, TransactionAttributes attributes = default) =>
        new() { Header = Header(attributes), Order = order };

    public async Task ConnectAsync(string query = "")
    {
        await _socket.ConnectAsync(new Uri(_venue.StreamUrl + query), CancellationToken.None);
        JsonObject hello = await NextAsync();
        Assert.Equal("connected", (string)hello["type"]!);
    }

    public async Task ReconnectAsync()
    {
        _socket.Dispose();
        _socket = new ClientWebSocket();
        await ConnectAsync();
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public ValueTask SendAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(message.AsMemory(), type, true, CancellationToken.None);

    /// <summary>With what status the venue closed the connection.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public async Task<JsonObject> SubscribeAsync(string channel, bool withAuth = true)
    {
        string auth = withAuth ? $",\"auth\":\"{Token()}\"" : "";
        await SendAsync($"{{\"type\":\"subscribe\",\"channel\":\"{channel}\"{auth}}}");
        string kind = channel.Split('/')[0];
        return await WaitAsync(frame => ((string?)frame["type"])?.StartsWith("subscribed", StringComparison.Ordinal) == true
            && ((string)frame["channel"]!).StartsWith(kind, StringComparison.Ordinal));
    }

    public Task<JsonObject> SendTxAsync(ILighterTransaction transaction, string? id = "t") => SendTxAsync(Sign(transaction), id);

    public async Task<JsonObject> SendTxAsync(SignedTransaction signed, string? id = "t")
    {
        await PostTxAsync(signed, id);
        return await WaitAsync(frame => (string?)frame["type"] == "jsonapi/sendtx" || frame.ContainsKey("error"));
    }

    public ValueTask PostTxAsync(SignedTransaction signed, string? id = "t")
    {
        string idMember = id is null ? "" : $"\"id\":\"{id}\",";
        string info = Encoding.UTF8.GetString(signed.TxInfo.Span);
        return SendAsync($"{{\"type\":\"jsonapi/sendtx\",\"data\":{{{idMember}\"tx_type\":{(int)signed.Type},\"tx_info\":{info}}}}}");
    }

    public async Task<JsonObject> SendBatchAsync(params ILighterTransaction[] transactions)
    {
        (string types, string infos) = Lists(transactions);
        var message = new JsonObject
        {
            ["type"] = "jsonapi/sendtxbatch",
            ["data"] = new JsonObject { ["id"] = "b", ["tx_types"] = types, ["tx_infos"] = infos },
        };
        await SendAsync(message.ToJsonString());
        return await WaitAsync(frame => (string?)frame["type"] == "jsonapi/sendtxbatch");
    }

    public (string Types, string Infos) Lists(params ILighterTransaction[] transactions)
    {
        var types = new JsonArray();
        var infos = new JsonArray();
        foreach (ILighterTransaction transaction in transactions)
        {
            types.Add((int)transaction.Type);
            infos.Add(Encoding.UTF8.GetString(Sign(transaction).TxInfo.Span));
        }

        return (types.ToJsonString(), infos.ToJsonString());
    }

    /// <summary>The next frame of a type, skipping (and forgetting) others.</summary>
    public Task<JsonObject> UpdateAsync(string type) => WaitAsync(frame => (string?)frame["type"] == type);

    public async Task<JsonObject> WaitAsync(Predicate<JsonObject> wanted)
    {
        while (true)
        {
            JsonObject frame = await NextAsync();
            if (wanted(frame))
            {
                return frame;
            }
        }
    }

    public async Task<JsonObject> NextAsync() =>
        (JsonObject)JsonNode.Parse(await NextTextAsync() ?? throw new WebSocketException("closed by the venue"))!;

    /// <summary>The next frame's text; null when the venue closed the connection.</summary>
    public async Task<string?> NextTextAsync()
    {
        using var cancel = new CancellationTokenSource(Patience);
        var text = new ArrayBufferWriter<byte>();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(text.GetMemory(4_096), cancel.Token);
            text.Advance(received.Count);
        }
        while (!received.EndOfMessage);
        return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>The rows of an account channel's map of markets.</summary>
    public static JsonArray Rows(JsonObject frame, string map, int market = 0) => frame[map]![$"{market}"]!.AsArray();

    public async Task<JsonObject> GetAsync(string pathAndQuery, bool withAuth = true)
    {
        (_, JsonObject body) = await GetRawAsync(pathAndQuery, withAuth ? Token() : null);
        return body;
    }

    public async Task<(int Status, JsonObject Body)> GetRawAsync(string pathAndQuery, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", token);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<(int Status, JsonObject Body)> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return await PostAsync(path, content);
    }

    public async Task<(int Status, JsonObject Body)> PostAsync(string path, HttpContent content)
    {
        using HttpResponseMessage response = await _http.PostAsync(path, content);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<int> DeleteAsync(string path)
    {
        using HttpResponseMessage response = await _http.DeleteAsync(path);
        return (int)response.StatusCode;
    }

    public Task<(int Status, JsonObject Body)> PostTxAsync(ILighterTransaction transaction)
    {
        SignedTransaction signed = Sign(transaction);
        return PostAsync("/api/v1/sendTx", ("tx_type", $"{(int)signed.Type}"), ("tx_info", Encoding.UTF8.GetString(signed.TxInfo.Span)));
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _http.Dispose();
        _key.Dispose();
        return ValueTask.CompletedTask;
    }
}
