using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

/// <summary>The bridge knows clients, not venues: the second one by the same lines.</summary>
public sealed class TektiiBridgeTests : IAsyncLifetime, IDisposable
{
    private const string Key = "gateway-key-of-32-characters-000";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");
    private TektiiVenue _venue = null!;

    public async Task InitializeAsync()
    {
        _venue = await TektiiVenue.StartAsync(new TektiiVenueOptions { SyntheticFlow = false, ApiKey = Key, ShutdownDelay = TimeSpan.FromMilliseconds(20) });
        _venue.PushQuote("S:AAPL", 189.99m, 190.00m);
    }

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orders_rest_are_changed_filled_and_cancelled_by_lines(bool withJournal)
    {
        await using var bridge = new BridgeHarness(Read(withJournal));
        AssertOk(await bridge.CallAsync("connect"));
        await bridge.WaitAsync("notice", "connected");
        AssertOk(await bridge.CallAsync("submit_order", Order("A", "150.00")));
        await bridge.WaitAsync("event", "order_accepted", "A");
        AssertOk(await bridge.CallAsync("modify_order", "\"client_order_id\":\"A\",\"price\":\"151.00\""));
        await bridge.WaitAsync("event", "order_updated", "A");
        AssertOk(await bridge.CallAsync("cancel_order", "\"client_order_id\":\"A\""));
        await bridge.WaitAsync("event", "order_canceled", "A");
        AssertOk(await bridge.CallAsync("submit_order", Order("B", "190.00")));
        var filled = await bridge.WaitAsync("event", "order_filled", "B");
        Assert.Equal(("190.00", "10"), ((string?)filled["last_px"], (string?)filled["last_qty"]));
        var position = (await bridge.CallAsync("positions"))["positions"]!.AsArray().Single()!;
        Assert.Equal(("S:AAPL.TEKTII", "LONG"), ((string?)position["instrument_id"], (string?)position["position_side"]));
        Assert.Equal(["A", "B"], _venue.Books.Orders.Select(order => order.Request.ClientOrderId));
        Assert.DoesNotContain(bridge.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_is_taken_out_of_what_the_venue_sends_back()
    {
        await using var bridge = new BridgeHarness(Read(withJournal: false));
        AssertOk(await bridge.CallAsync("connect"));
        _venue.Faults.Arm(new TektiiRequestFault
        {
            Kind = TektiiRequestFaultKind.Answer,
            Status = 422,
            Method = "POST",
            Body = $$"""{"code":"ORDER_REJECTED","message":"not with {{Key}}"}""",
        });
        AssertOk(await bridge.CallAsync("submit_order", Order("A", "150.00")));
        var rejected = await bridge.WaitAsync("event", "order_rejected", "A");
        Assert.Contains("not with <masked>", (string?)rejected["reason"], StringComparison.Ordinal);
    }

    /// <summary>As a user has it: by the file.</summary>
    private ClientConfiguration Read(bool withJournal)
    {
        var path = Path.Combine(_folder.FullName, "bridge.json");
        var journal = withJournal ? $"\"{Path.Combine(_folder.FullName, "journal.db")}\"" : "null";
        File.WriteAllText(path, $$"""
            {
              "venue": "tektii", "trader_id": "TESTER-001", "journal": {{journal}},
              "tektii": { "rest_url": "{{_venue.BaseUrl}}", "api_key": "{{Key}}", "instruments": [{ "symbol": "S:AAPL", "size_increment": "1" }] }
            }
            """);
        return ConfigurationFile.Read(path, _ => null);
    }

    private static string Order(string clientOrderId, string price) =>
        $$"""
        "order":{"client_order_id":"{{clientOrderId}}","instrument_id":"S:AAPL.TEKTII","order_side":"BUY","order_type":"LIMIT","quantity":"10","price":"{{price}}"}
        """.Trim();
}
