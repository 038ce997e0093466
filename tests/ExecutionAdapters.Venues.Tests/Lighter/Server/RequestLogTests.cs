namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class RequestLogTests : VenueTest
{
    [Fact]
    public async Task Requests_connections_and_subscriptions_are_captured_in_order_with_their_tokens()
    {
        string token = Client.Token();
        await Client.SendAsync($"{{\"type\":\"subscribe\",\"channel\":\"user_stats/12345\",\"auth\":\"{token}\"}}");
        Assert.Equal("subscribed/user_stats", (string)(await Client.NextAsync())["type"]!);
        using var http = new HttpClient { BaseAddress = Venue.RestUrl };
        await http.GetStringAsync(new Uri("/api/v1/account?by=index&value=12345", UriKind.Relative));
        await http.GetStringAsync(new Uri("/control/state", UriKind.Relative));

        Assert.Equal(
            [("/stream", "", null), ("/stream/user_stats/12345", "", token), ("/api/v1/account", "?by=index&value=12345", null)],
            Venue.Requests.Select(request => (request.Path, request.Query, request.Authorization)));
        Assert.DoesNotContain(token, string.Concat(Venue.Requests), StringComparison.Ordinal);
    }
}
