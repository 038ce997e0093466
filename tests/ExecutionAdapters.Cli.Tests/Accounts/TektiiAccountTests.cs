using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Cli.Tests.Accounts;

/// <summary>The commands about an account, of an account at the second venue.</summary>
public sealed class TektiiAccountTests : IAsyncLifetime, IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private TektiiVenue _venue = null!;

    public async Task InitializeAsync()
    {
        _venue = await TektiiVenue.StartAsync(new TektiiVenueOptions { SyntheticFlow = false, ShutdownDelay = TimeSpan.FromMilliseconds(20) });
        _venue.PushQuote("S:AAPL", 189.99m, 190.00m);
        await PlaceAsync("""{"symbol":"S:AAPL","side":"BUY","order_type":"MARKET","quantity":"10"}""");
        await PlaceAsync("""{"symbol":"S:AAPL","side":"BUY","order_type":"LIMIT","limit_price":"150.00","quantity":"5"}""");
        await File.WriteAllTextAsync(_path, $$"""{"venue":"tektii","tektii":{ "rest_url":"{{_venue.BaseUrl}}","subscriptions":"S:AAPL:*" } }""");
    }

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Status_tells_orders_positions_and_fills()
    {
        var json = JsonNode.Parse((await RunAsync("status", "--json")).OutputLines.Single())!;
        var status = json["mass_status"]!;
        Assert.Equal("150.00", (string?)status["order_reports"]!.AsArray().Single(order => (string?)order!["order_status"] == "ACCEPTED")!["price"]);
        Assert.Equal("LONG", (string?)status["position_reports"]!.AsArray().Single()!["position_side"]);
        Assert.Equal("190.00", (string?)status["fill_reports"]!.AsArray().Single()!["last_px"]);
    }

    [Fact]
    public async Task Reconcile_says_what_a_start_would_take_over()
    {
        var json = JsonNode.Parse((await RunAsync("reconcile", "--json")).OutputLines.Single())!;
        Assert.Equal(2, (int)json["orders_compared"]!);
        Assert.Empty(json["unresolved"]!.AsArray());
        Assert.Contains(json["events"]!.AsArray(), one => (string?)one!["event"] == "order_filled");
        Assert.Equal(2, _venue.Books.Orders.Count);
    }

    [Fact]
    public async Task Flatten_leaves_no_order_and_no_position()
    {
        await RunAsync("flatten", "--yes", "--json");
        Assert.Empty(_venue.Books.Positions);
        Assert.DoesNotContain(_venue.Books.Orders, order => order.IsWorking);
        Assert.True(_venue.Books.Orders[^1].Request.ReduceOnly);
    }

    [Fact]
    public async Task What_is_for_the_first_venue_alone_says_so()
    {
        var result = await CliProcess.RunAsync("", "revoke-integrator", "--integrator", "7", "--config", _path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("this command is for Lighter", result.Error, StringComparison.Ordinal);
    }

    private async Task<CliResult> RunAsync(params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", [.. arguments, "--config", _path]);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result;
    }

    private async Task PlaceAsync(string order)
    {
        using var http = new HttpClient();
        using var content = new StringContent(order, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(_venue.BaseUrl, "v1/orders"), content);
        answer.EnsureSuccessStatusCode();
    }
}
