using ExecutionAdapters.Clients;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Keys, addresses and the handshake.</summary>
public sealed class ConnectTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task A_key_opens_a_gateway_that_asks_for_one()
    {
        await using var scene = await TektiiScene.StartAsync(TektiiScene.Quiet with { ApiKey = Key }, options => options with { ApiKey = new TektiiApiKey(Key) });
        Assert.True(scene.Client.IsConnected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another-key-of-some-length-000000")]
    public async Task Without_the_right_key_the_error_says_so_and_does_not_show_it(string? key)
    {
        await using var scene = await TektiiScene.StartAsync(
            TektiiScene.Quiet with { ApiKey = Key }, options => options with { ApiKey = key is null ? null : new TektiiApiKey(key) }, connect: false);
        var failure = await Assert.ThrowsAsync<ExecutionClientException>(() => scene.Client.ConnectAsync());
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key ?? Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_that_is_not_there_is_an_error_and_connecting_may_be_tried_again()
    {
        await using var scene = await TektiiScene.StartAsync(connect: false);
        await scene.Venue.DisposeAsync();
        await Assert.ThrowsAsync<ExecutionClientException>(() => scene.Client.ConnectAsync());
        await using var again = await TektiiVenue.StartAsync(TektiiScene.Quiet with { Port = scene.Venue.BaseUrl.Port });
        await scene.Client.ConnectAsync();
        Assert.True(scene.Client.IsConnected);
    }

    [Theory]
    [InlineData("http://example.org", null)]
    [InlineData("https://example.org", "ws://example.org/v1/ws")]
    public void A_key_does_not_leave_unencrypted_for_another_machine(string rest, string? stream)
    {
        var options = new TektiiOptions { RestUrl = new Uri(rest), StreamUrl = stream is null ? null : new Uri(stream), ApiKey = new TektiiApiKey(Key) };
        Assert.Contains("unencrypted", Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
        (options with { AllowInsecureKey = true }).Validate();
        (options with { ApiKey = null }).Validate();
    }

    [Fact]
    public void A_key_is_in_no_text()
    {
        var options = new TektiiOptions { ApiKey = new TektiiApiKey(Key) };
        Assert.DoesNotContain(Key, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key + "\n", Assert.Throws<ArgumentException>(() => new TektiiApiKey(Key + "\n")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", "ws://localhost:8080/v1/ws")]
    [InlineData("https://gateway.example/base/", "wss://gateway.example/base/v1/ws")]
    public void The_stream_follows_from_the_base_address(string rest, string stream) =>
        Assert.Equal(new Uri(stream), new TektiiOptions { RestUrl = new Uri(rest) }.ResolveStreamUrl());
}
