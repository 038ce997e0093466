using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Lighter;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Rest;
using ExecutionAdapters.Venues.Lighter.Sequencing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>Input that no sane client sends: it is refused with a code, costs nothing, and the connection stays open.</summary>
public sealed class HostileInputTests : VenueTest
{
    private const string LoneSurrogate = "\\ud800";

    [Fact]
    public void A_batch_beyond_the_limit_is_refused_by_its_length_alone()
    {
        // Were the elements looked at, the last one would be found to be no text.
        string infos = "[" + string.Concat(Enumerable.Repeat("\"\",", 50)) + "7]";
        string types = "[" + string.Join(',', Enumerable.Repeat("1", 51)) + "]";

        Assert.Equal(21514, TransactionLists.Read(LighterTransport.HttpBatch, types, infos, out List<RawTransaction> read)!.Value.Code);
        Assert.Empty(read);
        Assert.Equal(21514, TransactionLists.Read(LighterTransport.WebSocketBatch, types, infos, out _)!.Value.Code);
        Assert.Equal(21514, TransactionLists.Read(LighterTransport.HttpBatch, "[1]", infos, out _)!.Value.Code);
        Assert.Equal(21501, TransactionLists.Read(LighterTransport.HttpBatch, types, infos.Replace("7]", "[]]"), out _)!.Value.Code);
        string half = "[\"" + (char)0xD800 + "\"]";
        Assert.Equal(21501, TransactionLists.Read(LighterTransport.HttpBatch, "[1]", half, out _)!.Value.Code);
    }

    [Theory]
    [InlineData("[1,2]", "[\"a\"]", 21513)]
    [InlineData("[1,[]]", "[\"a\",\"b\"]", 21501)]
    [InlineData("[1,256]", "[\"a\",\"b\"]", 21501)]
    [InlineData("[1,2]", "[\"a\",null]", 21501)]
    [InlineData("{}", "[\"a\"]", 21501)]
    [InlineData("[1]", "[\"\\ud800\"]", 21501)]
    public void Lists_that_are_not_flat_arrays_of_one_length_are_refused(string types, string infos, int code) =>
        Assert.Equal(code, TransactionLists.Read(LighterTransport.HttpBatch, types, infos, out _)!.Value.Code);

    [Theory]
    [InlineData("{\"type\":\"" + LoneSurrogate + "\"}", 30000)]
    [InlineData("{\"" + LoneSurrogate + "\":1}", 30000)]
    [InlineData("{\"type\":\"ping\",\"x\":{\"" + LoneSurrogate + "\":1}}", 30000)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"" + LoneSurrogate + "\"}", 30000)]
    [InlineData("{\"type\":\"unsubscribe\",\"channel\":\"" + LoneSurrogate + "\"}", 30000)]
    [InlineData("{\"type\":\"subscribe\",\"channel\":\"account_tx/12345\",\"auth\":\"" + LoneSurrogate + "\"}", 30000)]
    [InlineData("{\"type\":\"jsonapi/sendtx\",\"data\":{\"id\":\"" + LoneSurrogate + "\"}}", 30000)]
    [InlineData("{\"type\":\"jsonapi/sendtxbatch\",\"data\":{\"tx_types\":\"[1]\",\"tx_infos\":\"" + LoneSurrogate + "\"}}", 30000)]
    [InlineData("{\"type\":\"jsonapi/sendtxbatch\",\"data\":{\"tx_types\":\"[1]\",\"tx_infos\":\"[\\\"\\" + LoneSurrogate + "\\\"]\"}}", 21501)]
    [InlineData("{\"type\":\"jsonapi/sendtx\",\"data\":{\"tx_type\":14,\"tx_info\":{\"L1Sig\":\"" + LoneSurrogate + "\"}}}", 21501)]
    [InlineData("{\"type\":\"jsonapi/sendtx\",\"data\":{\"tx_type\":12,\"tx_info\":{\"" + LoneSurrogate + "\":\"x\"}}}", 30000)]
    public async Task Text_that_is_no_Unicode_is_answered_and_the_connection_stays_open(string message, int code)
    {
        await Client.SendAsync(message);
        JsonObject answer = await Client.NextAsync();
        Assert.Equal(code, (int)(answer["error"]?["code"] ?? answer["code"])!);
        await AssertAliveAsync();
    }

    [Theory]
    [InlineData("{\"type\":\"?\"}")]
    [InlineData("{\"type\":\"ping\",\"?\":1}")]
    [InlineData("?")]
    public async Task Bytes_that_are_not_UTF8_are_invalid_JSON_in_a_binary_message_and_end_a_text_message_with_1007(string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        bytes.AsSpan().Replace((byte)'?', (byte)0xFF);
        await Client.SendAsync(bytes, WebSocketMessageType.Binary);
        Assert.Equal(30000, (int)(await Client.NextAsync())["error"]!["code"]!);
        await AssertAliveAsync();

        await Client.SendAsync(bytes); // RFC 6455, 8.1: such a text message must end the connection
        try
        {
            Assert.Null(await Client.NextTextAsync());
            Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, Client.CloseStatus);
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // The framework resets the connection right behind its close frame, which may then be lost on the way.
        }
    }

    [Theory]
    [InlineData("sendTxBatch", "tx_types", "[1]", "tx_infos", "[\"" + LoneSurrogate + "\"]")]
    [InlineData("sendTxBatch", "tx_types", "[\"" + LoneSurrogate + "\"]", "tx_infos", "[\"\"]")]
    [InlineData("sendTx", "tx_type", "14", "tx_info", "{\"" + LoneSurrogate + "\":1}")]
    [InlineData("sendTx", "tx_type", "14", "tx_info", "{\"Sig\":\"" + LoneSurrogate + "\"}")]
    public async Task Over_HTTP_it_is_21501(string endpoint, string typeName, string type, string infoName, string info)
    {
        (int status, JsonObject body) = await Client.PostAsync($"/api/v1/{endpoint}", (typeName, type), (infoName, info));
        Assert.Equal((400, 21501), (status, (int)body["code"]!));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"tx_type\"\r\n\r\n14\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Dispo")]
    [InlineData("multipart/form-data", "--b--\r\n")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "tx_type=14&tx_info=%7B%7D")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "tx_type=x&tx_info=%7B%7D")]
    public async Task A_form_that_cannot_be_read_is_20001(string contentType, string form)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(form));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTx", content);
        Assert.Equal((400, 20001), (status, (int)body["code"]!));
    }

    [Fact]
    public async Task A_request_on_which_the_venue_itself_fails_is_answered_with_29500()
    {
        var core = new VenueCore(new LighterVenueOptions(), 0, NullLogger.Instance);
        var stopped = new VenueLoop(new ManualTimeProvider(), NullLogger.Instance, _ => { }, () => { });
        await stopped.DisposeAsync();
        var http = new DefaultHttpContext();
        http.Request.Method = "GET";
        http.Request.Path = "/api/v1/orderBooks";
        using var answer = new MemoryStream();
        http.Response.Body = answer;

        await new RestServer(stopped, core, NullLogger.Instance).HandleAsync(http);

        Assert.Equal(500, http.Response.StatusCode);
        Assert.Equal("{\"code\":29500,\"message\":\"internal server error\"}", Encoding.UTF8.GetString(answer.ToArray()));
    }

    private async Task AssertAliveAsync()
    {
        await Client.SendAsync("{\"type\":\"ping\"}");
        Assert.Equal("pong", (string)(await Client.NextAsync())["type"]!);
    }
}
