using System.Net.WebSockets;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class AuthTests : TektiiVenueTest
{
    private const string Key = "a-key-of-at-least-thirty-two-chars";

    private protected override TektiiVenueOptions Options => base.Options with { ApiKey = Key };

    [Theory]
    [InlineData(null, null, "MISSING_API_KEY")]
    [InlineData("Bearer wrong", null, "INVALID_API_KEY")]
    [InlineData("Bearer wrong", Key, "INVALID_API_KEY")]
    [InlineData("Bearer ", Key, null)]
    [InlineData(null, Key, null)]
    [InlineData("Bearer " + Key, "wrong", null)]
    public async Task Every_request_needs_the_key_and_bearer_wins(string? authorization, string? header, string? code)
    {
        await using var client = new TektiiTestClient(Venue);
        if (authorization is not null)
        {
            client.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        if (header is not null)
        {
            client.Http.DefaultRequestHeaders.Add("X-API-Key", header);
        }

        Answer answer = await client.SendAsync("GET", "/v1/account");
        Assert.Equal(code is null ? 200 : 401, answer.Status);
        Assert.Equal(code, (string?)answer.Body!["details"]?["code"]);
        Assert.DoesNotContain(Key, string.Concat(Venue.Requests.SelectMany(request => request.Headers.Values)), StringComparison.Ordinal);
        Assert.Equal(200, (await client.SendAsync("GET", "/livez")).Status);
    }

    [Fact]
    public async Task A_stream_needs_the_key_as_well()
    {
        await using var stranger = new TektiiTestClient(Venue);
        await Assert.ThrowsAsync<WebSocketException>(() => stranger.ConnectAsync(Venue.StreamUrl));
        Assert.Equal(0, Venue.StreamCount);

        await using var client = new TektiiTestClient(Venue);
        client.Options.SetRequestHeader("Authorization", "Bearer " + Key);
        await client.ConnectAsync(Venue.StreamUrl);
        await TektiiTestClient.EventuallyAsync(() => Venue.StreamCount == 1);
    }
}
